// Functions applied in a claim, quotients and powers among them: to numbers, and to every entry of
// an array, whose letters in force become axes.

import { rational } from '../../arithmetic/rational.ts'
import type { Field } from '../../index-terms/terms.ts'
import { freeIndices } from '../../language/free.ts'
import type { Resolved } from '../../language/resolved.ts'
import { applyAt } from '../functions/apply.ts'
import { reciprocal } from '../functions/elementary.ts'
import type { Index, ScalarFunction, Terms } from '../functions/functions.ts'
import { inverseOf, powerOf } from '../functions/scalars.ts'
import { type Lifted, lift } from '../letters.ts'
import { productOfTerms } from '../products.ts'
import { UnsupportedError } from '../unsupported.ts'
import { type ArrayValue, number, type Value } from './arrays.ts'
import { entrywise } from './entrywise.ts'
import { claimValue, numberOf } from './expression.ts'
import type { ClaimSite } from './site.ts'

type Of<K extends Resolved['kind']> = Extract<Resolved, { kind: K }>

const usedLetters = (node: Resolved, site: ClaimSite): string[] =>
  freeIndices(node).filter((name) => site.letters.has(name))

/** A function applied to a value: of every entry of an array, or of one number. */
export type Apply = (argument: Field) => Field

/** f of a number or of every entry of an array. */
export const applied = (f: ScalarFunction, node: Resolved, site: ClaimSite): Value => {
  const { functions } = site.model
  const value = claimValue(node, site)
  if (value.kind === 'array') return appliedEverywhere((x) => functions.apply(f, x), node, site)
  return number(applyAt(f, functions, value.terms, site, () => lifted(node, site)))
}

const lifted = (node: Resolved, site: ClaimSite): Lifted =>
  lift(site, usedLetters(node, site), (inner) => numberOf(node, inner))

/** A function of an array, which may depend on the letters in force: they become axes. */
export const appliedEverywhere = (apply: Apply, node: Resolved, site: ClaimSite): Value => {
  const value = claimValue(node, site) as ArrayValue
  const used = usedLetters(node, site)
  if (used.length === 0) return { ...value, field: apply(value.field) }
  const { field: outer, index } = lift(site, used, () => [])
  const whole: Field = {
    shape: [...outer.shape, ...value.field.shape],
    at: (all) => {
      const entry = (inner: ClaimSite): Terms => {
        const here = claimValue(node, inner)
        return here.kind === 'number' ? here.terms : here.field.at(all.slice(used.length))
      }
      return lift(site, used, entry).field.at(all.slice(0, used.length))
    },
  }
  const result = apply(whole)
  return {
    ...value,
    field: { shape: value.field.shape, at: (at) => result.at([...index, ...at]) },
  }
}

/** A function of one number, where the value is one. */
export const appliedToNumber = (
  apply: (f: Field) => Field,
  node: Resolved,
  site: ClaimSite,
): Terms => {
  const { field, index } = lifted(node, site)
  return apply(field).at(index)
}

/** 1/x of a value, entry by entry. */
const inverted = (node: Resolved, site: ClaimSite): Value => {
  const value = claimValue(node, site)
  const of = (f: ScalarFunction): Value => applied(f, node, site)
  if (value.kind === 'number') {
    return number(inverseOf(value.terms, (f) => (of(f) as { terms: Terms }).terms))
  }
  return of(reciprocal)
}

export const quotient = ({ numerator, denominator }: Of<'quotient'>, site: ClaimSite): Value =>
  entrywise(
    'A quotient',
    [claimValue(numerator, site), inverted(denominator, site)],
    site,
    (values) => values.reduce(productOfTerms),
  )

export const power = ({ base, exponent }: Of<'power'>, site: ClaimSite): Value => {
  if (exponent.kind !== 'numeral') throw new UnsupportedError('an exponent that is no number')
  const { numerator, denominator } = exponent.value
  const n = rational(numerator, denominator)
  const value = claimValue(base, site)
  if (value.kind === 'number') {
    return number(
      powerOf(value.terms, n, (f) => (applied(f, base, site) as { terms: Terms }).terms),
    )
  }
  const { field } = value
  const at = (index: Index) =>
    powerOf(field.at(index), n, (f) => {
      const whole = applied(f, base, site)
      return whole.kind === 'array' ? whole.field.at(index) : whole.terms
    })
  return { ...value, field: { shape: field.shape, at } }
}
