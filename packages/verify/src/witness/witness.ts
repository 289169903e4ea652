// The smallest counterexample to a claim: sizes, small whole numbers in every leaf, one entry at
// which the sides differ, both values exactly. No witness, no refutation.
import { type Budget, BudgetExceeded } from '../arithmetic/budget.ts'
import { formatRational, multiplyRational, rational } from '../arithmetic/rational.ts'
import type { ComparedEntry } from '../concrete/claim/claim.ts'
import { ConcreteError, NearTieError, PoleError, ShapesError } from '../concrete/domains/domain.ts'
import { floatDomain } from '../concrete/domains/float.ts'
import { constantOf, equalForms, type Form } from '../concrete/domains/form.ts'
import { formDomain } from '../concrete/domains/forms.ts'
import type { Precise } from '../concrete/domains/precise.ts'
import { type Random, randomFrom } from '../concrete/domains/random.ts'
import type { World } from '../concrete/line/world.ts'
import {
  claimAt,
  drawPoint,
  isTooLarge,
  type Sampler,
  samplerOf,
  type TestOptions,
} from '../concrete/sample/point.ts'
import { asksPolicy, certainDifference } from '../concrete/sample/policy.ts'
import { seedOfClaim } from '../concrete/sample/tests.ts'
import type { ResolvedClaim } from '../language/resolved.ts'
import { leavesOf, type Network } from '../network/network.ts'
import { sizesOf } from '../network/sizes.ts'
import { corners } from './corners.ts'
import { sizesToTry } from './names-sizes.ts'
import { apart, confirmed, exactNumber, preciselyAt } from './precisely.ts'
import { fractionNear } from './ratio.ts'
import { smallNumber, smallNumbers, spreads } from './spreads.ts'

export interface Witness {
  /** By name: `x.i`, or the letter that stands for the size. */
  readonly sizes: Readonly<Record<string, number>>
  /** Values of the free indices, then the place in the array; from 1. */
  readonly entry: readonly number[]
  /** The left side, as an exact fraction or expression. */
  readonly expected: string
  readonly got: string
  /** Every leaf, row-major. */
  readonly inputs: Readonly<Record<string, readonly string[]>>
  /** got / expected, where that is one number for all entries. */
  readonly ratio?: string
}

/** The sides of an entry differ beyond doubt: by far more than rounding. */
const apartInFloat = (left: number, right: number): boolean => {
  const size = Math.max(Math.abs(left), Math.abs(right))
  return Number.isFinite(size) && Math.abs(left - right) > 1e-7 * size && size > 1e-9
}

const differs = ({ left, right }: ComparedEntry<number>): boolean => apartInFloat(left, right)

interface Point {
  readonly integers: ReadonlyMap<string, readonly number[]>
  /** Where float64 sees a difference; where it sees none, exact fractions may. */
  readonly entry: ComparedEntry<number> | undefined
}

const attempt = <R>(body: () => R): R | undefined => {
  try {
    return body()
  } catch (error) {
    if (error instanceof NearTieError || error instanceof PoleError) return undefined
    if (error instanceof ConcreteError || error instanceof ShapesError) return undefined
    throw error
  }
}

const drawn = (
  claim: ResolvedClaim,
  network: Network,
  sampler: Sampler<number>,
  draw: () => number,
  budget: Budget,
  options: TestOptions,
): Point | undefined =>
  attempt(() => {
    const { domain } = sampler
    const world = drawPoint(network, { ...sampler, draw }, budget, options)
    const entries = [...claimAt(claim, world).entries('skip poles')]
    const isTied = (domain.seen.ties || domain.seen.kinks) && asksPolicy(claim, network)
    const entry = isTied
      ? certainDifference(claim, world, apartInFloat, 'skip poles')
      : entries.find(differs)
    if (isTied && !entry) return undefined
    const leaves = leavesOf(network).map((leaf): [string, readonly number[]] => [
      leaf.name!,
      world.values.get(leaf)!.data,
    ])
    return { integers: new Map(leaves), entry }
  })

/**
 * Both sides of the entry exactly; undefined where they do not differ exactly, or not realisably.
 */
const exactly = (
  claim: ResolvedClaim,
  network: Network,
  { integers, entry }: Point,
  budget: Budget,
  options: TestOptions,
): Omit<Witness, 'sizes'> | undefined =>
  attempt(() => {
    const domain = formDomain({ derivatives: 'named', budget })
    const sampler = samplerOf(domain, () => domain.zero, budget)
    const { assumptions: _, ...free } = options
    const world: World<Form> = drawPoint(network, sampler, budget, free)
    const written: [string, readonly string[]][] = []
    for (const leaf of leavesOf(network)) {
      const data = integers.get(leaf.name!)!.map(exactNumber)
      world.values.set(leaf, { shape: leaf.shape, data: data.map(domain.fromRational) })
      written.push([leaf.name!, data.map((value) => domain.print(domain.fromRational(value)))])
    }
    // By entries: an array may be called __proto__.
    const inputs = Object.fromEntries(written)
    let digits: readonly ComparedEntry<Precise>[] | undefined
    let at = -1
    for (const found of claimAt(claim, world).entries('skip poles')) {
      at++
      if (equalForms(found.left, found.right)) continue
      if (!entry) digits ??= preciselyAt(claim, network, integers, budget, free)
      const sides = digits?.[at]
      if (!confirmed(found, entry, sides)) continue
      const [expected, got] = apart(found, sides, domain.print)
      const ratio = exactRatio(found)
      return { entry: found.entry, expected, got, inputs, ...(ratio !== undefined && { ratio }) }
    }
    return undefined
  })

/** Where the exact expressions are too large to be made. */
const rounded = ({ integers, entry }: Point): Omit<Witness, 'sizes'> | undefined => {
  if (!entry) return undefined
  const inputs = Object.fromEntries([...integers].map(([name, data]) => [name, data.map(String)]))
  return {
    entry: entry.entry,
    expected: `≈ ${entry.left}`,
    got: `≈ ${entry.right}`,
    inputs,
  }
}

const exactRatio = ({ left, right }: ComparedEntry<Form>): string | undefined => {
  const [expected, got] = [constantOf(left), constantOf(right)]
  if (!expected || !got || expected.numerator === 0n) return undefined
  const inverse = rational(expected.denominator, expected.numerator)
  return formatRational(multiplyRational(got, inverse))
}

/** The ratio of the sides at two points, where it is one number for all entries of both. */
const ratioOf = (
  claim: ResolvedClaim,
  network: Network,
  random: Random,
  budget: Budget,
  options: TestOptions,
): string | undefined => {
  const ratios = [9, 20].flatMap((largest) => {
    const domain = floatDomain()
    const found = attempt(() => {
      const sampler = samplerOf(domain, () => smallNumber(random, { largest, unit: 1 / 7 }), budget)
      return [...claimAt(claim, drawPoint(network, sampler, budget, options)).entries()]
    })
    return (found ?? [])
      .filter(({ left, right }) => Math.abs(left) > 1e-9 || Math.abs(right) > 1e-9)
      .map(({ left, right }) => right / left)
  })
  const [first] = ratios
  if (first === undefined || ratios.some((each) => !(Math.abs(each - first) < 1e-7)))
    return undefined
  return fractionNear(first)
}

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
  const { free, at } = sizesOf(network)
  const recorded = free.map((size) => size.recorded)
  const candidates = options.recordedOnly ? [recorded] : sizesToTry(claim, network, recorded)
  let found: Witness | undefined
  let foundIn = network
  try {
    let thorough = thoroughSizes
    for (const lengths of candidates) {
      budget.tick(operationsForSizes)
      const smaller = at(lengths)
      if (!smaller) continue
      found = witnessAt(claim, smaller, random, budget, options, thorough-- > 0)
      if (!found) continue
      if (isTooLarge(network)) foundIn = smaller
      const sizes = Object.fromEntries(free.map(({ name }, k) => [name, lengths[k]!]))
      found = { ...found, sizes }
      break
    }
    if (!found) return undefined
    // Of one entry or of all: only the latter says something about the claim.
    const { ratio: exact, ...rest } = found
    const ratio = ratioOf(claim, foundIn, random, budget, options)
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

/**
 * A counterexample at the recorded sizes among points where pieces meet: zeros, equals, constants
 * of the network, numbers of every size. For claims that random points do not refute.
 */
export const findCorner = (
  claim: ResolvedClaim,
  network: Network,
  budget: Budget,
  options: TestOptions = {},
): Witness | undefined => {
  const { free } = sizesOf(network)
  const sizes = Object.fromEntries(free.map(({ name, recorded }) => [name, recorded]))
  const sampler = samplerOf(floatDomain(), () => 0, budget)
  try {
    for (const draw of corners(claim, network, options.seed ?? seedOfClaim(claim))) {
      const point = drawn(claim, network, sampler, draw, budget, options)
      const found = point?.entry && exactly(claim, network, point, budget, options)
      if (found) return { ...found, sizes }
    }
  } catch (error) {
    if (!(error instanceof BudgetExceeded)) throw error
  }
  return undefined
}

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
    const found = exactly(claim, network, point, budget, options) ?? rounded(point)
    if (found) return { sizes: {}, ...found }
  }
  return undefined
}
