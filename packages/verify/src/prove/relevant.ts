// Of what all sizes satisfy, what a statement can use: fewer hypotheses make shorter searches, and
// a theorem with fewer of them says more.

import { type Polynomial, polynomial, variablesOf } from '../arithmetic/polynomial.ts'
import type { Variable } from '../arithmetic/variable.ts'
import type { Field, Term } from '../index-terms/terms.ts'

const collect = (into: Set<Variable>, polynomials: readonly Polynomial[]): void => {
  for (const p of polynomials) for (const v of variablesOf(p)) into.add(v)
}

const collectTerm = (into: Set<Variable>, t: Term): void => {
  for (const v of t.powers.keys()) into.add(v)
  collect(into, [...t.guards, ...t.equations])
  for (const { array, index } of t.accesses) collect(into, [...array.shape, ...index])
}

/** The constraints on nothing but what the fields mention, at a general index. */
export const relevantTo = (
  fields: readonly Field[],
  constraints: readonly Polynomial[],
  index: readonly Variable[],
): Polynomial[] => {
  const mentioned = new Set<Variable>()
  for (const { shape, at } of fields) {
    collect(mentioned, shape)
    for (const t of at(index.map(polynomial))) collectTerm(mentioned, t)
  }
  return constraints.filter((p) => [...variablesOf(p)].every((v) => mentioned.has(v)))
}
