// Maxima and medians in straight-line code, over windows or along axes, and what their derivatives
// send: which cells of each contest are selected, as masks.
import type { TiePolicy } from '@backprove/graph'
import { type Local, type V128, v128 } from '../encoder/index.ts'
import { combineLines } from './arithmetic.ts'
import { type Board, type Entry, groups } from './board.ts'

/** Contests: cells[k][o] is the k-th competitor of contest o, null where it has none. */
export interface Contests {
  readonly cells: readonly (readonly Entry[])[]
  /** The results' shape. */
  readonly shape: readonly number[]
}

/** What a group of contests selects: so much of a value that some cells hold. */
interface Selected {
  readonly weight: number
  readonly value: Local<'v128'>
  /** A mask for each competitor. */
  readonly masks: readonly V128[]
}

export type Select = (board: Board, cells: readonly Local<'v128'>[]) => Selected[]

/** The first of the largest. A NaN does not compete; where nothing does, the result is one. */
export const selectLargest: Select = ({ f, lanes }, cells) => {
  // a < b ? b : a keeps the first of two, and a number where the second is none.
  const largest = f.let(
    cells.reduce<V128>((a, b) => lanes.pmax(a, b), lanes.constant(Number.NEGATIVE_INFINITY)),
  )
  let taken: V128 = f.let(lanes.eq(cells[0]!, largest))
  const masks = [taken]
  for (const cell of cells.slice(1)) {
    const mask = f.let(v128.andNot(lanes.eq(cell, largest), taken))
    masks.push(mask)
    taken = f.let(v128.or(taken, mask))
  }
  // All bits set are a NaN.
  return [{ weight: 1, value: f.let(v128.or(largest, v128.not(taken))), masks }]
}

/** Under 'split' all cells of the value share alike. */
export function shared(board: Board, select: Select, ties: TiePolicy): Select {
  if (ties === 'first') return select
  const { lanes } = board
  return (on, cells) =>
    select(on, cells).map(({ weight, value }) => ({
      weight,
      value,
      masks: cells.map((cell) => lanes.eq(cell, value)),
    }))
}

/** What one cell of a group's contests gets of `flow`, or gives. */
export function portion(
  board: Board,
  ties: TiePolicy,
  { weight, masks }: Selected,
): (flow: V128) => V128 {
  const { f, lanes } = board
  const part = (flow: V128): V128 => (weight === 1 ? flow : lanes.mul(flow, lanes.constant(weight)))
  if (ties === 'first') return part
  const ones = masks.map((mask) => v128.and(mask, lanes.constant(1)))
  const equal = f.let(ones.reduce((a, b) => lanes.add(a, b)))
  return (flow) => {
    const given = f.let(lanes.div(part(flow), equal))
    // Where nothing competes nothing flows.
    return v128.and(given, lanes.gt(equal, v128.zero))
  }
}

export function compete(
  board: Board,
  { cells }: Contests,
  group: readonly number[],
): Local<'v128'>[] {
  const { f, lanes } = board
  return cells.flatMap((of) => {
    const entries = group.map((o) => of[o]!)
    if (entries.every((entry) => entry === null)) return board.width === 1 ? [] : [nothing(board)]
    const value = board.read(entries)
    if (entries.every((entry) => entry !== null)) return [f.let(value)]
    const there = lanes.integer.constant(...lanesOf(board, entries))
    return [f.let(v128.bitselect(value, nothing(board), there))]
  })
}
const nothing = ({ f, lanes }: Board): Local<'v128'> => f.let(lanes.constant(Number.NaN))
const lanesOf = ({ lanes }: Board, entries: readonly Entry[]): number[] =>
  Array.from({ length: lanes.count }, (_, k) => (entries[k] === null ? 0 : -1))

/** The competitors that a group of contests has at all: those that `compete` reads. */
export const present = (board: Board, { cells }: Contests, group: readonly number[]): number[] =>
  cells.flatMap((of, k) => (board.width === 1 && group.every((o) => of[o] === null) ? [] : [k]))

/** out = the mean of what is selected. */
export function selectValues(
  board: Board,
  contests: Contests,
  select: Select,
  out: readonly number[],
): void {
  const { lanes } = board
  for (const group of groups(contests.shape, board.width)) {
    const [a, b] = select(board, compete(board, contests, group))
    const half = (x: V128) => lanes.mul(x, lanes.constant(0.5))
    const value = b ? lanes.add(half(a!.value), half(b.value)) : a!.value
    board.write(
      group.map((o) => out[o]!),
      value,
    )
  }
}

/** What each contest sends to each of its competitors: fresh entries, beside the cells. */
export function sendTo(
  board: Board,
  contests: Contests,
  [select, ties]: readonly [Select, TiePolicy],
  flow: readonly number[],
): Entry[][] {
  const { f, lanes } = board
  const sent = contests.cells.map((of) => {
    const first = board.fresh(of.length)
    return of.map((cell, o): Entry => (cell === null ? null : first + o))
  })
  for (const group of groups(contests.shape, board.width)) {
    const at = present(board, contests, group)
    const selected = shared(board, select, ties)(board, compete(board, contests, group))
    const g = f.let(board.read(group.map((o) => flow[o]!)))
    const shares = selected.map((each) => f.let(portion(board, ties, each)(g)))
    at.forEach((k, position) => {
      const parts = selected.map(({ masks }, m) => v128.and(shares[m]!, masks[position]!))
      const entries = group.map((o) => sent[k]![o]!)
      const value = parts.reduce((a, b) => lanes.add(a, b))
      board.write(
        entries.map((entry) => entry ?? board.fresh(1)),
        value,
      )
    })
  }
  return sent
}

/** Adds up what is sent to each of `out`; `sent` stands beside `cells`. */
export function collect(
  board: Board,
  cells: readonly (readonly Entry[])[],
  sent: readonly (readonly Entry[])[],
  out: readonly number[],
  shape: readonly number[],
): void {
  const position = new Map(out.map((entry, k) => [entry, k]))
  const terms: Entry[][] = out.map(() => [])
  cells.forEach((of, k) => {
    of.forEach((cell, o) => {
      if (cell !== null) terms[position.get(cell)!]!.push(sent[k]![o]!)
    })
  })
  const length = terms.reduce((most, of) => Math.max(most, of.length), 0)
  combineLines(board, 'sum', {
    out,
    groups: groups(shape, board.width),
    length,
    across: (group, k) => {
      const entries = group.map((at) => terms[at]![k] ?? null)
      return entries.every((entry) => entry === null) ? null : board.read(entries)
    },
  })
}
