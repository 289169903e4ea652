// Walking both trees without knowing their kinds: children in the order in which they are written.

interface TreeNode {
  readonly kind: string
}

const isNode = (value: unknown): value is TreeNode =>
  typeof value === 'object' && value !== null && 'kind' in value

const isPlain = (value: unknown): value is object => typeof value === 'object' && value !== null

/** The nodes directly below, through lists, binders and scripts. */
export const childNodes = <Node extends TreeNode>(node: object): Node[] =>
  Object.entries(node).flatMap(([key, value]) => {
    if (key === 'span' || key === 'value') return []
    if (isNode(value)) return [value as Node]
    if (Array.isArray(value))
      return value.flatMap((item) =>
        isNode(item) ? [item as Node] : isPlain(item) ? childNodes<Node>(item) : [],
      )
    return isPlain(value) ? childNodes<Node>(value) : []
  })

/** Nodes on the longest path down; on an explicit stack, for it is what bounds recursion. */
export const depthOf = (root: object): number => {
  let deepest = 0
  const stack: [object, number][] = [[root, 1]]
  for (let top = stack.pop(); top; top = stack.pop()) {
    const [node, depth] = top
    deepest = Math.max(deepest, depth)
    for (const child of childNodes(node)) stack.push([child, depth + 1])
  }
  return deepest
}
