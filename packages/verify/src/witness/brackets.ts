// Brackets that compare values, [x_i = 7][x_j > 3]: what they pick out must have been looked at
// before a claim is said to agree, and so must what they leave out.
import { type Budget, BudgetExceeded } from '../arithmetic/budget.ts'
import { floatDomain } from '../concrete/domains/float.ts'
import { randomFrom } from '../concrete/domains/random.ts'
import { realOf, seedOfClaim } from '../concrete/sample/agreement.ts'
import type { OfOneEntry } from '../concrete/sample/assumed.ts'
import { drawPoint, samplerOf, type TestOptions } from '../concrete/sample/point.ts'
import { asksPolicy } from '../concrete/sample/policy.ts'
import { ConcreteError, ShapesError } from '../core/errors.ts'
import { evaluateClaim } from '../evaluate/claim.ts'
import { freeIndices } from '../language/free.ts'
import type {
  Resolved,
  ResolvedClaim,
  ResolvedComparison,
  ResolvedCondition,
} from '../language/resolved.ts'
import { childNodes, spellingOf } from '../language/walk.ts'
import { statementOf } from '../lower/claims/claim.ts'
import type { Network } from '../network/network.ts'
import { areApart, noiseOf } from './apart.ts'
import { attempt } from './at-point.ts'
import { contestsIn, isDecided } from './contests.ts'
import { corners, type Draw } from './corners.ts'

/** Brackets that are multiplied with one another. */
export type Brackets = readonly Resolved[]

const isComparison = (bracket: Resolved): boolean =>
  bracket.kind === 'iverson' && bracket.conditions.every(({ kind }) => kind === 'comparison')

export const isOfValues = (nodes: readonly Resolved[]): boolean =>
  nodes.some(({ kind, ...node }) => {
    const isValue = kind === 'array' || kind === 'cost' || kind === 'variable'
    return isValue || isOfValues(childNodes<Resolved>(node))
  })

/** Every bracket about values, and every product of several. */
export const bracketsIn = ({ operands, when = [] }: ResolvedClaim): readonly Brackets[] => {
  const found = new Map<string, Brackets>()
  const add = (brackets: readonly Resolved[]): void => {
    const known = brackets.filter(isComparison)
    if (known.length > 0 && isOfValues(known)) found.set(spellingOf(known), known)
  }
  const visit = (node: Resolved): void => {
    add([node])
    if (node.kind === 'product') add(node.factors)
    childNodes<Resolved>(node).forEach(visit)
  }
  operands.forEach(visit)
  add(when)
  return [...found.values()]
}

const comparisonsOf = (brackets: Brackets): readonly ResolvedComparison[] =>
  brackets.flatMap((bracket) =>
    bracket.kind === 'iverson' ? bracket.conditions.filter((each) => isComparing(each)) : [],
  )

const isComparing = (condition: ResolvedCondition): condition is ResolvedComparison =>
  condition.kind === 'comparison'

/** Brackets as assumptions: where they are equations, they are solved. */
export const assumedOf = (brackets: Brackets, { span }: ResolvedClaim): readonly ResolvedClaim[] =>
  comparisonsOf(brackets).map((comparison) => {
    const { operands, relations } = comparison
    return { operands, relations, free: freeIndices(comparison as unknown as Resolved), span }
  })

/** Where [a ≠ b] is 0: a = b, to be solved. */
export const leftOutBy = (brackets: Brackets, claim: ResolvedClaim): readonly ResolvedClaim[] =>
  assumedOf(brackets, claim)
    .filter(({ relations }) => relations.length === 1 && relations[0] === '≠')
    .map((each) => ({ ...each, relations: ['='] }))

/** From either end: what windows leave over is at the last, and what is padded at the first too. */
const someEntries = [-1, 0, -2, 1, -3, 2] as const

/** Where two values that a bracket compares are one, in one entry and by chance in no other. */
export const equalAtOne = (brackets: Brackets, claim: ResolvedClaim): readonly OfOneEntry[] => {
  const [only, ...others] = assumedOf(brackets, claim)
  if (!only || others.length > 0 || only.relations.length > 1 || only.free.length === 0) return []
  return someEntries.map((at) => ({ ...only, relations: ['='], only: at }))
}

/** The product of the brackets, beside the sides: letters have the ranges of the claim. */
const selecting = (brackets: Brackets, claim: ResolvedClaim): ResolvedClaim => {
  const { span } = claim
  const product: Resolved =
    brackets.length === 1 ? brackets[0]! : { kind: 'product', factors: brackets, span }
  const sides = claim.free.length > 0 ? claim.operands : [product]
  const operands = [product, ...sides]
  return {
    ...claim,
    operands,
    relations: operands.slice(1).map(() => '='),
    free: [...new Set([...claim.free, ...freeIndices(product)])],
  }
}

/** The brackets without the sides, which may have no number where one of them is 0. */
const alone = (brackets: Brackets, { span }: ResolvedClaim): ResolvedClaim => {
  const product: Resolved = { kind: 'product', factors: brackets, span }
  return { operands: [product, product], relations: ['='], free: freeIndices(product), span }
}

/** Neither, where no point was seen. */
export interface Met {
  /** Somewhere all of the brackets are 1. */
  readonly holds: boolean
  /** Somewhere one of them is 0. */
  readonly fails: boolean
  /** Somewhere one of them is 0, and a side has no number there. */
  readonly failsBeyond: boolean
  /** Where all are 1, or one that says ≠ is 0, the sides differ by more than rounding. */
  readonly differs: boolean
}

const randomPoints = 12
const pointsLeftOut = 4
/** `wanted` tells when enough was seen. Undefined where the brackets cannot be looked at. */
export const metBy = (
  brackets: Brackets,
  claim: ResolvedClaim,
  network: Network,
  budget: Budget,
  options: TestOptions,
  wanted: (met: Met) => boolean,
): Met | undefined => {
  const selected = selecting(brackets, claim)
  const lone = alone(brackets, claim)
  const random = randomFrom(seedOfClaim(claim))
  const domain = floatDomain()
  const sampler = samplerOf(domain, () => realOf(random), budget)
  let met: Met = { holds: false, fails: false, failsBeyond: false, differs: false }
  let isReadable = false
  let looks = 0
  const asks = asksPolicy(claim, network)
  const given = options.assumptions ?? []
  const look = (draw: Draw, assumptions = given, isLeftOut = false): void => {
    looks++
    attempt(() => {
      const world = drawPoint(network, { ...sampler, draw }, budget, { ...options, assumptions })
      const { entries } = evaluateClaim(statementOf(selected, world, 'numbers fill arrays'), world)
      isReadable = true
      const held = [...entries('skip poles')].filter(({ link }) => link === 0)
      const { saturated } = domain.seen
      // σ(40) = 1 holds by rounding alone.
      const isHeld = !saturated && held.some(({ left }) => left !== 0)
      met = { ...met, holds: met.holds || isHeld }
      const stated = evaluateClaim(statementOf(claim, world, 'numbers fill arrays'), world)
      const whole = [...stated.entries('skip poles')]
      // Where a side has no number, a bracket that is 0 shows nothing.
      const known = new Set(whole.map(({ entry }) => entry.join()))
      // The letters of the claim come first, then those that a Σ binds around the bracket.
      const isKnown = (entry: readonly number[]) =>
        claim.free.length > 0
          ? known.has(entry.slice(0, claim.free.length).join())
          : whole.length > 0
      const fails = !saturated && held.some(({ entry, left }) => left === 0 && isKnown(entry))
      met = { ...met, fails: met.fails || fails }
      if (!(isHeld || isLeftOut || fails) || met.differs) return
      for (const { left, right } of whole) {
        // Where policies decide, the claim says nothing.
        if ((domain.seen.ties || domain.seen.kinks) && asks) return
        if (areApart(left, right, noiseOf(world)) && !domain.seen.saturated)
          met = { ...met, differs: true }
      }
    })
    if (!met.fails && !met.failsBeyond)
      attempt(() => {
        const world = drawPoint(network, { ...sampler, draw }, budget, { ...options, assumptions })
        const { entries } = evaluateClaim(statementOf(lone, world, 'numbers fill arrays'), world)
        const fails = [...entries('skip poles')].some(({ left }) => left === 0)
        met = { ...met, failsBeyond: fails && !domain.seen.saturated }
      })
  }
  try {
    const isConstant = !isOfValues(brackets)
    for (let k = 0; k < (isConstant ? 1 : randomPoints); k++) {
      look(sampler.draw)
      if (wanted(met)) return met
    }
    if (isConstant) return isReadable ? met : undefined
    for (const equation of leftOutBy(brackets, claim))
      for (let k = 0; k < pointsLeftOut; k++) look(sampler.draw, [...given, equation], true)
    for (const draw of corners(claim, network, seedOfClaim(claim))) {
      look(draw)
      if (wanted(met)) return met
    }
    look(sampler.draw, [...given, ...assumedOf(brackets, claim)])
  } catch (error) {
    // What cannot be read at any random point is not read at others.
    if (error instanceof BudgetExceeded) return isReadable || looks < randomPoints ? met : undefined
    if (!(error instanceof ConcreteError || error instanceof ShapesError)) throw error
  }
  return isReadable ? met : undefined
}

/** ([p ≠ 0] S)/p: where the bracket is 0, nothing is claimed. */
const isOfDivisor = (brackets: Brackets, claim: ResolvedClaim): boolean => {
  const [only, ...others] = comparisonsOf(brackets)
  const [of, zero] = only?.operands ?? []
  if (others.length > 0 || only?.relations.join() !== '≠' || !of || zero?.kind !== 'numeral')
    return false
  if (zero.value.numerator !== 0n || !freeIndices(of).every((each) => claim.free.includes(each)))
    return false
  const holds = (node: Resolved): boolean =>
    spellingOf(node) === spellingOf(brackets[0]) || childNodes<Resolved>(node).some(holds)
  const divides = (node: Resolved): boolean =>
    (node.kind === 'quotient' &&
      spellingOf(node.denominator) === spellingOf(of) &&
      holds(node.numerator)) ||
    childNodes<Resolved>(node).some(divides)
  return claim.operands.some(divides)
}

export const differsElsewhere =
  'the sides differ where its brackets hold, at a point that is no witness'
const noPoint = 'no point was looked at that shows whether a bracket is 0 or 1'

/** The brackets that are written, and those that functions are. */
const withContests = (claim: ResolvedClaim, network: Network) => {
  const written = bracketsIn(claim).map((brackets) => ({ brackets, isWritten: true }))
  const others = contestsIn(claim, network)
    .map((each) => ({ brackets: each.filter(isComparison), isWritten: false }))
    .filter(({ brackets }) => isOfValues(brackets) && !isDecided(brackets, network))
  const named = [...others, ...written].map((each) => [spellingOf(each.brackets), each] as const)
  return [...new Map(named).values()]
}

/** Why points say nothing of a claim that agrees at all of them; undefined where they do. */
export const unseenIn = (
  claim: ResolvedClaim,
  network: Network,
  budget: Budget,
  options: TestOptions,
): string | undefined => {
  const isAssuming = (options.assumptions ?? []).length > 0
  for (const { brackets, isWritten } of withContests(claim, network)) {
    const isUnequal = comparisonsOf(brackets).some(({ relations }) => relations.includes('≠'))
    const both = brackets.length === 1 && (isUnequal || !isAssuming)
    // Where |x| of log |x| is not what it is elsewhere may be where nothing has a value.
    const isEnough = ({ holds, fails, failsBeyond }: Met): boolean =>
      holds && (!both || fails || (!isWritten && failsBeyond))
    const met = metBy(brackets, claim, network, budget, options, isEnough)
    if (met?.differs) return differsElsewhere
    if (!met || isEnough(met) || (met.holds && isOfDivisor(brackets, claim))) continue
    if (!met.holds && !met.fails) return noPoint
    const everywhere = 'at every point that was looked at, and no sample decides a comparison'
    return `a bracket was ${met.holds ? 1 : 0} ${everywhere}`
  }
  return undefined
}
