// Whether two sides differ by more than rounding does, where both may be small.
import type { World } from '../evaluate/world.ts'

/** Relative to the sides: more than rounding. */
const apart = 1e-3

/** What rounding leaves of products of two numbers of the point. */
export const noiseOf = ({ values }: World<number>): number => {
  const most = Math.max(1, ...[...values.values()].flatMap(({ data }) => data.map(Math.abs)))
  return 1e-12 * most * most
}

/** relu(10^{-9} − (x − 1/3)^2) is apart from 0 where it is 10^{-9}. */
export const areApart = (left: number, right: number, noise: number): boolean => {
  const [gap, size] = [Math.abs(left - right), Math.max(Math.abs(left), Math.abs(right))]
  return gap > apart * Math.max(1, size) || (gap > apart * size && gap > noise)
}
