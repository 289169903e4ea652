// Records a graph again: every named node and the cost, op by op, in a new graph — with leaves of
// other shapes where that is asked for.
import { asNamed, constantName, Graph, type Node, ops, topologicalOrder } from '@backprove/graph'

/** Named nodes, the cost, and all that they are made of. */
export const nodesOf = (cost: Node): Node[] =>
  topologicalOrder([...cost.graph.named.values(), cost])

export const isFed = ({ op }: Node): boolean => op === ops.input || op === ops.parameter

/**
 * Shapes of leaves, asked for where a leaf is first used, and told of every node that is recorded.
 */
export interface Lengths {
  /** Constants without a name have that which formulas give them, K^{(17)}. */
  readonly namesConstants?: boolean
  readonly shapeOf: (leaf: Node) => readonly number[]
  readonly recorded: (node: Node, copy: Node) => void
}

export const asRecorded: Lengths = { shapeOf: ({ shape }) => shape, recorded: () => {} }

/**
 * The cost of a copy of its graph, names and users' activations included.
 * @throws what recording throws, where other lengths make an op invalid
 */
export const copyGraph = (cost: Node, lengths: Lengths = asRecorded): Node => {
  const { ties, reluAtZero } = cost.graph
  const graph = new Graph({ ties, reluAtZero })
  const copies = new Map<Node, Node>()
  const copyOf = (node: Node): Node => {
    const known = copies.get(node)
    if (known) return known
    const args = node.args.map(copyOf)
    const shape = isFed(node) ? lengths.shapeOf(node) : node.shape
    const params = isFed(node) ? { ...node.params, shape: [...shape] } : node.params
    const copy = graph.recordingFor(node, () => graph.record(node.op, args, params))
    copies.set(node, copy)
    lengths.recorded(node, copy)
    for (const name of node.graph.namesOf(node)) copy.as(name.text, asNamed(name))
    const number = lengths.namesConstants ? constantName(node) : undefined
    if (number !== undefined) copy.as(number)
    const application = node.graph.applicationOf(node)
    const argument = application && copies.get(application.argument)
    if (application && argument) graph.registerApplication(copy, { ...application, argument })
    return copy
  }
  const nodes = nodesOf(cost)
  // Leaves last: some of their lengths are what other nodes come to.
  for (const node of nodes) if (!isFed(node)) copyOf(node)
  for (const node of nodes) copyOf(node)
  const copied = copies.get(cost)!
  origins.set(copied, originOf(cost))
  return copied
}

const origins = new WeakMap<Node, Node>()

/** What a cost is a copy of, or a copy of a copy. */
export const originOf = (cost: Node): Node => origins.get(cost) ?? cost
