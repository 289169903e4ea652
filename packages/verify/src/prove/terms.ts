// A scalar of the core as terms: linear parts are written out, functions and winners are opaque.
// What a source reads is asked of the view; nothing else is known here.

import { constantValue, minus, plus } from '../arithmetic/polynomial.ts'
import { type Rational, rational } from '../arithmetic/rational.ts'
import { negative, number, sum } from '../core/build.ts'
import type { FunctionRef, Named, Scalar, Table } from '../core/core.ts'
import { freeLetters } from '../core/walk.ts'
import { applyAt, positiveMask, readField, valueOfSize } from '../elaborate/functions/apply.ts'
import { elementary } from '../elaborate/functions/elementary.ts'
import type { Functions, ScalarFunction, Terms } from '../elaborate/functions/functions.ts'
import { inverseOf, powerOf } from '../elaborate/functions/scalars.ts'
import { type Indices, lift, noIndices, scoped, withLetters } from '../elaborate/letters.ts'
import { constantTerms } from '../elaborate/plain.ts'
import { productOfTerms } from '../elaborate/products.ts'
import { UnsupportedError } from '../elaborate/unsupported.ts'
import { type Field, term } from '../index-terms/terms.ts'
import { extremumOf, overAxes } from './binders.ts'
import { guardTerms } from './guards.ts'
import { indexOf, keyOf } from './indices.ts'

/** What a reading needs besides the letters in force. */
export interface Reader {
  readonly functions: Functions
  readonly fieldOf: (source: Named) => Field
  /** Equal only for the same windows of the same array. */
  readonly maskKey: string
}

export interface Site extends Indices, Reader {}

/** A table as a field of its own letters. */
export const tableField = (table: Table, reader: Reader): Field =>
  fieldIn(table, { ...noIndices, ...reader })

const fieldIn = ({ axes, body }: Table, site: Site): Field => ({
  shape: axes.map(({ length }) => length),
  at: (index) => {
    const letters = axes.map(
      ({ letter, length }, axis) =>
        [keyOf(letter), { value: plus(index[axis]!, 1), length }] as const,
    )
    return scoped(withLetters(site, letters), (inner) => termsOf(body, inner))
  },
})

export const scalarTerms = (s: Scalar, reader: Reader): Terms =>
  termsOf(s, { ...noIndices, ...reader })

type Of<K extends Scalar['kind']> = Extract<Scalar, { kind: K }>

const readers: { readonly [K in Scalar['kind']]: (s: Of<K>, site: Site) => Terms } = {
  number: ({ value }) => {
    if (value.denominator === 0n) throw new UnsupportedError('an infinite constant')
    return constantTerms(value)
  },
  size: ({ of }, site) => valueOfSize(indexOf(of, site)),
  read: ({ from, at }, site) => {
    const field = from.kind === 'table' ? fieldIn(from, site) : site.fieldOf(from)
    if (field.shape.length !== at.length) throw new UnsupportedError('a read of another rank')
    return readField(
      field,
      at.map((index) => minus(indexOf(index, site), 1)),
    )
  },
  sum: ({ terms }, site) => terms.flatMap((each) => termsOf(each, site)),
  product: ({ factors }, site) =>
    factors.map((each) => termsOf(each, site)).reduce(productOfTerms, [term({})]),
  quotient: ({ above, below }, site) =>
    productOfTerms(
      termsOf(above, site),
      inverseOf(termsOf(below, site), (f) => applied(f, below, site)),
    ),
  power: ({ base, exponent }, site) =>
    powerOf(termsOf(base, site), exponentOf(exponent, site), (f) => applied(f, base, site)),
  apply: ({ f, to }, site) => callOf(f, to, site),
  reduce: (s, site) =>
    s.by === 'sum' ? overAxes(s, site, (inner) => termsOf(s.body, inner)) : extremumOf(s, site),
  guard: ({ guards }, site) =>
    guards.map((guard) => guardTerms(guard, site)).reduce(productOfTerms, [term({})]),
}

/** A node costs about as much as so many steps of a proof. */
const stepsOfNode = 10

export const termsOf = (s: Scalar, site: Site): Terms => {
  site.functions.tick(stepsOfNode)
  const read = readers[s.kind] as (s: Scalar, site: Site) => Terms
  return read(s, site)
}

/** A number that stands in an exponent. */
const exponentOf = (s: Scalar, site: Site): Rational => {
  if (s.kind === 'number') return s.value
  const whole = s.kind === 'size' ? constantValue(indexOf(s.of, site)) : undefined
  if (whole === undefined) throw new UnsupportedError('an exponent that is no number')
  return rational(whole)
}

/** The letters in force that a scalar reads, in the order in which they came into force. */
export const usedKeys = (s: Scalar, site: Site): string[] => {
  const used = new Set([...freeLetters(s)].map(keyOf))
  return [...site.letters.keys()].filter((key) => used.has(key))
}

/** f(s): of one entry where it is one, otherwise of an array of the letters it uses. */
export const applied = (f: ScalarFunction, s: Scalar, site: Site): Terms =>
  applyAt(f, site.functions, termsOf(s, site), site, () =>
    lift(site, usedKeys(s, site), (inner) => termsOf(s, inner)),
  )

const callOf = (f: FunctionRef, to: readonly Scalar[], site: Site): Terms => {
  const [a, b] = to as [Scalar, Scalar?]
  if (f.kind !== 'notation') throw new UnsupportedError('a function that no line has')
  const { name } = f
  if (name === 'floor' || name === 'ceil') throw new UnsupportedError('a rounded value')
  if (name === 'log1p') throw new UnsupportedError('log1p, which only stable lines use')
  if (name === 'π') {
    const one = number(rational(1))
    return productOfTerms(applied(elementary.π, one, site), termsOf(a, site))
  }
  if (name !== 'max' && name !== 'min') return applied(elementary[name], a, site)
  // max(a, b) = a + [b > a](b − a), which prefers a
  const difference = sum([b!, negative(a)])
  const compared = name === 'max' ? difference : negative(difference)
  const mask = positiveMask((each) => applied(each, compared, site))
  return [...termsOf(a, site), ...productOfTerms(mask, termsOf(difference, site))]
}
