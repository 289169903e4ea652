// Kinks that are no accident: where everything moves a little and they are still there, the policy
// of the graph decides for good, and a difference there is one of the claim.

import { NearTieError } from '../concrete/domains/domain.ts'
import { claimAt, drawPoint, numbersAt, type TestOptions } from '../concrete/sample/point.ts'
import { ConcreteError, PoleError } from '../core/errors.ts'
import type { ComparedEntry } from '../evaluate/claim.ts'
import type { World } from '../evaluate/world.ts'
import type { ResolvedClaim } from '../language/resolved.ts'

type Entry = ComparedEntry<number>

/** By how much, relative to the number or 1: each by another multiple, no two moves alike. */
const moves = [2 ** -14, -(2 ** -15), 3 * 2 ** -17] as const

const keyOf = ({ link, entry }: Entry): string => `${link}: ${entry.join()}`

/** One of these entries that differs beside the point too, wherever that is looked at. */
export const lastingDifference = (
  claim: ResolvedClaim,
  world: World<number>,
  found: readonly Entry[],
  differs: (entry: Entry) => boolean,
  options: TestOptions,
): Entry | undefined => {
  const { network, domain, interpreter, budget } = world
  const point = [...numbersAt(world).values()].flat()
  let left = found
  for (const move of moves) {
    if (left.length === 0) return undefined
    let at = 0
    const draw = () => {
      const value = point[at++] ?? 1
      // 1 + √2 k has no multiple that is whole: sums and products of moves do not meet either.
      return value + move * Math.max(1, Math.abs(value)) * (1 + ((Math.SQRT2 * at) % 1))
    }
    try {
      const beside = drawPoint(network, { domain, interpreter, draw }, budget, options)
      const entries = [...claimAt(claim, beside).entries('skip poles')]
      const differing = new Set(entries.filter(differs).map(keyOf))
      left = left.filter((each) => differing.has(keyOf(each)))
    } catch (error) {
      if (error instanceof NearTieError || error instanceof PoleError) return undefined
      if (error instanceof ConcreteError) return undefined
      throw error
    }
  }
  return left[0]
}
