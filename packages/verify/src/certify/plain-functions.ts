// The names of functions in a statement: equal for equal ones, and those that the checker knows by
// the names of its table.

import { type Node, ops } from '@backprove/graph'
import { laws } from '../certificate/laws.ts'

/** The name of a function of one number, equal for equal ones. */
export const functionOf = (node: Node): string | undefined => {
  const application = node.graph.applicationOf(node)
  if (application) return `${application.name} = ${application.formula}`
  const { op, params } = node
  if (!op.traits?.elementwise || Object.keys(op.operands).length !== 1) return undefined
  if (!isOurs.has(op)) return undefined
  const written = op === ops.relu ? '{}' : JSON.stringify(params)
  const name = words[op.name] ?? op.name
  const f = written === '{}' ? name : `${name} ${written}`
  return laws[f] || op.traits.activation ? f : undefined
}

/** Ops of users may have the names of ours. */
const isOurs: ReadonlySet<unknown> = new Set(Object.values(ops))

export const words: Readonly<Record<string, string>> = { sqrt: '√' }
