// What a parser takes for a function's value, as the product that it may be.
import type { Expression, Name } from '../syntax.ts'
import { mapped } from '../walk.ts'

interface Split {
  readonly head: Name
  readonly rest: Expression
}

/** d and (x + y)^T of d(x + y)^T, which a parser takes for a function's value. */
export const splitApplication = (node: Expression): Split | undefined => {
  if (node.kind === 'application') {
    const [rest, ...others] = node.operands
    if (!rest || others.length > 0 || node.bar || node.head.primes > 0) return undefined
    return { head: node.head, rest }
  }
  if (node.kind !== 'transposed' && node.kind !== 'power') return undefined
  const split = splitApplication(node.kind === 'power' ? node.base : node.operand)
  if (!split) return undefined
  const { head, rest } = split
  return {
    head,
    rest: node.kind === 'power' ? { ...node, base: rest } : { ...node, operand: rest },
  }
}

/** The tree with values in the place of names; D (x − y) of such a D is a product. */
export const withValuesFor = <Tree>(
  tree: Tree,
  valueFor: (name: Name) => Expression | undefined,
): Tree =>
  mapped(tree, (node) => {
    const each = node as Expression
    if (each.kind === 'name') return valueFor(each)
    const split = splitApplication(each)
    const value = split && valueFor(split.head)
    if (!value) return undefined
    return {
      kind: 'product',
      factors: [value, withValuesFor(split.rest, valueFor)],
      span: each.span,
    }
  })
