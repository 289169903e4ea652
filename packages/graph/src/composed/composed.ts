// What functions made of other ops share: their operand is a node, and all that they record counts
// as recorded by the call under way.
import type { Node } from '../record/node.ts'
import { requireNode } from '../record/operand.ts'

/** @throws ShapeError where x is no node */
export function composed(name: string, x: Node, body: () => Node): Node {
  requireNode(name, x)
  return x.graph.recordingHere(body)
}
