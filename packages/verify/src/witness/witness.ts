// The smallest counterexample to a claim: sizes, small whole numbers in every leaf, one entry at
// which the sides differ, both values exactly. No witness, no refutation.
import { type Budget, BudgetExceeded } from '../arithmetic/budget.ts'
import { floatDomain } from '../concrete/domains/float.ts'
import { type Random, randomFrom } from '../concrete/domains/random.ts'
import { hasPieces } from '../concrete/sample/exclusions.ts'
import { isTooLarge, numbersIn, samplerOf, type TestOptions } from '../concrete/sample/point.ts'
import { seedOfClaim } from '../concrete/sample/tests.ts'
import type { ResolvedClaim } from '../language/resolved.ts'
import type { Network } from '../network/network.ts'
import { sizesOf } from '../network/sizes.ts'
import { endsTwice } from '../statement/sums.ts'
import {
  confirmedAt,
  drawn,
  exactly,
  type Point,
  rounded,
  type Ties,
  type Witness,
} from './at-point.ts'
import { assumedOf, bracketsIn, equalAtOne, leftOutBy } from './brackets.ts'
import { corners, type Draw, emptied, nearCorners } from './corners.ts'
import { sizesToTry } from './names-sizes.ts'
import { ratioOf } from './ratio.ts'
import { smallNumbers, spreads } from './spreads.ts'

/** `recordedOnly`: what is false at smaller sizes may be true at the recorded ones. */
type WitnessOptions = TestOptions & { readonly recordedOnly?: boolean }

/**
 * The smallest counterexample: sizes by sum, then lexicographically, up to the recorded ones; small
 * whole numbers in every leaf; off ties, kinks and poles. Undefined where none is found in the
 * budget.
 */
export const findWitness = (
  claim: ResolvedClaim,
  network: Network,
  budget: Budget,
  options: WitnessOptions = {},
): Witness | undefined => {
  const random = randomFrom((options.seed ?? seedOfClaim(claim)) ^ 0x3c6ef372)
  const { free, at } = sizesOf(network, 'ones stay')
  const recorded = free.map((size) => size.recorded)
  const candidates = options.recordedOnly ? [recorded] : sizesToTry(claim, network, recorded)
  let found: Witness | undefined
  let foundIn = network
  let foundAt = network
  try {
    const isOtherThere = endsTwice(claim, network, { budget, reading: options.reading })
    let thorough = thoroughSizes
    for (const lengths of candidates) {
      budget.tick(operationsForSizes)
      const smaller = at(lengths)
      if (!smaller || isOtherThere(smaller)) continue
      found = witnessAt(claim, smaller, random, budget, options, thorough-- > 0)
      if (!found) continue
      foundAt = smaller
      if (isTooLarge(network)) foundIn = smaller
      const sizes = Object.fromEntries(free.map(({ name }, k) => [name, lengths[k]!]))
      found = { ...found, sizes }
      break
    }
    if (!found) return undefined
    // Of one entry or of all: only the latter says something about the claim.
    const { ratio: exact, ...rest } = found
    const ratio = ratioOf(claim, foundIn, random, budget, options)
    // 2 of two entries and 5 of five is no constant.
    const isOfSize =
      ratio !== undefined &&
      foundAt !== foundIn &&
      ratioOf(claim, foundAt, random, budget, options) !== ratio
    if (isOfSize) return rest
    // Sides that differ by little have the ratio 1 in float64.
    const shown = ratio === '1' ? exact : ratio && (exact ?? ratio)
    return shown === undefined ? rest : { ...rest, ratio: shown }
  } catch (error) {
    if (error instanceof BudgetExceeded) return found
    throw error
  }
}

/** The smallest sizes at which a difference is sought that float64 does not see. */
const thoroughSizes = 4
/** Points without a difference after which other sizes are given up. */
const enoughAlike = 2
/** A network at other sizes takes about as long as so many steps of a computation. */
const operationsForSizes = 40

/** Products of brackets for which points are sought where they are 1, and how many of them. */
const mostBrackets = 12
const pointsForBrackets = 4
/** An equation of one entry is solved by trying every number. */
const mostNumbersForEntries = 64
const untied = spreads.find(({ distinct }) => distinct !== undefined)!

/** The widest gaps of those that float64 does not tell from rounding. */
const faintPoints = 8

/** Tries points one by one; what ends the budget ends the search. */
const searched = (
  claim: ResolvedClaim,
  network: Network,
  budget: Budget,
  options: TestOptions,
  search: (at: (draw: Draw, more: Look) => Witness | undefined) => Witness | undefined,
): Witness | 'cut short' | undefined => {
  const free = sizesOf(network, 'ones stay').free.map(({ name, recorded }) => [name, recorded])
  const sizes = Object.fromEntries(free)
  const sampler = samplerOf(floatDomain(), () => 0, budget)
  const most = hasPieces(claim, network) ? faintPoints : 0
  let faint: readonly Point[] = []
  const confirm = (point: Point): Witness | undefined => {
    const found = confirmedAt(claim, network, point, budget, options)
    return found && { ...found, sizes }
  }
  try {
    const found = search((draw, { ties, assumptions = options.assumptions }) => {
      const inside = { ...options, ...(assumptions && { assumptions }) }
      const point = drawn(claim, network, sampler, draw, budget, inside, ties)
      if (point?.gap) faint = [...faint, point].sort((a, b) => b.gap - a.gap).slice(0, most)
      return point?.entry && confirm(point)
    })
    return found ?? firstFound(faint, confirm)
  } catch (error) {
    if (error instanceof BudgetExceeded) return 'cut short'
    throw error
  }
}

interface Look {
  readonly ties: Ties
  readonly assumptions?: readonly ResolvedClaim[]
}

const firstFound = <T>(all: Iterable<T>, at: (each: T) => Witness | undefined) => {
  for (const each of all) {
    const found = at(each)
    if (found) return found
  }
  return undefined
}

/** Where numbers are equal by chance a policy is nobody's fault; where they stay so it counts. */
const atCorners = (
  claim: ResolvedClaim,
  network: Network,
  seed: number,
  at: (draw: Draw, more: Look) => Witness | undefined,
  [here, near]: readonly [Ties, Ties],
): Witness | undefined =>
  firstFound(corners(claim, network, seed), (draw) => at(draw, { ties: here })) ??
  firstFound(nearCorners(claim, network, seed), (draw) => at(draw, { ties: near }))

/**
 * A counterexample at the recorded sizes among points where pieces meet: zeros, equals, constants
 * of the network, numbers of every size. For claims that random points do not refute. Cut short
 * where the budget did not last for all of them.
 */
export const findCorner = (
  claim: ResolvedClaim,
  network: Network,
  budget: Budget,
  options: TestOptions = {},
): Witness | 'cut short' | undefined =>
  searched(claim, network, budget, options, (at) => {
    const seed = options.seed ?? seedOfClaim(claim)
    const random = randomFrom(seed ^ 0x5be0cd19)
    const brackets = bracketsIn(claim).slice(0, mostBrackets)
    // x t = t where t is 0, in one place or in all.
    const assumed = options.assumptions ?? []
    const isEmptied =
      brackets.length > 0 || assumed.some(({ relations }) => relations.includes('='))
    const isSmall = numbersIn(network) <= mostNumbersForEntries
    const solved = [
      ...brackets
        .flatMap((each) => [
          assumedOf(each, claim),
          ...leftOutBy(each, claim).map((equation) => [equation]),
        ])
        .flatMap((inside) =>
          spreads.slice(0, pointsForBrackets).map((spread) => ({ inside, spread })),
        ),
      ...(isSmall ? brackets.flatMap((each) => equalAtOne(each, claim)) : []).map((one) => ({
        inside: [one],
        spread: untied,
      })),
    ]
    return (
      atCorners(claim, network, seed, at, ['lasting', 'decided']) ??
      firstFound(isEmptied ? emptied(network) : [], (draw) => at(draw, { ties: 'decided' })) ??
      firstFound(solved, ({ inside, spread }) => {
        const assumptions = [...(options.assumptions ?? []), ...inside]
        // What an equation makes equal is equal by chance.
        return at(smallNumbers(random, spread), { ties: 'none', assumptions })
      })
    )
  })

/** The same for a proof, where it leaves out kinks that fill space: relu′(relu(x)) at x < 0. */
export const findFilled = (
  claim: ResolvedClaim,
  network: Network,
  budget: Budget,
  options: TestOptions = {},
): Witness | 'cut short' | undefined =>
  searched(claim, network, budget, options, (at) =>
    atCorners(claim, network, options.seed ?? seedOfClaim(claim), at, ['filling', 'filling']),
  )

const witnessAt = (
  claim: ResolvedClaim,
  network: Network,
  random: Random,
  budget: Budget,
  options: TestOptions,
  isThorough: boolean,
): Witness | undefined => {
  let alike = 0
  // What the network compiles to serves all points.
  const sampler = samplerOf(floatDomain(), () => 0, budget)
  for (const spread of spreads) {
    const draw = smallNumbers(random, spread)
    const point = drawn(claim, network, sampler, draw, budget, options)
    if (!point) continue
    if (!point.entry && !isThorough) {
      if (++alike === enoughAlike) return undefined
      continue
    }
    const found =
      exactly(claim, network, point, budget, options) ??
      rounded(claim, network, point, budget, options)
    if (found) return { sizes: {}, ...found }
  }
  return undefined
}
