// Whether a claim says something at the recorded sizes: a point at which every entry of every side
// is a number, sought where roots and logarithms of many numbers have values at once.
import type { Budget } from '../../arithmetic/budget.ts'
import { PoleError } from '../../core/errors.ts'
import type { ResolvedClaim } from '../../language/resolved.ts'
import type { Network } from '../../network/network.ts'
import { NearTieError } from '../domains/domain.ts'
import { floatDomain } from '../domains/float.ts'
import { randomFrom } from '../domains/random.ts'
import { agreement, answered, realOf, seedOfClaim } from './agreement.ts'
import { claimAt, drawPoint, samplerOf, type TestOptions } from './point.ts'

/** Of both signs, or of one: √x, log(1 − x) and log log x. */
const draws: readonly ((real: number) => number)[] = [
  (real) => real,
  Math.abs,
  (real) => -Math.abs(real),
  (real) => 0.4 * Math.abs(real),
  (real) => 8 * Math.abs(real),
]
const pointsForOneDraw = 3

/** Undefined where it could not be looked at. */
export const hasValueSomewhere = (
  claim: ResolvedClaim,
  network: Network,
  budget: Budget,
  options: TestOptions,
): boolean | undefined => {
  const random = randomFrom(seedOfClaim(claim) ^ 0x85ebca6b)
  const isAt = (draw: (real: number) => number): boolean => {
    const sampler = samplerOf(floatDomain(), () => draw(realOf(random)), budget)
    try {
      const gaps = [...claimAt(claim, drawPoint(network, sampler, budget, options)).entries()]
      return agreement(gaps).digits >= 0
    } catch (error) {
      if (error instanceof NearTieError || error instanceof PoleError) return false
      throw error
    }
  }
  const found = answered(() =>
    draws.some((draw) => Array.from({ length: pointsForOneDraw }).some(() => isAt(draw))),
  )
  return typeof found === 'boolean' ? found : undefined
}
