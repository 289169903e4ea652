// What PyTorch's `torch.autograd.gradcheck` compares, by its published formula and defaults: an
// analytical gradient against central differences in float64. PyTorch itself is not needed.
import { evaluate, type Node } from '@backprove/graph'

type Feeds = Readonly<Record<string, Float64Array>>

/** Values in (−1, 1) for leaves of the given counts, the same for the same seed. */
export const drawnFeeds = <Leaf extends string>(
  counts: Readonly<Record<Leaf, number>>,
  seed: number,
): Record<Leaf, Float64Array> => {
  let state = seed
  const drawn = () => {
    state = (state * 16_807) % 2_147_483_647
    return (2 * state) / 2_147_483_647 - 1
  }
  const drawnOf = (count: number) => Float64Array.from({ length: count }, drawn)
  return Object.fromEntries(
    Object.entries<number>(counts).map(([leaf, count]) => [leaf, drawnOf(count)]),
  ) as Record<Leaf, Float64Array>
}

/** |a − n| ≤ atol + rtol |n| for every entry; eps is the step of the differences. */
export const gradcheckDefaults = { eps: 1e-6, atol: 1e-5, rtol: 1e-3 } as const

/** (C(x + eps) − C(x − eps)) / 2 eps for every entry of a leaf. */
export const centralDifferences = (cost: Node, leaf: string, feeds: Feeds): Float64Array => {
  const { eps } = gradcheckDefaults
  const at = (k: number, step: number): number => {
    const moved = Float64Array.from(feeds[leaf]!)
    moved[k]! += step
    return evaluate(cost, { ...feeds, [leaf]: moved })[0]!
  }
  return feeds[leaf]!.map((_, k) => (at(k, eps) - at(k, -eps)) / (2 * eps))
}

/** Whether gradcheck would let the gradient pass. */
export const gradcheckPasses = (
  cost: Node,
  leaf: string,
  gradient: ArrayLike<number>,
  feeds: Feeds,
): boolean => {
  const { atol, rtol } = gradcheckDefaults
  return centralDifferences(cost, leaf, feeds).every(
    (numerical, k) => Math.abs(gradient[k]! - numerical) <= atol + rtol * Math.abs(numerical),
  )
}
