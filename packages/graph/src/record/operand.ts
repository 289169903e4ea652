// What a user gives as an operand: a node, or a number, which becomes a constant of the other
// operand's graph.
import { ShapeError } from '../errors.ts'
import { show } from '../show.ts'
import { type Graph, Node, type Op } from './node.ts'
import { SHALLOW } from './source-line.ts'

/** What ops take: a node, or a number, which becomes a constant of the other operand's graph. */
export type Operand = Node | number

/** The graph that the operands belong to. */
export function graphOf(op: string, operands: readonly unknown[]): Graph {
  for (const operand of operands) if (operand instanceof Node) return operand.graph
  throw new ShapeError(
    `${op}: at least one operand must be a node, not ${operands.map(show).join(', ')}`,
  )
}

/** What an op without params is recorded with: one object for all. */
export const NO_PARAMS = Object.freeze({})

/** Records an op whose operands may be numbers. */
export function apply(op: Op, operands: readonly Operand[], params: object = NO_PARAMS): Node {
  const graph = graphOf(op.name, operands)
  if (operands.every((operand) => operand instanceof Node)) {
    return graph.record(op, operands, params)
  }
  const record = (): Node => {
    const args = operands.map((operand) => {
      if (operand instanceof Node) return operand
      if (typeof operand === 'number') return graph.constant(operand)
      throw new ShapeError(`${op.name}: ${show(operand)} is neither a node nor a number`)
    })
    return graph.record(op, args, params)
  }
  return graph.recordingHere(record, SHALLOW)
}

/** @throws ShapeError where `value` is no node */
export function requireNode(what: string, value: unknown): asserts value is Node {
  if (!(value instanceof Node)) throw new ShapeError(`${what}: ${show(value)} is not a node`)
}

/** A node or a list of nodes, as a list. @throws ShapeError for anything else */
export function nodeList(what: string, nodes: unknown): readonly Node[] {
  const list: readonly unknown[] = Array.isArray(nodes) ? nodes : [nodes]
  for (const node of list) requireNode(what, node)
  return list as readonly Node[]
}
