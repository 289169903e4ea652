// Which cells a pooling selects: the largest; a NaN does not compete. The median has its own file.
import { type Body, type Int, i32, i32x4, type Local, v128 } from '../encoder/index.ts'
import type { Lanes } from '../lanes.ts'
import { eachTap, type PoolShape, readCells, type Windows } from './window.ts'

/** A selected cell of each window: its value, and its byte offset from the window's corner. */
interface Selection {
  readonly value: Local<'v128'>
  readonly tap: Local<'v128'>
}

/** Finds the cells: one for the maximum, two middle ones for the median. */
export type Selector = (
  f: Body,
  lanes: Lanes,
  shape: PoolShape,
  from: number,
  windows: Windows,
) => Selection[]

export const splat = (tap: Int) => i32x4.splat(typeof tap === 'number' ? i32.constant(tap) : tap)

/**
 * The first of the largest cells, in row-major order: only a strictly larger one replaces it. A NaN
 * does not compete.
 */
export const maximum: Selector = (f, lanes, shape, from, windows) => {
  const value = f.let(lanes.constant(Number.NaN))
  const tap = f.let(v128.zero)
  eachTap(f, lanes, shape, (at) => {
    const cell = f.let(readCells(lanes, shape, from, windows, at))
    const larger = f.let(v128.or(lanes.gt(cell, value), lanes.ne(value, value)))
    f.set(value, v128.bitselect(cell, value, larger))
    f.set(tap, v128.bitselect(splat(at), tap, larger))
  })
  return [{ value, tap }]
}
