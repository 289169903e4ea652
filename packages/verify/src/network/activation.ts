// Which function follows an array: a(z) and f'(z) of a claim are the layer's own.
import { Graph, grad, type Node, ops, topologicalOrder } from '@backprove/graph'
import type { Activation } from '../core/core.ts'
import type { Network } from './network.ts'

const asActivation = (value: Node): Activation | undefined => {
  const application = value.graph.applicationOf(value)
  if (application) return { name: application.name, value, argument: application.argument }
  const [argument] = value.args
  if (!argument || !value.op.traits?.activation) return undefined
  return { name: value.op.name, value, argument }
}

/** Every application of an activation, in the order in which they were recorded. */
export const activationsOf = ({ cost, nodes }: Network): Activation[] => {
  const order = topologicalOrder([...nodes.values(), cost])
  const scaled = scaledIn(order)
  const all = order.flatMap((node) => (scaled.has(node) ? [] : (asActivation(node) ?? [])))
  const users = all.filter(({ value }) => value.graph.applicationOf(value))
  // The sigmoid inside of a user's own x·σ(x) is no activation of the layer.
  const inside = new Set(
    users.flatMap(({ value, argument }) => between(value, argument).filter((n) => n !== value)),
  )
  return all.filter(({ value }) => !inside.has(value))
}

/** What a value is made of entry by entry, down to what has a name. */
const entriesOf = (value: Node): ReadonlySet<Node> => {
  const found = new Set([value])
  for (const { name, op, args } of found) {
    if (name !== undefined || !op.traits?.elementwise) continue
    for (const each of args) if (each.op !== ops.constant) found.add(each)
  }
  return found
}

/** The σ(x) of x σ(x), written out or as a silu: what the layer applies is the whole. */
const scaledIn = (nodes: readonly Node[]): ReadonlySet<Node> =>
  new Set(
    nodes.flatMap(({ op, args }) => {
      if (op !== ops.mul) return []
      const sides = args.map(entriesOf)
      const isOfBoth = (each: Node, k: number) =>
        [...entriesOf(each)].some((of) => of !== each && sides[1 - k]!.has(of))
      return sides.flatMap((side, k) =>
        [...side].filter((each) => each.name === undefined && isOfBoth(each, k)),
      )
    }),
  )

const between = (value: Node, argument: Node): Node[] => {
  const below = new Set(topologicalOrder([argument]))
  return topologicalOrder([value]).filter((node) => !below.has(node))
}

/** What it is: of ops of one's own two may have one name. */
const partsOf = ({ value }: Activation): readonly unknown[] => {
  const { op, params, graph } = value
  const { name, formula } = graph.applicationOf(value) ?? {}
  return formula ? [name, formula] : [op, op === ops.relu || Object.entries(params).join()]
}

/**
 * The one activation that is applied to the array of that name, or that makes `made`; where the
 * array is unknown or has none, the one that all layers share.
 */
export const activationOf = (
  network: Network,
  argument?: Node,
  made?: Node,
): Activation | undefined => {
  const all = activationsOf(network)
  const own = all.filter((each) =>
    argument || !made ? each.argument === argument : each.value === made,
  )
  const found = own.length > 0 ? own : all
  const [first] = found
  const parts = first && partsOf(first)
  return found.every((each) => partsOf(each).every((part, k) => part === parts![k]))
    ? first
    : undefined
}

/**
 * The derivative of an activation of that order, as a node of a graph of its own, of one number.
 */
export const scalarActivation = (
  activation: Activation,
  order: number,
): { readonly argument: Node; readonly value: Node } => {
  const { ties, reluAtZero } = activation.value.graph
  const graph = new Graph({ ties, reluAtZero })
  const argument = graph.input('x', [])
  const copies = new Map<Node, Node>([[activation.argument, argument]])
  for (const node of between(activation.value, activation.argument)) {
    const args = node.args.map((arg) => copies.get(arg)!)
    const params = node.op === ops.constant ? scalarConstant(node) : node.params
    copies.set(node, graph.record(node.op, args, params))
  }
  let value = copies.get(activation.value)!
  for (let k = 0; k < order; k++) value = grad(value, argument, { unused: 'zero' })
  return { argument, value }
}

/** A constant of an activation has one value, whatever its shape. */
const scalarConstant = (node: Node): object => {
  const { data } = node.params as { data: Float64Array }
  return { shape: [], data: Float64Array.of(data[0]!) }
}
