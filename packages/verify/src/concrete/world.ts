// One point: a network, a domain, and the values of leaves. Values of nodes and Jacobians are
// computed when a claim asks for them, by the graph's own derivatives.
import { dependents, grad, type Node, ops, topologicalOrder, vjp } from '@backprove/graph'
import type { Budget } from '../arithmetic/budget.ts'
import type { Mode } from '../language/syntax.ts'
import type { Network } from '../network/network.ts'
import { sizeOf } from './arrays.ts'
import { ConcreteError, type Domain, type Tensor } from './domain.ts'
import type { Interpreter } from './program.ts'

/** How each bare star is read. */
export type StarReading = {
  readonly mode: Mode
  readonly star: 'correlation' | 'convolution'
  readonly kernel: 'left' | 'right'
}

/** Choices that only the shapes of a claim's sides settle; the first of each to begin with. */
export interface Choices {
  /** One of `count` ways. */
  readonly choose: (count: number) => number
}

export interface World<T> {
  readonly network: Network
  readonly domain: Domain<T>
  readonly budget: Budget
  readonly interpreter: Interpreter<T>
  /** Leaves first; others as they are asked for. */
  readonly values: Map<Node, Tensor<T>>
  /** The value of a claim's own variable: the x of f(x) = …. */
  readonly variable: (name: string) => T
  readonly reading: readonly StarReading[] | undefined
  readonly choices: Choices
}

export const nodeValue = <T>(
  { interpreter, values }: Pick<World<T>, 'interpreter' | 'values'>,
  node: Node,
): Tensor<T> => {
  if (!values.has(node)) interpreter.run([node], values)
  return values.get(node)!
}

/** All that names and shapes need. */
export type Networked = Pick<World<unknown>, 'network'>

export const nodeNamed = ({ network }: Networked, name: string): Node => {
  const node = network.nodes.get(name)
  if (!node) throw new ConcreteError(`The graph has no ${name}`)
  return node
}

export const gradientOf = ({ network }: Networked, by: Node): Node => grad(network.cost, by)

const placeholder = (node: Node): Node =>
  node.graph.record(ops.input, [], { name: `cotangent of #${node.id}`, shape: [...node.shape] })

/**
 * ∂of/∂by, a row at a time: `row(k)` has the derivatives of entry k (row-major, from 0) by every
 * entry.
 */
export const jacobianRows = <T>(
  world: World<T>,
  of: Node,
  by: Node,
): ((row: number) => readonly T[]) => {
  const { domain, interpreter, values } = world
  const seed = placeholder(of)
  const [pulled] = vjp([of], [seed], [by])
  const order = topologicalOrder([pulled!])
  const seeded = dependents(order, [seed])
  // What does not depend on the seed is computed once.
  const before = order.filter(
    (node) => !seeded.has(node) && order.some((n) => seeded.has(n) && n.args.includes(node)),
  )
  interpreter.run(before, values)
  const count = sizeOf(of.shape)
  const known = new Map<number, readonly T[]>()
  return (row) => {
    const found = known.get(row)
    if (found) return found
    const data = new Array<T>(count).fill(domain.zero)
    data[row] = domain.one
    const here = new Map(values).set(seed, { shape: of.shape, data })
    interpreter.run([pulled!], here)
    const result = here.get(pulled!)!.data
    known.set(row, result)
    return result
  }
}
