// Exact rational numbers over BigInt, in lowest terms with a positive denominator. Not a number
// type for speed: coefficients of terms only.

import { BudgetExceeded } from './budget.ts'

export interface Rational {
  readonly numerator: bigint
  readonly denominator: bigint
}

export const gcd = (a: bigint, b: bigint): bigint => {
  let x = a < 0n ? -a : a
  let y = b < 0n ? -b : b
  while (y !== 0n) [x, y] = [y, x % y]
  return x
}

/** Floor of a / b for b > 0; BigInt division truncates towards zero. */
export const floorDivide = (a: bigint, b: bigint): bigint => {
  const quotient = a / b
  return quotient * b > a ? quotient - 1n : quotient
}

/** Beyond these 2,466 digits arithmetic on a number takes longer than a step of a proof may. */
const largest = 1n << 8192n

const isTooLarge = (n: bigint): boolean => n >= largest || -n >= largest

/**
 * numerator / denominator in lowest terms. Throws RangeError where the denominator is 0, and
 * BudgetExceeded where a number has too many digits to be worked with.
 */
export const rational = (
  numerator: bigint | number,
  denominator: bigint | number = 1n,
): Rational => {
  const n = BigInt(numerator)
  const d = BigInt(denominator)
  if (d === 0n) throw new RangeError(`${n}/0 is not a rational number`)
  if (isTooLarge(n) || isTooLarge(d)) throw new BudgetExceeded('numbers of too many digits')
  if (d === 1n) return { numerator: n, denominator: d }
  const common = gcd(n, d) * (d < 0n ? -1n : 1n)
  return { numerator: n / common, denominator: d / common }
}

export const addRational = (a: Rational, b: Rational): Rational =>
  rational(a.numerator * b.denominator + b.numerator * a.denominator, a.denominator * b.denominator)

export const multiplyRational = (a: Rational, b: Rational): Rational =>
  rational(a.numerator * b.numerator, a.denominator * b.denominator)

export const equalRational = (a: Rational, b: Rational): boolean =>
  a.numerator === b.numerator && a.denominator === b.denominator

export const formatRational = (a: Rational): string =>
  a.denominator === 1n ? `${a.numerator}` : `${a.numerator}/${a.denominator}`
