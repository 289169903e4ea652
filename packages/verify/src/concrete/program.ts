// Nodes of a graph, compiled once and run over any domain: the reference interpreter's order of things,
// with the graph's own lines.
import {
  type Node,
  notation,
  operandNames,
  ops,
  shapesOf,
  symbolValues,
  topologicalOrder,
} from '@backprove/graph'
import type { Budget } from '../arithmetic/budget.ts'
import { ConcreteError, type Domain, exactRational, type Tensor } from './domain.ts'
import { sigmoid, tanh } from './elementary.ts'
import { bind, compile, loopOver, type Machine, offsetOf } from './line.ts'
import { indexOf } from './line-index.ts'

type Expression = notation.Expression
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
 * `run` gives every given node, and what it is made of, a value in `values`, which holds those of the
 * leaves already; values that are there are not computed again.
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
          const exact = Array.from(data, (value) => domain.fromRational(exactRational(value)))
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

const compileNode = <T>(node: Node, domain: Domain<T>, budget: Budget): Step<T> => {
  const { op, params, shape } = node
  const names = operandNames(op, node.args.length)
  const shapes = shapesOf(op, node.args)
  const definition = (domain.stable ? op.stable : undefined) ?? op.line
  const text = typeof definition === 'string' ? definition : definition(params, shapes)
  const every = op.traits?.variadic ? names : Object.keys(op.operands)
  const symbols = symbolValues(op, shapes, params)
  const line = notation.instantiate(notation.parseLine(text, every), { shapes, symbols, shape })
  const run = compileLine(line, shape, domain, budget)
  return (operands) => run(new Map(names.map((name, k) => [name, operands[k]!])))
}

/** A line with nothing left open → its values, from those of its operands. */
const compileLine = <T>(
  line: Line,
  shape: readonly number[],
  domain: Domain<T>,
  budget: Budget,
): ((operands: ReadonlyMap<string, Tensor<T>>) => T[]) => {
  const operands = new Map<string, Tensor<T>>()
  const machine: Machine<T> = { domain, budget, operands, slots: [], outside: false }
  const terms = line.body.kind === 'sum' ? line.body.terms : [line.body]
  const scatters = terms.map((term) => compileTerm(term, line, shape, machine))
  return (values) => {
    for (const [name, value] of values) operands.set(name, value)
    const result = new Array<T>(sizeOf(shape)).fill(domain.zero)
    for (const scatter of scatters) scatter(result)
    return result
  }
}

/**
 * Adds one term to the result. Where a guard `[h = s(i-1)+u]` pins a result index, the index is
 * computed and not searched for.
 */
const compileTerm = <T>(
  term: Expression,
  line: Line,
  shape: readonly number[],
  machine: Machine<T>,
): ((result: T[]) => void) => {
  const { negative, variables, body } = peel(term)
  const { domain } = machine
  const free = line.indices.flatMap((index, axis) =>
    index.kind === 'symbol'
      ? [{ name: index.name, upTo: { kind: 'number' as const, value: shape[axis]! } }]
      : [],
  )
  const open = free.map(({ name }) => name).filter((n) => !variables.some((v) => v.name === n))
  const { pins, rest } = pinned(body, open)
  const outer = loopOver(
    free.filter(({ name }) => !pins.has(name)),
    new Map(),
    machine,
  )
  const inner = loopOver(variables, outer.scope, machine)
  const scope = new Map(inner.scope)
  const assignments = [...pins].map(([name, value]) => ({
    slot: bind(name, scope, machine),
    value: indexOf(value, inner.scope, machine.slots),
  }))
  // The result's own letters, which a bound index of the same name may hide in the body.
  const own = new Map([...outer.scope, ...[...scope].filter(([name]) => pins.has(name))])
  const at = line.indices.map((index) => indexOf(index, own, machine.slots))
  const value = compile(rest, scope, machine)
  return (result) =>
    outer.run(() =>
      inner.run(() => {
        for (const { slot, value: pin } of assignments) machine.slots[slot] = pin()
        const cell = offsetOf(shape, at)
        const found = cell < 0 ? null : value()
        if (found === null) return
        const signed = negative ? domain.negate(found) : found
        const before = result[cell]!
        result[cell] = before === domain.zero ? signed : domain.add(before, signed)
      }),
    )
}

/** −Σ_v body, taken apart. */
const peel = (
  term: Expression,
): { negative: boolean; variables: readonly notation.Variable[]; body: Expression } => {
  if (term.kind === 'negation') {
    const inner = peel(term.operand)
    return { ...inner, negative: !inner.negative }
  }
  if (term.kind === 'reduction' && term.reduction === 'Σ')
    return { negative: false, variables: term.variables, body: term.body }
  return { negative: false, variables: [], body: term }
}

/** Takes the guards `[t = e]` out of a body, t a result index and e an index free of result indices. */
const pinned = (body: Expression, free: readonly string[]) => {
  const pins = new Map<string, Expression>()
  const isPin = (guard: notation.Guard): boolean => {
    if (guard.kind !== 'relation' || guard.relations.join() !== '=') return false
    const [left, right] = guard.operands as [Expression, Expression]
    if (left.kind !== 'symbol' || !free.includes(left.name) || pins.has(left.name)) return false
    const letters = new Set<string>()
    if (!collectIndices(right, letters) || free.some((name) => letters.has(name))) return false
    pins.set(left.name, right)
    return true
  }
  const without = (node: Expression): Expression => {
    if (node.kind === 'iverson')
      return { kind: 'iverson', guards: node.guards.filter((guard) => !isPin(guard)) }
    if (node.kind === 'product') return { kind: 'product', factors: node.factors.map(without) }
    if (node.kind === 'quotient') return { ...node, numerator: without(node.numerator) }
    return node
  }
  return { pins, rest: without(body) }
}

/** The letters of an index expression; false where it is none. */
const collectIndices = (node: Expression, into: Set<string>): boolean => {
  switch (node.kind) {
    case 'number':
      return true
    case 'symbol':
      into.add(node.name)
      return true
    case 'sum':
      return node.terms.every((term) => collectIndices(term, into))
    case 'product':
      return node.factors.every((factor) => collectIndices(factor, into))
    case 'negation':
      return collectIndices(node.operand, into)
    case 'quotient':
      return collectIndices(node.numerator, into) && collectIndices(node.denominator, into)
    case 'modulo':
      return collectIndices(node.left, into) && collectIndices(node.right, into)
    case 'call':
      return node.operands.every((operand) => collectIndices(operand, into))
    default:
      return false
  }
}
