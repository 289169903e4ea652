// Where float64 sees both sides agree: the first entry at which fifty digits see that they do not.
import type { Budget } from '../../arithmetic/budget.ts'
import { exactRational } from '../../core/exact.ts'
import type { ResolvedClaim } from '../../language/resolved.ts'
import type { Network } from '../../network/network.ts'
import { differPrecisely, losing, preciseDomain, withMoreDigits } from '../domains/precise.ts'
import { type Gap, realOf } from './agreement.ts'
import { atSomePoint, claimAt, drawPoint, samplerOf, type TestOptions } from './point.ts'

/**
 * At one random point; undefined where all entries agree, or the point has ties or kinks; ‘lost’
 * where e^{-2000} is nothing beside 1 in hundreds of digits too.
 */
export const nearMiss = (...given: Parameters<typeof missAt>): Gap | 'lost' | undefined => {
  const few = losing(() => missAt(...given))
  if (few.found || !few.isLost) return few.found
  const many = losing(() => withMoreDigits(() => missAt(...given)))
  return many.found ?? (many.isLost ? 'lost' : undefined)
}

const missAt = (
  claim: ResolvedClaim,
  network: Network,
  random: () => number,
  budget: Budget,
  options: TestOptions,
): Gap | undefined => {
  const domain = preciseDomain()
  const draw = () => domain.fromRational(exactRational(realOf(random)))
  const sampler = samplerOf(domain, draw, budget)
  return atSomePoint((how) => {
    const world = drawPoint(network, sampler, budget, { ...options, ...how })
    for (const { link, entry, left, right } of claimAt(claim, world).entries()) {
      if (!differPrecisely(left, right)) continue
      const { ties, kinks } = domain.seen
      if (ties || kinks) return undefined
      return { link, entry, left: domain.real(left), right: domain.real(right) }
    }
    return undefined
  }, new Set())
}
