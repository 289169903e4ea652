// Products of sums, bounded: what has thousands of terms is left to the tests at points.

import { UnsupportedError } from '../../core/errors.ts'
import { productOfTerms as expanded } from '../../index-terms/fields.ts'
import { type Terms, term } from '../../index-terms/terms.ts'

const mostTerms = 1000

/** @throws UnsupportedError where the product would have too many terms */
export const productOfTerms = (a: Terms, b: Terms): Terms => {
  if (a.length * b.length > mostTerms) throw new UnsupportedError('a product of too many terms')
  return expanded(a, b)
}

/** terms^count for a count from 0. */
export const wholePower = (terms: Terms, count: number): Terms =>
  Array.from({ length: count }, () => terms).reduce(productOfTerms, [term({})])
