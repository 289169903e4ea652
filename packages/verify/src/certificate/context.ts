// What a reading carries: the claim, the view, the arrays; letters in force, and indices.

import type { Arrays, Field } from './arrays.ts'
import type { PlainClaim, PlainIndex, PlainScalar, PlainTable, PlainView } from './grammar.ts'
import * as poly from './polynomials.ts'
import { demand, type Poly, readPoly } from './polynomials.ts'
import type { Fresh, Terms } from './sums.ts'
import * as sums from './sums.ts'

export type Index = readonly Poly[]

/** What a letter stands for, and the length up to which it runs from 1. */
export interface Letter {
  readonly value: Poly
  readonly length?: Poly
}

export type Letters = ReadonlyMap<number, Letter>

/** Where a scalar is read. Quotients that are met are pinned by the scope that is left next. */
export interface Site {
  readonly letters: Letters
  readonly quotients: Map<string, { readonly id: number; readonly guards: readonly Poly[] }>
}

export interface Context {
  readonly claim: PlainClaim
  readonly view: PlainView
  readonly fresh: Fresh
  readonly lengths: ReadonlyMap<number, 'size' | 'parameter'>
  readonly arrays: Arrays
  readonly termsOf: (s: PlainScalar, site: Site) => Terms
}

export const lengthsOf = ({ lengths }: PlainClaim): Context['lengths'] =>
  new Map(lengths.map(({ id, kind }) => [id, kind]))

export const siteOf = (letters: Letters): Site => ({ letters, quotients: new Map() })

export const withLetters = (site: Site, letters: Iterable<readonly [number, Letter]>): Site => ({
  ...site,
  letters: new Map([...site.letters, ...letters]),
})

/** A letter that runs through an axis of a length of its own. */
export const ranged = (letter: Letter | undefined): Required<Letter> => {
  const { value, length } = letter ?? {}
  demand(value !== undefined && length !== undefined, 'a letter without a range of its own')
  return { value, length }
}

/** Terms in which quotients may occur: those that are new are summed over here. */
export const scoped = (site: Site, body: (inner: Site) => Terms): Terms => {
  const inner: Site = { ...site, quotients: new Map(site.quotients) }
  const terms = body(inner)
  const pinned = [...inner.quotients].filter(([key]) => !site.quotients.has(key))
  return pinned.reduce<Terms>(
    (all, [, { id, guards }]) => sums.guarded(sums.bind(all, [id]), guards),
    terms,
  )
}

/** A table of letters in force, by the entries inside of its box. */
export const tableField = ({ axes, body }: PlainTable, site: Site, context: Context): Field => {
  const shape = axes.map(({ length }) => readPoly(length))
  const at = (index: Index): Terms => {
    const own = axes.map(({ letter }, axis) => {
      const value = poly.plus(index[axis]!, 1n)
      return [letter, { value, length: shape[axis]! }] as const
    })
    return scoped(withLetters(site, own), (inner) => context.termsOf(body, inner))
  }
  return { shape, at }
}

/** At any index: 0 outside of the box. */
export const anywhere = ({ shape, at }: Field, index: Index): Terms =>
  sums.guarded(at(index), sums.boxOf(index, shape))

// ---- indices

/** A polynomial of lengths without a negative term, and with one that is at least 1. */
export const isSurelyPositive = (p: Poly, lengths: Context['lengths']): boolean =>
  [...p].every(([key, c]) => c > 0n && poly.idsOf(key).every((id) => lengths.has(id))) &&
  [...p.keys()].some((key) => poly.idsOf(key).every((id) => lengths.get(id) === 'size'))

const quotient = (e: Poly, by: Poly, site: Site, context: Context): Poly => {
  demand(isSurelyPositive(by, context.lengths), 'a divisor that may be 0')
  const key = `${poly.spell(e)}/${poly.spell(by)}`
  const found = site.quotients.get(key)
  if (found) return poly.single(found.id)
  const id = context.fresh()
  const rest = poly.minus(e, poly.product(by, poly.single(id)))
  site.quotients.set(key, { id, guards: [rest, poly.plus(poly.minus(by, rest), -1n)] })
  return poly.single(id)
}

export const indexOf = (index: PlainIndex, site: Site, context: Context): Poly => {
  const of = (part: PlainIndex): Poly => indexOf(part, site, context)
  switch (index.kind) {
    case 'length':
      return readPoly(index.of)
    case 'letter': {
      const letter = site.letters.get(index.letter)
      demand(letter !== undefined, 'a letter that nothing binds')
      return letter.value
    }
    case 'plus':
      return poly.sum(...index.terms.map((e): [bigint, Poly] => [1n, of(e)]))
    case 'times':
      return index.factors.map(of).reduce(poly.product, poly.constant(1n))
    case 'floor':
      return quotient(of(index.above), of(index.below), site, context)
  }
}

/** From 0. */
export const placesOf = (at: readonly PlainIndex[], site: Site, context: Context): Index =>
  at.map((each) => poly.plus(indexOf(each, site, context), -1n))

/** What holds wherever a letter is in force. */
export const isSaid = (guard: Poly, { letters }: Site, lengths: Context['lengths']): boolean =>
  guard.size === 0 ||
  isSurelyPositive(poly.plus(guard, 1n), lengths) ||
  [...letters.values()].some(
    ({ value, length }) =>
      length &&
      (poly.equal(guard, poly.plus(value, -1n)) || poly.equal(guard, poly.minus(length, value))),
  )
