// sin and cos of sums by the addition theorems: sin(a + b) = sin a cos b + cos a sin b, and so of
// 2 a = a + a. What is left are sines and cosines of what is no sum, with no factor and no sign.

import { rational } from '../../arithmetic/rational.ts'
import { scaleTerms } from '../../index-terms/fields.ts'
import type { Field, Term, Terms } from '../../index-terms/terms.ts'
import { constantTerms } from '../terms/plain.ts'
import { productOfTerms } from '../terms/products.ts'
import { elementary } from './elementary.ts'
import {
  collected,
  narrowed,
  placesOf,
  readAt,
  spellingOf,
  variableOf,
  type Where,
  within,
} from './general.ts'
import type { ScalarFunction } from './types.ts'

/** Of one angle. */
interface Turn {
  readonly sin: Terms
  readonly cos: Terms
}

const mostParts = 4
const mostTurns = 8n

const minus = (terms: Terms): Terms => scaleTerms(terms, rational(-1))

const added = (a: Turn, b: Turn): Turn => ({
  sin: [...productOfTerms(a.sin, b.cos), ...productOfTerms(a.cos, b.sin)],
  cos: [...productOfTerms(a.cos, b.cos), ...minus(productOfTerms(a.sin, b.sin))],
})

/** What is no sum: products of entries, one by one; sums over letters, all of them together. */
const partsOf = (terms: Terms): Terms[] => {
  const isSum = ({ bound }: Term) => bound.length > 0
  const sums = terms.filter(isSum)
  const others = terms.filter((t) => !isSum(t)).map((t) => [t])
  return sums.length > 0 ? [...others, sums] : others
}

/** sin or cos of an argument; undefined where no theorem says more. */
export const createAngles = (apply: (f: ScalarFunction, argument: Field) => Field) => {
  const turnOf = (part: Terms, site: Where): Turn | undefined => {
    const spelled = part.map((t) => [spellingOf(t), t] as const)
    if (spelled.some(([spelling]) => spelling === undefined)) return undefined
    const [[, lead]] = spelled.sort(([a], [b]) => (a! < b! ? -1 : 1)) as [[string, Term]]
    const { numerator } = lead.coefficient
    const count = numerator < 0n ? -numerator : numerator
    if (count > mostTurns) return undefined
    const { field, index } = narrowed(scaleTerms(part, rational(1n, numerator)), site)
    const of = (f: ScalarFunction) => apply(f, field).at(index)
    const once: Turn = { sin: of(elementary.sin), cos: of(elementary.cos) }
    let whole = once
    for (let k = 1n; k < count; k++) whole = added(whole, once)
    return numerator < 0n ? { ...whole, sin: minus(whole.sin) } : whole
  }

  return (f: ScalarFunction) =>
    (argument: Field): Field => {
      const { shape } = argument
      const site: Where = { shape, places: placesOf(shape) }
      const parts = partsOf(collected(within(argument.at(site.places), site)))
      const turns = parts.length > mostParts ? [] : parts.map((part) => turnOf(part, site))
      if (parts.length > 0 && !turns.every((turn) => turn !== undefined)) return apply(f, argument)
      if (turns.length < parts.length) return apply(f, argument)
      const none: Turn = { sin: [], cos: constantTerms(rational(1)) }
      const { sin, cos } = (turns as Turn[]).reduce(added, none)
      const terms = f === elementary.sin ? sin : cos
      return { shape, at: (index) => readAt(terms, site.places.map(variableOf), index) }
    }
}
