// Factors of products and of ⊙: which there are, and the product without one.
import type { Expression } from '../../language/syntax.ts'
import { without } from '../build.ts'
import type { NodeRewrite } from '../edit.ts'
import type { Site } from '../sites.ts'

export const isFactor = ({ parents, position }: Site): boolean => {
  const inside = parents.at(-1)?.kind
  return position === 'value' && ['hadamard', 'product', 'star'].includes(inside ?? '')
}

/** Every factor that satisfies the test, with what is left without it. */
export const factorsOf = (
  node: Expression,
  test: (factor: Expression) => boolean,
): readonly (readonly [factor: Expression, rest: Expression])[] => {
  if (node.kind === 'hadamard') {
    const right = test(node.right) ? [[node.right, node.left] as const] : []
    return test(node.left) ? [...right, [node.left, node.right]] : right
  }
  if (node.kind !== 'product') return []
  return node.factors.flatMap((factor, at) =>
    test(factor) ? [[factor, without(node, at)] as const] : [],
  )
}

/** A factor that satisfies `drops`, left out. */
export const dropFactor =
  (drops: (node: Expression) => boolean, message: (node: Expression) => string): NodeRewrite =>
  ({ node }) =>
    factorsOf(node, drops).map(([factor, rest]) => [rest, message(factor)])
