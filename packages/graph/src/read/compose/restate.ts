// What an op says in other words where an array of the graph has the name for them.
import type { Node } from '../../record/node.ts'
import { operandNames } from '../../record/op.ts'

/** −Σ t log y for the cross entropy of z, where y = softmax(z) has a name; else the node itself. */
export function restated(node: Node): Node {
  const { op, args, params } = node
  if (!op.restated) return node
  const names = operandNames(op, args.length)
  const operands = Object.fromEntries(names.map((name, k) => [name, args[k]!]))
  return op.restated(operands, params) ?? node
}
