// The first look at a candidate for a repair: both sides in float64 at one random point. It only
// ever rejects; what passes is judged by the whole ladder.
import type { Work } from '../arithmetic/budget.ts'
import { NearTieError } from '../concrete/domains/domain.ts'
import { floatDomain } from '../concrete/domains/float.ts'
import { randomFrom } from '../concrete/domains/random.ts'
import { agreement, answered, realOf, tooFewDigits } from '../concrete/sample/agreement.ts'
import { atSomePoint, claimAt, drawPoint, isTooLarge, samplerOf } from '../concrete/sample/point.ts'
import { PoleError } from '../core/errors.ts'
import type { StarReading } from '../core/statement.ts'
import type { ComparedEntry } from '../evaluate/claim.ts'
import { nodeValue } from '../evaluate/world.ts'
import type { ResolvedClaim } from '../language/resolved.ts'
import type { Network } from '../network/network.ts'
import { nearest, sizesOf } from '../network/sizes.ts'

interface Looking {
  readonly reading: readonly StarReading[] | undefined
  readonly assumptions: readonly ResolvedClaim[]
}

const seed = 20_061

/** Undefined at a pole or between near ties, where nothing is seen. */
const attempt = <R>(body: () => R): R | undefined => {
  try {
    return body()
  } catch (error) {
    if (error instanceof NearTieError || error instanceof PoleError) return undefined
    throw error
  }
}

/** 0 = 0 is true and repairs nothing: ∂x/∂C is 0. */
const isZero = ({ left, right }: { left: number; right: number }) => left === 0 && right === 0

/** Apart by more than rounding explains: no other entry needs to be looked at. */
const isApart = ({ left, right }: ComparedEntry<number>): boolean =>
  Math.abs(left - right) > 1e-3 * Math.max(Math.abs(left), Math.abs(right), 1e-3)

/** What one point says of a claim; unseen: it has ties, kinks or a pole there. */
export type Look = 'may hold' | 'unseen' | 'false'

/** Longer than what a formula writes out as a number: places that it names are there. */
const enough = 10

/** What is too large to be looked at is refuted at smaller sizes too. */
const standIn = (network: Network, work: Work): Network => {
  if (!isTooLarge(network)) return network
  const sizes = sizesOf(network, 'ones stay')
  const smaller = sizes.free.map(({ recorded }) => Math.min(recorded, enough))
  return sizes.at(nearest(smaller, sizes, work)) ?? network
}

/** A point at which no unit of a layer is active says 0 = 0 of most claims. */
const mostPoints = 3

/**
 * Could these claims be true? The points are drawn once and what the network computes there is
 * kept, so a candidate costs no more than its own operations.
 */
export const quickLook = (
  network: Network,
  budget: Work,
  looking: Looking,
): ((claim: ResolvedClaim) => Look) => {
  const seen = standIn(network, budget)
  const points: ((claim: ResolvedClaim) => Look | 'vacuous')[] = []
  return (claim) => {
    for (let at = 0; at < mostPoints; at++) {
      points[at] ??= lookAt(seen, budget, looking, seed + at)
      const found = points[at]!(claim)
      if (found !== 'vacuous') return found
    }
    return 'false'
  }
}

const lookAt = (
  seen: Network,
  budget: Work,
  { reading, assumptions }: Looking,
  seed: number,
): ((claim: ResolvedClaim) => Look | 'vacuous') => {
  const random = randomFrom(seed)
  const domain = floatDomain()
  const sampler = samplerOf(domain, () => realOf(random), budget)
  const drawn = answered(() =>
    atSomePoint((how) => {
      const world = drawPoint(seen, sampler, budget, {
        ...how,
        ...(reading && { reading }),
        assumptions,
        places: true,
      })
      nodeValue(world, seen.cost)
      return { world, tied: domain.seen.ties || domain.seen.kinks }
    }, new Set()),
  )
  if (!('world' in drawn) || drawn.tied) return () => 'may hold'
  const { world } = drawn
  return (claim) => {
    domain.seen.ties = false
    domain.seen.kinks = false
    const found = answered(() =>
      attempt(() => {
        const entries: ComparedEntry<number>[] = []
        for (const entry of claimAt(claim, world).entries('skip poles')) {
          entries.push(entry)
          if (isApart(entry)) break
        }
        return { ...agreement(entries), isVacuous: entries.every(isZero) }
      }),
    )
    if (found === undefined) return 'unseen'
    if ('kind' in found) return 'false'
    if (found.isVacuous) return 'vacuous'
    if (found.digits >= tooFewDigits) return 'may hold'
    return domain.seen.ties || domain.seen.kinks ? 'unseen' : 'false'
  }
}
