// Equality of two sums of terms for all sizes: simplify, put in canonical coordinates, cancel. What
// is proved comes with a certificate; what is not proved is not thereby refuted.

import { type Budget, BudgetExceeded } from '../arithmetic/budget.ts'
import { minus, type Polynomial, polynomial } from '../arithmetic/polynomial.ts'
import { rational } from '../arithmetic/rational.ts'
import { freeIndex, type Variable } from '../arithmetic/variable.ts'
import { FieldShapeError, sameShape } from './fields.ts'
import type { Certificate } from './plain.ts'
import { createPool } from './rewriting/canonical.ts'
import { attempt, type Derivation, termAt } from './rewriting/derivation.ts'
import { mergeIdentical } from './rewriting/identical.ts'
import { canonicalise, mergeAll, mergeByAssumption, mergeByCases } from './rewriting/merge.ts'
import { simplify, simplifyAndSum } from './rewriting/simplify.ts'
import { boxOf, type Context, type Field, scaleTerm, type Term } from './terms.ts'

export type Proven =
  | { readonly proved: Certificate }
  /** What was left of left - right: no refutation. */
  | { readonly difference: readonly Term[] }
  | { readonly budget: string }

/** Whether left = right for all sizes that meet the context, and all contents of the arrays. */
export const proveEqual = (
  left: readonly Term[],
  right: readonly Term[],
  context: Context,
  budget: Budget,
): Proven => {
  const d: Derivation = {
    context,
    budget,
    terms: [...left, ...right.map((t) => scaleTerm(t, rational(-1)))],
    steps: [],
  }
  try {
    const rest = cancelAll(d)
    if (rest.length === 0) return { proved: { steps: d.steps } }
    return { difference: rest.map((slot) => termAt(d, slot)) }
  } catch (error) {
    if (error instanceof BudgetExceeded) return { budget: error.message }
    throw error
  }
}

/** Terms that add up to the same, as few and as simple as they get. */
export const simplified = (
  terms: readonly Term[],
  context: Context,
  budget: Budget,
): readonly Term[] => {
  const d: Derivation = { context, budget, terms: [...terms], steps: [] }
  return cancelAll(d).map((slot) => termAt(d, slot))
}

/** Cancels what it can; returns the slots of what is left. */
const cancelAll = (d: Derivation): readonly number[] => {
  const pool = createPool()
  const slots = mergeIdentical(d, pool).filter((slot) => simplify(d, slot))
  for (const slot of slots) canonicalise(d, slot, pool)
  const unlike = mergeByAssumption(d, mergeAll(d, slots, pool), pool)
  // Sums over idle indices come last: a case distinction may need such an index.
  const sumUp = (rest: readonly number[]) => {
    const parts = rest.flatMap((slot) => simplifyAndSum(d, slot))
    for (const slot of parts) canonicalise(d, slot, pool)
    return mergeAll(d, parts, pool)
  }
  if (attempt(d, () => sumUp(unlike).length === 0)) return []
  return mergeByCases(d, sumUp(mergeByCases(d, unlike, pool)), pool)
}

/** Two fields at one index in general position: the statement that they are equal. */
export interface FieldStatement {
  readonly left: readonly Term[]
  readonly right: readonly Term[]
  readonly context: Context
  readonly index: readonly Variable[]
}

/** A free index for every axis. */
export const generalIndex = ({ shape }: Field): readonly Variable[] =>
  shape.map((_, axis) => freeIndex(`t${axis + 1}`))

/**
 * States left[t] = right[t] for all t in the common box, under assumptions that are ≥ 0. Throws
 * FieldShapeError where the shapes differ.
 */
export const stateFields = (
  left: Field,
  right: Field,
  assumptions: readonly Polynomial[],
  index = generalIndex(left),
): FieldStatement => {
  if (!sameShape(left, right)) throw new FieldShapeError('equality', left.shape, right.shape)
  const at = index.map(polynomial)
  const constraints = [...assumptions, ...boxOf(at, left.shape)]
  return { left: left.at(at), right: right.at(at), context: { constraints }, index }
}

/** An equation between sizes as the two constraints that state it. */
export const equalSizes = (a: Polynomial, b: Polynomial): readonly Polynomial[] => [
  minus(a, b),
  minus(b, a),
]
