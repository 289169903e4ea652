// Letters for ops whose line depends on the rank: sizes A, B, C, … and indices i, j, k, ….
import { resolveAxis } from '../shape.ts'

const SIZES = 'ABCDEFGHKLMNPQRSTUVWXYZ'
const INDICES = 'ijklmnpqrtuvwzabcdfgho'

/** The deepest array that has letters for every axis. */
export const MAX_RANK = SIZES.length

export const sizeLetter = (axis: number): string => SIZES[axis]!
export const indexLetter = (axis: number): string => INDICES[axis]!

export const sizeLetters = (rank: number): string[] =>
  Array.from({ length: rank }, (_, axis) => sizeLetter(axis))
export const indexLetters = (rank: number): string[] =>
  Array.from({ length: rank }, (_, axis) => indexLetter(axis))

/** `x_{i,j}`, or `x` alone for a scalar, read with an empty subscript. */
export const access = (array: string, indices: readonly (string | number)[]): string =>
  indices.length > 0 ? `${array}_{${indices.join(',')}}` : `${array}_{}`

/** Axes as users give them, counted from the front, ascending; undefined where one is amiss. */
export function normaliseAxes(
  axes: number | readonly number[] | undefined,
  rank: number,
): number[] | undefined {
  const wanted = axes === undefined ? [...Array(rank).keys()] : [axes].flat()
  const resolved = wanted.map((axis) => resolveAxis(axis as number, rank))
  if (resolved.some((axis) => axis === undefined)) return undefined
  const sorted = (resolved as number[]).sort((a, b) => a - b)
  return new Set(sorted).size === sorted.length ? sorted : undefined
}
