// For tests: proves an equality of fields and has the certificate checked after a round trip
// through JSON, and the brute-force comparison that judges the prover.

import { type Budget, createBudget } from '../arithmetic/budget.ts'
import { type Expression, type Polynomial, polynomial } from '../arithmetic/polynomial.ts'
import { equalRational, type Rational } from '../arithmetic/rational.ts'
import type { Variable } from '../arithmetic/variable.ts'
import { checkCertificate } from '../certificate/check.ts'
import type { Certificate } from '../certificate/plain.ts'
import { type Assignment, evaluatePolynomial, evaluateTerms, memoisedContents } from './evaluate.ts'
import { arrayField } from './fields.ts'
import { openVariables, type PlainStatement, plainStatement } from './plain.ts'
import { type FieldStatement, proveEqual, stateFields } from './prove.ts'
import { type ArrayName, declareArray, type Field, formatTerm } from './terms.ts'

export const declare = (name: string, ...shape: Expression[]): [ArrayName, Field] => {
  const array = declareArray(name, shape.map(polynomial))
  return [array, arrayField(array)]
}

export type Decision =
  | {
      readonly verdict: 'proved'
      readonly certificate: Certificate
      readonly plain: PlainStatement
    }
  | { readonly verdict: 'differs' | 'budget' | 'rejected'; readonly why: string }

export const decideStatement = (s: FieldStatement, budget: Budget = createBudget()): Decision => {
  const result = proveEqual(s.left, s.right, s.context, budget)
  if ('budget' in result) return { verdict: 'budget', why: result.budget }
  if ('difference' in result) {
    return { verdict: 'differs', why: result.difference.map(formatTerm).join('\n') }
  }
  const plain = JSON.parse(
    JSON.stringify(plainStatement(s.left, s.right, s.context)),
  ) as PlainStatement
  const certificate = JSON.parse(JSON.stringify(result.proved)) as Certificate
  const check = checkCertificate(plain.left, plain.right, plain.context, certificate)
  if (!check.ok) return { verdict: 'rejected', why: check.reason }
  return { verdict: 'proved', certificate, plain }
}

/** 'proved', or why not. */
export const decide = (
  left: Field,
  right: Field,
  assumptions: readonly Polynomial[] = [],
): Decision => decideStatement(stateFields(left, right, assumptions))

/**
 * Assignments of everything open (sizes, parameters and free indices) up to a bound that meet the
 * constraints.
 */
export const assignments = function* (
  s: Pick<FieldStatement, 'left' | 'right' | 'context'>,
  largest: number,
): Generator<Assignment> {
  const open = [...openVariables([...s.left, ...s.right], s.context)]
  const descend = function* (
    position: number,
    values: Map<Variable, bigint>,
  ): Generator<Assignment> {
    const v = open[position]
    if (v === undefined) {
      const met = s.context.constraints.every((p) => evaluatePolynomial(p, values) >= 0n)
      if (met) yield new Map(values)
      return
    }
    for (let n = v.kind === 'size' ? 1n : 0n; n <= BigInt(largest); n++) {
      values.set(v, n)
      yield* descend(position + 1, values)
    }
    values.delete(v)
  }
  yield* descend(0, new Map())
}

export interface Witness {
  readonly values: Assignment
  readonly left: Rational
  readonly right: Rational
}

/** The first assignment at which the two sides differ for random contents. */
export const findWitness = (
  s: Pick<FieldStatement, 'left' | 'right' | 'context'>,
  largest: number,
  draw: () => bigint,
): Witness | undefined => {
  const contents = memoisedContents(draw)
  for (const values of assignments(s, largest)) {
    const left = evaluateTerms(s.left, values, contents)
    const right = evaluateTerms(s.right, values, contents)
    if (!equalRational(left, right)) return { values, left, right }
  }
  return undefined
}
