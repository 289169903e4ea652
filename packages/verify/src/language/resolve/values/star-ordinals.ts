// The bare stars of a claim, numbered as they are read.
import type { Claim, Expression } from '../../syntax.ts'
import { childNodes } from '../../walk.ts'

/** In-order, so that the left of two stars in a row comes first. */
export const starOrdinals = (claim: Claim): Map<Expression, number> => {
  const ordinals = new Map<Expression, number>()
  const visit = (node: Expression): void => {
    if (node.kind !== 'star') {
      childNodes<Expression>(node).forEach(visit)
      return
    }
    visit(node.left)
    if (!node.mode) ordinals.set(node, ordinals.size)
    visit(node.right)
  }
  claim.operands.forEach(visit)
  return ordinals
}
