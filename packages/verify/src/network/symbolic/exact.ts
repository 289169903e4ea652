// Constants of the graph as exact numbers, where they are numbers.

import { type Rational, rational } from '../../arithmetic/rational.ts'
import { UnsupportedError } from '../../core/errors.ts'
import { exactRational } from '../../core/exact.ts'

/** @throws UnsupportedError at ∞, which is a bound (clamp) and no number, and at NaN */
export const exactFinite = (value: number): Rational => {
  if (!Number.isFinite(value)) throw new UnsupportedError(`the constant ${value}`)
  const { numerator, denominator } = exactRational(value)
  return rational(numerator, denominator)
}
