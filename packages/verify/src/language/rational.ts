// Exact literals. Not the arithmetic of the prover: only what reading a number needs.
import { ClaimError, limits, type Rational, type Span } from './syntax.ts'

const divisor = (a: bigint, b: bigint): bigint => {
  let [x, y] = [a < 0n ? -a : a, b]
  while (y !== 0n) [x, y] = [y, x % y]
  return x
}

/** In lowest terms. `denominator` must be positive. */
export const rational = (numerator: bigint, denominator = 1n): Rational => {
  const common = divisor(numerator, denominator)
  return { numerator: numerator / common, denominator: denominator / common }
}

/** `12`, `0.25`, `1e-12`. @throws ClaimError when it has too many digits. */
export const readRational = (text: string, span: Span): Rational => {
  const [mantissa = '', exponent = '0'] = text.split('e')
  const [whole = '', decimals = ''] = mantissa.split('.')
  const power = Number(exponent) - decimals.length
  if (text.length > limits.digits || Math.abs(power) > limits.digits)
    throw new ClaimError(`A numeral has at most ${limits.digits} digits`, span)
  const digits = BigInt(whole + decimals)
  return power < 0
    ? rational(digits, 10n ** BigInt(-power))
    : rational(digits * 10n ** BigInt(power))
}

export const plus = (a: Rational, b: Rational): Rational =>
  rational(a.numerator * b.denominator + b.numerator * a.denominator, a.denominator * b.denominator)

export const times = (a: Rational, b: Rational): Rational =>
  rational(a.numerator * b.numerator, a.denominator * b.denominator)

/** `b` is not 0. */
export const over = (a: Rational, b: Rational): Rational => {
  const sign = b.numerator < 0n ? -1n : 1n
  return rational(sign * a.numerator * b.denominator, sign * a.denominator * b.numerator)
}

export const negative = (a: Rational): Rational => rational(-a.numerator, a.denominator)
