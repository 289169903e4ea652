// Whether assumptions can be met at all: from contradictory ones everything follows, x = 2x
// included, so they are looked at before any proof.

import { type Budget, BudgetExceeded } from '../arithmetic/budget.ts'
import { type Polynomial, variablesOf } from '../arithmetic/polynomial.ts'
import type { Variable } from '../arithmetic/variable.ts'
import type { Proof } from '../certificate/grammar.ts'
import { type Assignment, evaluatePolynomial } from './evaluate.ts'
import { proveEmpty } from './rewriting/implication.ts'
import { type Context, term } from './terms.ts'

export type Satisfiable =
  /** Values at which every constraint holds. */
  | { readonly witness: Assignment }
  /** A proof that they contradict one another. */
  | { readonly contradiction: Proof }
  /** Neither was found: no value up to the largest that was tried. */
  | { readonly unknown: string }

const largestTried = [1, 2, 3, 4, 6, 9, 30, 300]

/** Looks for a contradiction, then for small values. */
export const satisfiable = (context: Context, budget: Budget): Satisfiable => {
  try {
    const contradiction = proveEmpty(term({}), context, budget)
    if (contradiction) return { contradiction }
    for (const largest of largestTried) {
      const witness = search(context.constraints, largest, budget)
      if (witness) return { witness }
    }
    return { unknown: `no values up to ${largestTried.at(-1)} meet the assumptions` }
  } catch (error) {
    if (error instanceof BudgetExceeded) return { unknown: error.message }
    throw error
  }
}

/** Depth first; a constraint is tested as soon as all its variables have values. */
const search = (
  constraints: readonly Polynomial[],
  largest: number,
  budget: Budget,
): Assignment | undefined => {
  const variables = [...new Set(constraints.flatMap((p) => [...variablesOf(p)]))]
  const values = new Map<Variable, bigint>()
  const decided = variables.map((_, position) => {
    const known = new Set(variables.slice(0, position + 1))
    const last = variables[position]!
    return constraints.filter((p) => {
      const mentioned = variablesOf(p)
      return mentioned.has(last) && [...mentioned].every((v) => known.has(v))
    })
  })
  const descend = (position: number): boolean => {
    const v = variables[position]
    if (v === undefined) return true
    for (let n = v.kind === 'size' ? 1 : 0; n <= largest; n++) {
      budget.tick()
      values.set(v, BigInt(n))
      const met = decided[position]!.every((p) => evaluatePolynomial(p, values) >= 0n)
      if (met && descend(position + 1)) return true
    }
    values.delete(v)
    return false
  }
  const constant = constraints.filter((p) => variablesOf(p).size === 0)
  if (constant.some((p) => evaluatePolynomial(p, values) < 0n)) return undefined
  return descend(0) ? new Map(values) : undefined
}
