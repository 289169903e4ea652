// Equations proved in one view of a network: both sides as terms, and a certificate for every one.

import { type Budget, BudgetExceeded, within } from '../arithmetic/budget.ts'
import { DegreeError, type Polynomial, polynomial } from '../arithmetic/polynomial.ts'
import { ConcreteError, InapplicableError, UnsupportedError } from '../core/errors.ts'
import type { Assumed, Equation, Excluded } from '../core/statement.ts'
import { generalIndex } from '../index-terms/prove.ts'
import { satisfiable } from '../index-terms/satisfiable.ts'
import type { Field, Terms } from '../index-terms/terms.ts'
import { proveFields, RejectedCertificateError, type Theorem } from '../index-terms/verified.ts'
import type { Network } from '../network/network.ts'
import type { SymbolicNetwork } from '../network/symbolic/shapes.ts'
import { assumeSigns, constraintsOf, waysToAssume } from './assumptions.ts'
import { fieldsOf } from './equations.ts'
import { cleared } from './functions/clear.ts'
import { positive, reciprocal } from './functions/elementary.ts'
import { createFunctions } from './functions/functions.ts'
import type { Functions, ScalarFunction } from './functions/types.ts'
import { createModel } from './model.ts'
import { readerOf } from './reader.ts'
import { relevantTo } from './relevant.ts'
import { remembered } from './terms/plain.ts'
import type { View } from './view.ts'

export interface Statement {
  readonly equations: readonly Equation[]
  readonly assumed: Assumed
  /** What the lengths satisfy, each ≥ 0, those that the equations ask for besides. */
  readonly constraints: readonly Polynomial[]
}

export interface Attempt {
  readonly network: Pick<Network, 'cost' | 'nodes'>
  readonly symbolic: SymbolicNetwork
  readonly view: View
  /** Whether a Σ of a few terms is written out. */
  readonly expands: boolean
  /** A point was met at which the claim has a value: nothing is divided by what is always 0. */
  readonly hasValue: boolean
  /** A derivative passes a contest: points with equal winners are left out. */
  readonly isApart: boolean
  readonly deadline: Budget
}

export type Proof =
  | {
      readonly kind: 'proved'
      readonly theorems: readonly Theorem[]
      readonly excluded: readonly Excluded[]
    }
  | { readonly kind: 'undecided'; readonly why: string }
  /** The reading has no meaning for these arrays. */
  | { readonly kind: 'inapplicable'; readonly why: string }

const operationsForOneView = 180_000

/** Tries to prove every equation. */
export const prove = (statement: Statement, attempt: Attempt): Proof => {
  const { deadline } = attempt
  try {
    return attempted(statement, attempt, within(deadline, operationsForOneView))
  } catch (error) {
    if (error instanceof InapplicableError) return { kind: 'inapplicable', why: error.message }
    // A rejected certificate is a defect of the prover; what it says is then no proof.
    const isUnsaid = error instanceof ConcreteError || error instanceof DegreeError
    if (isUnsaid || error instanceof RejectedCertificateError)
      return { kind: 'undecided', why: error.message }
    if (!(error instanceof BudgetExceeded)) throw error
    // The view's own limit is an answer; the rung's throws here once more.
    deadline.tick(256)
    return { kind: 'undecided', why: error.message }
  }
}

const attempted = (
  { equations, assumed, constraints: given }: Statement,
  { network, symbolic, view, expands, hasValue, isApart }: Attempt,
  budget: Budget,
): Proof => {
  const lawful = view.functions === 'written'
  const functions = createFunctions(symbolic.constraints, budget, { expands, lawful })
  const model = createModel(network.cost, symbolic, functions, view)
  const reader = readerOf(model, network)
  assumeSigns(assumed, model)
  const ofSizes = constraintsOf(assumed)
  const constraints = [...given, ...ofSizes]
  if (ofSizes.length > 0) demandSatisfiable(constraints, budget)
  const theorems: Theorem[] = []
  const excluded = new Set<Excluded>()
  for (const equation of equations) {
    const [a, b] = fieldsOf(equation, reader).map(remembered) as [Field, Field]
    const index = generalIndex(a)
    const termsIn = (fields: readonly Field[]) =>
      fields.flatMap(({ at }) => at(index.map(polynomial)))
    let proved: readonly Theorem[] | undefined
    for (const [left, right] of waysToAssume(a, b, assumed, reader)) {
      const used = relevantTo([left, right], constraints, index)
      const proven = (one: Field, other: Field) => {
        const { congruences } = functions
        const result = proveFields(one, other, used, budget, congruences, index)
        return 'proved' in result ? result.proved : undefined
      }
      const asWritten = () => proven(left, right)
      const asCleared = () => {
        const whole = hasValue ? cleared(left, right, functions, isApart, index) : undefined
        return whole && proven(whole, { shape: left.shape, at: () => [] })
      }
      // Many cases, and quotients under a Σ, are too much as they are written for the search alone.
      const isFirst = isTooMuch(termsIn([left, right]), functions, lawful)
      proved = isFirst ? (asCleared() ?? asWritten()) : (asWritten() ?? asCleared())
      if (proved) break
    }
    if (!proved) return { kind: 'undecided', why: 'no proof was found' }
    theorems.push(...proved)
    for (const each of excludedIn(termsIn([a, b]), functions)) excluded.add(each)
  }
  return { kind: 'proved', theorems, excluded: [...excluded].sort() }
}

const operationsForLengths = 100_000

/** Assumptions about lengths that none meet would prove anything. */
const demandSatisfiable = (constraints: readonly Polynomial[], budget: Budget): void => {
  const found = satisfiable({ constraints }, within(budget, operationsForLengths))
  if ('contradiction' in found)
    throw new InapplicableError('The assumptions contradict one another')
  if ('unknown' in found) throw new UnsupportedError(found.unknown)
}

const mostCases = 12

const isTooMuch = (terms: Terms, { appliedOf }: Functions, lawful: boolean): boolean => {
  const having = (f: ScalarFunction) =>
    terms.filter(({ accesses }) => accesses.some(({ array }) => appliedOf(array)?.function === f))
  const dividesUnderSums = () => having(reciprocal).some(({ bound }) => bound.length > 0)
  return having(positive).length > mostCases || (lawful && dividesUnderSums())
}

const excludedIn = (terms: Terms, { excludedBy }: Functions): Excluded[] =>
  terms
    .flatMap(({ accesses }) => accesses.flatMap(({ array }) => excludedBy(array)))
    .filter((each) => each !== 'poles')
