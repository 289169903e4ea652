// Walking both trees without knowing their kinds: children in the order in which they are written.

import { ClaimError, limits, type Span } from './syntax.ts'

interface TreeNode {
  readonly kind: string
}

const isNode = (value: unknown): value is TreeNode =>
  typeof value === 'object' && value !== null && 'kind' in value

const isPlain = (value: unknown): value is object => typeof value === 'object' && value !== null

/** The nodes directly below, through lists, binders and scripts. */
export const childNodes = <Node extends TreeNode>(node: object): readonly Node[] => {
  const found: Node[] = []
  gather(node, found)
  return found
}

/** All below, each before what is below it. */
export const nodesBelow = <Node extends TreeNode>(
  node: object,
  found: Node[] = [],
): readonly Node[] => {
  for (const child of childNodes<Node>(node)) {
    found.push(child)
    nodesBelow(child, found)
  }
  return found
}

/** Into one list: diagnoses walk some hundred thousand nodes. */
const gather = <Node extends TreeNode>(node: object, found: Node[]): void => {
  for (const key of Object.keys(node)) {
    if (key === 'span') continue
    const value = (node as Readonly<Record<string, unknown>>)[key]
    if (Array.isArray(value)) for (const item of value) take(item, found)
    else take(value, found)
  }
}

const take = <Node extends TreeNode>(value: unknown, found: Node[]): void => {
  if (isNode(value)) found.push(value as Node)
  else if (isPlain(value)) gather(value, found)
}

/**
 * What is written out passes here as it comes: a tree in which each name stands for two of another
 * is twice as large with each of them, and is refused before anybody walks it.
 */
export const writingOut = (span: Span) => {
  let left = limits.written
  return <Tree extends object>(tree: Tree): Tree => {
    const waiting: object[] = [tree]
    for (let node = waiting.pop(); node; node = waiting.pop()) {
      if (left-- === 0) throw new ClaimError(`A formula has at most ${limits.written} parts`, span)
      waiting.push(...childNodes<TreeNode>(node))
    }
    return tree
  }
}

/** Whether a tree holds such a node, itself or below. */
export const holding = (isOne: (node: object) => boolean): ((node: object) => boolean) => {
  const holds = (node: object): boolean => isOne(node) || childNodes(node).some(holds)
  return holds
}

/**
 * The tree with some of its nodes replaced; what stands in the place of one is not looked into, and
 * what has none replaced is the same object: what is known of it stays known.
 */
export const mapped = <Tree>(tree: Tree, change: (node: object) => object | undefined): Tree => {
  const visit = (value: unknown): unknown => {
    if (value === null || typeof value !== 'object') return value
    if (!Array.isArray(value)) {
      const other = change(value)
      if (other) return other
    }
    let copy: Record<string, unknown> | undefined
    for (const key of Object.keys(value)) {
      if (key === 'span') continue
      const each = (value as Record<string, unknown>)[key]
      const found = visit(each)
      if (found === each) continue
      copy ??= (Array.isArray(value) ? [...value] : { ...value }) as Record<string, unknown>
      copy[key] = found
    }
    return copy ?? value
  }
  return visit(tree) as Tree
}

/** With these parts; the same object where it has them: what is known of it stays known. */
export const withParts = <Node extends object>(
  node: Node,
  parts: { readonly [Key in keyof Node]?: unknown },
): object =>
  Object.entries(parts).every(([key, part]) => node[key as keyof Node] === part)
    ? node
    : { ...node, ...parts }

/** A tree as text, without its places: equal for what is written alike. */
export const spellingOf = (tree: unknown): string =>
  JSON.stringify(tree, (key, value) =>
    key === 'span' ? undefined : typeof value === 'bigint' ? `${value}` : value,
  )

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
