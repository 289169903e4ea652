// exp, expm1 and what is made of them, on vectors. Never relaxed: the bits of an exponential are
// the same on every machine.
import { type Body, type V128, v128 } from '../encoder/index.ts'
import type { Lanes } from '../lanes.ts'

interface Constants {
  /** ln 2 = high + low, high so short that its product with any exponent is exact. */
  readonly ln2High: number
  readonly ln2Low: number
  /** q with e^r ≈ 1 + r + r² q(r) on |r| ≤ ½ ln 2, the constant term first. */
  readonly q: readonly number[]
  /** Below, e^x rounds to 0; above, to infinity. */
  readonly underflow: number
  readonly overflow: number
  /** e^x is a normal number in between. */
  readonly normal: readonly [number, number]
  /** 2^−shift e^x is a normal number from −60 up to where 1 + e^x has no normal inverse. */
  readonly shift: number
}

const inverseFactorials = (from: number, to: number): number[] => {
  const values: number[] = []
  for (let k = 1, value = 1; k <= to; k++) {
    value /= k
    if (k >= from) values.push(value)
  }
  return values
}

const constants: Readonly<Record<Lanes['dtype'], Constants>> = {
  // q: a minimax fit weighted for the relative error of e^r, 2^-28.3 before rounding.
  float32: {
    ln2High: 0.693359375,
    ln2Low: -2.1219444e-4,
    q: [4.999999343e-1, 1.66665204e-1, 4.166839079e-2, 8.368745116e-3, 1.381453999e-3],
    underflow: -104,
    overflow: 89,
    normal: [-87, 88],
    shift: 24,
  },
  // Taylor's coefficients do: the first one left out is r^14 / 14! < 2^-57.
  float64: {
    ln2High: 0.6931471803691238,
    ln2Low: 1.9082149292705877e-10,
    q: inverseFactorials(2, 13),
    underflow: -746,
    overflow: 710,
    normal: [-708, 709],
    shift: 56,
  },
}

/** c₀ + c₁r + c₂r² + …: linear pairs side by side (Estrin), then Horner in r². */
export function polynomial(lanes: Lanes, r: V128, r2: V128, coefficients: readonly number[]): V128 {
  const { add, mul, constant } = lanes
  const pairs: V128[] = []
  for (let k = 0; k < coefficients.length; k += 2) {
    const low = constant(coefficients[k]!)
    const high = coefficients[k + 1]
    pairs.push(high === undefined ? low : add(mul(constant(high), r), low))
  }
  return pairs.reduceRight((sum, pair) => add(mul(sum, r2), pair))
}

/** x = n ln 2 + r with |r| ≤ ½ ln 2; `magic` holds n − shift in its low bits; p ≈ e^r − 1. */
function reduce(
  f: Body,
  lanes: Lanes,
  x: V128,
  { shift = 0, rest }: { shift?: number; rest?: V128 | undefined } = {},
): { magic: V128; p: V128 } {
  const { ln2High, ln2Low, q } = constants[lanes.dtype]
  const { add, sub, mul, constant } = lanes
  const rounding = constant(lanes.format.roundingMagic - shift)
  const magic = f.let(add(mul(x, constant(Math.LOG2E)), rounding))
  const n = f.let(sub(magic, rounding))
  const high = sub(x, mul(n, constant(ln2High)))
  const low = mul(n, constant(ln2Low))
  const r = f.let(sub(high, rest ? sub(low, rest) : low))
  const r2 = f.let(mul(r, r))
  return { magic, p: add(mul(polynomial(lanes, r, r2, q), r2), r) }
}

/** The integer that the low bits of `magic` hold. */
const exponentOf = ({ integer, format }: Lanes, magic: V128): V128 =>
  integer.sub(magic, integer.constant(format.roundingMagicBits))

/** 2^n for an integer n whose power is a normal number. */
const powerOfTwo = ({ integer, format }: Lanes, n: V128): V128 =>
  integer.shl(integer.add(n, integer.constant(format.exponentBias)), format.fractionBits)

/** x held within [low, high]; NaN stays NaN. */
const clamp = (lanes: Lanes, x: V128, [low, high]: readonly [number, number]): V128 =>
  lanes.pmax(lanes.pmin(x, lanes.constant(high)), lanes.constant(low))

/**
 * e^(x + rest) to 1 ulp, monotone in float32, subnormal results and infinity included: 2^n is
 * applied as 2^⌊n/2⌋ · 2^⌈n/2⌉ so that neither factor leaves the normal range.
 */
export function exp(f: Body, lanes: Lanes, value: V128, rest?: V128): V128 {
  const { underflow, overflow } = constants[lanes.dtype]
  const held = f.let(clamp(lanes, value, [underflow, overflow]))
  const { magic, p } = reduce(f, lanes, held, { rest })
  const n = f.let(exponentOf(lanes, magic))
  const half = f.let(lanes.integer.shrS(n, 1))
  const first = lanes.mul(lanes.add(p, lanes.constant(1)), powerOfTwo(lanes, half))
  return lanes.mul(first, powerOfTwo(lanes, lanes.integer.sub(n, half)))
}

/** 2^−shift e^x, x held where that is a normal number. A NaN stays one, whatever its bits. */
function shiftedExp(f: Body, lanes: Lanes, value: V128): V128 {
  const { shift, underflow } = constants[lanes.dtype]
  const { format, integer } = lanes
  // The low bits of `magic` hold the biased exponent of 2^(n − shift) at once.
  const held = f.let(clamp(lanes, value, [-60, -underflow]))
  const { magic, p } = reduce(f, lanes, held, { shift: shift - format.exponentBias })
  const power = integer.shl(magic, format.fractionBits)
  return lanes.mul(lanes.add(p, lanes.constant(1)), power)
}

/** e^x − 1 = 2^n (e^r − 1) + (2^n − 1): no cancellation near 0. Saturates where e^x overflows. */
export function expm1(f: Body, lanes: Lanes, value: V128): V128 {
  const { magic, p } = reduce(f, lanes, f.let(clamp(lanes, value, constants[lanes.dtype].normal)))
  const scale = f.let(powerOfTwo(lanes, exponentOf(lanes, magic)))
  return lanes.add(lanes.mul(p, scale), lanes.sub(scale, lanes.constant(1)))
}

/** 1 / (1 + e^−x), both parts times 2^−shift, so that results below the normal numbers are right. */
export function sigmoid(f: Body, lanes: Lanes, x: V128): V128 {
  const one = lanes.constant(2 ** -constants[lanes.dtype].shift)
  return lanes.div(one, lanes.add(one, shiftedExp(f, lanes, lanes.neg(x))))
}

/** tanh |x| = E / (E + 2) with E = e^2|x| − 1, then the sign of x. */
export function tanh(f: Body, lanes: Lanes, value: V128): V128 {
  const x = f.let(value)
  const size = f.let(lanes.abs(x))
  // From here on tanh rounds to 1.
  const saturated = lanes.pmin(size, lanes.constant(lanes.dtype === 'float32' ? 10 : 20))
  const grown = f.let(expm1(f, lanes, lanes.add(saturated, saturated)))
  const positive = lanes.div(grown, lanes.add(grown, lanes.constant(2)))
  const signBit = lanes.constant(-0)
  return v128.or(positive, v128.and(x, signBit))
}
