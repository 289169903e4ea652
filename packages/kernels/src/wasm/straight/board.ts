// What straight-line code is written on: entries of memory that live in local variables. The two
// boards differ in what a vector holds: neighbouring entries, or one entry of several samples.
import type { Shape } from '@backprove/graph'
import type { Body, V128 } from '../encoder/index.ts'
import type { Lanes } from '../lanes.ts'

/**
 * An entry by its position in the arena, which counts as in the plan; in code that runs over
 * samples, by its position in the first of them. null is a place outside every array: it holds 0.
 */
export type Entry = number | null

export interface Board {
  readonly f: Body
  readonly lanes: Lanes
  /** Entries in a vector: its lanes, or one. */
  readonly width: number
  /** The values of at most `width` entries; lanes beyond them hold anything. */
  read(entries: readonly Entry[]): V128
  /** `value` is what these entries hold from now on. */
  write(entries: readonly number[], value: V128): void
  /** A vector of numbers, one for each of at most `width` entries. */
  numbers(values: readonly number[]): V128
  /** So many entries that are nowhere in memory, the first of them. */
  fresh(count: number): number
  /**
   * The vector that starts at an entry plus as many bytes as the lane of `shift` says; the entries
   * must be in memory. Only where vectors hold neighbouring entries.
   */
  readonly readAt?: (first: number, shift: V128, lane: number) => V128
  /** Whether entries are in memory as they are now. */
  inMemory(entries: readonly number[]): boolean
}

/** The positions of a place's entries over a shape, in row-major order. */
export function entriesOf(
  { offset, strides }: { readonly offset: number; readonly strides: readonly number[] },
  shape: Shape,
): number[] {
  let starts = [offset]
  shape.forEach((length, axis) => {
    const stride = strides[axis]!
    if (length === 1) return
    const next: number[] = []
    for (const start of starts) for (let k = 0; k < length; k++) next.push(start + k * stride)
    starts = next
  })
  return starts
}

export const range = (count: number, from = 0): number[] =>
  Array.from({ length: count }, (_, k) => from + k)

/**
 * The indices of an array in groups of one vector. Rows of three and more entries are cut for
 * themselves, so that a group reads neighbours wherever a row does.
 */
export function groups(shape: Shape, width: number): number[][] {
  const size = shape.reduce((product, length) => product * length, 1)
  const last = shape.findLast((length) => length > 1) ?? 1
  const row = last >= 3 && last % width !== 0 ? last : size
  const made: number[][] = []
  for (let start = 0; start < size; start += row) {
    for (let k = 0; k < row; k += width) made.push(range(Math.min(width, row - k), start + k))
  }
  return made
}
