// Which letters a claim uses as indices, as far as that can be seen without the graph.
import { isBare, letterOf } from '../../resolve/context.ts'
import type { Claim, Expression, Name } from '../../syntax.ts'
import { childNodes } from '../../walk.ts'

/** Whether a part of a node stands as an index of it. */
const isIndexOf = (node: object, part: Expression): boolean => {
  const { subscript, indices } = node as Partial<Name> & { indices?: readonly Expression[] }
  return (subscript?.parts.includes(part) || indices?.includes(part)) ?? false
}

/** Letters that stand somewhere else than alone in a subscript: n of z_{n-1}, Σ_{i=1}^n, 1/n. */
export const standingIn = (claim: Claim): ReadonlySet<string> => {
  const found = new Set<string>()
  const visit = (node: object): void => {
    for (const child of childNodes<Expression>(node)) {
      if (child.kind === 'name' && !isIndexOf(node, child)) found.add(letterOf(child))
      visit(child)
    }
  }
  for (const node of [...claim.operands, ...(claim.when ?? [])]) {
    if (node.kind === 'name') found.add(letterOf(node))
    visit(node)
  }
  return found
}

/**
 * The s of x_{si+u}: a letter that is nowhere else than before an index that something is added to;
 * `below`: nowhere else below, as the k of 1/k x_{ki+u}.
 */
export const onlyMultiplies = (claim: Claim, letter: string, below = false): boolean => {
  let found = false
  const visit = (node: object, isBelow: boolean, parent?: object, above?: object): boolean => {
    const { kind: own } = node as Partial<Name>
    const isIt = own === 'name' && isBare(node as Name) && letterOf(node as Name) === letter
    if (isIt && (isBelow || !below)) {
      found = true
      const { kind, head } = (parent ?? {}) as { kind?: string; head?: unknown }
      const isFactor = kind === 'product' || (kind === 'application' && head === node)
      return isFactor && (above as { kind?: string } | undefined)?.kind === 'addition'
    }
    return childNodes<Expression>(node).every((child) =>
      visit(child, isBelow || isIndexOf(node, child), node, parent),
    )
  }
  return [...claim.operands, ...(claim.when ?? [])].every((each) => visit(each, false)) && found
}

/** Letters that stand bare in some subscript of the claim. */
export const subscriptsOf = (claim: Claim): ReadonlySet<string> => {
  const found = new Set<string>()
  const visit = (node: object, inside: boolean): void => {
    const part = node as Partial<Name>
    if (inside && part.kind === 'name' && isBare(part as Name)) found.add(letterOf(part as Name))
    for (const child of childNodes<Expression>(node)) visit(child, inside || isIndexOf(node, child))
  }
  for (const node of [...claim.operands, ...claim.where.map(({ value }) => value)])
    visit(node, false)
  return found
}
