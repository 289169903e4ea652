// Claims about integers alone, n_out = ⌊(n+2p−f)/s⌋+1: proved by the arithmetic of index terms, or
// refuted by the smallest integers. No network.

import type { Budget } from '../arithmetic/budget.ts'
import {
  constantValue,
  minus,
  monomial,
  negate,
  type Polynomial,
  plus,
  polynomial,
  substitute,
  times,
} from '../arithmetic/polynomial.ts'
import { freeIndex, parameter, size, type Variable } from '../arithmetic/variable.ts'
import { satisfiable } from '../index-terms/satisfiable.ts'
import { term } from '../index-terms/terms.ts'
import { proveFields, type Theorem } from '../index-terms/verified.ts'
import type { Resolved, ResolvedClaim } from '../language/resolved.ts'
import type { RelationSign } from '../language/syntax.ts'
import { UnsupportedError } from './unsupported.ts'

/** p/q for a positive integer q: what a quotient of sizes is before it is rounded. */
interface Fraction {
  readonly numerator: Polynomial
  readonly denominator: Polynomial
}

/** Padding may be 0; every other length is at least 1. */
const mayBeZero = /^[pqrP](?:[_^'].*)?$/
export const isPadding = (name: string): boolean => mayBeZero.test(name)

export interface SizeVariables {
  readonly named: Map<string, Variable>
  /** What the roundings say, each ≥ 0. */
  readonly constraints: Polynomial[]
}

const variableNamed = (name: string, variables: SizeVariables): Polynomial => {
  const known = variables.named.get(name)
  const v = known ?? (isPadding(name) ? parameter(name) : size(name))
  variables.named.set(name, v)
  return polynomial(v)
}

const whole = (p: Polynomial): Fraction => ({ numerator: p, denominator: polynomial(1) })

const fractionOf = (node: Resolved, variables: SizeVariables): Fraction => {
  const of = (part: Resolved): Fraction => fractionOf(part, variables)
  switch (node.kind) {
    case 'numeral':
      return {
        numerator: polynomial(node.value.numerator),
        denominator: polynomial(node.value.denominator),
      }
    case 'size':
      return whole(variableNamed(node.name, variables))
    case 'negation': {
      const { numerator, denominator } = of(node.operand)
      return { numerator: negate(numerator), denominator }
    }
    case 'addition':
      return node.terms.map(of).reduce((a, b) => ({
        numerator: plus(times(a.numerator, b.denominator), times(b.numerator, a.denominator)),
        denominator: times(a.denominator, b.denominator),
      }))
    case 'product':
      return node.factors.map(of).reduce((a, b) => ({
        numerator: times(a.numerator, b.numerator),
        denominator: times(a.denominator, b.denominator),
      }))
    case 'quotient': {
      const [a, b] = [of(node.numerator), of(node.denominator)]
      const divisor = times(a.denominator, b.numerator)
      variables.constraints.push(minus(divisor, 1))
      return { numerator: times(a.numerator, b.denominator), denominator: divisor }
    }
    case 'power': {
      const { exponent } = node
      const n = exponent.kind === 'numeral' ? Number(exponent.value.numerator) : -1
      if (n < 0 || n > 8) break
      const { numerator, denominator } = of(node.base)
      const power = (p: Polynomial) => times(1, ...Array.from({ length: n }, () => p))
      return { numerator: power(numerator), denominator: power(denominator) }
    }
    case 'call':
      if (node.word === 'floor' || node.word === 'ceil') {
        return whole(rounded(of(node.operands[0]!), node.word, variables))
      }
      break
    default:
  }
  throw new UnsupportedError(`${node.kind} in a claim about lengths`)
}

/** ⌊a/b⌋ is the q with 0 ≤ a − b q < b; ⌈a/b⌉ = −⌊−a/b⌋. */
const rounded = (
  { numerator, denominator }: Fraction,
  word: 'floor' | 'ceil',
  variables: SizeVariables,
): Polynomial => {
  if (constantValue(denominator) === 1n) return numerator
  const q = polynomial(freeIndex('q'))
  const above = word === 'floor' ? numerator : negate(numerator)
  const rest = minus(above, times(denominator, q))
  variables.constraints.push(rest, minus(denominator, rest, 1))
  return word === 'floor' ? q : negate(q)
}

/** What a relation says of integers, each ≥ 0; of an equation, the difference. */
interface Statement {
  readonly relation: RelationSign
  readonly difference: Polynomial
}

const statementsOf = (claim: ResolvedClaim, variables: SizeVariables): Statement[] => {
  const sides = claim.operands.map((operand) => fractionOf(operand, variables))
  return claim.relations.map((relation, k) => {
    const [a, b] = [sides[k]!, sides[k + 1]!]
    const difference = minus(times(a.numerator, b.denominator), times(b.numerator, a.denominator))
    return { relation, difference }
  })
}

/** The inequalities that say it. */
const inequalitiesOf = ({ relation, difference: d }: Statement): Polynomial[] => {
  if (relation === '=') return [d, negate(d)]
  if (relation === '≥') return [d]
  if (relation === '>') return [minus(d, 1)]
  if (relation === '≤') return [negate(d)]
  if (relation === '<') return [minus(negate(d), 1)]
  throw new UnsupportedError(`${relation} in a claim about lengths`)
}

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
  | { readonly kind: 'proved'; readonly theorems: readonly Theorem[] }
  | { readonly kind: 'unsatisfiable' }
  | { readonly kind: 'undecided'; readonly why: string }

/** Whether a claim about integers holds wherever the assumptions do. */
export const proveSizes = (
  claim: ResolvedClaim,
  assumptions: readonly ResolvedClaim[],
  budget: Budget,
): SizeOutcome => {
  const variables: SizeVariables = { named: new Map(), constraints: [] }
  const assumed = assumptions.flatMap((each) => statementsOf(each, variables))
  const given = [...variables.constraints]
  const claimed = statementsOf(claim, variables)
  const { now, conditions } = solved(
    assumed.filter(({ relation }) => relation === '=').map(({ difference }) => difference),
  )
  const unequal = assumed.filter(({ relation }) => relation !== '=').flatMap(inequalitiesOf)
  const facts = [...conditions(), ...unequal.map(now)]
  const met = satisfiable({ constraints: [...facts, ...given.map(now)] }, budget)
  if ('contradiction' in met) return { kind: 'unsatisfiable' }
  const constraints = [...facts, ...variables.constraints.map(now)].filter(
    (p) => constantValue(p) === undefined,
  )
  const theorems: Theorem[] = []
  for (const statement of claimed) {
    const difference = now(statement.difference)
    const goal = { ...statement, difference }
    const says =
      statement.relation === '='
        ? term({ equations: [difference] })
        : term({ guards: inequalitiesOf(goal) })
    const result = proveFields(
      { shape: [], at: () => [says] },
      { shape: [], at: () => [term({})] },
      constraints,
      budget,
    )
    if ('budget' in result) return { kind: 'undecided', why: result.budget }
    if ('difference' in result) return { kind: 'undecided', why: 'no proof was found' }
    theorems.push(...result.proved)
  }
  return { kind: 'proved', theorems }
}
