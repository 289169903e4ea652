// The layer form: whole arrays and operators, δ^F = up(w^{O⊤} δ^O) ⊙ 1_max ⊙ σ′(z^F), composed
// from what every op says of its own look.

import { constantOp } from '../ops/leaves.ts'
import { applied, atom } from '../ops/print-parts.ts'
import { shapesOf } from '../record/infer-shape.ts'
import type { Node } from '../record/node.ts'
import { operandNames, type Printed } from '../record/op.ts'
import { constantText } from './compose/constants.ts'
import { wholeArrays } from './compose/whole.ts'
import { type Labelling, numberLabel } from './label/labels.ts'
import type { References } from './label/references.ts'

/** Longer than this, a part of a formula is set apart and gets a formula of its own. */
const LONGEST = 360

export interface Composed {
  /** LaTeX with marks for labels. */
  readonly text: string
  /** Nodes that the text mentions by number, and that need formulas of their own. */
  readonly setApart: readonly Node[]
  /** Some part is said by people alone: the entry says it exactly. */
  readonly isSpoken: boolean
}

/** What a node is, in terms of the labels that it is made from. Works in any depth. */
export function composeLayer(
  root: Node,
  { label, stops }: Labelling,
  references: References,
): Composed {
  const setApart = new Map<Node, Printed>()
  const printed = new Map<Node, Printed>()
  let isSpoken = false
  const isWhole = wholeArrays(root, { label, stops })
  const named = (node: Node): Printed => atom(references.mark(label(node) ?? numberLabel(node)))
  for (const node of regionOf(root, stops)) {
    const isStop = node !== root && stops(node)
    const part = isStop ? named(node) : printNode(node, (arg) => printed.get(arg)!, named)
    const isSaid = isWhole(node)
    isSpoken ||= part.spoken === true || !isSaid
    const tooLong = node !== root && part.text.length > LONGEST
    if (tooLong) setApart.set(node, named(node))
    printed.set(node, setApart.get(node) ?? part)
  }
  const { text } = printed.get(root)!
  return {
    text,
    setApart: [...setApart].filter(([, mark]) => text.includes(mark.text)).map(([node]) => node),
    isSpoken,
  }
}

/** One op in terms of its operands. */
function printNode(
  node: Node,
  operand: (arg: Node) => Printed,
  named: (node: Node) => Printed,
): Printed {
  const application = node.graph.applicationOf(node)
  if (application) return applied(functionName(application.name), operand(application.argument))
  if (node.op === constantOp) return constantText(node) ?? named(node)
  const names = operandNames(node.op, node.args.length)
  const operands = Object.fromEntries(names.map((name, k) => [name, operand(node.args[k]!)]))
  return node.op.latex(operands, node.params, shapesOf(node.op, node.args))
}

/** Names of activations are letters and digits: nothing in them is LaTeX. */
export const functionName = (name: string): string => `\\operatorname{${name}}`

/** The nodes between the root and the stops, both included, arguments first. */
function regionOf(root: Node, stops: (node: Node) => boolean): Node[] {
  const reached = new Set<Node>()
  const waiting = [root]
  for (let node = waiting.pop(); node; node = waiting.pop()) {
    if (reached.has(node)) continue
    reached.add(node)
    if (node !== root && stops(node)) continue
    const application = node.graph.applicationOf(node)
    waiting.push(...(application ? [application.argument] : node.args))
  }
  return [...reached].sort((a, b) => a.id - b.id)
}
