// The names of a formula, wherever they stand.

import type { Expression, Name } from './syntax.ts'
import { childNodes } from './walk.ts'

const known = new WeakMap<object, readonly Name[]>()

/** Below a node. Of trees that are made of one another, what they share is walked once. */
export const namesIn = (node: object): readonly Name[] => {
  const names = known.get(node) ?? childNodes<Expression>(node).flatMap(withNames)
  known.set(node, names)
  return names
}

/** The names of a tree, itself among them. */
export const withNames = (node: Expression): readonly Name[] =>
  node.kind === 'name' ? [node, ...namesIn(node)] : namesIn(node)

/** Bases of what is spoken of: h of h_1, and not of W_{hh}. */
export const basesIn = (node: object): string[] =>
  childNodes<Expression>(node).flatMap((child) =>
    child.kind === 'name' ? [child.base] : basesIn(child),
  )
