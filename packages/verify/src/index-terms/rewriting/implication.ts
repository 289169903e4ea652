// What a term gives to a proof, and the proofs themselves: a goal holds wherever the term is not 0.

import type { Budget } from '../../arithmetic/budget.ts'
import {
  constantValue,
  isZero,
  minus,
  negate,
  type Polynomial,
  polynomial,
  variablesOf,
} from '../../arithmetic/polynomial.ts'
import { type Hypothesis, type Products, type Refutation, refute } from '../../arithmetic/refute.ts'
import type { Variable } from '../../arithmetic/variable.ts'
import type { Line, Proof, Source } from '../../certificate/grammar.ts'
import { boxOfAccess, type Context, type Term } from '../terms.ts'

export type { Products } from '../../arithmetic/refute.ts'

type Given = Hypothesis<Source>

const boxes = (t: Term): readonly Given[] =>
  t.accesses.flatMap((each, access) =>
    boxOfAccess(each).map((expression, position): Given => {
      const side = position % 2 === 0 ? 'low' : 'high'
      return { source: { from: 'box', access, axis: position >> 1, side }, expression }
    }),
  )

interface Fact extends Given {
  readonly variables: ReadonlySet<Variable>
}

const variablesIn = new WeakMap<Polynomial, ReadonlySet<Variable>>()

const fact = (given: Given): Fact => {
  const { expression } = given
  const variables = variablesIn.get(expression) ?? variablesOf(expression)
  variablesIn.set(expression, variables)
  return { ...given, variables }
}

const factsOf = new WeakMap<Term, { readonly context: Context; readonly facts: readonly Fact[] }>()

/** Constraints, boxes, guards and equations of a term. */
const factsAbout = (t: Term, context: Context): readonly Fact[] => {
  const known = factsOf.get(t)
  if (known?.context === context) return known.facts
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
  const facts = stated.filter(({ expression }) => !isZero(expression)).map(fact)
  factsOf.set(t, { context, facts })
  return facts
}

const signOf = (v: Variable): readonly Given[] => {
  if (v.kind !== 'size' && v.kind !== 'parameter') return []
  const expression = v.kind === 'size' ? minus(v, 1) : polynomial(v)
  return [{ source: { from: 'sign', variable: v.id }, expression }]
}

/** What is tied to a set of variables, directly or through others: rows do not bear on columns. */
const tiedTo = (start: Iterable<Variable>, facts: readonly Fact[]): readonly Given[] => {
  const reached = new Set(start)
  const kept = new Set<Fact>()
  for (let before = -1; before < kept.size; ) {
    before = kept.size
    for (const each of facts) {
      if (kept.has(each) || !meets(each.variables, reached)) continue
      kept.add(each)
      for (const v of each.variables) reached.add(v)
    }
  }
  return [...facts.filter((each) => kept.has(each)), ...[...reached].flatMap(signOf)]
}

const meets = (a: ReadonlySet<Variable>, b: ReadonlySet<Variable>): boolean => {
  for (const v of a) if (b.has(v)) return true
  return false
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
  if (value !== undefined) {
    if (value < 0n) return proveEmpty(t, context, budget, products)
    const refutation = refute([goal], budget, products)
    return refutation && plainProof(refutation)
  }
  const all = [goal, ...tiedTo(variablesOf(p), factsAbout(t, context))]
  const refutation = refute(all, budget, products)
  return refutation && plainProof(refutation)
}

/**
 * Proofs that p = 0 wherever the term is not 0. That p ≥ 0 is often given, as of the side of a box,
 * and does not have to be proved where p ≤ 0 has no proof.
 */
export const proveZero = (
  p: Polynomial,
  t: Term,
  context: Context,
  budget: Budget,
  products: Products = 'with products',
): readonly [Proof, Proof] | undefined => {
  const below = proveNonNegative(negate(p), t, context, budget, products)
  if (!below) return undefined
  const above = proveNonNegative(p, t, context, budget, products)
  return above && [above, below]
}

/** A proof that the term is 0, its domain being empty: facts of one part of it contradict. */
export const proveEmpty = (
  t: Term,
  context: Context,
  budget: Budget,
  products: Products = 'with products',
): Proof | undefined => {
  let facts = factsAbout(t, context)
  while (facts.length > 0) {
    const [first] = facts as readonly [Fact]
    const part = first.variables.size === 0 ? [first] : tiedTo(first.variables, facts)
    const refutation = refute(part, budget, products)
    if (refutation) return plainProof(refutation)
    const done = new Set<Given>(part)
    facts = facts.filter((each) => !done.has(each))
  }
  return undefined
}
