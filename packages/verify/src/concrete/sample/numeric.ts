// Rung 4: float64, with central differences of the cost as a witness of their own.
import { grad, type Node } from '@backprove/graph'
import type { Budget } from '../../arithmetic/budget.ts'
import { nodeValue } from '../../evaluate/world.ts'
import type { ResolvedClaim } from '../../language/resolved.ts'
import { leavesOf, type Network } from '../../network/network.ts'
import type { Tensor } from '../domains/domain.ts'
import { floatDomain } from '../domains/float.ts'
import { randomFrom, uniform } from '../domains/random.ts'
import {
  type Agreement,
  agreement,
  answered,
  enoughDigits,
  largestDigits,
  realOf,
  seedOfClaim,
  type TestResult,
  tiedEverywhere,
  tooFewDigits,
} from './agreement.ts'
import { maskExclusions } from './exclusions.ts'
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
import { asksPolicy, certainDifference } from './policy.ts'
import { isPlace, pointsOf } from './valid-places.ts'

const floatPoints = 3
/** Points that meet assumptions may be few and special. */
const assumedPoints = 10

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
    const evidence = witnesses()
    const domain = floatDomain()
    const sampler = samplerOf(domain, () => realOf(random), budget)
    let digits = largestDigits
    let untied = false
    let difference: Agreement | undefined
    const points = options.assumptions?.length ? assumedPoints : floatPoints
    for (const at of pointsOf(network, points)) {
      const found = atSomePoint(
        (how) => {
          const world = drawPoint(network, sampler, budget, { ...options, ...at, ...how })
          const gaps = [...claimAt(claim, world).entries()]
          const agrees = agreement(gaps)
          const isTied = (domain.seen.ties || domain.seen.kinks) && asksPolicy(claim, network)
          const differs = agrees.digits < enoughDigits
          const tied = isTied && !(differs && certainDifference(claim, world, differsInFloat))
          return { world, agrees, count: gaps.length, tied, bent: !domain.seen.ties }
        },
        excluded,
        ({ tied, agrees, bent }) =>
          evidence.accepts({ tied, differs: agrees.digits < enoughDigits, bent }),
      )
      if (found.count === 0) return { kind: 'unable', why: 'there is no entry to compare' }
      if (found.agrees.digits < enoughDigits && found.tied)
        return { kind: 'unable', why: tiedEverywhere }
      if (found.agrees.digits < digits) difference = found.agrees
      digits = Math.min(digits, found.agrees.digits)
      untied ||= !found.tied
      if (!gradientHolds(network, found.world.values, sampler, random))
        return { kind: 'unable', why: 'the gradient disagrees with central differences' }
    }
    if (evidence.contradict()) return { kind: 'unable', why: tiedEverywhere }
    if (digits < tooFewDigits) {
      const { worst, ratio } = difference!
      return {
        kind: 'differs',
        ...worst!,
        ...(ratio !== undefined && { ratio }),
        why: `the sides agree to ${Math.floor(digits)} digits only`,
      }
    }
    const miss = digits < enoughDigits ? 'lost' : nearMiss(claim, network, random, budget, options)
    if (miss === 'lost')
      return {
        kind: 'unable',
        why: `float64 leaves open whether ${digits.toFixed(1)} digits are all`,
      }
    if (miss)
      return { kind: 'differs', ...miss, why: 'the sides differ, by little, in fifty digits' }
    for (const what of maskExclusions(claim, network)) excluded.add(what)
    return {
      kind: 'agrees',
      method: 'float64',
      digits: Math.floor(digits),
      points,
      untied,
      excluded: [...excluded],
      why:
        `float64 at ${points} points, and central differences of the cost; ` +
        `a relative error below 1e-${Math.floor(digits)} could hide`,
    }
  })

const differsInFloat = (a: number, b: number): boolean =>
  Math.abs(a - b) > 1e-9 * Math.max(1e-3, Math.abs(a), Math.abs(b))

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
    leaves.map((leaf) => {
      // A place does not move: beside it nothing is read.
      const move = () => (isPlace(leaf, network) ? 0 : uniform(random, -1, 1))
      return [leaf, values.get(leaf)!.data.map(move)]
    }),
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
  const slope = grad(cost, leaves, { unused: 'zero' }).reduce((sum, gradient, k) => {
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
