// What a claim may speak of: the nodes of a recorded graph by name, in a copy that verification may
// add derivatives to. No claim is read here.
import {
  type ArrayName,
  type Graph,
  letteredAxes,
  type Node,
  ops,
  topologicalOrder,
} from '@backprove/graph'
import type { Scope, ScopeName } from '../language/resolved.ts'
import { copyGraph, type Lengths } from './copy.ts'

export interface Network {
  readonly cost: Node
  readonly graph: Graph
  /** By bare name. */
  readonly nodes: ReadonlyMap<string, Node>
  readonly scope: Scope
}

/** The axes of a node that its name's letters stand for; all of them without letters. */
const visibleAxes = (node: Node, letters: readonly string[]): number[] =>
  (letters.length > 0 ? letteredAxes(node.shape, letters.length) : undefined) ?? [
    ...node.shape.keys(),
  ]

const scopeName = (
  node: Node,
  { bare, base, tag, letters }: ArrayName,
  inCost: ReadonlySet<Node>,
): ScopeName => {
  const shape = visibleAxes(node, letters).map((axis) => node.shape[axis]!)
  const role = node.op.traits?.leaf ? 'leaf' : inCost.has(node) ? 'interior' : 'beside'
  return { name: bare, base, tag, letters, rank: shape.length, shape, role }
}

/** Letters that stand for sizes, by the axis of an array that they are the length of. */
export type SizeLetters = NonNullable<Scope['sizes']>

/**
 * Every name of the cost's graph. A lettered array has the axes of its letters only: `[3,1,3,3]`
 * lettered kij is an array of rank 3. Names that the cost does not depend on are there too (y of
 * logits z and cost crossEntropy(z, t)).
 */
export const scopeOf = (cost: Node, sizes?: SizeLetters): Scope => {
  const { graph } = cost
  const inCost = new Set(topologicalOrder([cost]))
  const names = [...graph.named].flatMap(([bare, node]) => {
    const name = graph.namesOf(node).find((each) => each.bare === bare)
    return name ? [scopeName(node, name, inCost)] : []
  })
  return {
    names,
    ...(cost.name !== undefined && { costName: cost.name }),
    ...(sizes && { sizes }),
  }
}

const describe = (cost: Node, sizes?: SizeLetters): Network => ({
  cost,
  graph: cost.graph,
  nodes: cost.graph.named,
  scope: scopeOf(cost, sizes),
})

/** The network of a cost, in a graph of its own; `lengths` gives leaves other shapes. */
export const networkOf = (cost: Node, sizes?: SizeLetters, lengths?: Lengths): Network =>
  describe(copyGraph(cost, lengths), sizes)

/** Inputs and parameters of the network, in the order in which they were recorded. */
export const leavesOf = ({ nodes }: Network): Node[] =>
  [...new Set(nodes.values())]
    .filter(({ op }) => op.traits?.leaf && op !== ops.constant)
    .sort((a, b) => a.id - b.id)
