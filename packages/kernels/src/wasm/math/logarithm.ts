// log, softplus and powers on vectors.
import { type Body, type V128, v128 } from '../encoder/index.ts'
import type { Lanes } from '../lanes.ts'
import { inDoubles } from './doubles.ts'
import { exp } from './exponential.ts'

interface Constants {
  readonly ln2High: number
  readonly ln2Low: number
  /** log(1+f) = 2s + s R(s²) + …, s = f/(2+f): the coefficients of R (Sun's fdlibm). */
  readonly series: readonly number[]
  /** The bits of √½, where the fraction's interval [√½, √2) starts, and of 1. */
  readonly rootHalfBits: bigint
  readonly oneBits: bigint
  readonly fractionMask: bigint
  readonly smallestNormal: number
}

const constants: Readonly<Record<Lanes['dtype'], Constants>> = {
  float32: {
    ln2High: 6.9313812256e-1,
    ln2Low: 9.0580006145e-6,
    series: [0.66666662693, 0.40000972152, 0.28498786688, 0.24279078841],
    rootHalfBits: 0x3f3504f3n,
    oneBits: 0x3f800000n,
    fractionMask: 0x007fffffn,
    smallestNormal: 2 ** -126,
  },
  float64: {
    ln2High: 0.6931471803691238,
    ln2Low: 1.9082149292705877e-10,
    series: [
      0.6666666666666735, 0.3999999999940942, 0.2857142874366239, 0.22222198432149784,
      0.1818357216161805, 0.15313837699209373, 0.14798198605116586,
    ],
    rootHalfBits: 0x3fe6a09e00000000n,
    oneBits: 0x3ff0000000000000n,
    fractionMask: 0x000fffffffffffffn,
    smallestNormal: 2 ** -1022,
  },
}

interface LogParts {
  readonly x: V128
  /** log x = k ln 2 + f − ½f² + s(½f² + R), k ln 2 in two parts. */
  readonly kHigh: V128
  readonly fraction: V128
  readonly half: V128
  readonly low: V128
}

/** x = 2^k (1 + f) with 1 + f in [√½, √2), and a polynomial in s², s = f/(2+f). */
function logParts(f: Body, lanes: Lanes, value: V128): LogParts {
  const known = constants[lanes.dtype]
  const { add, sub, mul, div, constant, integer, format } = lanes
  const x = f.let(value)
  // Subnormal numbers are scaled into the normal range first.
  const scaleBits = format.fractionBits + 2
  const small = f.let(lanes.lt(x, constant(known.smallestNormal)))
  const scaled = v128.bitselect(mul(x, constant(2 ** scaleBits)), x, small)
  const shift = integer.constant(known.oneBits - known.rootHalfBits)
  const bits = f.let(integer.add(scaled, shift))
  const exponent = integer.sub(
    integer.shrS(bits, format.fractionBits),
    integer.constant(format.exponentBias),
  )
  const unscaled = integer.sub(exponent, v128.and(small, integer.constant(scaleBits)))
  const magic = integer.add(unscaled, integer.constant(format.roundingMagicBits))
  const k = f.let(sub(magic, constant(format.roundingMagic)))
  const fractionBits = v128.and(bits, integer.constant(known.fractionMask))
  const fraction = f.let(
    sub(integer.add(fractionBits, integer.constant(known.rootHalfBits)), constant(1)),
  )

  const s = f.let(div(fraction, add(fraction, constant(2))))
  const z = f.let(mul(s, s))
  const r = mul(
    z,
    known.series.map((c) => constant(c)).reduceRight((sum, c) => add(mul(sum, z), c)),
  )
  const half = f.let(mul(constant(0.5), mul(fraction, fraction)))
  const low = add(mul(s, add(half, r)), mul(k, constant(known.ln2Low)))
  return { x, kHigh: mul(k, constant(known.ln2High)), fraction, half, low }
}

/** log x to 1 ulp. */
export function log(f: Body, lanes: Lanes, value: V128): V128 {
  const { x, kHigh, fraction, half, low } = logParts(f, lanes, value)
  const { add, sub } = lanes
  return atEnds(lanes, x, add(add(sub(low, half), fraction), kHigh))
}

/** Of 0, of infinity and NaN, and of negative numbers. */
function atEnds(lanes: Lanes, x: V128, result: V128): V128 {
  const { constant } = lanes
  const zero = v128.zero
  const ofZero = v128.bitselect(constant(-Infinity), constant(Number.NaN), lanes.eq(x, zero))
  const finite = lanes.lt(x, constant(Infinity))
  const positive = lanes.gt(x, zero)
  // Infinity and NaN are their own logarithms.
  const proper = v128.bitselect(result, x, finite)
  return v128.bitselect(ofZero, proper, v128.and(finite, v128.not(positive)))
}

/** log(1 + e^x) = max(x, 0) + log(1 + t), t = e^-|x|, with the rounding error of 1 + t put back. */
export function softplus(f: Body, lanes: Lanes, value: V128): V128 {
  const { add, sub, div, constant } = lanes
  const x = f.let(value)
  const t = f.let(exp(f, lanes, lanes.neg(lanes.abs(x))))
  const u = f.let(add(t, constant(1)))
  const lost = div(sub(t, sub(u, constant(1))), u)
  return add(lanes.pmax(x, v128.zero), add(log(f, lanes, u), lost))
}

/** x^n by repeated squaring: exact in the signs and at 0, infinity and NaN. */
function integerPower(f: Body, lanes: Lanes, x: V128, n: number): V128 {
  let result: V128 | undefined
  // The inverse first: x^|n| may overflow where x^n does not vanish.
  let square = f.let(n < 0 ? lanes.div(lanes.constant(1), x) : x)
  for (let rest = Math.abs(n); rest > 0; rest = Math.floor(rest / 2)) {
    if (rest % 2 === 1) result = result ? f.let(lanes.mul(result, square)) : square
    if (rest > 1) square = f.let(lanes.mul(square, square))
  }
  return result ?? lanes.constant(1)
}

/** Repeated squaring multiplies the rounding of each square: above these it is done in doubles. */
const MOST_SQUARED = { float32: 8, float64: 1024 } as const

/** e^(n log x), n no integer: NaN for finite negative x, and (−∞)^n = ∞^n. */
const realPower = (f: Body, lanes: Lanes, value: V128, n: number): V128 =>
  inDoubles(f, lanes, [value], (double, x) =>
    realPowerOf(f, double, unlessMinusInfinity(f, double, x!), double.constant(n)),
  )

/** ∞ where x is −∞. */
function unlessMinusInfinity(f: Body, lanes: Lanes, value: V128): V128 {
  const x = f.let(value)
  return v128.bitselect(lanes.constant(Infinity), x, lanes.eq(x, lanes.constant(-Infinity)))
}

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
  // √−0 is −0, and (−0)^½ is 0.
  if (n === 0.5) return lanes.sqrt(lanes.add(unlessMinusInfinity(f, lanes, x), v128.zero))
  if (!Number.isInteger(n)) return realPower(f, lanes, x, n)
  const size = Math.abs(n)
  if (size <= MOST_SQUARED[lanes.dtype]) return integerPower(f, lanes, x, n)
  if (size > MOST_SQUARED.float64) return powerOf(f, lanes, x, lanes.constant(n))
  return inDoubles(f, lanes, [x], (double, base) => integerPower(f, double, base!, n))
}
