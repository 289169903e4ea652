// An index as a number: k in [k = p_m + 1]. It is an entry of an array of places, 1, 2, …, of
// which a proof knows nothing more: what is true of any array is true of that one.

import { canonicalKey, constantValue, minus, variablesOf } from '../../arithmetic/polynomial.ts'
import { rational } from '../../arithmetic/rational.ts'
import { isIndex } from '../../arithmetic/variable.ts'
import type { Index } from '../../core/core.ts'
import { UnsupportedError } from '../../core/errors.ts'
import { scaleTerms } from '../../index-terms/fields.ts'
import { declareArray, type Terms, term } from '../../index-terms/terms.ts'
import { valueOfSize } from '../functions/apply.ts'
import type { Functions } from '../functions/types.ts'
import { indexOf, keyOf } from './indices.ts'
import type { Indices } from './letters.ts'
import { type PlainField, plainField } from './plain.ts'
import { productOfTerms } from './products.ts'

/** The places along an axis, by its length: one array for all that a proof reads. */
const known = new WeakMap<Functions, Map<string, PlainField>>()

/** @throws UnsupportedError where a letter has no range, or what is rounded */
export const valueOfIndex = (
  index: Index,
  site: Indices & { readonly functions: Functions },
): Terms => {
  const value = indexOf(index, site)
  if (![...variablesOf(value)].some(isIndex)) return valueOfSize(value)
  const part = (each: Index): Terms => valueOfIndex(each, site)
  switch (index.kind) {
    case 'letter': {
      const { length } = site.letters.get(keyOf(index.letter))!
      if (!length || [...variablesOf(length)].some(isIndex)) break
      const places = known.get(site.functions) ?? new Map<string, PlainField>()
      known.set(site.functions, places)
      const key = canonicalKey(length)
      const field = places.get(key) ?? plainField(declareArray('place', [length]))
      places.set(key, field)
      return field.at([minus(value, 1)])
    }
    case 'plus':
      return index.terms.flatMap(part)
    case 'times':
      return index.factors.map(part).reduce(productOfTerms, [term({})])
    case 'over': {
      const by = constantValue(indexOf(index.below, site))
      if (by === undefined || by === 0n) break
      return scaleTerms(part(index.above), rational(1, by))
    }
    default:
  }
  throw new UnsupportedError('an index as a value')
}
