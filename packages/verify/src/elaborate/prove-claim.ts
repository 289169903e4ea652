// The first rung: a claim proved for all sizes, or for all contents at the recorded ones. Tries the
// views of the network one by one; no proof is no refutation.

import { type Budget, BudgetExceeded, within } from '../arithmetic/budget.ts'
import { canonicalKey, DegreeError, type Polynomial, polynomial } from '../arithmetic/polynomial.ts'
import { freeIndex } from '../arithmetic/variable.ts'
import { hasPoles } from '../conditions/conditions.ts'
import { ConcreteError, ShapesError } from '../core/errors.ts'
import { satisfiable } from '../index-terms/satisfiable.ts'
import type { Field } from '../index-terms/terms.ts'
import { proveFields, RejectedCertificateError, type Theorem } from '../index-terms/verified.ts'
import type { Resolved, ResolvedClaim } from '../language/resolved.ts'
import { assumedIn } from '../lower/assumptions.ts'
import { equationsOf } from '../lower/statement.ts'
import type { Network } from '../network/network.ts'
import { assumeSigns, constraintsOf, waysToAssume as waysToAssume2 } from '../prove/assumptions.ts'
import { fieldsOf } from '../prove/equations.ts'
import { readerOf } from '../prove/reader.ts'
import { isTrivial } from '../verdict/trivial.ts'
import type { Excluded, StarReading } from '../verdict/verdict.ts'
import { assumeValues, sizeAssumptions, waysToAssume } from './assumptions.ts'
import { matched, type Side, sidesOf } from './claim/sides.ts'
import type { ClaimSite } from './claim/site.ts'
import { cleared } from './functions/clear.ts'
import { createFunctions, type Functions } from './functions/functions.ts'
import { noIndices } from './letters.ts'
import { createModel, type View } from './model.ts'
import { symbolicLengths } from './sizes/lengths.ts'
import { relevantTo } from './sizes/relevant.ts'
import type { SymbolicNetwork } from './sizes/shapes.ts'
import { hasUnknowns, networkIn, type Stage, stagesOf } from './stages.ts'
import { InapplicableError, UnsupportedError } from './unsupported.ts'
import { mentionsOf, viewsOf } from './views.ts'

export type IndexOutcome =
  | {
      readonly kind: 'proved'
      readonly scope: 'all-sizes' | 'some-sizes' | 'shape'
      readonly theorems: readonly Theorem[]
      readonly excluded: readonly Excluded[]
      /** Lengths that are as recorded although the others vary. */
      readonly fixed: readonly string[]
      /** Strides and windows that may be any. */
      readonly windows: readonly string[]
    }
  | { readonly kind: 'undecided'; readonly why: string }
  | { readonly kind: 'shapes'; readonly shapes: readonly [string, string] }
  /** The reading has no meaning for these arrays. */
  | { readonly kind: 'inapplicable'; readonly why: string }

export interface IndexOptions {
  readonly reading?: readonly StarReading[]
  readonly assumptions?: readonly ResolvedClaim[]
  /** Of the whole rung. */
  readonly budget: Budget
  /** No length varies. */
  readonly recordedOnly?: boolean
  /** A point was met at which the claim has a value: nothing is divided by what is always 0. */
  readonly hasValue?: boolean
}

const operationsForOneView = 120_000
const mostChoices = 16

/** Tries to prove every link of a claim. */
export const proveClaim = (
  claim: ResolvedClaim,
  network: Network,
  options: IndexOptions,
): IndexOutcome => {
  const deadline = options.budget
  if (claim.relations.length === 0 || claim.relations.some((relation) => relation !== '=')) {
    return { kind: 'undecided', why: 'only equations are proved in index notation' }
  }
  const reasons = new Set<string>()
  const mentions = mentionsOf(claim, network)
  try {
    for (const stage of stagesOf(claim, network, options.recordedOnly ?? false)) {
      const symbolic = networkIn(stage, network)
      // Windows that vary are worth nothing where lengths had to be fixed for them.
      if (stage.windowsVary && symbolic.sizes.fixed().length > 0) continue
      const budget = stage.most === undefined ? deadline : within(deadline, stage.most)
      for (const view of viewsOf(mentions, isTrivial(claim), stage.shallow ?? false)) {
        const attempt = { claim, network, symbolic, view, deadline: budget, options, stage }
        const outcome = stage.most === undefined ? proveInView(attempt) : quietly(attempt)
        if (outcome.kind === 'proved') {
          const fixed = [...new Set([...stage.fixed, ...symbolic.sizes.fixed()])]
          const isForMore = hasUnknowns(symbolic, network)
          const scope = !isForMore ? 'shape' : fixed.length > 0 ? 'some-sizes' : 'all-sizes'
          return {
            kind: 'proved',
            scope,
            theorems: outcome.theorems,
            excluded: [
              ...(mentions.isDifferential ? outcome.excluded : []),
              ...(hasPoles(claim, network) ? ['poles' as const] : []),
            ],
            fixed,
            windows: symbolic.windows,
          }
        }
        if (stage.windowsVary) continue
        if (outcome.kind !== 'undecided') return outcome
        reasons.add(outcome.why)
      }
    }
  } catch (error) {
    if (!(error instanceof BudgetExceeded)) throw error
    reasons.add(error.message)
  }
  return { kind: 'undecided', why: [...reasons].join('; ') }
}

/** What more work would prove of this stage may be had for less of the next. */
const quietly = (attempt: Attempt): InView => {
  try {
    return proveInView(attempt)
  } catch (error) {
    if (!(error instanceof BudgetExceeded)) throw error
    attempt.options.budget.tick(256)
    return { kind: 'undecided', why: error.message }
  }
}

interface Attempt {
  readonly claim: ResolvedClaim
  readonly network: Network
  readonly symbolic: SymbolicNetwork
  readonly view: View
  readonly deadline: Budget
  readonly options: IndexOptions
  readonly stage: Stage
}

interface ProvedInView {
  readonly kind: 'proved'
  readonly theorems: readonly Theorem[]
  readonly excluded: readonly Excluded[]
}
type InView = ProvedInView | Exclude<IndexOutcome, { kind: 'proved' }>

/** One view, with every way to settle what only shapes settle. */
const proveInView = (attempt: Attempt): InView => {
  let path: readonly number[] | undefined = []
  let shapes: InView | undefined
  let other: InView | undefined
  for (let tries = 0; path && tries < mostChoices; tries++) {
    const counts: number[] = []
    const now: readonly number[] = path
    const choose = (count: number): number => {
      counts.push(count)
      return Math.min(now[counts.length - 1] ?? 0, count - 1)
    }
    const outcome = proveWithChoices(attempt, choose)
    if (outcome.kind === 'proved') return outcome
    if (outcome.kind === 'shapes') shapes ??= outcome
    else other ??= outcome
    path = nextPath(path, counts)
  }
  return other ?? shapes ?? { kind: 'undecided', why: 'nothing was tried' }
}

/** A node is read many times, for its shape and for every entry, and must be read alike. */
const onceFor = (choose: (count: number) => number): ClaimSite['choose'] => {
  const chosen = new Map<Resolved, number>()
  return (count, node) => {
    const choice = chosen.get(node) ?? choose(count)
    chosen.set(node, choice)
    return choice
  }
}

/** The choices after these, as an odometer counts. */
const nextPath = (
  path: readonly number[],
  counts: readonly number[],
): readonly number[] | undefined => {
  const full = counts.map((_, k) => path[k] ?? 0)
  const k = full.findLastIndex((choice, at) => choice + 1 < counts[at]!)
  return k < 0 ? undefined : [...full.slice(0, k), full[k]! + 1]
}

const proveWithChoices = (attempt: Attempt, choose: (count: number) => number): InView => {
  const { claim, network, symbolic, view, deadline, options, stage } = attempt
  const { reading, assumptions = [] } = options
  const budget = within(deadline, operationsForOneView)
  const functions = createFunctions(symbolic.constraints, budget, {
    expands: stage.expands,
    lawful: view.functions === 'written',
  })
  if (!process.env.PROVE_OLD) return proveLowered(attempt, choose, functions, budget)
  const demands = new Map<string, Polynomial>()
  const site: ClaimSite = {
    ...noIndices,
    model: createModel(network.cost, symbolic, functions, view),
    network,
    reading,
    choose: onceFor(choose),
    demand: (p) => demands.set(canonicalKey(p), p),
    variables: new Map(),
    claim: claim.operands,
    ...(claim.ranges && { ranges: claim.ranges }),
  }
  try {
    assumeValues(assumptions, site)
    const assumed = sizeAssumptions(assumptions, site)
    const combinations = sidesOf(claim, site)
    const constraints = [...symbolic.constraints, ...assumed, ...demands.values()]
    if (assumed.length > 0) demandSatisfiable(constraints, budget)
    const theorems: Theorem[] = []
    const links = combinations.flatMap((sides) =>
      sides.slice(0, -1).map((left, k) => [left, sides[k + 1]!] as const),
    )
    for (const [left, other] of links) {
      const [a, b] = matched(left, other, site)
      let proved: readonly Theorem[] | undefined
      for (const [one, right] of waysToAssume(a, b, assumptions, site)) {
        const given = relevantTo([one, right], constraints)
        const result = proveFields(one, right, given, budget, functions.congruences)
        if ('proved' in result) proved = result.proved
        if (proved) break
        const clears = view.functions === 'written' && options.hasValue
        const whole = clears ? cleared(one, right, functions) : undefined
        if (!whole) continue
        const zeros: Field = { shape: whole.shape, at: () => [] }
        const again = proveFields(whole, zeros, given, budget, functions.congruences)
        if ('proved' in again) proved = again.proved
        if (proved) break
      }
      if (!proved) return { kind: 'undecided', why: 'no proof was found' }
      theorems.push(...proved)
    }
    return { kind: 'proved', theorems, excluded: excludedIn(combinations.flat(), functions) }
  } catch (error) {
    if (error instanceof ShapesError) return { kind: 'shapes', shapes: error.shapes }
    if (error instanceof InapplicableError) return { kind: 'inapplicable', why: error.message }
    const isUnsaid = error instanceof UnsupportedError || error instanceof DegreeError
    // A defect of the prover; what it says is then no proof.
    if (isUnsaid || error instanceof RejectedCertificateError) {
      return { kind: 'undecided', why: error.message }
    }
    if (!(error instanceof BudgetExceeded)) throw error
    // The view's own limit is an answer; the rung's throws here once more.
    deadline.tick(256)
    return { kind: 'undecided', why: error.message }
  }
}

const proveLowered = (
  attempt: Attempt,
  choose: (count: number) => number,
  functions: Functions,
  budget: Budget,
): InView => {
  const { claim, network, symbolic, view, deadline, options } = attempt
  const demands = new Map<string, Polynomial>()
  const lengths = symbolicLengths(symbolic, (p) => demands.set(canonicalKey(p), p))
  const given = { network, budget, reading: options.reading, lengths }
  try {
    const model = createModel(network.cost, symbolic, functions, view)
    const reader = readerOf(model, network)
    const assumed = assumedIn(options.assumptions ?? [], given)
    assumeSigns(assumed, model)
    const extra = constraintsOf(assumed)
    const equations = equationsOf(claim, given, choose)
    const constraints = [...symbolic.constraints, ...extra, ...demands.values()]
    if (extra.length > 0) demandSatisfiable(constraints, budget)
    const theorems: Theorem[] = []
    const sides: Field[] = []
    for (const equation of equations) {
      const [a, b] = fieldsOf(equation, reader)
      sides.push(a, b)
      let proved: readonly Theorem[] | undefined
      for (const [one, right] of waysToAssume2(a, b, assumed, reader)) {
        const relevant = relevantTo([one, right], constraints)
        const result = proveFields(one, right, relevant, budget, functions.congruences)
        if ('proved' in result) proved = result.proved
        if (proved) break
        const clears = view.functions === 'written' && options.hasValue
        const whole = clears ? cleared(one, right, functions) : undefined
        if (!whole) continue
        const zeros: Field = { shape: whole.shape, at: () => [] }
        const again = proveFields(whole, zeros, relevant, budget, functions.congruences)
        if ('proved' in again) proved = again.proved
        if (proved) break
      }
      if (!proved) return { kind: 'undecided', why: 'no proof was found' }
      theorems.push(...proved)
    }
    const excluded = excludedIn(
      sides.map((field) => ({ field })),
      functions,
    )
    return { kind: 'proved', theorems, excluded }
  } catch (error) {
    if (error instanceof ShapesError) return { kind: 'shapes', shapes: error.shapes }
    if (error instanceof InapplicableError) return { kind: 'inapplicable', why: error.message }
    const isUnsaid =
      error instanceof UnsupportedError ||
      error instanceof ConcreteError ||
      error instanceof DegreeError
    // A defect of the prover; what it says is then no proof.
    if (isUnsaid || error instanceof RejectedCertificateError) {
      return { kind: 'undecided', why: error.message }
    }
    if (!(error instanceof BudgetExceeded)) throw error
    // The view's own limit is an answer; the rung's throws here once more.
    deadline.tick(256)
    return { kind: 'undecided', why: error.message }
  }
}

const operationsForLengths = 100_000

/** Assumptions about lengths that none meet would prove anything. */
const demandSatisfiable = (constraints: readonly Polynomial[], budget: Budget): void => {
  const found = satisfiable({ constraints }, within(budget, operationsForLengths))
  if ('contradiction' in found) {
    throw new InapplicableError('The assumptions contradict one another')
  }
  if ('unknown' in found) throw new UnsupportedError(found.unknown)
}

const excludedIn = (sides: readonly Pick<Side, 'field'>[], functions: Functions): Excluded[] => {
  const found = sides.flatMap(({ field }) => {
    const terms = field.at(field.shape.map(() => polynomial(freeIndex('t'))))
    return terms.flatMap((t) => t.accesses.flatMap(({ array }) => functions.excludedBy(array)))
  })
  return [...new Set(found)].filter((each) => each !== 'poles').sort()
}
