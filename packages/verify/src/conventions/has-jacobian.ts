// Whether a formula has the derivative of an array that is no cost, or a row 1ᵀ of ones.
import { onesLetter } from '../language/lexicon.ts'
import type { Scope } from '../language/resolved.ts'
import type { Expression } from '../language/syntax.ts'
import { childNodes, holding } from '../language/walk.ts'

/** ∂y/∂x of what is no cost: δ W alone for Wᵀ δ is a mistake that students make. */
export const hasJacobian = (node: object, scope: Scope): boolean =>
  childNodes<Expression>(node).some((child) => {
    const of = child.kind === 'derivative' ? child.of : undefined
    const isArray = scope.names.some(
      ({ base, name }) => of?.kind === 'name' && base === of.base && name !== scope.costName,
    )
    return isArray || hasJacobian(child, scope)
  })

/** 1ᵀ A is a row, and nobody means its transpose. */
export const hasRowOfOnes = holding((node) => {
  const each = node as Expression
  if (each.kind === 'transposed')
    return (
      each.operand.kind === 'numeral' || (each.operand as { base?: string }).base === onesLetter
    )
  return each.kind === 'name' && each.base === onesLetter && each.superscript !== undefined
})
