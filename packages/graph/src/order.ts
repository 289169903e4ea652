// Orders nodes without recursion, so that a chain of any length is ordinary.
import { OptionError } from './errors.ts'
import type { Node } from './record/node.ts'
import { show } from './show.ts'

/** All nodes that the given ones are made from, arguments before the nodes that use them. */
export function topologicalOrder(outputs: Iterable<Node>): Node[] {
  requireList('topologicalOrder', outputs)
  const reached = new Set<Node>()
  const waiting = [...outputs]
  for (let node = waiting.pop(); node; node = waiting.pop()) {
    if (reached.has(node)) continue
    reached.add(node)
    waiting.push(...node.args)
  }
  return [...reached].sort((a, b) => a.id - b.id)
}

/** The nodes of `order` that depend on any of `sources`, the sources included. */
export function dependents(order: readonly Node[], sources: Iterable<Node>): Set<Node> {
  requireList('dependents', order)
  requireList('dependents', sources)
  const found = new Set(sources)
  for (const node of order) if (node.args.some((arg) => found.has(arg))) found.add(node)
  return found
}

/** @throws OptionError for one node, or what is none */
function requireList(what: string, nodes: unknown): void {
  const isList = typeof nodes === 'object' && nodes !== null && Symbol.iterator in nodes
  if (!isList) throw new OptionError(`${what}: ${show(nodes)} is no list of nodes, such as [cost]`)
}
