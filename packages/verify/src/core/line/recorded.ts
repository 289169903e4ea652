// What an op says of a recorded node: its line as a table, at the lengths of the graph.

import {
  type LineForm,
  lineOf,
  type Node,
  operandNames,
  shapesOf,
  symbolValues,
} from '@backprove/graph'
import { type Polynomial, polynomial } from '../../arithmetic/polynomial.ts'
import type { Rational } from '../../arithmetic/rational.ts'
import { nodeSource } from '../build.ts'
import type { Source, Table } from '../core.ts'
import { exact } from './context.ts'
import { tableOfLine } from './line.ts'

/** `from` says what stands in the line for an operand. */
export const recordedTable = (
  node: Node,
  form: LineForm,
  from: (operand: Node) => Source = nodeSource,
): Table => {
  const { op, args, params } = node
  const symbols = new Map<string, Polynomial>()
  const numbers = new Map<string, Rational>()
  for (const [name, value] of Object.entries(symbolValues(op, shapesOf(op, args), params)))
    if (Number.isSafeInteger(value)) symbols.set(name, polynomial(value))
    else numbers.set(name, exact(value))
  const operands = new Map(
    operandNames(op, args.length).map((name, k) => {
      const arg = args[k]!
      return [name, { from: from(arg), shape: arg.shape.map(polynomial) }] as const
    }),
  )
  const shape = node.shape.map(polynomial)
  return tableOfLine({ line: lineOf(node, form), shape, operands, symbols, numbers })
}
