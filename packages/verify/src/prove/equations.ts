// The two sides of an equation as fields of its letters.

import { minus, plus } from '../arithmetic/polynomial.ts'
import type { Scalar } from '../core/core.ts'
import type { Equation } from '../core/statement.ts'
import { guardTerms } from '../index-terms/fields.ts'
import type { Field } from '../index-terms/terms.ts'
import { keyOf } from './terms/indices.ts'
import { noIndices, scoped, withLetters } from './terms/letters.ts'
import { type Reader, termsOf } from './terms/terms.ts'

export const fieldsOf = ({ letters, left, right }: Equation, reader: Reader): [Field, Field] => {
  const site = { ...noIndices, ...reader }
  const side = (s: Scalar): Field => ({
    shape: letters.map(({ length }) => length),
    at: (index) => {
      const entered = letters.map(
        ({ letter, length }, k) => [keyOf(letter), { value: plus(index[k]!, 1), length }] as const,
      )
      const terms = scoped(withLetters(site, entered), (inner) => termsOf(s, inner))
      const guards = letters.flatMap(({ within }, k) => within.map((n) => minus(n, index[k]!, 1)))
      return guards.length > 0 ? guardTerms(terms, guards) : terms
    },
  })
  return [side(left), side(right)]
}
