// A node: one value of a graph, immutable. Everything that can change about it (names) is the
// graph's.
import type { ArrayName } from './names.ts'
import type { Op } from './op.ts'
import type { Shape } from './shape.ts'
import { type Trace, userLine } from './source-line.ts'

/** What a node needs of the graph that recorded it. */
export interface NodeGraph {
  namesOf(node: Node): readonly ArrayName[]
  registerName(node: Node, name: string): void
}

export interface NodeParts<G extends NodeGraph = NodeGraph> {
  readonly id: number
  readonly op: Op
  readonly args: readonly Node[]
  readonly params: object
  readonly shape: Shape
  readonly graph: G
  readonly trace: Trace | undefined
}

export class Node {
  /** Grows as nodes are recorded: every argument has a smaller id. */
  readonly id: number
  readonly op: Op
  readonly args: readonly Node[]
  readonly params: object
  readonly shape: Shape
  readonly graph: import('./graph.ts').Graph
  readonly trace: Trace | undefined

  constructor(parts: NodeParts<import('./graph.ts').Graph>) {
    this.id = parts.id
    this.op = parts.op
    this.args = parts.args
    this.params = parts.params
    this.shape = parts.shape
    this.graph = parts.graph
    this.trace = parts.trace
    Object.freeze(this)
  }

  /** The first name given to this node, bare (`z^F` for `z^{Fk}_{ij}`). */
  get name(): string | undefined {
    return this.graph.namesOf(this)[0]?.bare
  }

  /** The line of user code that recorded this node. */
  get source(): string | undefined {
    return userLine(this.trace)
  }

  /** Gives the node a name (a further one, if it has one) and returns the same node. */
  as(name: string): this {
    this.graph.registerName(this, name)
    return this
  }
}

/** How an error speaks of a node: its name where it has one, else its op and number. */
export const describeNode = (node: Node): string =>
  node.name === undefined ? `${node.op.name} #${node.id}` : `"${node.name}"`
