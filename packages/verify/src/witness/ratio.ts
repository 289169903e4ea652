// A constant factor between two sides, as an exact fraction.
import type { Budget } from '../arithmetic/budget.ts'
import { formatRational, rational } from '../arithmetic/rational.ts'
import { floatDomain } from '../concrete/domains/float.ts'
import type { Random } from '../concrete/domains/random.ts'
import { claimAt, drawPoint, samplerOf, type TestOptions } from '../concrete/sample/point.ts'
import type { ResolvedClaim } from '../language/resolved.ts'
import type { Network } from '../network/network.ts'
import { attempt } from './at-point.ts'
import { smallNumber } from './spreads.ts'

const nearness = 1e-9

/** The simplest fraction near a number; undefined where none is simple. */
export const fractionNear = (value: number): string | undefined =>
  simplest(value, 1000, (near) => Math.abs(near - value) <= nearness * Math.max(1, Math.abs(value)))

/** The fraction that is rounded to this very number: 1/1000003. */
export const fractionAt = (value: number): string | undefined =>
  Number.isSafeInteger(value) ? `${value}` : simplest(value, 1e7, (near) => near === value)

/** By continued fractions. */
const simplest = (
  value: number,
  largestDenominator: number,
  isNear: (fraction: number) => boolean,
): string | undefined => {
  if (!Number.isFinite(value)) return undefined
  let [p, q, pBefore, qBefore] = [1, 0, 0, 1]
  let rest = value
  for (let step = 0; step < 20; step++) {
    const whole = Math.floor(rest)
    ;[p, pBefore] = [whole * p + pBefore, p]
    ;[q, qBefore] = [whole * q + qBefore, q]
    if (q > largestDenominator) return undefined
    if (isNear(p / q)) return formatRational(rational(p, q))
    rest = 1 / (rest - whole)
  }
  return undefined
}

/** The ratio of the sides at two points, where it is one number for all entries of both. */
export const ratioOf = (
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
