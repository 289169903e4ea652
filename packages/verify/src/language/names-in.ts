// The names of a formula, wherever they stand.

import type { Expression, Name } from './syntax.ts'
import { childNodes } from './walk.ts'

const known = new WeakMap<object, readonly Name[]>()

/** Below a node. Many ask, of the same claim. */
export const namesIn = (node: object): readonly Name[] => {
  const before = known.get(node)
  if (before) return before
  const names: Name[] = []
  gather(node, names)
  known.set(node, names)
  return names
}

/** As `childNodes` goes down, into one list. */
const gather = (node: object, names: Name[]): void => {
  for (const key of Object.keys(node)) {
    if (key === 'span') continue
    const value = (node as Readonly<Record<string, unknown>>)[key]
    if (typeof value === 'object' && value !== null) take(value, names)
  }
}

const take = (value: object, names: Name[]): void => {
  if ((value as Expression).kind === 'name') names.push(value as Name)
  gather(value, names)
}

/** The names of a tree, itself among them. */
export const withNames = (node: Expression): readonly Name[] =>
  node.kind === 'name' ? [node, ...namesIn(node)] : namesIn(node)

/** Bases of what is spoken of: h of h_1, and not of W_{hh}. */
export const basesIn = (node: object): string[] =>
  childNodes<Expression>(node).flatMap((child) =>
    child.kind === 'name' ? [child.base] : basesIn(child),
  )

/** The same of a name alone. */
export const spokenOf = (node: Expression): string[] =>
  node.kind === 'name' ? [node.base] : basesIn(node)
