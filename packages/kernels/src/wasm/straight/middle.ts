// Medians in straight-line code, and what second derivatives read at the cells that are selected.
import type { TiePolicy } from '@backprove/graph'
import { type V128, v128 } from '../encoder/index.ts'
import { type Board, type Entry, groups } from './board.ts'
import { type Contests, compete, portion, present, type Select, shared } from './selection.ts'

/** The two in the middle, of an odd number the same one twice; a cell's rank is how many precede. */
export const selectMiddle: Select = (board, cells) => {
  const { f, lanes } = board
  const one = lanes.constant(1)
  const count = (masks: readonly V128[]): V128 =>
    masks.map((mask) => v128.and(mask, one)).reduce((a, b) => lanes.add(a, b))
  const half = lanes.constant(0.5)
  // n/2 and n/2 − ½ of n competitors: the rank sought lies at most ½ below.
  const upper = f.let(lanes.mul(count(cells.map((cell) => lanes.eq(cell, cell))), half))
  const lower = f.let(lanes.sub(upper, half))
  const ranks = cells.map((cell, k) => {
    const before = cells.flatMap((rival, l) => {
      if (l === k) return []
      return [l < k ? lanes.le(rival, cell) : lanes.lt(rival, cell)]
    })
    return f.let(before.length > 0 ? count(before) : lanes.constant(0))
  })
  return [lower, upper].map((position) => {
    const masks = cells.map((cell, k) => {
      const distance = f.let(lanes.sub(position, ranks[k]!))
      const near = v128.and(lanes.ge(distance, v128.zero), lanes.le(distance, half))
      return f.let(v128.and(near, lanes.eq(cell, cell)))
    })
    const nothing: V128 = lanes.constant(Number.NaN)
    const value = f.let(
      cells.reduce((kept, cell, k) => v128.bitselect(cell, kept, masks[k]!), nothing),
    )
    return { weight: 0.5, value, masks }
  })
}

/** out = what `from` holds at the selected cells: from[k][o] beside cells[k][o]. */
export function selectFrom(
  board: Board,
  contests: Contests,
  [select, ties]: readonly [Select, TiePolicy],
  from: readonly (readonly Entry[])[],
  out: readonly number[],
): void {
  const { f, lanes } = board
  for (const group of groups(contests.shape, board.width)) {
    const at = present(board, contests, group)
    const selected = shared(board, select, ties)(board, compete(board, contests, group))
    const values = selected.map((each) => {
      const read = at.map((k, position) =>
        v128.and(board.read(group.map((o) => from[k]![o]!)), each.masks[position]!),
      )
      return portion(board, ties, each)(f.let(read.reduce((a, b) => lanes.add(a, b))))
    })
    board.write(
      group.map((o) => out[o]!),
      values.reduce((a, b) => lanes.add(a, b)),
    )
  }
}
