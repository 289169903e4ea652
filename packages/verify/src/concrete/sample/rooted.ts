// Leaves whose roots and logarithms a network takes, v of √(v + ε): of many of both signs hardly a
// point is one at which all have values, as of the variances of a batch normalisation.
import { type Node, ops, topologicalOrder } from '@backprove/graph'
import type { Network } from '../../network/network.ts'
import { constantIn, type Domain } from '../domains/domain.ts'

const known = new WeakMap<Network, ReadonlyMap<Node, number>>()

const constantOf = ({ op, params }: Node): number | undefined => {
  if (op !== ops.constant) return undefined
  const [first, ...others] = new Set((params as { data: Float64Array }).data)
  return others.length === 0 && first! >= 0 ? first : undefined
}

/** The leaf v of v + ε, and ε. */
const leafOf = (node: Node): readonly (readonly [leaf: Node, added: number])[] => {
  const { op, args } = node
  if (op.traits?.leaf) return op === ops.constant ? [] : [[node, 0]]
  if (op.traits?.movesOnly) return leafOf(args[0]!)
  if (op !== ops.add) return []
  return args.flatMap((each, k) => {
    const added = constantOf(args[1 - k]!)
    return added === undefined
      ? []
      : leafOf(each).map(([leaf, more]) => [leaf, more + added] as const)
  })
}

const rootedOf = (network: Network): ReadonlyMap<Node, number> => {
  const found = known.get(network)
  if (found) return found
  const leaves = new Map<Node, number>()
  for (const { op, args } of topologicalOrder([network.cost])) {
    if (op !== ops.sqrt && op !== ops.log) continue
    for (const [leaf, added] of leafOf(args[0]!))
      leaves.set(leaf, Math.min(added, leaves.get(leaf) ?? added))
  }
  known.set(network, leaves)
  return leaves
}

/** What was drawn for a leaf, where v + ε is positive: of negative v some are just below 0. */
export const asRooted = <T>(
  leaf: Node,
  drawn: readonly T[],
  network: Network,
  domain: Domain<T>,
): readonly T[] => {
  const added = rootedOf(network).get(leaf)
  if (added === undefined) return drawn
  return drawn.map((value, k) => {
    const real = domain.real(value)
    if (real >= 0) return value
    const isBelow = added > 0 && k % 2 === 0
    const least = 2 ** Math.ceil(Math.log2(-real))
    return isBelow
      ? domain.multiply(value, constantIn(domain, added / (2 * least)))
      : domain.negate(value)
  })
}
