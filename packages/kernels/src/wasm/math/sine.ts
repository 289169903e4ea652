// sin and cos on vectors, in doubles whatever the type: x = n π/2 + r with |r| ≤ π/4, then a
// polynomial in r. Numbers of any size are reduced exactly; ±∞ and NaN give NaN.
import { type Body, i64x2, type Local, type V128, v128 } from '../encoder/index.ts'
import type { Lanes } from '../lanes.ts'
import { inDoubles } from './doubles.ts'
import { polynomial } from './exponential.ts'

/** π/2 in parts of 33 bits, so that n times a part is exact up to n = 2²⁰; the rest is 2⁻⁶⁹. */
const PARTS = [1.5707963267341256, 6.077100506303966e-11, 2.0222662487959506e-21] as const
/** Up to here. */
const NEAR = 2 ** 20
/** π/2 as the sum of two doubles. */
const HALF_PI = [1.5707963267948966, 6.123233995736766e-17] as const

/** 2/π in digits of 24 bits: enough for the largest double, and 100 bits behind its point. */
const TWO_OVER_PI =
  'a2f9836e4e441529fc2757d1f534ddc0db6295993c439041fe5163abdebbc561b7246e3a424dd2e006492eea' +
  '09d1921cfe1deb1cb129a73ee88235f52ebb4484e99c7026b45f7e413991d639835339f49c845f8bbdf9283b' +
  '1ff897ffde05980fef2f118b5a0a6d1f6d367ecf27cb09b74f463f669e5fea2d7527bac7ebe5f17b3d0739f7' +
  '8a5292ea6bfb5fb11f8d5d08'
const digit = (place: number): number =>
  Number.parseInt(TWO_OVER_PI.slice(6 * place, 6 * place + 6), 16)
/** Digits for a number below 2^128, and below 2^1024. */
const DIGITS = { float32: 10, float64: 48 } as const

/** The upper 26 bits of a fraction: products of such numbers are exact. */
const UPPER = -(1n << 27n)

const inverseFactorials = (from: number): number[] =>
  Array.from({ length: 8 }, (_, k) => {
    let value = k % 2 === 0 ? 1 : -1
    for (let n = 2; n <= from + 2 * k; n++) value /= n
    return value
  })
/** sin r = r + r³ S(r²), and cos r = 1 − r²/2 + r⁴ C(r²), by Taylor: the next term is below 2⁻⁵⁵. */
const SINE = inverseFactorials(3).map((c) => -c)
const COSINE = inverseFactorials(4)

/** The upper 26 bits of a number's fraction. */
function upperOf(value: number): number {
  const bits = new DataView(new ArrayBuffer(8))
  bits.setFloat64(0, value)
  bits.setBigInt64(0, bits.getBigInt64(0) & UPPER)
  return bits.getFloat64(0)
}

/** x less a multiple of π/2: `turns` has that multiple in its low two bits. */
interface Reduced {
  readonly turns: V128
  readonly r: V128
  /** What r lacks. */
  readonly tail: V128
}

/** The sum and its rounding error (Knuth). */
function twoSum(f: Body, { add, sub }: Lanes, a: V128, b: V128): [sum: V128, error: V128] {
  const sum = f.let(add(a, b))
  const part = f.let(sub(sum, a))
  return [sum, f.let(add(sub(a, sub(sum, part)), sub(b, part)))]
}

/** By Cody and Waite: n parts of π/2 subtracted one after the other. */
function nearby(f: Body, lanes: Lanes, x: V128): Reduced {
  const { add, sub, mul, neg, constant, format } = lanes
  const turns = f.let(add(mul(x, constant(2 / Math.PI)), constant(format.roundingMagic)))
  const n = f.let(sub(turns, constant(format.roundingMagic)))
  const first = f.let(sub(x, mul(n, constant(PARTS[0]))))
  const [high, low] = twoSum(f, lanes, first, f.let(neg(mul(n, constant(PARTS[1])))))
  const rest = f.let(sub(low, mul(n, constant(PARTS[2]))))
  const [r, tail] = twoSum(f, lanes, high, rest)
  return { turns, r, tail }
}

/**
 * By Payne and Hanek: x · 2/π modulo 4, digit by digit of 2/π; every product is exact, and whole
 * multiples of 4 leave nothing.
 */
function anywhere(f: Body, lanes: Lanes, x: V128, digits: number): Reduced {
  const { add, sub, mul, nearest, constant, integer, format } = lanes
  const quarter = f.let(constant(0.25))
  const four = f.let(constant(4))
  const modulo4 = (value: V128): V128 => {
    const q = f.let(value)
    return f.let(sub(q, mul(nearest(mul(q, quarter)), four)))
  }
  // Products stay within the range of the numbers when both factors meet in the middle.
  const scaled = f.let(mul(x, constant(2 ** -512)))
  const upper = f.let(v128.and(scaled, integer.constant(UPPER)))
  const halves = digits > DIGITS.float32 ? [upper, f.let(sub(scaled, upper))] : [scaled]
  let [sum, lost]: [V128, V128] = [v128.zero, v128.zero]
  for (let place = 0; place < digits; place++) {
    const factor = f.let(constant(digit(place) * 2 ** (512 - 24 * (place + 1))))
    for (const half of halves) {
      const [next, error] = twoSum(f, lanes, sum, modulo4(mul(half, factor)))
      sum = next
      lost = f.let(add(lost, error))
    }
  }
  sum = modulo4(sum)
  const turns = f.let(add(sum, constant(format.roundingMagic)))
  const [u, uTail] = twoSum(
    f,
    lanes,
    f.let(sub(sum, sub(turns, constant(format.roundingMagic)))),
    lost,
  )
  // u · π/2 with the rounding error of the product (Dekker).
  const [pi, piTail] = HALF_PI
  const piUpper = upperOf(pi)
  const uUpper = f.let(v128.and(u, integer.constant(UPPER)))
  const uLower = f.let(sub(u, uUpper))
  const r = f.let(mul(u, constant(pi)))
  const error = add(
    add(sub(mul(uUpper, constant(piUpper)), r), mul(uUpper, constant(pi - piUpper))),
    add(mul(uLower, constant(piUpper)), mul(uLower, constant(pi - piUpper))),
  )
  const tail = f.let(add(error, add(mul(uTail, constant(pi)), mul(u, constant(piTail)))))
  return { turns, r, tail }
}

/** sin(x + quarters π/2). */
const turned =
  (quarters: 0 | 1) =>
  (f: Body, lanes: Lanes, value: V128): V128 =>
    inDoubles(f, lanes, [value], (double, operand) => {
      const { add, sub, mul, abs, gt, constant, integer } = double
      const x = f.let(operand!)
      const found = nearby(f, double, x)
      const [turns, r, tail] = [found.turns, found.r, found.tail].map((each) => f.let(each)) as [
        Local<'v128'>,
        Local<'v128'>,
        Local<'v128'>,
      ]
      const far = f.let(gt(abs(x), constant(NEAR)))
      f.if(v128.anyTrue(far), () => {
        const other = anywhere(f, double, x, DIGITS[lanes.dtype])
        f.set(turns, v128.bitselect(other.turns, turns, far))
        f.set(r, v128.bitselect(other.r, r, far))
        f.set(tail, v128.bitselect(other.tail, tail, far))
      })
      const z = f.let(mul(r, r))
      const z2 = f.let(mul(z, z))
      const cubic = mul(mul(z, r), polynomial(double, z, z2, SINE))
      const half = f.let(mul(constant(0.5), z))
      const sine = add(r, add(cubic, mul(tail, sub(constant(1), half))))
      // 1 − z/2 loses what `lost` puts back.
      const most = f.let(sub(constant(1), half))
      const lost = sub(sub(constant(1), most), half)
      const quartic = mul(z2, polynomial(double, z, z2, COSINE))
      const cosine = add(most, add(lost, sub(quartic, mul(r, tail))))
      const m = f.let(integer.add(turns, integer.constant(quarters)))
      const isOdd = integer.shrS(integer.shl(m, 63), 63)
      const sign = integer.shl(i64x2.shrU(m, 1), 63)
      return v128.xor(v128.bitselect(cosine, sine, isOdd), sign)
    })

export const sin = turned(0)
export const cos = turned(1)
