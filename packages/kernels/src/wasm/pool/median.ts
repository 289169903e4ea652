// Which cells a median pooling selects.
import { i32, type Local, type V128, v128 } from '../encoder/index.ts'
import { type Selector, splat } from './selectors.ts'
import { eachTap, readCells, tapsOf } from './window.ts'

/**
 * The two middle cells of a window in the order of (value, position), the same cell twice where
 * their number is odd. A cell's rank is how many come before it; a NaN, as in the frame, does not
 * compete, so the middle of n numbers are the ranks ⌊(n−1)/2⌋ and ⌊n/2⌋.
 */
export const median: Selector = (f, lanes, shape, from, windows) => {
  const taps = tapsOf(lanes, shape)
  if (!taps) return medianOfMany(f, lanes, shape, from, windows)
  const { integer } = lanes
  // A mask is −1 in the lanes where it holds: what is subtracted counts.
  const zero = integer.constant(0)
  const cells = taps.map((tap) => f.let(readCells(lanes, shape, from, windows, tap)))
  const isNumber = cells.map((cell) => f.let(lanes.eq(cell, cell)))
  const ranks = cells.map(() => f.let(zero))
  const count = (to: Local<'v128'>, mask: V128) => f.set(to, integer.sub(to, mask))
  cells.forEach((cell, k) => {
    cells.slice(0, k).forEach((earlier, j) => {
      count(ranks[k]!, lanes.le(earlier, cell))
      count(ranks[j]!, lanes.lt(cell, earlier))
    })
  })
  const numbers = f.let(zero)
  for (const mask of isNumber) count(numbers, mask)
  const lower = f.let(integer.shrS(integer.sub(numbers, integer.constant(1)), 1))
  const upper = f.let(integer.shrS(numbers, 1))
  return [lower, upper].map((rank) => {
    const value = f.let(lanes.constant(Number.NaN))
    const tap = f.let(v128.zero)
    cells.forEach((cell, k) => {
      const here = f.let(v128.and(integer.eq(ranks[k]!, rank), isNumber[k]!))
      f.set(value, v128.bitselect(cell, value, here))
      f.set(tap, v128.bitselect(splat(taps[k]!), tap, here))
    })
    return { value, tap }
  })
}

/** Of windows that do not fit in registers: each cell is compared with all, again and again. */
const medianOfMany: Selector = (f, lanes, shape, from, windows) => {
  const one = lanes.constant(1)
  const numbers = f.let(v128.zero)
  eachTap(f, lanes, shape, (tap) => {
    const cell = f.let(readCells(lanes, shape, from, windows, tap))
    f.set(numbers, lanes.add(numbers, v128.and(lanes.eq(cell, cell), one)))
  })
  const half = lanes.constant(0.5)
  // n/2 − ½ and n/2, of which a rank is the integer that lies at most ½ below.
  const upper = f.let(lanes.mul(numbers, half))
  const lower = f.let(lanes.sub(upper, half))
  const middles = [lower, upper].map((position) => ({
    position,
    value: f.let(lanes.constant(Number.NaN)),
    tap: f.let(v128.zero),
  }))
  eachTap(f, lanes, shape, (tap) => {
    const cell = f.let(readCells(lanes, shape, from, windows, tap))
    const rank = f.let(v128.zero)
    eachTap(f, lanes, shape, (other) => {
      const rival = f.let(readCells(lanes, shape, from, windows, other))
      const earlier = splat(i32.sub(0, i32.ltU(other, tap)))
      const tied = v128.and(lanes.eq(rival, cell), earlier)
      const before = v128.or(lanes.lt(rival, cell), tied)
      f.set(rank, lanes.add(rank, v128.and(before, one)))
    })
    for (const { position, value, tap: chosen } of middles) {
      const distance = f.let(lanes.sub(position, rank))
      const near = v128.and(lanes.ge(distance, v128.zero), lanes.le(distance, half))
      const here = f.let(v128.and(near, lanes.eq(cell, cell)))
      f.set(value, v128.bitselect(cell, value, here))
      f.set(chosen, v128.bitselect(splat(tap), chosen, here))
    }
  })
  return middles
}
