// One point: a network, a domain, and the values of leaves. Values of nodes and Jacobians are
// computed when a claim asks for them, by the graph's own derivatives.
import { dependents, grad, type Node, ops, topologicalOrder, vjp } from '@backprove/graph'
import type { Budget } from '../arithmetic/budget.ts'
import type { Domain, Tensor } from '../concrete/domains/domain.ts'
import { lacksValues } from '../conditions/conditions.ts'
import type { Named } from '../core/core.ts'
import { ConcreteError } from '../core/errors.ts'
import { withoutRule } from '../core/line/pieces.ts'
import type { StarReading } from '../core/statement.ts'
import type { Network } from '../network/network.ts'
import { functionIn } from './functions.ts'
import { createMachine, type Entries, type Machine, sizeOf } from './machine.ts'
import type { Interpreter } from './program.ts'

export interface World<T> {
  readonly network: Network
  readonly domain: Domain<T>
  readonly budget: Budget
  readonly interpreter: Interpreter<T>
  /** Leaves first; others as they are asked for. */
  readonly values: Map<Node, Tensor<T>>
  /** The value of a claim's own variable: the x of f(x) = …. */
  readonly variable: (name: string) => T
  /** Those that were asked for. */
  readonly variables: Map<string, T>
  readonly reading: readonly StarReading[] | undefined
}

export const nodeValue = <T>(
  { interpreter, values }: Pick<World<T>, 'interpreter' | 'values'>,
  node: Node,
): Tensor<T> => {
  if (!values.has(node)) interpreter.run([node], values)
  return values.get(node)!
}

const surrogate = (name: string) =>
  new ConcreteError(
    `The op ${name} has rules that are no derivative, on purpose (traits: { surrogate }): ` +
      'of derivatives through it nothing is proved',
  )

/** @throws ConcreteError where an op between the two has rules that are no derivative */
function throughDerivatives(of: Node, by: Node): Node {
  const between = dependents(topologicalOrder([of]), [by])
  between.delete(by)
  for (const node of between) {
    const { op } = node
    if (op.traits?.surrogate) throw surrogate(op.name)
    const isReached = (arg: Node) => arg === by || between.has(arg)
    if (withoutRule(node).some(isReached))
      throw new ConcreteError(
        `The op ${op.name} has no rule for what it is computed from: ` +
          'of derivatives through it nothing is proved',
      )
  }
  return of
}

const gradients = new WeakMap<Node, Map<Node, Node>>()

/** ∂cost/∂by, recorded once for a network. */
const gradientOf = ({ network: { cost } }: Pick<World<unknown>, 'network'>, by: Node): Node => {
  const known = gradients.get(cost) ?? new Map<Node, Node>()
  const gradient = known.get(by) ?? grad(throughDerivatives(cost, by), by, { unused: 'zero' })
  gradients.set(cost, known.set(by, gradient))
  return gradient
}

const placeholder = (node: Node): Node =>
  node.graph.record(ops.input, [], { name: `cotangent of #${node.id}`, shape: [...node.shape] })

interface Pulled {
  readonly seed: Node
  readonly pulled: Node
  /** What does not depend on the seed, and is computed once. */
  readonly before: readonly Node[]
}

const pullbacks = new WeakMap<Node, WeakMap<Node, Pulled>>()

/** The cotangent of `by` from one of `of`, recorded once. */
const pulledBack = (of: Node, by: Node): Pulled => {
  const known = pullbacks.get(of) ?? new WeakMap<Node, Pulled>()
  pullbacks.set(of, known)
  const found = known.get(by)
  if (found) return found
  const seed = placeholder(of)
  const [pulled] = vjp([throughDerivatives(of, by)], [seed], [by]) as [Node]
  const order = topologicalOrder([pulled])
  const seeded = dependents(order, [seed])
  const needed = new Set(order.filter((node) => seeded.has(node)).flatMap(({ args }) => args))
  const before = order.filter((node) => !seeded.has(node) && needed.has(node))
  const made = { seed, pulled, before }
  known.set(by, made)
  return made
}

/**
 * ∂of/∂by, a row at a time: `row(k)` has the derivatives of entry k (row-major, from 0) by every
 * entry.
 */
const jacobianRows = <T>(world: World<T>, of: Node, by: Node): ((row: number) => readonly T[]) => {
  const { domain, interpreter, values } = world
  const { seed, pulled, before } = pulledBack(of, by)
  interpreter.run(before, values)
  const count = sizeOf(of.shape)
  const known = new Map<number, readonly T[]>()
  return (row) => {
    const found = known.get(row)
    if (found) return found
    const data = new Array<T>(count).fill(domain.zero)
    data[row] = domain.one
    const here = new Map(values).set(seed, { shape: of.shape, data })
    interpreter.run([pulled], here)
    const result = here.get(pulled)!.data
    known.set(row, result)
    return result
  }
}

/** What claims are compiled against at a point. */
export const machineOf = <T>(world: World<T>): Machine<T> => {
  const { domain, budget, interpreter } = world
  const { reluAtZero } = world.network.graph
  return createMachine({
    domain,
    budget,
    functionOf: (f, order) => functionIn(f, order, domain, interpreter, reluAtZero),
    entriesOf: (source) => entriesOf(source, world),
  })
}

/**
 * What has no value has no derivative either, though the formula of one may have a value: 1/x at
 * −1, of log x.
 * @throws PoleError there
 */
const demandValue = <T>(node: Node, world: World<T>): void => {
  if (lacksValues(node)) nodeValue(world, node)
}

const entriesOf = <T>(source: Named, world: World<T>): Entries<T> => {
  switch (source.kind) {
    case 'node':
      return entriesOfNode(source.node, world)
    case 'adjoint':
      return entriesOfNode(gradientOf(world, source.node), world, world.network.cost)
    case 'jacobian':
      return entriesOfJacobian(source, world)
    case 'variable': {
      const value = world.variable(source.name)
      return { shape: [], at: () => value, all: () => [value] }
    }
  }
}

/** `primal`: what the node is a derivative of. */
const entriesOfNode = <T>(node: Node, world: World<T>, primal = node): Entries<T> => {
  let data: readonly T[] | undefined
  const all = (): readonly T[] => {
    if (!data && primal !== node) demandValue(primal, world)
    data ??= nodeValue(world, node).data
    return data
  }
  return { shape: node.shape, all, at: (cell) => all()[cell]! }
}

const entriesOfJacobian = <T>(
  { of, by, apart }: Extract<Named, { kind: 'jacobian' }>,
  world: World<T>,
): Entries<T> => {
  const above = of.kind === 'adjoint' ? gradientOf(world, of.node) : of.node
  const length = sizeOf(by.shape)
  let row: ((k: number) => readonly T[]) | undefined
  const at = (cell: number): T => {
    if (!row) demandValue(of.kind === 'adjoint' ? world.network.cost : of.node, world)
    row ??= jacobianRows(world, above, by)
    const [k, column] = [Math.floor(cell / length), cell % length]
    const found = row(k)
    if (apart && found.some((value, place) => place !== column && world.domain.real(value) !== 0))
      throw new ConcreteError('A derivative that is not taken entry by entry: index it')
    return found[column]!
  }
  return { shape: [...above.shape, ...by.shape], at }
}
