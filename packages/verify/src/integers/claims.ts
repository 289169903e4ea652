// Claims about integers alone, n_out = ⌊(n+2p−f)/s⌋+1: proved by the arithmetic of index terms, or
// refuted by the smallest integers. No network.

import type { Budget } from '../arithmetic/budget.ts'
import {
  constantValue,
  minus,
  monomial,
  negate,
  type Polynomial,
  substitute,
} from '../arithmetic/polynomial.ts'
import type { Variable } from '../arithmetic/variable.ts'
import { UnsupportedError } from '../core/errors.ts'
import { satisfiable } from '../index-terms/satisfiable.ts'
import { type Term, term } from '../index-terms/terms.ts'
import { proveFields, type Theorem } from '../index-terms/verified.ts'
import type { ResolvedClaim } from '../language/resolved.ts'
import { type Given, inequalitiesOf, type SizeVariables, statementsOf } from './fractions.ts'

/**
 * Solves equations for variables with coefficient ±1: their values, and what makes them lengths.
 */
const solved = (equations: readonly Polynomial[]) => {
  const values = new Map<Variable, Polynomial>()
  const signs: Polynomial[] = []
  const now = (p: Polynomial): Polynomial => substitute(p, values)
  const rest: Polynomial[] = []
  for (const equation of equations) {
    const e = now(equation)
    const unit = [...e.values()].find(
      ({ coefficient, variables: [v, other] }) =>
        v &&
        !other &&
        (coefficient === 1n || coefficient === -1n) &&
        [...e.values()].filter((m) => m.variables.includes(v)).length === 1,
    )
    const [v] = unit?.variables ?? []
    if (!unit || !v) {
      rest.push(e)
      continue
    }
    const others = minus(e, monomial(unit.coefficient, [v]))
    const value = unit.coefficient === 1n ? negate(others) : others
    for (const [known, p] of values) values.set(known, substitute(p, new Map([[v, value]])))
    values.set(v, value)
    if (v.kind === 'size') signs.push(minus(value, 1))
    if (v.kind === 'parameter') signs.push(value)
  }
  return { now, conditions: () => [...signs, ...rest.flatMap((e) => [e, negate(e)])].map(now) }
}

export type SizeOutcome =
  | {
      readonly kind: 'proved'
      readonly theorems: readonly Theorem[]
      /** Something is divided by what may be 0. */
      readonly hasPoles: boolean
    }
  | { readonly kind: 'unsatisfiable' }
  | { readonly kind: 'undecided'; readonly why: string }

const always = term({})

/** That the term, made of guards and equations, is 1 wherever the constraints hold. */
const proveTrue = (says: Term, constraints: readonly Polynomial[], budget: Budget) =>
  proveFields(
    { shape: [], at: () => [says] },
    { shape: [], at: () => [always] },
    constraints.filter((p) => constantValue(p) === undefined),
    budget,
  )

/**
 * What roundings and divisions say, once every divisor is proved not to be negative; from 0 they
 * are taken to differ. @throws UnsupportedError
 */
const demandDivisors = (
  given: readonly Given[],
  facts: readonly Polynomial[],
  now: (p: Polynomial) => Polynomial,
  budget: Budget,
) => {
  const constraints = [...facts]
  const theorems: Theorem[] = []
  let hasPoles = false
  for (const each of given) {
    const divisor = now(each.divisor)
    const value = constantValue(divisor)
    if (value !== undefined && value < 1n) throw new UnsupportedError('a division by 0')
    const isPositive = proveTrue(term({ guards: [minus(divisor, 1)] }), constraints, budget)
    const sign =
      'proved' in isPositive
        ? isPositive
        : proveTrue(term({ guards: [divisor] }), constraints, budget)
    if (!('proved' in sign)) throw new UnsupportedError('a divisor whose sign is not known')
    if (value === undefined) theorems.push(...sign.proved)
    hasPoles ||= !('proved' in isPositive)
    constraints.push(...each.constraints.map(now))
  }
  return { constraints, theorems, hasPoles }
}

/**
 * Whether a claim about integers holds wherever the assumptions do, which some integers must meet.
 * @throws UnsupportedError
 */
export const proveSizes = (
  claim: ResolvedClaim,
  assumptions: readonly ResolvedClaim[],
  budget: Budget,
): SizeOutcome => {
  const variables: SizeVariables = { named: new Map(), given: [] }
  const assumed = assumptions.flatMap((each) => {
    const before = variables.given.length
    const statements = statementsOf(each, variables)
    return statements.map((s) => ({ ...s, divides: variables.given.length > before }))
  })
  const before = variables.given.length
  const claimed = statementsOf(claim, variables)
  const { now, conditions } = solved(
    assumed.filter(({ relation }) => relation === '=').map(({ difference }) => difference),
  )
  const unequal = (divides: boolean) =>
    assumed
      .filter((s) => s.relation !== '=' && s.divides === divides)
      .flatMap(inequalitiesOf)
      .map(now)
  // An inequality that was multiplied by a divisor says something only once that is positive.
  const facts = [...conditions(), ...unequal(false)]
  const divisors = demandDivisors(variables.given.slice(0, before), facts, now, budget)
  const assumedFacts = [...divisors.constraints, ...unequal(true)]
  const met = satisfiable({ constraints: assumedFacts }, budget)
  if ('contradiction' in met) return { kind: 'unsatisfiable' }
  const others = demandDivisors(variables.given.slice(before), assumedFacts, now, budget)
  const theorems: Theorem[] = [...divisors.theorems, ...others.theorems]
  for (const statement of claimed) {
    const difference = now(statement.difference)
    const goal = { ...statement, difference }
    const says =
      statement.relation === '='
        ? term({ equations: [difference] })
        : term({ guards: inequalitiesOf(goal) })
    const result = proveTrue(says, others.constraints, budget)
    if ('budget' in result) return { kind: 'undecided', why: result.budget }
    if ('difference' in result) return { kind: 'undecided', why: 'no proof was found' }
    theorems.push(...result.proved)
  }
  return { kind: 'proved', theorems, hasPoles: divisors.hasPoles || others.hasPoles }
}
