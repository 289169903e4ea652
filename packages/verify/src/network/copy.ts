// Records a graph again: every named node and the cost, op by op, in a new graph — with leaves of
// other shapes where that is asked for.
import { Graph, type Node, ops, topologicalOrder } from '@backprove/graph'

/** Named nodes, the cost, and all that they are made of. */
export const nodesOf = (cost: Node): Node[] =>
  topologicalOrder([...cost.graph.named.values(), cost])

const isFed = ({ op }: Node): boolean => op === ops.input || op === ops.parameter

/**
 * The cost of a copy of its graph, names and users' activations included.
 * @throws what recording throws, where `lengths` make an op invalid
 */
export const copyGraph = (cost: Node, lengths?: ReadonlyMap<Node, readonly number[]>): Node => {
  const { ties, reluAtZero } = cost.graph
  const graph = new Graph({ ties, reluAtZero })
  const copies = new Map<Node, Node>()
  for (const node of nodesOf(cost)) {
    const args = node.args.map((arg) => copies.get(arg)!)
    const shape = lengths?.get(node) ?? node.shape
    const params = isFed(node) ? { ...node.params, shape: [...shape] } : node.params
    const copy = graph.recordingFor(node, () => graph.record(node.op, args, params))
    copies.set(node, copy)
    for (const { text } of node.graph.namesOf(node)) copy.as(text)
    const application = node.graph.applicationOf(node)
    const argument = application && copies.get(application.argument)
    if (application && argument) graph.registerApplication(copy, { ...application, argument })
  }
  return copies.get(cost)!
}
