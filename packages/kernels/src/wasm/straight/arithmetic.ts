// Elementwise groups, reductions and products in straight-line code.
import type { Shape } from '@backprove/graph'
import type { ElementwiseStep, ReductionStep } from '../../plan/plan.ts'
import { formulaOf } from '../backend/formulas.ts'
import { constant, type Formula, translate } from '../elementwise/formula.ts'
import { type Local, type V128, v128 } from '../encoder/index.ts'
import { transpose } from '../linear/tile.ts'
import { type Board, type Entry, entriesOf, groups, range } from './board.ts'

const firstLanes = ({ lanes }: Board, count: number): V128 =>
  lanes.integer.constant(...range(lanes.count).map((k) => (k < count ? -1 : 0)))

const cut = (entries: readonly Entry[], group: readonly number[]) => group.map((k) => entries[k]!)

/** out = formula(inputs), entry by entry. */
export function map(
  board: Board,
  shape: Shape,
  formula: Formula,
  inputs: readonly (readonly Entry[])[],
  out: readonly number[],
): void {
  const { f, lanes } = board
  for (const group of groups(shape, board.width)) {
    const element = (index: number) => board.read(cut(inputs[index]!, group))
    const [value] = translate(f, lanes, [formula], element)
    board.write(
      group.map((k) => out[k]!),
      value!,
    )
  }
}

export function elementwise(board: Board, step: ElementwiseStep): void {
  const { shape, code, fill } = step
  const formula = fill === undefined ? formulaOf(code) : constant(fill)
  const inputs = step.inputs.map((place) => entriesOf(place, shape))
  map(board, shape, formula, inputs, entriesOf(step.output, shape))
}

export type Combine = 'sum' | 'max'
/** What changes nothing: a NaN is not larger than any number, nor smaller than one. */
const neutral = { sum: 0, max: Number.NaN } as const

/** Lines of terms, each to be combined into one entry. */
export interface Lines {
  readonly out: readonly number[]
  /** Which lines are combined in the lanes of one vector. */
  readonly groups: readonly (readonly number[])[]
  /** Terms in a line. */
  readonly length: number
  /** Terms k of the lines of a group, or, along a line, its terms of a group. */
  readonly across: (lines: readonly number[], k: number) => V128 | null
  readonly along?: ((line: number, terms: readonly number[]) => V128) | undefined
}

/** Combines every line: lanes are lines, or, where that is told how, terms of one line. */
export function combineLines(board: Board, combine: Combine, lines: Lines): void {
  const { f, lanes, width } = board
  const { out, length, across, along } = lines
  const keep = (value: V128): Local<'v128'> => f.let(value)
  const pair = (a: V128, b: V128): V128 =>
    combine === 'sum' ? lanes.add(a, b) : larger(board, keep(a), keep(b))
  const all = (values: readonly V128[]): V128 =>
    values.length === 0
      ? lanes.constant(neutral[combine])
      : values.reduce((a, b) => keep(pair(a, b)))
  if (!along || width === 1) {
    // Sums side by side: the machine adds to one while another waits for its last addition.
    const together = 4
    for (let start = 0; start < lines.groups.length; start += together) {
      const side = lines.groups.slice(start, start + together)
      const totals = side.map((): V128 | undefined => undefined)
      for (let k = 0; k < length; k++) {
        side.forEach((group, s) => {
          const term = across(group, k)
          const before = totals[s]
          if (term) totals[s] = before ? keep(pair(before, term)) : term
        })
      }
      side.forEach((group, s) => {
        board.write(
          group.map((line) => out[line]!),
          totals[s] ?? lanes.constant(neutral[combine]),
        )
      })
    }
    return
  }
  const ofLine = (line: number): V128 => {
    const parts = groups([length], width).map((terms) => {
      const value = along(line, terms)
      if (terms.length === width) return value
      const rest = lanes.constant(neutral[combine])
      return v128.bitselect(value, rest, firstLanes(board, terms.length))
    })
    return all(parts)
  }
  for (let line = 0; line < out.length; line += width) {
    const own = out.slice(line, line + width)
    const rows = own.map((_, k) => keep(ofLine(line + k)))
    const columns =
      rows.length === 1
        ? [lanes.across(pair, keep, rows[0]!)]
        : transpose(
            f,
            lanes,
            range(width).map((k) => rows[k] ?? v128.zero),
          )
    board.write(own, all(columns))
  }
}

/** Of two numbers the larger, of equal ones the first; a NaN is never larger than a number. */
export const larger = ({ lanes }: Board, a: V128, b: V128): V128 =>
  v128.bitselect(b, a, v128.or(lanes.gt(b, a), lanes.ne(a, a)))

const neighbours = (entries: readonly Entry[]): boolean =>
  entries.every((entry, k) => entry !== null && entry === entries[0]! + k)

/** Combines `formula` of the inputs, given over lines of a shape, into `out`. */
export function fold(
  board: Board,
  combine: Combine,
  formula: Formula,
  inputs: readonly (readonly Entry[])[],
  lines: readonly (readonly number[])[],
  out: readonly number[],
  shape: Shape,
): void {
  const { f, lanes, width } = board
  const value = (indices: readonly number[]): V128 =>
    translate(f, lanes, [formula], (index) => board.read(cut(inputs[index]!, indices)))[0]!
  const [line = []] = lines
  const runs =
    line.length >= width &&
    inputs.every((entries) => neighbours(cut(entries, line.slice(0, width))))
  combineLines(board, combine, {
    out,
    groups: groups(shape, width),
    length: line.length,
    across: (group, k) => value(group.map((at) => lines[at]![k]!)),
    along: runs ? (at, terms) => value(terms.map((k) => lines[at]![k]!)) : undefined,
  })
}

/** The indices of a shape's entries, line by line along `axes`. */
export function linesAlong(shape: Shape, axes: readonly number[]): number[][] {
  const strides = shape.map((_, axis) => shape.slice(axis + 1).reduce((a, b) => a * b, 1))
  const part = (chosen: readonly number[]) =>
    entriesOf(
      { offset: 0, strides: chosen.map((axis) => strides[axis]!) },
      chosen.map((axis) => shape[axis]!),
    )
  const kept = shape.map((_, axis) => axis).filter((axis) => !axes.includes(axis))
  const within = part(axes)
  return part(kept).map((start) => within.map((offset) => start + offset))
}

export function reduction(board: Board, step: ReductionStep): void {
  const { shape, axes, combine } = step
  const inputs = step.inputs.map((place) => entriesOf(place, shape))
  const kept = shape.filter((_, axis) => !axes.includes(axis))
  const out = entriesOf(step.output, step.output.shape)
  fold(board, combine, formulaOf(step.code), inputs, linesAlong(shape, axes), out, kept)
}

/** A sum of products for each output: pairs of entries, null where there is none. */
export interface Products {
  readonly out: readonly number[]
  readonly shape: Shape
  /** Pairs of an output; as many for each. */
  readonly a: readonly (readonly Entry[])[]
  readonly b: readonly (readonly Entry[])[]
  readonly bias?: readonly Entry[] | undefined
}

/** Loads and shuffles that reading entries takes, about. */
const effort = (entries: readonly Entry[]): number =>
  entries.every((entry) => entry === entries[0]) || neighbours(entries) ? 1 : entries.length

export function products(board: Board, { out, shape, a, b, bias }: Products): void {
  const { lanes, width } = board
  const length = a[0]?.length ?? 0
  const term = (first: readonly Entry[], second: readonly Entry[]): V128 | null => {
    const used = first.some((entry, k) => entry !== null && second[k] !== null)
    return used ? lanes.mul(board.read(first), board.read(second)) : null
  }
  const [group = []] = groups(shape, width)
  const terms = range(Math.min(width, length))
  const acrossEffort =
    terms.reduce(
      (sum, k) => sum + [a, b].reduce((s, of) => s + effort(group.map((o) => of[o]![k]!)), 0),
      0,
    ) /
    (terms.length * group.length)
  const alongEffort =
    [a, b].reduce((s, of) => s + effort(terms.map((k) => of[0]![k]!)), 0) / terms.length
  const isAlong = width > 1 && length >= width && 2 * alongEffort < acrossEffort
  const across = (outs: readonly number[], k: number): V128 | null =>
    term(
      outs.map((o) => a[o]![k]!),
      outs.map((o) => b[o]![k]!),
    )
  combineLines(board, 'sum', {
    out,
    groups: groups(shape, width),
    length: isAlong || !bias ? length : length + 1,
    across: (outs, k) => (k < length ? across(outs, k) : board.read(outs.map((o) => bias![o]!))),
    along: isAlong
      ? (o, ks) =>
          term(
            ks.map((k) => a[o]![k]!),
            ks.map((k) => b[o]![k]!),
          ) ?? lanes.constant(0)
      : undefined,
  })
  if (!isAlong || !bias) return
  for (const outs of groups([out.length], width)) {
    const own = outs.map((o) => out[o]!)
    const biased = lanes.add(board.read(own), board.read(outs.map((o) => bias[o]!)))
    board.write(own, biased)
  }
}
