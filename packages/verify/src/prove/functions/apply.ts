// Functions applied at one place, and arrays read at one: the small steps that lines and claims
// share.

import {
  constantValue,
  equal,
  isZero,
  minus,
  negate,
  type Polynomial,
  polynomial,
} from '../../arithmetic/polynomial.ts'
import { rational } from '../../arithmetic/rational.ts'
import { freeIndex } from '../../arithmetic/variable.ts'
import { UnsupportedError } from '../../core/errors.ts'
import { anywhere, guardTerms } from '../../index-terms/fields.ts'
import { type Access, type Field, type Index, type Terms, term } from '../../index-terms/terms.ts'
import type { Indices, Lifted } from '../terms/letters.ts'
import { plainArray, plainField, singleAccess } from '../terms/plain.ts'
import { productOfTerms } from '../terms/products.ts'
import { outsideOf, positive, vanishing } from './elementary.ts'
import type { Functions, ScalarFunction } from './types.ts'

const plain = new WeakMap<Field, boolean>()

/** Whether a field merely reads an array, whose own box then bounds it. */
const isPlain = (field: Field): boolean => {
  const known = plain.get(field) ?? plainArray(field) !== undefined
  plain.set(field, known)
  return known
}

/** A field at an index that may lie outside, where it is 0. */
export const readField = (field: Field, index: Index): Terms => {
  if ('array' in field) return field.at(index)
  if (!isPlain(field)) return anywhere(field, index)
  // Axes of length 1 are not among those of the array.
  const guards = index.flatMap((e, axis) =>
    constantValue(field.shape[axis]!) === 1n && !isZero(e) ? [e, negate(e)] : [],
  )
  return guardTerms(field.at(index), guards)
}

/** A size as a number: 2 m n is a term. */
export const valueOfSize = (size: Polynomial): Terms =>
  [...size.values()].map(({ coefficient, variables }) => {
    const powers = new Map<(typeof variables)[number], number>()
    for (const v of variables) {
      if (v.kind !== 'size' && v.kind !== 'parameter') {
        throw new UnsupportedError('an index as a value')
      }
      powers.set(v, (powers.get(v) ?? 0) + 1)
    }
    return term({ coefficient: rational(coefficient), powers })
  })

/** Whether an index is a letter that runs through just that axis. */
export const isInside = (index: Index, shape: Index, { letters }: Indices): boolean =>
  index.every(
    (e, axis) =>
      (isZero(e) && constantValue(shape[axis]!) !== undefined) ||
      [...letters.values()].some(
        ({ value, length }) => length && equal(length, shape[axis]!) && isZero(minus(value, e, 1)),
      ),
  )

const isNumberBelow = (e: Polynomial, length: Polynomial): boolean => {
  const [value, size] = [constantValue(e), constantValue(length)]
  return value !== undefined && size !== undefined && value >= 0n && value < size
}

/** Whether an access stays inside its array wherever the index stays inside the shape. */
export const isWithin = ({ array, index: at }: Access, index: Index, shape: Index) =>
  at.every((e, axis) => {
    const length = array.shape[axis]!
    if (isNumberBelow(e, length)) return true
    return index.some((each, k) => equal(each, e) && equal(shape[k]!, length))
  })

/**
 * f of one value. A single entry A[e] gives f(A)[e], and f(0) where e lies outside; everything else
 * is lifted to an array of the letters in force.
 */
export const applyAt = (
  f: ScalarFunction,
  functions: Functions,
  value: Terms,
  indices: Indices,
  lifted: () => Lifted,
): Terms => {
  if (value.length === 0) return functions.atZero(f)
  const access = singleAccess(value)
  if (access) {
    const { array, index } = access
    const field = functions.apply(f, plainField(array))
    if (isInside(index, array.shape, indices)) return field.at(index)
    return [
      ...readField(field, index),
      ...productOfTerms(functions.atZero(f), outsideOf(index, array.shape)),
    ]
  }
  const { field, index } = entire(lifted())
  return functions.apply(f, field).at(index)
}

export const sameIndex = (a: Index, b: Index): boolean =>
  a.length === b.length && a.every((e, axis) => equal(e, b[axis]!))

/** What is read at one place of arrays of one shape, 6 − z_1, as an entry of the whole, 6 − z. */
export const entire = (lifted: Lifted): Lifted => {
  const places = anyPlace(lifted.field.shape)
  const terms = lifted.field.at(places)
  const isWide = ({ array }: Access) => array.shape.length > 0
  const read = terms.flatMap(({ accesses }) => accesses.filter(isWide))
  const [first] = read
  const isLoose = terms.some((t) => t.bound.length + t.guards.length + t.equations.length > 0)
  if (!first || isLoose) return lifted
  const { index: at, array } = first
  const { shape } = array
  const letters = at.map((e) => places.findIndex((place) => equal(place, e)))
  const isSame = ({ array: other, index }: Access) =>
    sameIndex(index, at) && sameIndex(other.shape, shape)
  const isOnce = places.every((_, k) => letters.filter((each) => each === k).length === 1)
  const isNumbered = at.every((e, axis) => letters[axis]! >= 0 || isNumberBelow(e, shape[axis]!))
  const fits = letters.every((k, axis) => k < 0 || equal(lifted.field.shape[k]!, shape[axis]!))
  if (!(isOnce && isNumbered && fits && read.every(isSame))) return lifted
  const put = (index: Index): Terms =>
    terms.map((t) => {
      const accesses = t.accesses.map((a) => (isWide(a) ? { array: a.array, index } : a))
      return { ...t, accesses }
    })
  const index = at.map((e, axis) => lifted.index[letters[axis]!] ?? e)
  return { field: { shape, at: put }, index }
}

export const positiveMask = (apply: (f: ScalarFunction) => Terms): Terms => apply(positive)
export const vanishingMask = (apply: (f: ScalarFunction) => Terms): Terms => apply(vanishing)

const places: Polynomial[] = []
const placeAlong = (axis: number): Polynomial => {
  places[axis] ??= polynomial(freeIndex(`t${axis + 1}`))
  return places[axis]
}

/** The same index for every argument, so that what is the same is spelled the same. */
export const anyPlace = (shape: Index): Index => shape.map((_, axis) => placeAlong(axis))
