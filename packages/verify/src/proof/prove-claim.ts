// The first rung: a claim proved for all sizes, or for all contents at the recorded ones. It is
// lowered once for each stage, and its equations are tried in the views of the network one by one;
// no proof is no refutation.

import type { Node } from '@backprove/graph'
import { type Budget, BudgetExceeded, within } from '../arithmetic/budget.ts'
import { canonicalKey, DegreeError, type Polynomial } from '../arithmetic/polynomial.ts'
import { hasPoles } from '../conditions/conditions.ts'
import { ConcreteError, InapplicableError, ShapesError } from '../core/errors.ts'
import type { Excluded, StarReading } from '../core/statement.ts'
import type { Theorem } from '../index-terms/verified.ts'
import type { ResolvedClaim } from '../language/resolved.ts'
import { type Choose, nextPath } from '../lower/choices.ts'
import { assumedIn } from '../lower/claims/assumptions.ts'
import { equationsOf } from '../lower/claims/statement.ts'
import { nodesOf } from '../network/copy.ts'
import type { Network } from '../network/network.ts'
import { reaches } from '../network/reaches.ts'
import { symbolicLengths } from '../network/symbolic/lengths.ts'
import type { SymbolicNetwork } from '../network/symbolic/shapes.ts'
import { mentionsOf } from '../prove/mentions.ts'
import { type Proof, prove, type Statement } from '../prove/prove.ts'
import type { View } from '../prove/view.ts'
import { viewsOf } from '../prove/views.ts'
import { hasUnknowns, networkIn, type Stage, stagesOf } from './stages.ts'
import { isTrivial } from './trivial.ts'
import { whereDefined } from './where-defined.ts'

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
      /** What was proved, and how it was seen. */
      readonly of: Proven
    }
  | { readonly kind: 'undecided'; readonly why: string }
  | { readonly kind: 'shapes'; readonly shapes: readonly [string, string] }
  /** The reading has no meaning for these arrays. */
  | { readonly kind: 'inapplicable'; readonly why: string }

export interface Proven {
  readonly stated: Statement
  readonly symbolic: SymbolicNetwork
  readonly views: readonly View[]
  /** Sums of few terms were written out. */
  readonly expands: boolean
}

export interface IndexOptions {
  readonly reading?: readonly StarReading[]
  readonly assumptions?: readonly ResolvedClaim[]
  /** Of the whole rung. */
  readonly budget: Budget
  /** No length varies. */
  readonly recordedOnly?: boolean
  /** Whether it was seen to differ at some sizes that have these lengths as recorded. */
  readonly isFalseFor?: (fixed: readonly string[]) => boolean
  /** A point was met at which the claim has a value: nothing is divided by what is always 0. */
  readonly hasValue?: boolean
}

const mostChoices = 16

/** Tries to prove every link of a claim, wherever its sides have values. */
export const proveClaim = (
  claim: ResolvedClaim,
  network: Network,
  options: IndexOptions,
): IndexOutcome => {
  const found = provenAsWritten(claim, network, options)
  const defined =
    found.kind === 'undecided' && options.hasValue ? whereDefined(claim, network) : undefined
  if (!defined) return found
  const other = provenAsWritten(defined, network, options)
  if (other.kind !== 'proved') return found
  const hasOwn = other.excluded.includes('poles') || !hasPoles(claim, network)
  return hasOwn ? other : { ...other, excluded: [...other.excluded, 'poles'] }
}

const provenAsWritten = (
  claim: ResolvedClaim,
  network: Network,
  options: IndexOptions,
): IndexOutcome => {
  const deadline = options.budget
  if (claim.relations.length === 0 || claim.relations.some((relation) => relation !== '=')) {
    return { kind: 'undecided', why: 'only equations are proved in index notation' }
  }
  const reasons = new Set<string>()
  try {
    for (const stage of stagesOf(claim, network, options.recordedOnly ?? false)) {
      const symbolic = networkIn(stage, network)
      // Windows that vary are worth nothing where lengths had to be fixed for them.
      if (stage.windowsVary && symbolic.sizes.fixed().length > 0) continue
      const held = [...stage.fixed, ...symbolic.sizes.fixed()]
      if (hasUnknowns(symbolic, network) && options.isFalseFor?.(held)) continue
      const budget = stage.most === undefined ? deadline : within(deadline, stage.most)
      const attempt = { claim, network, symbolic, deadline: budget, options, stage }
      const outcome = stage.most === undefined ? proveAt(attempt) : quietly(attempt)
      if (outcome.kind === 'proved') {
        const fixed = [...new Set([...stage.fixed, ...symbolic.sizes.fixed()])]
        const isForMore = hasUnknowns(symbolic, network)
        const scope = !isForMore ? 'shape' : fixed.length > 0 ? 'some-sizes' : 'all-sizes'
        const poles = hasPoles(claim, network) ? ['poles' as const] : []
        const { theorems, excluded } = outcome
        return {
          kind: 'proved',
          scope,
          theorems,
          excluded: [...excluded, ...poles],
          fixed,
          windows: symbolic.windows,
          of: outcome.of,
        }
      }
      if (stage.windowsVary) continue
      if (outcome.kind !== 'undecided') return outcome
      reasons.add(outcome.why)
    }
  } catch (error) {
    if (!(error instanceof BudgetExceeded)) throw error
    reasons.add(error.message)
  }
  return { kind: 'undecided', why: [...reasons].join('; ') }
}

interface Attempt {
  readonly claim: ResolvedClaim
  readonly network: Network
  readonly symbolic: SymbolicNetwork
  readonly deadline: Budget
  readonly options: IndexOptions
  readonly stage: Stage
}

type AtStage =
  | (Extract<Proof, { kind: 'proved' }> & { readonly of: Proven })
  | Exclude<Proof, { kind: 'proved' }>
  | Extract<IndexOutcome, { kind: 'shapes' }>

/** What more work would prove of this stage may be had for less of the next. */
const quietly = (attempt: Attempt): AtStage => {
  try {
    return proveAt(attempt)
  } catch (error) {
    if (!(error instanceof BudgetExceeded)) throw error
    attempt.options.budget.tick(256)
    return { kind: 'undecided', why: error.message }
  }
}

/** One stage, with every way to settle what only shapes settle. */
const proveAt = (attempt: Attempt): AtStage => {
  let path: readonly number[] | undefined = []
  let shapes: AtStage | undefined
  const others: AtStage[] = []
  for (let tries = 0; path && tries < mostChoices; tries++) {
    const counts: number[] = []
    const now: readonly number[] = path
    const outcome = proveWith(attempt, (count) => {
      counts.push(count)
      return Math.min(now[counts.length - 1] ?? 0, count - 1)
    })
    if (outcome.kind === 'proved') return outcome
    if (outcome.kind === 'shapes') shapes ??= outcome
    else others.push(outcome)
    path = nextPath(path, counts)
  }
  return others[0] ?? shapes ?? { kind: 'undecided', why: 'nothing was tried' }
}

const proveWith = (attempt: Attempt, choose: Choose): AtStage => {
  const { claim, network, symbolic, deadline, options, stage } = attempt
  let statement: Statement
  try {
    statement = stated(attempt, choose)
  } catch (error) {
    if (error instanceof ShapesError) return { kind: 'shapes', shapes: error.shapes }
    if (error instanceof InapplicableError) return { kind: 'inapplicable', why: error.message }
    const isUnsaid = error instanceof ConcreteError || error instanceof DegreeError
    if (isUnsaid) return { kind: 'undecided', why: error.message }
    throw error
  }
  const mentions = mentionsOf(statement.equations, network.cost)
  const { expands } = stage
  const isApart = passesContest(mentions.by, network)
  const reasons = new Set<string>()
  const views = viewsOf(mentions, isTrivial(claim), stage.shallow ?? false)
  for (const [at, view] of views.entries()) {
    const hasValue = options.hasValue ?? false
    const attempt = { network, symbolic, view, expands, hasValue, isApart, deadline }
    const outcome = prove(statement, attempt)
    if (outcome.kind === 'proved')
      return {
        ...outcome,
        excluded: mentions.isDifferential ? outcome.excluded : [],
        of: { stated: statement, symbolic, views: [view, ...views.toSpliced(at, 1)], expands },
      }
    if (outcome.kind !== 'undecided') return outcome
    reasons.add(outcome.why)
  }
  return { kind: 'undecided', why: [...reasons].join('; ') }
}

/** Whether a derivative passes a contest: points with equal winners are left out. */
const passesContest = (by: ReadonlySet<Node>, { cost }: Network): boolean =>
  [...by].some((node) =>
    nodesOf(cost).some(
      ({ op, args }) =>
        op.traits?.pieces === 'ties' && args.some((arg) => reaches(arg, node, new Set())),
    ),
  )

/** The claim at the lengths of a stage. */
const stated = ({ claim, network, symbolic, deadline, options }: Attempt, choose: Choose) => {
  const demands = new Map<string, Polynomial>()
  const lengths = symbolicLengths(symbolic, (p) => demands.set(canonicalKey(p), p))
  const given = { network, budget: deadline, reading: options.reading, lengths }
  const equations = equationsOf(claim, given, choose)
  const assumed = assumedIn(options.assumptions ?? [], given)
  return { equations, assumed, constraints: [...symbolic.constraints, ...demands.values()] }
}
