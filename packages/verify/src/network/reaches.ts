// Which nodes are made of which.

import type { Node } from '@backprove/graph'

/** Whether `to` is reached from `from` against the arrows, without passing the given nodes. */
export const reaches = (from: Node, to: Node, without: ReadonlySet<Node>): boolean => {
  const seen = new Set<Node>()
  const open = [from]
  for (let node = open.pop(); node; node = open.pop()) {
    if (node === to) return true
    if (seen.has(node) || without.has(node)) continue
    seen.add(node)
    open.push(...node.args)
  }
  return false
}
