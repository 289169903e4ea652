// A scalar of the core as terms: linear parts are written out, functions and winners are opaque.
// What a source reads is asked of the view; nothing else is known here.

import type { Node } from '@backprove/graph'
import type * as notation from '@backprove/graph/notation'
import { constantValue, minus, plus } from '../../arithmetic/polynomial.ts'
import { type Rational, rational } from '../../arithmetic/rational.ts'
import { isNumber, negative, number, sum } from '../../core/build.ts'
import type { FunctionRef, Named, Scalar, Table } from '../../core/core.ts'
import { UnsupportedError } from '../../core/errors.ts'
import { freeLetters } from '../../core/walk.ts'
import { type Field, type Terms, term } from '../../index-terms/terms.ts'
import type { NodeShape } from '../../network/symbolic/shapes.ts'
import { applyAt, entire, isInside, positiveMask, readField } from '../functions/apply.ts'
import { elementary } from '../functions/elementary.ts'
import { inverseOf, powerOf } from '../functions/scalars.ts'
import type { Functions, ScalarFunction } from '../functions/types.ts'
import { extremumOf, overAxes } from './binders.ts'
import { guardTerms } from './guards.ts'
import { indexOf, keyOf } from './indices.ts'
import { type Indices, lift, noIndices, scoped, withLetters } from './letters.ts'
import { constantTerms, plainField, singleAccess } from './plain.ts'
import { valueOfIndex } from './positions.ts'
import { productOfTerms } from './products.ts'

/** What a reading needs besides the letters in force. */
export interface Reader {
  readonly functions: Functions
  readonly fieldOf: (source: Named) => Field
  /** Of the operands that compete: equal only for the same windows of the same arrays. */
  readonly maskKey: (read: readonly string[]) => string
  /** Whether its contests are those of a pooling, which is asked for its mask by that key alone. */
  readonly isPooling?: boolean
  /** f, f′, … of every entry, for the functions that claims have a word for. */
  readonly derived?: (f: FunctionRef, order: number) => (argument: Field) => Field
  /** For what a claim says of windows. */
  readonly poolings?: Poolings
}

/** The poolings of a network. */
export interface Poolings {
  readonly all: readonly Node[]
  /** The one that an array enters, perhaps through increasing functions. */
  readonly enteredBy: (array: Node) => Node | undefined
  readonly isAsLarge: (array: Node, other: Node) => boolean
  readonly shapeOf: (node: Node) => NodeShape
  readonly value: (node: Node) => Field
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
  scoped({ ...noIndices, ...reader }, (site) => termsOf(s, site))

type Of<K extends Scalar['kind']> = Extract<Scalar, { kind: K }>

const readers: { readonly [K in Scalar['kind']]: (s: Of<K>, site: Site) => Terms } = {
  number: ({ value }) => {
    if (value.denominator === 0n) throw new UnsupportedError('an infinite constant')
    return constantTerms(value)
  },
  size: ({ of }, site) => valueOfIndex(of, site),
  read: ({ from, at }, site) => {
    const field = from.kind === 'table' ? fieldIn(from, site) : site.fieldOf(from)
    if (field.shape.length !== at.length) throw new UnsupportedError('a read of another rank')
    const index = at.map((each) => minus(indexOf(each, site), 1))
    const isIn = from.kind === 'table' && isInside(index, field.shape, site)
    return isIn ? field.at(index) : readField(field, index)
  },
  sum: ({ terms }, site) => terms.flatMap((each) => termsOf(each, site)),
  product: ({ factors }, site) =>
    factors.map((each) => termsOf(each, site)).reduce(productOfTerms, [term({})]),
  quotient: ({ above, below }, site) =>
    productOfTerms(
      termsOf(above, site),
      inverseOf(termsOf(below, site), (f) => applied(f, below, site)),
    ),
  power: ({ base, exponent }, site) => {
    const { numerator, denominator } = exponentOf(exponent, site)
    const isRoot = denominator === 2n && numerator !== 1n
    const half = number(rational(1, 2))
    const of: Scalar = isRoot ? { kind: 'power', base, exponent: half } : base
    const to = isRoot ? rational(numerator) : rational(numerator, denominator)
    return powerOf(termsOf(of, site), to, (f) => applied(f, of, site))
  },
  apply: ({ f, order, to }, site) =>
    f.kind === 'notation' ? callOf(f.name, to, site) : derivedAt(f, order, to, site),
  reduce: (s, site) =>
    s.by === 'sum' ? overAxes(s, site, (inner) => termsOf(s.body, inner)) : extremumOf(s, site),
  guard: ({ guards }, site) =>
    guards.map((guard) => guardTerms(guard, site, guards)).reduce(productOfTerms, [term({})]),
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

/**
 * f(s): of one entry where it is one, otherwise of an array of the letters it uses, those of
 * `first` before the others.
 */
export const applied = (f: ScalarFunction, s: Scalar, site: Site, first?: Scalar): Terms =>
  applyAt(f, site.functions, termsOf(s, site), site, () => {
    const keys = usedKeys(s, site)
    const before = first ? usedKeys(first, site) : []
    const order = [...before, ...keys.filter((key) => !before.includes(key))]
    return lift(site, order, (inner) => termsOf(s, inner))
  })

/** f(0) = 0. */
const vanishing: ReadonlySet<string> = new Set([
  'tanh',
  'sin',
  'erf',
  'relu',
  'abs',
  'sign',
  'sqrt',
])

/** f, f′, … of one number; outside of its array f(0), which is known of some functions alone. */
const derivedAt = (f: FunctionRef, order: number, to: readonly Scalar[], site: Site): Terms => {
  const [s, another] = to
  const apply = another ? undefined : site.derived?.(f, order)
  if (!apply || !s) throw new UnsupportedError('a function that no line has')
  const access = singleAccess(termsOf(s, site))
  const isIn = access && isInside(access.index, access.array.shape, site)
  const isZeroAtZero = order === 0 && f.kind === 'word' && vanishing.has(f.name)
  if (access && isIn) return apply(plainField(access.array)).at(access.index)
  if (access && isZeroAtZero) return readField(apply(plainField(access.array)), access.index)
  const { field, index } = entire(lift(site, usedKeys(s, site), (inner) => termsOf(s, inner)))
  return apply(field).at(index)
}

const callOf = (name: notation.FunctionName, to: readonly Scalar[], site: Site): Terms => {
  const [a, b, more] = to as [Scalar, Scalar?, Scalar?]
  if (more) throw new UnsupportedError(`${name} of several values`)
  if (name === 'floor' || name === 'ceil') throw new UnsupportedError('a rounded value')
  if (name === 'log1p') throw new UnsupportedError('log1p, which only stable lines use')
  if (name === 'π') {
    const one = number(rational(1))
    return productOfTerms(applied(elementary.π, one, site), termsOf(a, site))
  }
  if (name !== 'max' && name !== 'min') return applied(elementary[name], a, site)
  // max(a, b) = a + [b > a](b − a), which prefers a
  const difference = isNumber(a, 0n) ? b! : sum([b!, negative(a)])
  const compared = name === 'max' ? difference : negative(difference)
  const mask = positiveMask((each) => applied(each, compared, site))
  return [...termsOf(a, site), ...productOfTerms(mask, termsOf(difference, site))]
}
