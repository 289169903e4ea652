// Nodes of a graph, compiled once and run over any domain: the reference interpreter's order of
// things, with the graph's own lines.
import {
  instanceOf,
  type Node,
  type notation,
  operandNames,
  ops,
  topologicalOrder,
} from '@backprove/graph'
import type { Budget } from '../../arithmetic/budget.ts'
import { ConcreteError, constantIn, type Domain, type Tensor } from '../domains/domain.ts'
import { sigmoid, tanh } from '../domains/elementary.ts'
import type { Machine } from './line.ts'
import { compileTerm } from './term.ts'

type Line = notation.Line

/** Fills an array from the operands' values. */
type Step<T> = (operands: readonly Tensor<T>[]) => T[]

const sizeOf = (shape: readonly number[]): number => shape.reduce((size, axis) => size * axis, 1)

/** Functions that a domain knows by name; their lines would lose that σ′ = σ(1 − σ). */
const elementary = <T>(domain: Domain<T>): ReadonlyMap<unknown, (x: T) => T> =>
  new Map<unknown, (x: T) => T>([
    [ops.sigmoid, (x) => sigmoid(domain, x, 0)],
    [ops.sigmoidPrime, (x) => sigmoid(domain, x, 1)],
    [ops.tanh, (x) => tanh(domain, x, 0)],
    [ops.tanhPrime, (x) => tanh(domain, x, 1)],
  ])

/** The steps of nodes over one domain; a step is compiled where it is first needed. */
export interface Interpreter<T> {
  /** @throws ConcreteError where a leaf has no value */
  readonly run: (nodes: readonly Node[], values: Map<Node, Tensor<T>>) => void
}

/**
 * `run` gives every given node, and what it is made of, a value in `values`, which holds those of
 * the leaves already; values that are there are not computed again.
 */
export const interpreter = <T>(domain: Domain<T>, budget: Budget): Interpreter<T> => {
  const steps = new Map<Node, Step<T>>()
  const direct = elementary(domain)
  const stepOf = (node: Node): Step<T> => {
    const known = steps.get(node)
    if (known) return known
    const apply = direct.get(node.op)
    const step: Step<T> = apply
      ? ([x]) => x!.data.map((value) => apply(value))
      : compileNode(node, domain, budget)
    steps.set(node, step)
    return step
  }
  return {
    run: (nodes, values) => {
      const waiting = topologicalOrder(nodes).filter((node) => !values.has(node))
      for (const node of needed(waiting, nodes, values)) {
        budget.tick()
        if (node.op === ops.constant) {
          const { data } = node.params as { data: Float64Array }
          const exact = Array.from(data, (value) => constantIn(domain, value))
          values.set(node, { shape: node.shape, data: exact })
          continue
        }
        if (node.op.traits?.leaf)
          throw new ConcreteError(`${node.name ?? node.op.name} has no value`)
        const operands = node.args.map((arg) => values.get(arg)!)
        values.set(node, { shape: node.shape, data: stepOf(node)(operands) })
      }
    },
  }
}

/** Of nodes in topological order those that the wanted ones need, given what has a value. */
const needed = <T>(
  order: readonly Node[],
  wanted: readonly Node[],
  values: ReadonlyMap<Node, Tensor<T>>,
): Node[] => {
  const marked = new Set(wanted)
  for (let at = order.length - 1; at >= 0; at--) {
    const node = order[at]!
    if (marked.has(node) && !values.has(node)) for (const arg of node.args) marked.add(arg)
  }
  return order.filter((node) => marked.has(node))
}

/** A line takes about as long to compile as so many numbers to compute. */
const operationsForLine = 60

const compileNode = <T>(node: Node, domain: Domain<T>, budget: Budget): Step<T> => {
  budget.tick(operationsForLine)
  const { op, shape } = node
  const names = operandNames(op, node.args.length)
  const line = instanceOf(node, domain.stable ? 'stable' : 'line')
  const shapeOf = new Map(names.map((name, k) => [name, node.args[k]!.shape]))
  const run = compileLine(line, shape, shapeOf, domain, budget)
  return (operands) => run(new Map(names.map((name, k) => [name, operands[k]!])))
}

/** A line with nothing left open → its values, from those of its operands. */
const compileLine = <T>(
  line: Line,
  shape: readonly number[],
  shapes: ReadonlyMap<string, readonly number[]>,
  domain: Domain<T>,
  budget: Budget,
): ((operands: ReadonlyMap<string, Tensor<T>>) => T[]) => {
  const operands = new Map<string, Tensor<T>>()
  const machine: Machine<T> = { domain, budget, operands, shapes, slots: [], outside: false }
  const terms = line.body.kind === 'sum' ? line.body.terms : [line.body]
  const scatters = terms.map((term) => compileTerm(term, line, shape, machine))
  return (values) => {
    for (const [name, value] of values) operands.set(name, value)
    const result = new Array<T>(sizeOf(shape)).fill(domain.zero)
    for (const scatter of scatters) scatter(result)
    return result
  }
}
