// What a user gives as an operand: a node, or a number, which becomes a constant of the other
// operand's graph.
import { ShapeError } from '../errors.ts'
import { noMore } from '../options.ts'
import { show } from '../show.ts'
import { type Graph, Node, type Op } from './node.ts'
import { SHALLOW } from './source-line.ts'

/** What ops take: a node, or a number, which becomes a constant of the other operand's graph. */
export type Operand = Node | number

/** The graph that the operands belong to. */
export function graphOf(op: string, operands: readonly unknown[]): Graph {
  for (const operand of operands) if (operand instanceof Node) return operand.graph
  const given = operands.map(show).join(', ') || 'nothing'
  const hint = operands.map(asText).find(Boolean) ?? ''
  throw new ShapeError(`${op}: at least one operand must be a node, not ${given}${hint}`)
}

/** What is to be done about text or numbers where a node should be: '' about anything else. */
function asText(value: unknown): string {
  const isNumbers = ArrayBuffer.isView(value) || (Array.isArray(value) && value.length > 0)
  if (isNumbers && typeof Object(value)[0] !== 'object')
    return '; is graph.constant(…) of it meant?'
  if (typeof value !== 'string') return ''
  // A node is printed with its shape, in brackets.
  const isSum = /\[(?:\d+(?:, \d+)*)?\]/.test(value)
  return isSum
    ? '; + of nodes makes text: write add(a, b)'
    : `; is graph.node(${show(value)}) meant?`
}

/** What an op without params is recorded with: one object for all. */
export const NO_PARAMS = Object.freeze({})

/** Records an op whose operands may be numbers. */
export function apply(op: Op, operands: readonly Operand[], params: object = NO_PARAMS): Node {
  if (typeof op?.name !== 'string' || !Array.isArray(operands)) {
    const given = `${show(op)} and ${show(operands)}`
    throw new ShapeError(`apply: ${given} are no op and list of operands`)
  }
  if (typeof op === 'function') {
    const { name } = op as { name: string }
    throw new ShapeError(
      `apply: ${show(op)} is no op, as defineOp makes it; call it: ${name || 'f'}(x)`,
    )
  }
  const taken = operandsOf(op, operands)
  const graph = graphOf(op.name, taken)
  if (taken.every((operand) => operand instanceof Node)) return graph.record(op, taken, params)
  const record = (): Node => {
    const args = taken.map((operand) => {
      if (operand instanceof Node) return operand
      if (typeof operand === 'number') return graph.constant(operand)
      const hint = asText(operand)
      throw new ShapeError(`${op.name}: ${show(operand)} is neither a node nor a number${hint}`)
    })
    return graph.record(op, args, params)
  }
  return graph.recordingHere(record, SHALLOW)
}

/**
 * As many operands as the op takes.
 * @throws ShapeError where one is missing; OptionError where there is one too many
 */
function operandsOf(op: Op, given: readonly Operand[]): readonly Operand[] {
  if (op.traits?.variadic) return given
  const names = Object.keys(op.operands)
  const missing = names.find((name, k) => given[k] === undefined && !op.optional?.includes(name))
  if (missing) {
    throw new ShapeError(
      `${op.name}: the operand ${missing} is missing; it takes ${names.join(', ')}`,
    )
  }
  if (given.length <= names.length) return given
  noMore(op.name, given.slice(names.length))
  return given.slice(0, names.length)
}

/** @throws ShapeError where `value` is no node */
export function requireNode(what: string, value: unknown): asserts value is Node {
  if (value instanceof Node) return
  throw new ShapeError(`${what}: ${show(value)} is not a node${asText(value)}`)
}

/** A node or a list of nodes, as a list. @throws ShapeError for anything else */
export function nodeList(what: string, nodes: unknown): readonly Node[] {
  const list: readonly unknown[] = Array.isArray(nodes) ? nodes : [nodes]
  for (const node of list) requireNode(what, node)
  return list as readonly Node[]
}
