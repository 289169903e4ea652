// Whether an equation holds at a point by rounding alone: σ(40) is no 1.
import type { World } from '../../evaluate/world.ts'
import type { ResolvedClaim } from '../../language/resolved.ts'
import type { Domain } from '../domains/domain.ts'
import { entriesOf, heldBy, isEquation, type Leaves, leavesOf, withLeaves } from './assumed.ts'

/**
 * σ(40) is 1 only when rounded: an equation that did not hold before, and holds beside the point
 * that was found as well, does not hold.
 */
export const isRounded = <T>(
  equations: readonly ResolvedClaim[],
  before: World<T>,
  world: World<T>,
): boolean => {
  const beside = withLeaves(world, moved(leavesOf(world), world.domain))
  return equations.some((equation) => {
    const holds = [before, world, beside].map((each) => heldBy(equation, each))
    const [first, found, near] = holds as [boolean[], boolean[], boolean[]]
    return found.some((isHeld, k) => isHeld && !first[k] && near[k])
  })
}

/** Every number a little larger, no two by the same. */
const moved = <T>(leaves: Leaves<T>, { add, fromRational }: Domain<T>): Leaves<T> => {
  let count = 0n
  const little = () => fromRational({ numerator: 64n + (++count % 32n), denominator: 4096n })
  return new Map(
    [...leaves].map(([leaf, { shape, data }]) => [
      leaf,
      { shape, data: data.map((value) => add(value, little())) },
    ]),
  )
}

/** Relative to the sides: more than rounding makes of what is equal. */
const apart = 1e-6

/** e^{-96} x = e^{-96} t is near 0 = 0 whatever x and t are: a point of that kind shows nothing. */
export const holdsByRounding = (
  assumptions: readonly ResolvedClaim[],
  world: World<number>,
): boolean => {
  const equations = assumptions.filter(isEquation)
  if (equations.length === 0) return false
  const beside = withLeaves(world, moved(leavesOf(world), world.domain))
  return equations.some((equation) => {
    const near = heldBy(equation, beside)
    return [...entriesOf(equation, world)].some(
      ({ left, right }, k) =>
        near[k] && Math.abs(left - right) > apart * Math.max(Math.abs(left), Math.abs(right)),
    )
  })
}
