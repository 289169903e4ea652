// x to a constant power on vectors: a whole one by repeated squaring, a root by the machine's own.
import { type Body, type V128, v128 } from '../encoder/index.ts'
import type { Lanes } from '../lanes.ts'

/** x^n by repeated squaring: exact in the signs and at 0, infinity and NaN. */
export function integerPower(f: Body, lanes: Lanes, x: V128, n: number): V128 {
  let result: V128 | undefined
  // The inverse first: x^|n| may overflow where x^n does not vanish.
  let square = f.let(n < 0 ? lanes.div(lanes.constant(1), x) : x)
  for (let rest = Math.abs(n); rest > 0; rest = Math.floor(rest / 2)) {
    if (rest % 2 === 1) result = result ? f.let(lanes.mul(result, square)) : square
    if (rest > 1) square = f.let(lanes.mul(square, square))
  }
  return result ?? lanes.constant(1)
}

/** ∞ where x is −∞. */
export function unlessMinusInfinity(f: Body, lanes: Lanes, value: V128): V128 {
  const x = f.let(value)
  return v128.bitselect(lanes.constant(Infinity), x, lanes.eq(x, lanes.constant(-Infinity)))
}

/** Repeated squaring multiplies the rounding of each square: above these it is done in doubles. */
export const MOST_SQUARED = { float32: 8, float64: 1024 } as const

/** x^n where that is a few products or a square root; undefined for other n. */
export function plainPower(f: Body, lanes: Lanes, x: V128, n: number): V128 | undefined {
  // √−0 is −0, and (−0)^½ is 0.
  if (n === 0.5) return lanes.sqrt(lanes.add(unlessMinusInfinity(f, lanes, x), v128.zero))
  const isPlain = Number.isInteger(n) && Math.abs(n) <= MOST_SQUARED[lanes.dtype]
  return isPlain ? integerPower(f, lanes, x, n) : undefined
}
