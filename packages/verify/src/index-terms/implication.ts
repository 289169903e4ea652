// What a term gives to a proof, and the proofs themselves: a goal holds wherever the term is not 0.

import type { Budget } from '../arithmetic/budget.ts'
import {
  constantValue,
  isZero,
  minus,
  negate,
  type Polynomial,
  polynomial,
  variablesOf,
} from '../arithmetic/polynomial.ts'
import { type Hypothesis, type Products, type Refutation, refute } from '../arithmetic/refute.ts'
import type { Line, Proof, Source } from '../certificate/plain.ts'
import { boxOf, type Context, type Term } from './terms.ts'

export type { Products } from '../arithmetic/refute.ts'

type Given = Hypothesis<Source>

const boxes = (t: Term): readonly Given[] =>
  t.accesses.flatMap(({ array, index }, access) =>
    boxOf(index, array.shape).map((expression, position): Given => {
      const side = position % 2 === 0 ? 'low' : 'high'
      return { source: { from: 'box', access, axis: position >> 1, side }, expression }
    }),
  )

/** Constraints, boxes, guards and equations, and the signs of the sizes they mention. */
const hypotheses = (t: Term, context: Context, goal: Polynomial): readonly Given[] => {
  const stated: readonly Given[] = [
    ...t.equations.map((expression, index): Given => {
      return { source: { from: 'equation', index }, expression, equation: true }
    }),
    ...t.guards.map((expression, index): Given => {
      return { source: { from: 'guard', index }, expression }
    }),
    ...boxes(t),
    ...context.constraints.map((expression, index): Given => {
      return { source: { from: 'constraint', index }, expression }
    }),
  ]
  const expressions = [goal, ...stated.map((h) => h.expression)]
  const mentioned = new Set(expressions.flatMap((p) => [...variablesOf(p)]))
  const signs = [...mentioned].flatMap((v): Given[] => {
    if (v.kind !== 'size' && v.kind !== 'parameter') return []
    const expression = v.kind === 'size' ? minus(v, 1) : polynomial(v)
    return [{ source: { from: 'sign', variable: v.id }, expression }]
  })
  return [...stated, ...signs].filter((h) => !isZero(h.expression))
}

const plainProof = (refutation: Refutation<Source>): Proof =>
  refutation.map(
    ({ sum, divisor }): Line => ({
      divisor: `${divisor}`,
      sum: sum.map(({ of, multiplier, factors }) => ({
        of,
        multiplier: `${multiplier}`,
        factors: factors.map(({ variable, less }) => ({ variable: variable.id, less })),
      })),
    }),
  )

/** A proof that p ≥ 0 wherever the term is not 0. */
export const proveNonNegative = (
  p: Polynomial,
  t: Term,
  context: Context,
  budget: Budget,
  products: Products = 'with products',
): Proof | undefined => {
  const goal: Given = { source: { from: 'goal' }, expression: minus(negate(p), 1) }
  const value = constantValue(p)
  const all = value !== undefined && value >= 0n ? [goal] : [goal, ...hypotheses(t, context, p)]
  const refutation = refute(all, budget, products)
  return refutation && plainProof(refutation)
}

/** Proofs that p = 0 wherever the term is not 0. */
export const proveZero = (
  p: Polynomial,
  t: Term,
  context: Context,
  budget: Budget,
  products: Products = 'with products',
): readonly [Proof, Proof] | undefined => {
  const above = proveNonNegative(p, t, context, budget, products)
  if (!above) return undefined
  const below = proveNonNegative(negate(p), t, context, budget, products)
  return below && [above, below]
}

/** A proof that the term is 0, its domain being empty. */
export const proveEmpty = (t: Term, context: Context, budget: Budget): Proof | undefined => {
  const refutation = refute(hypotheses(t, context, new Map()), budget)
  return refutation && plainProof(refutation)
}
