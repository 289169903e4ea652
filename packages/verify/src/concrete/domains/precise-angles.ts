// sin, cos, erf and π to some two hundred binary digits, out of sums and products alone.
import type { Precise } from './precise.ts'

export interface PreciseArithmetic {
  readonly add: (a: Precise, b: Precise) => Precise
  readonly multiply: (a: Precise, b: Precise) => Precise
  readonly divide: (a: Precise, b: Precise) => Precise
  readonly negate: (a: Precise) => Precise
  readonly whole: (value: bigint | number) => Precise
  readonly real: (a: Precise) => number
  readonly exp: (a: Precise) => Precise
  readonly sqrt: (a: Precise) => Precise
  /** Whether a term no longer counts beside 1. */
  readonly vanishes: (a: Precise) => boolean
}

/** ⌊2²⁵⁴ π⌋ */
const pi: Precise = {
  mantissa: 0xc90fdaa22168c234c4c6628b80dc1cd129024e088a67cc74020bbea63b139b22n,
  exponent: -254,
}
const mostTerms = 2000
/** From here on 1 − erf is below what a number holds. */
const largestOfErf = 12

export const createAngles = (arithmetic: PreciseArithmetic) => {
  const { add, multiply, divide, negate, whole, real, exp, sqrt, vanishes } = arithmetic

  /** first (1 + ratio(1) (1 + ratio(2) (…))) */
  const series = (first: Precise, ratio: (k: number) => Precise): Precise => {
    let [sum, term] = [first, first]
    for (let k = 1; k < mostTerms && !vanishes(term); k++) {
      term = multiply(term, ratio(k))
      sum = add(sum, term)
    }
    return sum
  }
  /** sin(x + quarters π/2): x less the nearest multiple of π/2, and Taylor. */
  const turned = (x: Precise, quarters: number): Precise => {
    const turns = Math.round(real(x) / (Math.PI / 2))
    const half = divide(pi, whole(2))
    const r = add(x, negate(multiply(whole(turns), half)))
    const square = negate(multiply(r, r))
    const quarter = (((turns + quarters) % 4) + 4) % 4
    const odd = quarter % 2
    const value = odd
      ? series(whole(1), (k) => divide(square, whole((2 * k - 1) * 2 * k)))
      : series(r, (k) => divide(square, whole(2 * k * (2 * k + 1))))
    return quarter >= 2 ? negate(value) : value
  }
  /** 2/√π e^{−x²} Σ 2ⁿ x^{2n+1}/(2n+1)!!: no term is negative. */
  const erf = (x: Precise): Precise => {
    if (Math.abs(real(x)) > largestOfErf) return whole(Math.sign(real(x)))
    const square = multiply(x, x)
    const sum = series(x, (k) => divide(multiply(whole(2), square), whole(2 * k + 1)))
    return divide(multiply(multiply(whole(2), exp(negate(square))), sum), sqrt(pi))
  }
  return { pi, sin: (x: Precise) => turned(x, 0), cos: (x: Precise) => turned(x, 1), erf }
}
