// Rung 3: an identity test modulo random primes at the recorded shapes. With float64 in agreement
// it is evidence with an error bound, not a proof.
import type { Budget } from '../../arithmetic/budget.ts'
import type { ResolvedClaim } from '../../language/resolved.ts'
import type { Network } from '../../network/network.ts'
import { floatDomain } from '../domains/float.ts'
import { random61, randomFrom, randomPrime } from '../domains/random.ts'
import { type Residue, type ResidueDomain, residueDomain } from '../domains/residue.ts'
import {
  type Agreement,
  agreement,
  answered,
  enoughDigits,
  type Gap,
  largestDigits,
  realOf,
  seedOfClaim,
  type TestResult,
  tiedEverywhere,
  tooFewDigits,
} from './agreement.ts'
import { hasPieces, maskExclusions } from './exclusions.ts'
import { nearMiss } from './near-miss.ts'
import {
  atSomePoint,
  claimAt,
  drawPoint,
  type Exclusion,
  type Sampler,
  samplerOf,
  type TestOptions,
  witnesses,
} from './point.ts'
import { asksPolicy, certainDifference, fillSpace } from './policy.ts'
import { pointsOf } from './valid-places.ts'

export { answered, seedOfClaim, type TestResult, tiedEverywhere } from './agreement.ts'
export { numericTest } from './numeric.ts'

const primesUsed = 2

/** Of leaves around 1: where residues agree, a smaller number is what rounding leaves of 0. */
const leastReal = 1e-8
/** The same where laws of functions may make all cancel that has the size of the leaves. */
const leastBesideLaws = 1e-5

interface ModularRun {
  readonly gaps: readonly Gap[]
  readonly mismatch: Gap | undefined
  readonly degree: number
  readonly calls: number
  /** Only a policy says what holds here. */
  readonly tied: boolean
  /** By kinks alone. */
  readonly bent: boolean
  readonly pieces: number
  readonly comparisons: number
}

const runModular = (
  claim: ResolvedClaim,
  network: Network,
  sampler: Sampler<Residue>,
  budget: Budget,
  options: TestOptions,
): ModularRun => {
  const domain = sampler.domain as ResidueDomain
  domain.pieces()
  const world = drawPoint(network, sampler, budget, options)
  const gaps: Gap[] = []
  let mismatch: Gap | undefined
  let degree = 1
  for (const { link, entry, left, right } of claimAt(claim, world).entries()) {
    const gap = { link, entry, left: left.real, right: right.real }
    gaps.push(gap)
    degree = Math.max(degree, left.top + right.bottom, right.top + left.bottom)
    if (left.residue !== right.residue) mismatch ??= gap
  }
  const pieces = domain.pieces()
  const bent = !domain.seen.ties
  const met = { gaps, degree, calls: domain.calls(), bent, ...pieces }
  const isTied = (domain.seen.ties || domain.seen.kinks) && asksPolicy(claim, network)
  if (!isTied || !mismatch) return { ...met, mismatch, tied: isTied }
  // relu(x) is 0 for half of all x, and there the slope of relu is what the graph says.
  if (bent && fillSpace(options)) return { ...met, mismatch, tied: false }
  const certain = certainDifference(claim, world, (a, b) => a.residue !== b.residue)
  if (!certain) return { ...met, mismatch, tied: true }
  const { link, entry, left, right } = certain
  return { ...met, mismatch: { link, entry, left: left.real, right: right.real }, tied: false }
}

/**
 * The chance that a false claim passes at one random point modulo one random prime: that a
 * polynomial of the claim's degree vanishes (Schwartz and Zippel), that two arguments of functions
 * collide, or that the prime divides all coefficients.
 */
const boundOf = ({ degree, calls }: ModularRun, characters: number): number => {
  const space = 2 ** 60
  const coefficients = (degree * (characters + 10) * 4) / 60 / 2 ** 54
  return Math.min(1, (degree * (1 + calls * calls)) / space + coefficients)
}

/** `Σ` over 28×28 needs no more: what a bound of Schwartz and Zippel must stay below. */
const largestBound = 1e-12

/**
 * Rung 3: every entry of every side modulo at least two random 61-bit primes at random points, with
 * functions as random oracles and masks from a sampled point of real numbers, which must agree too.
 */
export const identityTest = (
  claim: ResolvedClaim,
  network: Network,
  budget: Budget,
  options: TestOptions = {},
): TestResult =>
  answered<TestResult>(() => {
    const random = randomFrom(options.seed ?? seedOfClaim(claim))
    const excluded = new Set<Exclusion>()
    const points = witnesses()
    let bound = 1
    let digits = largestDigits
    const pieces: number[] = []
    let comparisons = 0
    let untied = false
    for (const at of pointsOf(network, primesUsed)) {
      const domain = residueDomain(randomPrime(random), random())
      const draw = () => domain.leaf(random61(random), realOf(random))
      const sampler = samplerOf(domain, draw, budget)
      const isUsable = ({ mismatch, tied, bent }: ModularRun) =>
        points.accepts({ tied, differs: mismatch !== undefined, bent })
      const run = atSomePoint(
        (how) => runModular(claim, network, sampler, budget, { ...options, ...at, ...how }),
        excluded,
        isUsable,
      )
      if (run.gaps.length === 0) return { kind: 'unable', why: 'there is no entry to compare' }
      const found = agreement(run.gaps, leastReal)
      if (run.mismatch) {
        // Of log σ(x) + log(1 + e^{−x}) and 0 only rounding is left, and fifty digits tell.
        const near = agreement(run.gaps, leastBesideLaws)
        const isClose = near.digits >= enoughDigits && run.calls > 0 && !run.tied
        const miss = isClose ? nearMiss(claim, network, random, budget, options) : undefined
        return mismatched(run, isClose ? near : found, miss === 'lost' ? undefined : miss)
      }
      digits = Math.min(digits, found.digits)
      pieces.push(run.pieces)
      comparisons = Math.max(comparisons, run.comparisons)
      untied ||= !run.tied
      // A few places are a few of many, and no evidence about the others.
      if (!at.places) bound *= boundOf(run, JSON.stringify(claim, bigintText).length)
    }
    if (points.contradict()) return { kind: 'unable', why: tiedEverywhere }
    if (digits < tooFewDigits)
      return { kind: 'unable', why: 'equal modulo random primes, but not in float64' }
    if (bound > largestBound)
      return { kind: 'unable', why: `the degrees are too high: error bound ${bound}` }
    for (const what of maskExclusions(claim, network)) excluded.add(what)
    const isOneFormula = !hasPieces(claim, network)
    return {
      kind: 'agrees',
      method: 'identity-test',
      // A false piece that no point met has nothing to do with degrees.
      ...(isOneFormula ? { errorBound: bound } : { pieces, comparisons }),
      digits: Math.floor(digits),
      points: primesUsed,
      untied,
      excluded: [...excluded],
      why: `every entry agrees modulo ${primesUsed} random primes of 61 bits, and in float64`,
    }
  })

/** Why no point was found at which the assumptions hold; undefined where one was. */
export const unmet = (
  assumptions: readonly ResolvedClaim[],
  network: Network,
  budget: Budget,
): string | undefined => {
  const random = randomFrom(0x2545f491)
  const sampler = samplerOf(floatDomain(), () => realOf(random), budget)
  const result = answered(() => {
    atSomePoint((how) => drawPoint(network, sampler, budget, { assumptions, ...how }), new Set())
    return { kind: 'met' as const }
  })
  if (result.kind === 'met') return undefined
  return result.kind === 'shapes' ? result.shapes.join(' and ') : result.why
}

const bigintText = (_key: string, value: unknown): unknown =>
  typeof value === 'bigint' ? `${value}` : value

const mismatched = (
  run: ModularRun,
  { digits, worst, ratio }: Agreement,
  miss: Gap | undefined,
): TestResult => {
  if (run.tied) return { kind: 'unable', why: tiedEverywhere }
  // What opaque functions hide may be a law of theirs: e^x e^y = e^{x+y}.
  if (miss) return { kind: 'differs', ...miss, why: 'the sides differ, by little, in fifty digits' }
  if (digits >= enoughDigits && run.calls > 0) {
    const why = 'it needs laws of functions that are opaque modulo a prime'
    return { kind: 'unable', why, hasValue: true }
  }
  const gap = digits >= enoughDigits ? run.mismatch! : worst!
  return {
    kind: 'differs',
    ...gap,
    ...(ratio !== undefined && { ratio }),
    why: 'the sides differ modulo a random prime',
  }
}
