// The stars of a claim in the order of reading; the bare ones are numbered.
import type { Claim, Expression } from '../../syntax.ts'
import { childNodes } from '../../walk.ts'

/** In-order, so that the left of two stars in a row comes first. */
export const starOrdinals = (claim: Claim): Map<Expression, number | undefined> => {
  const ordinals = new Map<Expression, number | undefined>()
  let count = 0
  const visit = (node: Expression): void => {
    if (node.kind !== 'star') {
      childNodes<Expression>(node).forEach(visit)
      return
    }
    visit(node.left)
    ordinals.set(node, node.mode ? undefined : count++)
    visit(node.right)
  }
  claim.operands.forEach(visit)
  return ordinals
}
