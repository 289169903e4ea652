// Which elementwise nodes are computed together, in one pass over one shape. A node joins the group
// of its consumers when all of them are in one group of its own shape: its value is then never
// written to memory.
import { type Node, type Shape, sameShape } from '@backprove/graph'
import { familyOf } from './families.ts'

/** A group is compiled as straight-line code: longer ones are cut. */
const MOST_TOGETHER = 48

/** The shape that a fusible node passes over, or undefined for other nodes. */
export function passOver(node: Node): Shape | undefined {
  const family = familyOf(node.op)
  if (family === 'elementwise') return node.shape
  return family === 'reduction' ? node.args[0]!.shape : undefined
}

/** Fusible node → the last node of its group, which alone is written to memory. */
export function fuse(order: readonly Node[], roots: readonly Node[]): ReadonlyMap<Node, Node> {
  const group = new Map<Node, Node>()
  const size = new Map<Node, number>()
  const consumers = new Map<Node, Node[]>()
  for (const node of order) {
    for (const arg of new Set(node.args)) {
      const known = consumers.get(arg)
      if (known) known.push(node)
      else consumers.set(arg, [node])
    }
  }
  const kept = new Set(roots)
  for (let k = order.length - 1; k >= 0; k--) {
    const node = order[k]!
    if (!passOver(node)) continue
    const root = kept.has(node) ? node : commonGroup(node, consumers.get(node) ?? [], group)
    const together = size.get(root) ?? 0
    const joined = root === node || together >= MOST_TOGETHER ? node : root
    group.set(node, joined)
    size.set(joined, (size.get(joined) ?? 0) + 1)
  }
  return group
}

function commonGroup(node: Node, consumers: readonly Node[], group: ReadonlyMap<Node, Node>): Node {
  const root = consumers[0] && group.get(consumers[0])
  if (!root || familyOf(node.op) !== 'elementwise') return node
  const together = consumers.every(
    (consumer) => group.get(consumer) === root && sameShape(passOver(consumer)!, node.shape),
  )
  return together ? root : node
}
