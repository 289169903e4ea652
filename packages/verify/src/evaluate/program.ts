// Nodes of a graph, compiled once and run over any domain: the reference interpreter's order of
// things, with the graph's own lines.
import { type Node, ops } from '@backprove/graph'
import type { Budget } from '../arithmetic/budget.ts'
import { constantIn, type Domain, type Tensor } from '../concrete/domains/domain.ts'
import { sigmoid, tanh } from '../concrete/domains/elementary.ts'
import { ConcreteError } from '../core/errors.ts'
import { recordedTable } from '../core/line/recorded.ts'
import { notationFunction } from './functions.ts'
import { createMachine } from './machine.ts'
import { compileTable } from './table.ts'

/** Fills an array from the operands' values. */
type Step<T> = (operands: readonly Tensor<T>[]) => T[]

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
      for (const node of needed(nodes, values)) {
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

/** What the wanted nodes are made of and has no value yet, arguments first. */
const needed = <T>(wanted: readonly Node[], values: ReadonlyMap<Node, Tensor<T>>): Node[] => {
  const found = new Set<Node>()
  const open = [...wanted]
  for (let node = open.pop(); node; node = open.pop()) {
    if (values.has(node) || found.has(node)) continue
    found.add(node)
    open.push(...node.args)
  }
  return [...found].sort((a, b) => a.id - b.id)
}

/** A line takes about as long to compile as so many numbers to compute. */
const operationsForLine = 60

const compileNode = <T>(node: Node, domain: Domain<T>, budget: Budget): Step<T> => {
  budget.tick(operationsForLine)
  const values = new Map<Node, readonly T[]>()
  const machine = createMachine<T>({
    domain,
    budget,
    functionOf: (f) => notationFunction(f, domain),
    entriesOf: (source) => {
      if (source.kind !== 'node') throw new ConcreteError('a line reads its operands only')
      const all = () => values.get(source.node)!
      return { shape: source.node.shape, all, at: (cell) => all()[cell]! }
    },
  })
  const fill = compileTable(
    recordedTable(node, domain.stable ? 'stable' : 'line'),
    node.shape,
    machine,
  )
  return (operands) => {
    node.args.forEach((arg, k) => {
      values.set(arg, operands[k]!.data)
    })
    return fill()
  }
}
