// A number is allowed where a node is: it becomes a constant of the other operand's graph.
import { ShapeError } from './errors.ts'
import type { Graph } from './graph.ts'
import { Node } from './node.ts'
import type { Op } from './op.ts'
import { captureTrace, userLine } from './source-line.ts'

export type Operand = Node | number

/** The graph that the operands belong to. */
export function graphOf(op: string, operands: readonly unknown[]): Graph {
  for (const operand of operands) if (operand instanceof Node) return operand.graph
  throw new ShapeError(
    `${op}: at least one operand must be a node, not ${operands.map(describeValue).join(', ')}`,
    userLine(captureTrace()),
  )
}

/** Records an op whose operands may be numbers. */
export function apply(op: Op, operands: readonly Operand[], params: object = {}): Node {
  const graph = graphOf(op.name, operands)
  const args = operands.map((operand) => {
    if (operand instanceof Node) return operand
    if (typeof operand === 'number') return graph.constant(operand)
    throw new ShapeError(
      `${op.name}: ${describeValue(operand)} is neither a node nor a number`,
      userLine(captureTrace()),
    )
  })
  return graph.record(op, args, params)
}

const describeValue = (value: unknown): string =>
  typeof value === 'object' ? (value === null ? 'null' : value.constructor.name) : String(value)
