// Decimals as exact numbers.

import type { Rational } from '../arithmetic/rational.ts'
import { PoleError } from './errors.ts'

/** The shortest decimal that prints as the double: a user who writes 0.1 means 1/10. */
export const exactRational = (value: number): Rational => {
  if (!Number.isFinite(value)) throw new PoleError(`${value} is not a number`)
  if (Number.isSafeInteger(value)) return { numerator: BigInt(value), denominator: 1n }
  const [mantissa = '0', exponent = '0'] = String(value).split('e')
  const [whole = '0', decimals = ''] = mantissa.split('.')
  const power = Number(exponent) - decimals.length
  const digits = BigInt(whole + decimals)
  const numerator = power > 0 ? digits * 10n ** BigInt(power) : digits
  const denominator = power < 0 ? 10n ** BigInt(-power) : 1n
  const common = divisor(numerator < 0n ? -numerator : numerator, denominator)
  return { numerator: numerator / common, denominator: denominator / common }
}

const divisor = (a: bigint, b: bigint): bigint => (b === 0n ? a : divisor(b, a % b))
