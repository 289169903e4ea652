// Assumptions in a proof: sizes are constraints, [z > 0] is 1, and what is a number may stand as a
// factor 1.

import { minus, type Polynomial, polynomial } from '../arithmetic/polynomial.ts'
import { rational } from '../arithmetic/rational.ts'
import { freeIndex } from '../arithmetic/variable.ts'
import { UnsupportedError } from '../core/errors.ts'
import type { Assumed } from '../core/statement.ts'
import { scaleTerms } from '../index-terms/fields.ts'
import type { Field, Terms } from '../index-terms/terms.ts'
import type { Model } from './model.ts'
import { indexOf } from './terms/indices.ts'
import { noIndices } from './terms/letters.ts'
import { plainArray } from './terms/plain.ts'
import { productOfTerms } from './terms/products.ts'
import { type Reader, scalarTerms } from './terms/terms.ts'

/** What an assumption cannot be used for is no reason not to prove without it. */
const attempted = <R>(body: () => R, otherwise: R): R => {
  try {
    return body()
  } catch (error) {
    if (error instanceof UnsupportedError) return otherwise
    throw error
  }
}

/** Polynomials that are ≥ 0. */
export const constraintsOf = ({ sizes }: Assumed): readonly Polynomial[] =>
  sizes.flatMap((guard) =>
    attempted((): Polynomial[] => {
      if (guard.kind !== 'indices') return []
      const [a, b] = [indexOf(guard.left, noIndices), indexOf(guard.right, noIndices)]
      switch (guard.relation) {
        case '=':
          return [minus(a, b), minus(b, a)]
        case '≥':
          return [minus(a, b)]
        case '>':
          return [minus(a, b, 1)]
        case '≤':
          return [minus(b, a)]
        case '<':
          return [minus(b, a, 1)]
        case '≠':
          return []
      }
    }, []),
  )

export const assumeSigns = ({ positive }: Assumed, { functions, value }: Model): void => {
  for (const node of positive)
    attempted(() => {
      const plain = plainArray(value(node))
      if (plain) functions.assumePositive(plain)
    }, undefined)
}

const mostTerms = 6

/** A field as it is, and with some of its terms multiplied by what is assumed to be 1. */
function* usingNumbers(field: Field, { numbers }: Assumed, reader: Reader): Generator<Field> {
  yield field
  const usable = numbers.flatMap(({ scalar, value }) => {
    const terms = attempted(() => scalarTerms(scalar, reader), [])
    return terms.length > 0 ? [{ scalar, value }] : []
  })
  if (usable.length === 0) return
  const count = field.at(field.shape.map(() => polynomial(freeIndex('t')))).length
  if (count > mostTerms) return
  for (const { scalar, value } of usable) {
    const inverted = rational(value.denominator, value.numerator)
    const unit = (): Terms => scaleTerms(scalarTerms(scalar, reader), inverted)
    for (let subset = 1; subset < 2 ** count; subset++) {
      yield {
        shape: field.shape,
        at: (index) =>
          field
            .at(index)
            .flatMap((t, k) => ((subset >> k) & 1 ? productOfTerms([t], unit()) : [t])),
      }
    }
  }
}

/** What is assumed is used on either side: the sides are a set. */
export function* waysToAssume(
  a: Field,
  b: Field,
  assumed: Assumed,
  reader: Reader,
): Generator<readonly [Field, Field]> {
  for (const right of usingNumbers(b, assumed, reader)) yield [a, right]
  for (const left of usingNumbers(a, assumed, reader)) if (left !== a) yield [left, b]
}
