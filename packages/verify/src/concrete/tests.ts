// Claims tested at the recorded shapes: an identity test modulo random primes, and float64.
import { grad, type Node } from '@backprove/graph'
import { type Budget, BudgetExceeded } from '../arithmetic/budget.ts'
import type { ResolvedClaim } from '../language/resolved.ts'
import { childNodes } from '../language/walk.ts'
import { leavesOf, type Network } from '../network/network.ts'
import { ConcreteError, PoleError, ShapesError, type Tensor } from './domain.ts'
import { floatDomain } from './float.ts'
import {
  atSomePoint,
  claimAt,
  drawPoint,
  type Exclusion,
  type Sampler,
  samplerOf,
  type TestOptions,
} from './point.ts'
import { random61, randomFrom, randomPrime, seedOf, uniform } from './random.ts'
import { type Residue, type ResidueDomain, residueDomain } from './residue.ts'
import { nodeValue } from './world.ts'

export type TestResult =
  | {
      readonly kind: 'agrees'
      readonly method: 'identity-test' | 'float64'
      /** That the claim is false all the same, over the choice of primes and points. */
      readonly errorBound?: number
      readonly digits: number
      readonly points: number
      readonly excluded: readonly Exclusion[]
      readonly why: string
    }
  | {
      readonly kind: 'differs'
      readonly link: number
      readonly entry: readonly number[]
      readonly left: number
      readonly right: number
      /** Every right over its left, where that is the same number for all entries. */
      readonly ratio?: number
      readonly why: string
    }
  | { readonly kind: 'shapes'; readonly shapes: readonly [left: string, right: string] }
  | { readonly kind: 'unable'; readonly why: string }

const largestDigits = 15
const enoughDigits = 9
const tooFewDigits = 6

/** The default seed: from the claim, without the places where it is written. */
export const seedOfClaim = (claim: ResolvedClaim): number =>
  seedOf(
    JSON.stringify(claim, (key, value) =>
      key === 'span' ? undefined : typeof value === 'bigint' ? `${value}` : value,
    ),
  )

interface Gap {
  readonly link: number
  readonly entry: readonly number[]
  readonly left: number
  readonly right: number
}

/** How two lists of numbers agree. */
interface Agreement {
  readonly digits: number
  readonly worst: Gap | undefined
  readonly ratio: number | undefined
}

/** Relative to the entry, or to a thousandth of the largest: sums of cancelling terms lose digits. */
const agreement = (gaps: readonly Gap[]): Agreement => {
  const scale = gaps.reduce((s, { left, right }) => Math.max(s, Math.abs(left), Math.abs(right)), 0)
  let error = 0
  let worst: Gap | undefined
  let ratio: number | undefined
  let isConstant = true
  for (const gap of gaps) {
    const { left, right } = gap
    if (!Number.isFinite(left) || !Number.isFinite(right)) throw new PoleError('no number')
    const size = Math.max(Math.abs(left), Math.abs(right), scale * 1e-3, 1e-300)
    const own = Math.abs(left - right) / size
    if (own > error) [error, worst] = [own, gap]
    if (Math.abs(left) < scale * 1e-6) isConstant &&= Math.abs(right) < scale * 1e-6
    else {
      ratio ??= right / left
      isConstant &&= Math.abs(right / left - ratio) < 1e-8 * Math.abs(ratio)
    }
  }
  const digits = error === 0 ? largestDigits : Math.min(largestDigits, -Math.log10(error))
  return { digits: Math.max(0, digits), worst, ratio: isConstant ? ratio : undefined }
}

/** Errors that are answers. @throws anything else */
export const answered = <R>(
  body: () => R,
): R | Extract<TestResult, { kind: 'shapes' | 'unable' }> => {
  try {
    return body()
  } catch (error) {
    if (error instanceof ShapesError) return { kind: 'shapes', shapes: error.shapes }
    if (error instanceof ConcreteError) return { kind: 'unable', why: error.message }
    if (error instanceof BudgetExceeded) return { kind: 'unable', why: error.message }
    throw error
  }
}

/** A real number away from 0, of either sign. */
const realOf = (random: () => number): number => {
  const size = uniform(random, 0.2, 1.4)
  return random() & 1 ? size : -size
}

const primesUsed = 2

interface ModularRun {
  readonly gaps: readonly Gap[]
  readonly mismatch: Gap | undefined
  readonly degree: number
  readonly calls: number
  readonly tied: boolean
}

const runModular = (
  claim: ResolvedClaim,
  network: Network,
  sampler: Sampler<Residue>,
  budget: Budget,
  options: TestOptions,
): ModularRun => {
  const domain = sampler.domain as ResidueDomain
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
  const { ties, kinks } = domain.seen
  return { gaps, mismatch, degree, calls: domain.calls(), tied: ties || kinks }
}

/**
 * The chance that a false claim passes at one random point modulo one random prime: that a polynomial
 * of the claim's degree vanishes (Schwartz and Zippel), that two arguments of functions collide, or
 * that the prime divides all coefficients.
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
    let bound = 1
    let digits = largestDigits
    for (let k = 0; k < primesUsed; k++) {
      const domain = residueDomain(randomPrime(random), random())
      const draw = () => domain.leaf(random61(random), realOf(random))
      const sampler = samplerOf(domain, draw, budget)
      const isUsable = (run: ModularRun) => !run.mismatch || !run.tied
      const run = atSomePoint(
        () => runModular(claim, network, sampler, budget, options),
        excluded,
        isUsable,
      )
      if (run.gaps.length === 0) return { kind: 'unable', why: 'there is no entry to compare' }
      const found = agreement(run.gaps)
      if (run.mismatch) return mismatched(run, found)
      digits = Math.min(digits, found.digits)
      bound *= boundOf(run, JSON.stringify(claim, bigintText).length)
    }
    if (digits < tooFewDigits)
      return { kind: 'unable', why: 'equal modulo random primes, but not in float64' }
    if (bound > largestBound)
      return { kind: 'unable', why: `the degrees are too high: error bound ${bound}` }
    for (const what of maskExclusions(claim, network)) excluded.add(what)
    return {
      kind: 'agrees',
      method: 'identity-test',
      errorBound: bound,
      digits: Math.floor(digits),
      points: primesUsed,
      excluded: [...excluded],
      why: `every entry agrees modulo ${primesUsed} random primes of 61 bits, and in float64`,
    }
  })

const bigintText = (_key: string, value: unknown): unknown =>
  typeof value === 'bigint' ? `${value}` : value

const mismatched = (run: ModularRun, { digits, worst, ratio }: Agreement): TestResult => {
  if (run.tied)
    return { kind: 'unable', why: 'every point has ties or kinks, where policies decide' }
  // What opaque functions hide may be a law of theirs: e^x e^y = e^{x+y}.
  if (digits >= enoughDigits && run.calls > 0)
    return { kind: 'unable', why: 'it needs laws of functions that are opaque modulo a prime' }
  const gap = digits >= enoughDigits ? run.mismatch! : worst!
  return {
    kind: 'differs',
    ...gap,
    ...(ratio !== undefined && { ratio }),
    why: 'the sides differ modulo a random prime',
  }
}

/** Ties and kinks are excluded where the claim or the network could meet them. */
const maskExclusions = (claim: ResolvedClaim, network: Network): Exclusion[] => {
  const kinds = new Set<string>()
  const visit = (node: object): void => {
    for (const child of childNodes<{ kind: string; word?: string }>(node)) {
      kinds.add(child.kind)
      if (child.word) kinds.add(child.word)
      visit(child)
    }
  }
  visit(claim)
  const nodes = new Set<string>()
  for (const node of reachable(network)) nodes.add(node.op.name)
  const has = (set: ReadonlySet<string>, words: readonly string[]) => words.some((w) => set.has(w))
  const ties =
    has(kinds, ['extremum', 'first', 'winner']) || [...nodes].some((n) => /^(max|median)/.test(n))
  const kinks =
    has(kinds, ['relu', 'abs', 'sign']) || has(nodes, ['relu', 'leakyRelu', 'elu', 'abs', 'where'])
  const poles =
    has(kinds, ['quotient', 'log', 'sqrt']) || has(nodes, ['l2Pool2d', 'div', 'log', 'sqrt'])
  return [
    ...(ties ? ['ties' as const] : []),
    ...(kinks ? ['kinks' as const] : []),
    ...(poles ? ['poles' as const] : []),
  ]
}

const reachable = ({ cost, nodes }: Network): Set<Node> => {
  const found = new Set<Node>()
  const waiting = [cost, ...nodes.values()]
  for (let node = waiting.pop(); node; node = waiting.pop()) {
    if (found.has(node)) continue
    found.add(node)
    waiting.push(...node.args)
  }
  return found
}

const floatPoints = 3

/**
 * Rung 4: float64 at several points off ties, kinks and poles, and the gradient that the claim is
 * compared with against central differences of the cost.
 */
export const numericTest = (
  claim: ResolvedClaim,
  network: Network,
  budget: Budget,
  options: TestOptions = {},
): TestResult =>
  answered<TestResult>(() => {
    const random = randomFrom((options.seed ?? seedOfClaim(claim)) ^ 0x5bd1e995)
    const excluded = new Set<Exclusion>()
    const domain = floatDomain()
    const sampler = samplerOf(domain, () => realOf(random), budget)
    let digits = largestDigits
    let difference: Agreement | undefined
    for (let k = 0; k < floatPoints; k++) {
      const found = atSomePoint(
        () => {
          const world = drawPoint(network, sampler, budget, options)
          const gaps = [...claimAt(claim, world).entries()]
          const tied = domain.seen.ties || domain.seen.kinks
          return { world, agrees: agreement(gaps), count: gaps.length, tied }
        },
        excluded,
        ({ tied, agrees }) => !tied || agrees.digits >= enoughDigits,
      )
      if (found.count === 0) return { kind: 'unable', why: 'there is no entry to compare' }
      if (found.agrees.digits < enoughDigits && found.tied)
        return { kind: 'unable', why: 'every point has ties or kinks, where policies decide' }
      if (found.agrees.digits < digits) difference = found.agrees
      digits = Math.min(digits, found.agrees.digits)
      if (!gradientHolds(network, found.world.values, sampler, random))
        return { kind: 'unable', why: 'the gradient disagrees with central differences' }
    }
    if (digits < tooFewDigits) {
      const { worst, ratio } = difference!
      return {
        kind: 'differs',
        ...worst!,
        ...(ratio !== undefined && { ratio }),
        why: `the sides agree to ${Math.floor(digits)} digits only`,
      }
    }
    if (digits < enoughDigits)
      return {
        kind: 'unable',
        why: `float64 leaves open whether ${digits.toFixed(1)} digits are all`,
      }
    for (const what of maskExclusions(claim, network)) excluded.add(what)
    return {
      kind: 'agrees',
      method: 'float64',
      digits: Math.floor(digits),
      points: floatPoints,
      excluded: [...excluded],
      why:
        `float64 at ${floatPoints} points, and central differences of the cost; ` +
        `a relative error below 1e-${Math.floor(digits)} could hide`,
    }
  })

const differenceDigits = 4

/** (C(x + hd) − C(x − hd)) / 2h against ∇C · d, along one random direction of all leaves. */
const gradientHolds = (
  network: Network,
  values: ReadonlyMap<Node, Tensor<number>>,
  sampler: Sampler<number>,
  random: () => number,
): boolean => {
  const { cost } = network
  const leaves = leavesOf(network).filter((leaf) => values.has(leaf))
  const directions = new Map(
    leaves.map((leaf) => [leaf, values.get(leaf)!.data.map(() => uniform(random, -1, 1))]),
  )
  const world = (step: number) => {
    const moved = leaves.map((leaf): [Node, Tensor<number>] => {
      const { shape, data } = values.get(leaf)!
      return [leaf, { shape, data: data.map((x, k) => x + step * directions.get(leaf)![k]!) }]
    })
    return { ...sampler, values: new Map(moved) }
  }
  const costAt = (step: number): number => read(world(step), cost)[0]!
  const here = world(0)
  const slope = grad(cost, leaves).reduce((sum, gradient, k) => {
    const direction = directions.get(leaves[k]!)!
    return sum + read(here, gradient).reduce((s, g, at) => s + g * direction[at]!, 0)
  }, 0)
  return [1e-5, 1e-6, 1e-7].some((h) => {
    try {
      const quotient = (costAt(h) - costAt(-h)) / (2 * h)
      const scale = Math.max(Math.abs(slope), Math.abs(quotient), 1)
      return Math.abs(quotient - slope) < scale * 10 ** -differenceDigits
    } catch (error) {
      if (error instanceof Error && /Tie|Pole/.test(error.name)) return false
      throw error
    }
  })
}

const read = (
  world: { readonly values: Map<Node, Tensor<number>> } & Sampler<number>,
  node: Node,
): readonly number[] => nodeValue(world, node).data
