// Walking both trees without knowing their kinds: children in the order in which they are written.

interface TreeNode {
  readonly kind: string
}

const isNode = (value: unknown): value is TreeNode =>
  typeof value === 'object' && value !== null && 'kind' in value

const isPlain = (value: unknown): value is object => typeof value === 'object' && value !== null

/** The nodes directly below, through lists, binders and scripts. */
export const childNodes = <Node extends TreeNode>(node: object): Node[] => {
  const found: Node[] = []
  gather(node, found)
  return found
}

/** Into one list: diagnoses walk some hundred thousand nodes. */
const gather = <Node extends TreeNode>(node: object, found: Node[]): void => {
  for (const key of Object.keys(node)) {
    if (key === 'span' || key === 'value') continue
    const value = (node as Readonly<Record<string, unknown>>)[key]
    if (Array.isArray(value)) for (const item of value) take(item, found)
    else take(value, found)
  }
}

const take = <Node extends TreeNode>(value: unknown, found: Node[]): void => {
  if (isNode(value)) found.push(value as Node)
  else if (isPlain(value)) gather(value, found)
}

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
