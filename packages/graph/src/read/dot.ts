// Graphviz DOT and graphlib: the graph for tools that draw. Names are quoted data, never markup.
import { Graph as GraphlibGraph } from '@dagrejs/graphlib'
import { noMore, readOptions } from '../options.ts'
import { topologicalOrder } from '../order.ts'
import type { Node } from '../record/node.ts'
import { operandNames } from '../record/op.ts'
import { nodeList } from '../record/operand.ts'
import { formatShape, type Shape } from '../shape.ts'
import { formula } from './formula.ts'
import { printable, writeLabel } from './label/label-text.ts'
import { labelOf } from './label/labels.ts'

/** A node of the drawing: plain data. */
export interface DrawnNode {
  readonly op: string
  readonly shape: Shape
  /** `w^F`, `δ^F`, `∂C/∂a^F`; undefined where the node has no label. */
  readonly name: string | undefined
  readonly params: object
  /** Whether the node belongs to the derivative. */
  readonly isAdjoint: boolean
  /** The layer form, where formulas were asked for. */
  readonly formula?: string
}
/** What an edge of `toGraphlib` carries: the operand's letter. */
export interface DrawnEdge {
  readonly operand: string
}
/** Options of `toGraphlib`. */
export interface DrawOptions {
  /** Whether every node carries its formula. Default false: it takes time in large graphs. */
  readonly formulas?: boolean
}

/**
 * The nodes and what they are made of as a graphlib graph: keys are the nodes' ids, edges go from
 * an operand to its node and are named by the operand's letter (x ⊙ x has two of them).
 */
export function toGraphlib(
  nodes: Node | readonly Node[],
  options: DrawOptions = {},
): GraphlibGraph {
  const { formulas = false } = readOptions('toGraphlib', options, ['formulas'])
  const drawing = new GraphlibGraph({ directed: true, multigraph: true })
  const order = topologicalOrder(nodeList('toGraphlib', nodes))
  const adjoint = adjointSide(order)
  for (const node of order) {
    const value: DrawnNode = {
      op: node.op.name,
      shape: node.shape,
      name: labelText(node),
      params: node.params,
      isAdjoint: adjoint.has(node),
      ...(formulas ? { formula: formula(node) } : {}),
    }
    drawing.setNode(String(node.id), value)
    for (const [operand, arg] of operandsOf(node)) {
      const edge: DrawnEdge = { operand }
      drawing.setEdge(String(arg.id), String(node.id), edge, operand)
    }
  }
  return drawing
}

/**
 * The same in Graphviz's language: forward and derivative graph in a cluster each, a dotted line
 * from every node to its adjoint.
 */
export function dot(nodes: Node | readonly Node[]): string
export function dot(nodes: Node | readonly Node[], ...further: readonly unknown[]): string {
  noMore('dot', further)
  const order = topologicalOrder(nodeList('dot', nodes))
  const adjoint = adjointSide(order)
  const forward = order.filter((node) => !adjoint.has(node))
  const backward = order.filter((node) => adjoint.has(node))
  const shown = new Set(order)
  const links = backward.flatMap((node) =>
    node.graph
      .adjointOf(node)
      .filter((entry) => shown.has(entry.forward) && entry.forward !== node)
      .map(
        (entry) =>
          `  ${keyOf(entry.forward)} -> ${keyOf(node)} [style=dotted, dir=none, constraint=false];`,
      ),
  )
  return [
    'digraph backprove {',
    '  rankdir=LR;',
    '  node [shape=box, fontname="sans-serif"];',
    ...cluster('forward', forward),
    ...cluster('derivative', backward),
    ...order.flatMap((node) =>
      operandsOf(node).map(
        ([operand, arg]) => `  ${keyOf(arg)} -> ${keyOf(node)} [label=${quoted(operand)}];`,
      ),
    ),
    ...links,
    '}',
    '',
  ].join('\n')
}

function cluster(name: string, nodes: readonly Node[]): string[] {
  if (nodes.length === 0) return []
  return [
    `  subgraph cluster_${name} {`,
    `    label=${quoted(name)};`,
    ...nodes.map((node) => {
      const name = labelText(node)
      const what = `${node.op.name} ${formatShape(node.shape)}`
      return `    ${keyOf(node)} [label=${quoted(name === undefined ? what : `${name}\n${what}`)}];`
    }),
    '  }',
  ]
}

/** A quoted string of DOT: a backslash would begin an escape, a quote would end it. */
const quoted = (text: string): string => `"${text.split('\n').map(escaped).join('\\n')}"`

const escaped = (line: string): string =>
  printable(line).replaceAll('\\', '\\\\').replaceAll('"', '\\"')

const keyOf = (node: Node): string => `n${node.id}`

function labelText(node: Node): string | undefined {
  const label = labelOf(node)
  return label && writeLabel(label, 'unicode')
}

const operandsOf = (node: Node): [string, Node][] => {
  const letters = operandNames(node.op, node.args.length)
  return node.args.map((arg, k) => [letters[k]!, arg])
}

/**
 * The nodes of the derivative: the adjoints that came after their cost, what is computed from them,
 * and what is computed for them alone (σ′(z)).
 */
function adjointSide(order: readonly Node[]): ReadonlySet<Node> {
  const adjoints = new Map<Node, Node>()
  for (const node of order) {
    const found = node.graph.adjointOf(node).find(({ cost }) => node.id > cost.id)
    if (found) adjoints.set(node, found.cost)
  }
  const costs = [...new Set(adjoints.values())]
  const forward = new Set(topologicalOrder(costs))
  const derived = new Set<Node>()
  for (const node of order) {
    if (adjoints.has(node) || node.args.some((arg) => derived.has(arg))) derived.add(node)
  }
  const side = topologicalOrder(derived).filter(
    (node) => derived.has(node) || (!forward.has(node) && !node.op.traits?.leaf),
  )
  return new Set(side)
}
