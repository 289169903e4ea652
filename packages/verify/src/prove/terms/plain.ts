// Fields that merely read an array, axes of length 1 apart, and numbers as terms.

import {
  canonicalKey,
  constantValue,
  equal,
  isZero,
  type Polynomial,
  polynomial,
} from '../../arithmetic/polynomial.ts'
import type { Rational } from '../../arithmetic/rational.ts'
import { freeIndex } from '../../arithmetic/variable.ts'
import {
  type ArrayName,
  type Field,
  type Index,
  type Term,
  type Terms,
  term,
} from '../../index-terms/terms.ts'

/** A field that is the entries of one array, index by index. */
export interface PlainField extends Field {
  readonly array: ArrayName
}

export const plainField = (array: ArrayName): PlainField => ({
  array,
  shape: array.shape,
  at: (index) => [term({ accesses: [{ array, index }] })],
})

export const isOne = (length: Polynomial): boolean => constantValue(length) === 1n

/** An index without those of axes of length 1, which are 0. */
export const withoutOnes = (shape: Index, index: Index): Index =>
  index.filter((_, axis) => !isOne(shape[axis]!))

export const withOnes = (shape: Index, index: Index): Index => {
  let next = 0
  return shape.map((length) => (isOne(length) ? polynomial(0) : index[next++]!))
}

/** The same entries without axes of length 1: σ of [1, H, W] and of [H, W] is one array. */
export const squeezed = (field: Field): Field =>
  field.shape.some(isOne)
    ? {
        shape: withoutOnes(field.shape, field.shape),
        at: (index) => field.at(withOnes(field.shape, index)),
      }
    : field

/** The array that a field merely reads, axes of length 1 apart, if that is all it does. */
export const plainArray = (field: Field): ArrayName | undefined => {
  const { shape, at } = squeezed(field)
  const index = shape.map(() => polynomial(freeIndex('t')))
  const access = singleAccess(at(index))
  if (!access) return undefined
  const own = access.array.shape
  const [lengths, read] = [withoutOnes(own, own), withoutOnes(own, access.index)]
  // a_2 of an a of one entry is 0, and not a.
  const isInside = access.index.every((e, axis) => !isOne(own[axis]!) || isZero(e))
  const isSame =
    isInside &&
    read.length === index.length &&
    read.every((e, axis) => equal(e, index[axis]!)) &&
    lengths.every((n, axis) => equal(n, shape[axis]!))
  return isSame ? access.array : undefined
}

/** A[e] with coefficient 1 and nothing else. */
export const singleAccess = (terms: Terms): Term['accesses'][number] | undefined => {
  const [t] = terms
  if (!t || terms.length !== 1) return undefined
  return isBare(t) && t.accesses.length === 1 ? t.accesses[0] : undefined
}

/** Read once at every index: what is nested would be read many times at every level. */
export const remembered = (field: Field): Field => {
  if ('array' in field) return field
  const read = new Map<string, Terms>()
  const at = (index: Index): Terms => {
    const key = index.map(canonicalKey).join('|')
    const terms = read.get(key) ?? field.at(index)
    read.set(key, terms)
    return terms
  }
  return { shape: field.shape, at }
}

/** A product of accesses with coefficient 1 and nothing else. */
export const isBare = ({ coefficient, powers, bound, guards, equations }: Term): boolean =>
  coefficient.numerator === 1n &&
  coefficient.denominator === 1n &&
  powers.size === 0 &&
  bound.length === 0 &&
  guards.length === 0 &&
  equations.length === 0

export const constantTerms = (value: Rational): Terms =>
  value.numerator === 0n ? [] : [term({ coefficient: value })]
