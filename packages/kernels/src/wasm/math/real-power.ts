// Powers on vectors that are no few products: of two numbers, and of constants that are large or
// no whole numbers.
import { type Body, type V128, v128 } from '../encoder/index.ts'
import type { Lanes } from '../lanes.ts'
import { inDoubles } from './doubles.ts'
import { exp } from './exponential.ts'
import { atEnds, logParts } from './logarithm.ts'
import { integerPower, MOST_SQUARED, plainPower, unlessMinusInfinity } from './power.ts'

/** e^(n log x), n no integer: NaN for finite negative x, and (−∞)^n = ∞^n. */
const realPower = (f: Body, lanes: Lanes, value: V128, n: number): V128 =>
  inDoubles(f, lanes, [value], (double, x) =>
    realPowerOf(f, double, unlessMinusInfinity(f, double, x!), double.constant(n)),
  )

/** a + b and what its rounding lost. */
function twoSum(f: Body, { add, sub }: Lanes, a: V128, b: V128): readonly [V128, V128] {
  const sum = f.let(add(a, b))
  const part = f.let(sub(sum, a))
  return [sum, f.let(add(sub(a, sub(sum, part)), sub(b, part)))]
}

/** The upper 26 bits of each number's fraction, and the rest: products of them are exact. */
function halves(f: Body, { sub, integer }: Lanes, x: V128): readonly [V128, V128] {
  const upper = f.let(v128.and(x, integer.constant(-(2n ** 27n))))
  return [upper, f.let(sub(x, upper))]
}

/**
 * e^(b log x) in doubles, x ≥ 0: the logarithm and the product in two parts each (Dekker, 1971),
 * for their rounding would be multiplied by b log x. 3² is 9.
 */
function realPowerOf(f: Body, double: Lanes, value: V128, exponent: V128): V128 {
  const { add, sub, mul, constant } = double
  const b = f.let(exponent)
  const { x, kHigh, fraction, half, low } = logParts(f, double, value)
  const [tail, tailLost] = twoSum(f, double, f.let(low), f.let(double.neg(half)))
  const [head, headLost] = twoSum(f, double, f.let(kHigh), fraction)
  const [high, lost] = twoSum(f, double, head, tail)
  const rest = add(lost, add(headLost, tailLost))
  const whole = f.let(atEnds(double, x, high))
  const product = f.let(mul(b, whole))
  const [bHigh, bLow] = halves(f, double, b)
  const [wHigh, wLow] = halves(f, double, whole)
  const crossed = add(mul(bHigh, wLow), mul(bLow, wHigh))
  const exact = add(add(sub(mul(bHigh, wHigh), product), crossed), mul(bLow, wLow))
  const correction = add(exact, mul(b, rest))
  // Beyond that it is 0, infinity or NaN.
  const isOrdinary = double.lt(double.abs(product), constant(1000))
  return exp(f, double, product, v128.bitselect(correction, v128.zero, isOrdinary))
}

/**
 * a^b: 1 where b = 0, negative where a is (−0 too) and b is odd, NaN where a is negative and finite
 * and b no integer.
 */
export const powerOf = (f: Body, lanes: Lanes, base: V128, exponent: V128): V128 =>
  inDoubles(f, lanes, [base, exponent], (double, first, second) => {
    const { constant, mul, ne, eq, nearest } = double
    const [a, b] = [f.let(first!), f.let(second!)]
    const size = f.let(realPowerOf(f, double, double.abs(a), b))
    const half = f.let(mul(b, constant(0.5)))
    const odd = ne(nearest(half), half)
    const signed = v128.bitselect(double.neg(size), size, odd)
    const noRoot = v128.and(double.lt(a, v128.zero), double.gt(a, constant(-Infinity)))
    const between = v128.bitselect(constant(Number.NaN), size, noRoot)
    const negative = v128.bitselect(signed, between, eq(nearest(b), b))
    const power = v128.bitselect(negative, size, double.integer.shrS(a, 63))
    return v128.bitselect(constant(1), power, eq(b, v128.zero))
  })

/** x to a constant power; NaN for finite negative x where n is not an integer. */
export function power(f: Body, lanes: Lanes, x: V128, n: number): V128 {
  const plain = plainPower(f, lanes, x, n)
  if (plain) return plain
  if (!Number.isInteger(n)) return realPower(f, lanes, x, n)
  if (Math.abs(n) > MOST_SQUARED.float64) return powerOf(f, lanes, x, lanes.constant(n))
  return inDoubles(f, lanes, [x], (double, base) => integerPower(f, double, base!, n))
}
