// The reference interpreter as a page's engine: slower than a program, and already there.
import { describeNode, evaluate, type Node, topologicalOrder } from '@backprove/graph'
import type { Runner } from './live.ts'

export const byInterpreter = (outputs: Readonly<Record<string, Node>>): Runner => ({
  run(feeds) {
    const keys = Object.keys(outputs)
    const values = evaluate(Object.values(outputs), feeds)
    return Object.fromEntries(keys.map((key, k) => [key, values[k]!]))
  },
  diagnose(feeds) {
    const order = topologicalOrder(Object.values(outputs))
    const at = evaluate(order, feeds).findIndex((values) => !values.every(Number.isFinite))
    const node = order[at]
    return node && { node, message: `${describeNode(node)}: ${node.op.name}` }
  },
})
