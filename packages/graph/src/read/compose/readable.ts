// Which nodes read well inside a formula: functions that print as f(x), and lines that read an
// operand once.

import type { Expression } from '../../notation/index.ts'
import { nodes } from '../../notation/traverse.ts'
import { shapesOf } from '../../record/infer-shape.ts'
import { lineOf } from '../../record/line-of.ts'
import type { Node } from '../../record/node.ts'
import type { Printed } from '../../record/op.ts'
import { functionName } from '../layer.ts'
import { uniformValue } from './constants.ts'

type Stops = (node: Node) => boolean

/** A function of one array, entry by entry, that prints as f(x): its LaTeX name and argument. */
export interface FunctionOf {
  readonly latex: string
  readonly argument: Node
}

const ARGUMENT = '\uE002'

/** σ(z), σ′(z), a user's own activation of z: read as functions wherever z has a label. */
export function functionOf(node: Node): FunctionOf | undefined {
  const application = node.graph.applicationOf(node)
  if (application) {
    return { latex: functionName(application.name), argument: application.argument }
  }
  const { op, args, params } = node
  const [argument] = args
  if (!op.traits?.elementwise || args.length !== 1 || !argument) return undefined
  const operand: Printed = { text: ARGUMENT, binds: 'atom' }
  const { text } = op.latex({ x: operand }, params, shapesOf(op, args))
  const tail = `\\left(${ARGUMENT}\\right)`
  if (!text.endsWith(tail)) return undefined
  return { latex: text.slice(0, -tail.length), argument }
}

/**
 * Whether a formula writes f(x) for the node. Functions that the notation has itself (tanh, log)
 * take any expression; others take an array, which is set apart where it has no label.
 */
export function isFunction(node: Node, stops: Stops): boolean {
  const found = functionOf(node)
  if (found === undefined || uniformValue(found.argument) !== undefined) return false
  return stops(found.argument) || lineOf(node).body.kind !== 'call'
}

/** At how many places a line reads an operand. */
export function readings(body: Expression, array: string): number {
  let count = 0
  for (const node of nodes(body)) if (node.kind === 'access' && node.array === array) count++
  return count
}
