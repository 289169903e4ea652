// Indices in force: what a letter stands for, which values it takes, and the quotients ⌊e/p⌋ that
// were given an index of their own. Shared by the lines of ops and by claims.

import {
  canonicalKey,
  constantValue,
  minus,
  type Polynomial,
  plus,
  polynomial,
  variablesOf,
} from '../../arithmetic/polynomial.ts'
import { floorDivide } from '../../arithmetic/rational.ts'
import { isIndex } from '../../arithmetic/variable.ts'
import { UnsupportedError } from '../../core/errors.ts'
import { withQuotient } from '../../index-terms/fields.ts'
import type { Field, Index, Terms } from '../../index-terms/terms.ts'

/** An index that counts from 1; with `length`, up to it. */
export interface Letter {
  readonly value: Polynomial
  readonly length?: Polynomial
}

export interface Indices {
  readonly letters: ReadonlyMap<string, Letter>
  /** ⌊e/p⌋ by the spelling of e and p. */
  readonly quotients: ReadonlyMap<string, Polynomial>
}

export const noIndices: Indices = { letters: new Map(), quotients: new Map() }

export const withLetters = <I extends Indices>(
  indices: I,
  letters: Iterable<readonly [string, Letter]>,
): I => ({ ...indices, letters: new Map([...indices.letters, ...letters]) })

/** Asks the nearest scope for an index that is ⌊e/p⌋. */
class MissingQuotient extends Error {
  readonly numerator: Polynomial
  readonly divisor: Polynomial
  readonly key: string
  constructor(numerator: Polynomial, divisor: Polynomial, key: string) {
    super('a quotient outside of every scope')
    this.numerator = numerator
    this.divisor = divisor
    this.key = key
  }
}

/** ⌊e/p⌋ for p ≥ 1. */
export const quotientOf = (indices: Indices, e: Polynomial, p: Polynomial): Polynomial => {
  const [numerator, divisor] = [constantValue(e), constantValue(p)]
  if (divisor === 1n) return e
  if (divisor !== undefined && divisor < 1n) throw new UnsupportedError('a divisor below 1')
  if (numerator !== undefined && divisor !== undefined) {
    return polynomial(floorDivide(numerator, divisor))
  }
  const key = `${canonicalKey(e)}/${canonicalKey(p)}`
  const known = indices.quotients.get(key)
  if (!known) throw new MissingQuotient(e, p, key)
  return known
}

/** ⌈e/p⌉ = ⌊(e + p − 1)/p⌋. */
export const ceilingOf = (indices: Indices, e: Polynomial, p: Polynomial): Polynomial =>
  quotientOf(indices, plus(e, p, -1), p)

const mostQuotients = 32

/** Terms in which quotients may occur: each is summed over here, where its letters are known. */
export const scoped = <I extends Indices>(indices: I, body: (indices: I) => Terms): Terms => {
  if (indices.quotients.size > mostQuotients) throw new UnsupportedError('too many quotients')
  try {
    return body(indices)
  } catch (error) {
    if (!(error instanceof MissingQuotient)) throw error
    const { numerator, divisor, key } = error
    return withQuotient(numerator, divisor, (quotient) => {
      const quotients = new Map([...indices.quotients, [key, quotient] as const])
      return scoped({ ...indices, quotients }, body)
    })
  }
}

export interface Lifted {
  readonly field: Field
  /** Where in that field the present letters are. */
  readonly index: Index
}

/**
 * Terms as an array of the letters that they use, so that a function can be applied to all entries.
 * @throws UnsupportedError where a letter has no range, or one that depends on another
 */
export const lift = <I extends Indices>(
  indices: I,
  used: readonly string[],
  body: (indices: I) => Terms,
): Lifted => {
  const letters = used.map((name) => [name, indices.letters.get(name)!] as const)
  const shape = letters.map(([name, { length }]) => {
    if (!length || [...variablesOf(length)].some(isIndex)) {
      throw new UnsupportedError(`the index ${name} has no range of its own`)
    }
    return length
  })
  const at = (index: Index): Terms => {
    const inside = letters.map(
      ([name], axis) => [name, { value: plus(index[axis]!, 1), length: shape[axis]! }] as const,
    )
    const all = new Map([...indices.letters, ...inside])
    return scoped({ ...indices, letters: all, quotients: new Map() }, body)
  }
  return { field: { shape, at }, index: letters.map(([, { value }]) => minus(value, 1)) }
}
