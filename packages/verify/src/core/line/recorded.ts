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

const known = new WeakMap<Node, Map<LineForm, Table>>()

/** A node's line over its operands, made once: points of every domain are computed by it. */
export const recordedTable = (node: Node, form: LineForm): Table => {
  const own = known.get(node) ?? new Map<LineForm, Table>()
  known.set(node, own)
  const table = own.get(form) ?? tableOver(node, form, nodeSource)
  own.set(form, table)
  return table
}

/** `from` says what stands in the line for an operand. */
export const tableOver = (node: Node, form: LineForm, from: (operand: Node) => Source): Table => {
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
