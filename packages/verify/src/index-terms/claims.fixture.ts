// For tests: how a table of identities is written down.

import { type Polynomial, polynomial } from '../arithmetic/polynomial.ts'
import type { Variable } from '../arithmetic/variable.ts'
import { sumOver } from './fields.ts'
import type { Field, Term } from './terms.ts'

export interface Identity {
  readonly name: string
  readonly holds: boolean
  readonly left: () => Field
  readonly right: () => Field
  readonly assume?: readonly Polynomial[]
  /** Largest size tried for a witness. */
  readonly upTo?: number
}

export type Length = Polynomial | Variable | number
export type Body = (...index: Polynomial[]) => readonly Term[]

export const field = (shape: readonly Length[], at: Body): Field => ({
  shape: shape.map(polynomial),
  at: (index) => at(...index),
})

export const sum = (shape: readonly Length[], body: Body): readonly Term[] =>
  sumOver(shape.map(polynomial), (index) => body(...index))

/** Identities that share a left side and assumptions: name, whether it holds, right side. */
export const claims = (
  left: () => Field,
  assume: readonly Polynomial[],
  rows: readonly (readonly [name: string, holds: boolean, right: () => Field, upTo?: number])[],
): readonly Identity[] =>
  rows.map(([name, holds, right, upTo = 2]) => ({ name, holds, left, right, assume, upTo }))
