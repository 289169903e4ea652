// Sums and entrywise products of a claim's values: numbers go with every entry.

import { constantValue, polynomial } from '../../arithmetic/polynomial.ts'
import { type Field, term } from '../../index-terms/terms.ts'
import { demandOneWay } from '../../lower/rows.ts'
import type { Index, Terms } from '../functions/functions.ts'
import { productOfTerms } from '../products.ts'
import type { Sizes } from '../sizes/sizes.ts'
import { type ArrayValue, multiplyArrays, number, type Value } from './arrays.ts'
import { aligned, recordedLengths } from './shapes.ts'
import type { ClaimSite } from './site.ts'

/** Numbers go with every entry, and a bias with every entry of its channel. */
export const entrywise = (
  what: string,
  values: readonly Value[],
  site: ClaimSite,
  combine: (terms: readonly Terms[]) => Terms,
): Value => {
  const arrays = values.filter((value) => value.kind === 'array')
  if (arrays.length === 0) {
    return number(combine(values.map((value) => (value.kind === 'number' ? value.terms : []))))
  }
  const { sizes } = site.model.network
  oneWay(what, arrays, sizes)
  const count = ({ field }: ArrayValue) =>
    field.shape.reduce((product, length) => product * sizes.recorded(length), 1)
  const largest = arrays.reduce((a, b) => (count(b) > count(a) ? b : a))
  const { shape } = largest.field
  const channels = what === '⊙' ? 'same' : 'with channels'
  const readers = values.map((value) => {
    if (value.kind === 'number') return () => value.terms
    if (channels === 'with channels' && isSingle(value.field.shape)) {
      const terms = value.field.at(value.field.shape.map(() => polynomial(0)))
      return () => terms
    }
    const align = aligned(what, value.field.shape, shape, sizes, channels)
    return (index: Index) => value.field.at(align(index))
  })
  const field: Field = { shape, at: (index) => combine(readers.map((read) => read(index))) }
  return { kind: 'array', field, dual: arrays.every(({ dual }) => dual) }
}

/** @throws ShapesError where a column stands beside a row */
export const oneWay = (what: string, arrays: readonly ArrayValue[], sizes: Sizes): void =>
  demandOneWay(
    what,
    arrays.map(({ field, dual }) => ({ shape: recordedLengths(field.shape, sizes), dual })),
  )

/** One entry: the bias of a single filter goes with every entry. */
export const isSingle = (shape: Index): boolean =>
  shape.every((length) => constantValue(length) === 1n)

export const product = (values: readonly Value[], site: ClaimSite): Value => {
  const factor = values
    .flatMap((value) => (value.kind === 'number' ? [value.terms] : []))
    .reduce(productOfTerms, [term({})])
  const arrays = values.filter((value) => value.kind === 'array')
  const [first, ...others] = arrays
  if (!first) return number(factor)
  const { sizes } = site.model.network
  const all = others.reduce<Value>(
    (left, right) =>
      left.kind === 'number' ? scaled(left.terms, right) : multiplyArrays(left, right, sizes),
    first,
  )
  return scaled(factor, all)
}

export const scaled = (factor: Terms, value: Value): Value => {
  if (value.kind === 'number') return number(productOfTerms(factor, value.terms))
  const { field } = value
  const at = (index: Index) => productOfTerms(factor, field.at(index))
  return { ...value, field: { shape: field.shape, at } }
}
