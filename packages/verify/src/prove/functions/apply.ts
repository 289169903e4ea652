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

/** Whether an access stays inside its array wherever the index stays inside the shape. */
export const isWithin = ({ array, index: at }: Access, index: Index, shape: Index) =>
  at.every((e, axis) => {
    const length = array.shape[axis]!
    const [value, size] = [constantValue(e), constantValue(length)]
    if (value !== undefined && size !== undefined) return value >= 0n && value < size
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
  const { field, index } = lifted()
  return functions.apply(f, field).at(index)
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
