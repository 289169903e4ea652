// Quotients and powers of terms: numbers and sizes are inverted, everything else is opaque.

import { type Rational, rational } from '../../arithmetic/rational.ts'
import { UnsupportedError } from '../../core/errors.ts'
import { type Terms, term } from '../../index-terms/terms.ts'
import { wholePower } from '../terms/products.ts'
import { elementary, reciprocal } from './elementary.ts'
import type { ScalarFunction } from './types.ts'

/** 1/terms; `apply` is the function at the same place. */
export const inverseOf = (terms: Terms, apply: (f: ScalarFunction) => Terms): Terms => {
  const [t] = terms
  const isNumber =
    t &&
    terms.length === 1 &&
    t.bound.length + t.accesses.length + t.guards.length + t.equations.length === 0 &&
    [...t.powers.keys()].every((v) => v.kind === 'size')
  if (!isNumber) return apply(reciprocal)
  const { numerator, denominator } = t.coefficient
  if (numerator === 0n) throw new UnsupportedError('a division by 0')
  const powers = new Map([...t.powers].map(([v, power]) => [v, -power]))
  return [term({ coefficient: rational(denominator, numerator), powers })]
}

const largestPower = 8n

/** terms^n for n whole, and √ for n = 1/2. */
export const powerOf = (
  terms: Terms,
  exponent: Rational,
  apply: (f: ScalarFunction) => Terms,
): Terms => {
  const { numerator, denominator } = exponent
  if (denominator === 2n && numerator === 1n) return apply(elementary['√'])
  if (denominator !== 1n) throw new UnsupportedError('an exponent that is no integer')
  const count = numerator < 0n ? -numerator : numerator
  if (count > largestPower) throw new UnsupportedError('a high power')
  const base = numerator < 0n ? inverseOf(terms, apply) : terms
  return wholePower(base, Number(count))
}
