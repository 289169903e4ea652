// Terms of a field at general places, which are good for every index: what they are made of is
// looked at once, and read wherever it is needed.

import {
  canonicalKey,
  constantValue,
  type Polynomial,
  polynomial,
  variablesOf,
} from '../../arithmetic/polynomial.ts'
import { addRational, rational } from '../../arithmetic/rational.ts'
import { freeIndex, type Variable } from '../../arithmetic/variable.ts'
import { spellingOfTerms } from '../../index-terms/rewriting/identical.ts'
import {
  type Access,
  boxOf,
  type Field,
  type Index,
  renameApart,
  substituteTerm,
  type Term,
  type Terms,
} from '../../index-terms/terms.ts'
import { isOne } from '../terms/plain.ts'
import { anyPlace, sameIndex } from './apply.ts'

/** Of an axis of length 1. */
const nowhere = freeIndex('0')
const one = rational(1)

/** Where an argument is read: general places of its shape. */
export interface Where {
  readonly shape: Index
  readonly places: Index
}

/** Axes of length 1 have no place. */
export const placesOf = (shape: Index): Index =>
  anyPlace(shape).map((place, axis) => (isOne(shape[axis]!) ? polynomial(0) : place))

export const variableOf = (place: Polynomial): Variable => [...variablesOf(place)][0] ?? nowhere

export const isNumber = (t: Term): boolean =>
  t.powers.size + t.bound.length + t.accesses.length + t.guards.length + t.equations.length === 0

const expressionsOf = ({ accesses, guards, equations }: Term): readonly Polynomial[] => [
  ...accesses.flatMap(({ index }) => index),
  ...guards,
  ...equations,
]

/** Without the guards that hold wherever the places are, and each of the others once. */
export const within = (terms: Terms, { places, shape }: Where): Terms => {
  const box = new Set(boxOf(places, shape).map(canonicalKey))
  return terms.map((t) => {
    const guards = new Map(t.guards.map((guard) => [canonicalKey(guard), guard]))
    for (const [key, guard] of guards)
      if (box.has(key) || (constantValue(guard) ?? -1n) >= 0n) guards.delete(key)
    return { ...t, guards: [...guards.values()] }
  })
}

export const sameAccess = (a: Access, b: Access): boolean =>
  a.array === b.array && sameIndex(a.index, b.index)

/** Terms at general places read at an index. */
export const readAt = (terms: Terms, places: readonly Variable[], index: Index): Terms => {
  const values = new Map(places.map((v, axis) => [v, index[axis]!] as const))
  return terms.map((t) => substituteTerm(renameApart(t), values))
}

/** Like terms, written alike, as one. */
export const collected = (terms: Terms): Terms => {
  const sums = new Map<string, Term>()
  const others: Term[] = []
  for (const t of terms) {
    const key = spellingOf(t)
    if (key === undefined) others.push(t)
    else {
      const sum = sums.get(key)
      const coefficient = addRational(sum?.coefficient ?? rational(0), t.coefficient)
      sums.set(key, { ...t, coefficient })
    }
  }
  return [...sums.values(), ...others].filter(({ coefficient }) => coefficient.numerator !== 0n)
}

/** What such terms are without the coefficient; undefined where they have no text. */
export const spellingOf = (t: Term): string | undefined =>
  spellingOfTerms([{ ...t, coefficient: one }])

/** The field of the letters that the terms read, and where in it the places are. */
export const narrowed = (terms: Terms, { shape, places }: Where) => {
  const met = new Set(terms.flatMap((t) => expressionsOf(t).flatMap((e) => [...variablesOf(e)])))
  const used = [...places.keys()].filter((axis) =>
    [...variablesOf(places[axis]!)].some((v) => met.has(v)),
  )
  const index = used.map((axis) => places[axis]!)
  const variables = index.map(variableOf)
  const field: Field = {
    shape: used.map((axis) => shape[axis]!),
    at: (at) => readAt(terms, variables, at),
  }
  return { field, index, variables }
}
