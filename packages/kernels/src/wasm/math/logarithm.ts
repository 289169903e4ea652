// log and softplus on vectors.
import { type Body, type V128, v128 } from '../encoder/index.ts'
import type { Lanes } from '../lanes.ts'
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
export function logParts(f: Body, lanes: Lanes, value: V128): LogParts {
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
export function atEnds(lanes: Lanes, x: V128, result: V128): V128 {
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
