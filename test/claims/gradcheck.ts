// What PyTorch's `torch.autograd.gradcheck` compares, by its published formula and defaults: an
// analytical gradient against central differences in float64. PyTorch itself is not needed.
import { evaluate, type Node } from '@backprove/graph'

type Feeds = Readonly<Record<string, Float64Array>>

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
