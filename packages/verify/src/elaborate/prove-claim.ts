// The first rung: a claim proved for all sizes, or for all contents at the recorded ones. Tries the
// views of the network one by one; no proof is no refutation.

import { BudgetExceeded, type Budget, createBudget } from '../arithmetic/budget.ts'
import type { Polynomial } from '../arithmetic/polynomial.ts'
import { plus, polynomial } from '../arithmetic/polynomial.ts'
import { freeIndex } from '../arithmetic/variable.ts'
import { ShapesError } from '../concrete/domain.ts'
import type { Field } from '../index-terms/terms.ts'
import { proveFields, type Theorem } from '../index-terms/verified.ts'
import type { ResolvedClaim } from '../language/resolved.ts'
import { nodesOf } from '../network/copy.ts'
import type { Network } from '../network/network.ts'
import type { Excluded, StarReading } from '../verdict/verdict.ts'
import { sideOf } from './claim-expression.ts'
import { bareLength } from './claim-reductions.ts'
import { aligned } from './claim-shapes.ts'
import type { ClaimSite } from './claim-site.ts'
import { createFunctions, type Functions, type Index } from './functions.ts'
import { type Letter, noIndices, withLetters } from './letters.ts'
import { createModel, type View } from './model.ts'
import { type SymbolicNetwork, symbolicNetwork } from './shapes.ts'
import { UnsupportedError } from './unsupported.ts'
import { mentionsOf, viewsOf } from './views.ts'

export type IndexOutcome =
  | {
      readonly kind: 'proved'
      readonly scope: 'all-sizes' | 'shape'
      readonly theorems: readonly Theorem[]
      readonly excluded: readonly Excluded[]
      /** Lengths that are as recorded although the others vary. */
      readonly fixed: readonly string[]
    }
  | { readonly kind: 'undecided'; readonly why: string }
  | { readonly kind: 'shapes'; readonly shapes: readonly [string, string] }

export interface IndexOptions {
  readonly reading?: readonly StarReading[]
  readonly assumptions?: readonly ResolvedClaim[]
  /** Of the whole rung. */
  readonly milliseconds: number
  /** Filled with the ordinals of bare stars whose reading matters. */
  readonly readStars?: Set<number>
}

const operationsForOneView = 400_000
const mostChoices = 16

/** Tries to prove every link of a claim. */
export const proveClaim = (
  claim: ResolvedClaim,
  network: Network,
  options: IndexOptions,
): IndexOutcome => {
  const deadline = createBudget({
    operations: Number.MAX_SAFE_INTEGER,
    milliseconds: options.milliseconds,
  })
  if (claim.relations.length === 0 || claim.relations.some((relation) => relation !== '=')) {
    return { kind: 'undecided', why: 'only equations are proved in index notation' }
  }
  const reasons = new Set<string>()
  const mentions = mentionsOf(claim, network)
  try {
    for (const quantified of ['all', 'none'] as const) {
      const symbolic = symbolicNetwork(nodesOf(network.cost), network.scope.sizes, quantified)
      for (const view of viewsOf(mentions)) {
        const attempt = { claim, network, symbolic, view, deadline, options }
        const outcome = proveInView(attempt)
        if (outcome.kind === 'shapes') return outcome
        if (outcome.kind === 'undecided') reasons.add(outcome.why)
        else {
          const excluded = mentions.isDifferential
            ? outcome.excluded
            : outcome.excluded.filter((each) => each === 'poles')
          const fixed = quantified === 'all' ? symbolic.sizes.fixed() : []
          const isSymbolic = quantified === 'all' && hasUnknowns(symbolic, network)
          return {
            kind: 'proved',
            scope: isSymbolic ? 'all-sizes' : 'shape',
            theorems: outcome.theorems,
            excluded,
            fixed: [...new Set(fixed)],
          }
        }
      }
    }
  } catch (error) {
    if (!(error instanceof BudgetExceeded)) throw error
    reasons.add(error.message)
  }
  return { kind: 'undecided', why: [...reasons].join('; ') }
}

const hasUnknowns = (symbolic: SymbolicNetwork, network: Network): boolean =>
  nodesOf(network.cost).some((node) =>
    symbolic.shapeOf(node).shape.some((length) => [...length.keys()].some((key) => key !== '')),
  )

interface Attempt {
  readonly claim: ResolvedClaim
  readonly network: Network
  readonly symbolic: SymbolicNetwork
  readonly view: View
  readonly deadline: Budget
  readonly options: IndexOptions
}

type InView =
  | {
      readonly kind: 'proved'
      readonly theorems: readonly Theorem[]
      readonly excluded: readonly Excluded[]
    }
  | Exclude<IndexOutcome, { kind: 'proved' }>

/** One view, with every way to settle what only shapes settle. */
const proveInView = (attempt: Attempt): InView => {
  let path: readonly number[] | undefined = []
  let last: InView = { kind: 'undecided', why: 'nothing was tried' }
  let shapes: InView | undefined
  for (let tries = 0; path && tries < mostChoices; tries++) {
    const counts: number[] = []
    const now: readonly number[] = path
    const choose = (count: number): number => {
      counts.push(count)
      return Math.min(now[counts.length - 1] ?? 0, count - 1)
    }
    const outcome = proveWithChoices(attempt, choose)
    if (process.env.DBG) console.log('   ', attempt.view.functions, [...attempt.view.atoms].map(n=>n.name).join(), '| δ', [...attempt.view.deltas].map(n=>n.name).join(), outcome.kind, outcome.kind==='proved'?'':(outcome as any).why, ((globalThis as any).spent))
    if (outcome.kind === 'proved') return outcome
    if (outcome.kind === 'shapes') shapes ??= outcome
    else last = outcome
    if (outcome.kind !== 'shapes') return outcome
    path = nextPath(path, counts)
  }
  return shapes ?? last
}

const nextPath = (
  path: readonly number[],
  counts: readonly number[],
): readonly number[] | undefined => {
  const full = counts.map((_, k) => path[k] ?? 0)
  const k = full.findLastIndex((choice, at) => choice + 1 < counts[at]!)
  return k < 0 ? undefined : [...full.slice(0, k), full[k]! + 1]
}

const proveWithChoices = (attempt: Attempt, choose: (count: number) => number): InView => {
  const { claim, network, symbolic, view, deadline, options } = attempt
  const limit = createBudget({ operations: operationsForOneView })
  const budget: Budget = {
    tick: (operations) => {
      ;(globalThis as any).spent=((globalThis as any).spent??0)+(operations??1)
      deadline.tick(operations)
      limit.tick(operations)
    },
  }
  ;(globalThis as any).spent=0
  const functions = createFunctions(symbolic.constraints, budget)
  const model = createModel(network.cost, symbolic, functions, view)
  const site: ClaimSite = {
    ...noIndices,
    model,
    network,
    reading: options.reading,
    choose,
    variables: new Map(),
    claim: claim.operands,
    readStars: options.readStars ?? new Set(),
  }
  try {
    const sides = sidesOf(claim, site)
    const theorems: Theorem[] = []
    for (const [k, left] of sides.slice(0, -1).entries()) {
      const [a, b] = matched(left, sides[k + 1]!, site)
      const result = proveFields(a, b, symbolic.constraints, budget, functions.congruences)
      if ('budget' in result) return { kind: 'undecided', why: result.budget }
      if (process.env.DBG && 'difference' in result) console.log(result.difference.map((globalThis as any).fmt).join('\n'))
      if ('difference' in result) return { kind: 'undecided', why: 'no proof was found' }
      theorems.push(...result.proved)
    }
    return { kind: 'proved', theorems, excluded: excludedIn(sides, functions) }
  } catch (error) {
    if (error instanceof ShapesError) return { kind: 'shapes', shapes: error.shapes }
    if (error instanceof UnsupportedError) return { kind: 'undecided', why: error.message }
    if (error instanceof BudgetExceeded) {
      deadline.tick(256)
      return { kind: 'undecided', why: error.message }
    }
    throw error
  }
}

/** The free letters' lengths: the axis that a letter has bare in the first operand that has it. */
const freeLengths = (claim: ResolvedClaim, site: ClaimSite) =>
  claim.free.map((name): readonly [string, Polynomial] => {
    // An array that is read here may itself be indexed: the letters stand for something meanwhile.
    const stand = claim.free.map((letter): readonly [string, Letter] => [
      letter,
      { value: plus(polynomial(freeIndex(letter)), 1) },
    ])
    for (const operand of claim.operands) {
      const length = bareLength(name, operand, withLetters(site, stand))
      if (length) return [name, length]
    }
    throw new UnsupportedError(`nothing bounds the index ${name}`)
  })

const sidesOf = (claim: ResolvedClaim, site: ClaimSite): readonly Side[] => {
  const free = freeLengths(claim, site)
  const enter = (index: Index): ClaimSite =>
    withLetters(
      site,
      free.map(([name, length], k) => [name, { value: plus(index[k]!, 1), length }] as const),
    )
  const inside = enter(free.map(([name]) => polynomial(freeIndex(name))))
  return claim.operands.map((operand) => ({
    field: sideOf(operand, free, inside, enter),
    free: free.length,
  }))
}

interface Side {
  readonly field: Field
  readonly free: number
}

/** Two sides with the same axes; those of length 1 do not matter. */
const matched = (left: Side, right: Side, { model }: ClaimSite): readonly [Field, Field] => {
  const { free } = left
  const [a, b] = [left.field, right.field]
  const target = a.shape.slice(free)
  const align = aligned('The sides', b.shape.slice(free), target, model.network.sizes)
  const at = (index: Index) => b.at([...index.slice(0, free), ...align(index.slice(free))])
  return [a, { shape: a.shape, at }]
}

const excludedIn = (sides: readonly Side[], functions: Functions): Excluded[] => {
  const found = sides.flatMap(({ field }) => {
    const terms = field.at(field.shape.map(() => polynomial(freeIndex('t'))))
    return terms.flatMap((t) => t.accesses.flatMap(({ array }) => functions.excludes(array) ?? []))
  })
  return [...new Set(found)].sort()
}

