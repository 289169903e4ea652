// δV = Âᵀ δY: where a claim is about δ before an array, on both sides, every such δ is a
// gradient: nobody says what an error times an array is.
import type { Scope } from '../../resolved.ts'
import type { Claim, Expression, Name } from '../../syntax.ts'
import { childNodes, mapped } from '../../walk.ts'
import { has } from '../relettered.ts'

const isDelta = (node: Expression | undefined): node is Name =>
  node?.kind === 'name' &&
  node.base === 'δ' &&
  !node.superscript &&
  !node.subscript &&
  node.primes === 0

const isArray = (node: Expression | undefined, scope: Scope): node is Name =>
  node?.kind === 'name' && !node.superscript && has(scope, node.base)

/** δ before an array, somewhere: with δ xᵀ alone nobody knows. */
const holdsOne = (node: Expression, scope: Scope): boolean =>
  (node.kind === 'product' &&
    node.factors.some((each, at) => isDelta(each) && isArray(node.factors[at + 1], scope))) ||
  childNodes<Expression>(node).some((child) => holdsOne(child, scope))

export const withDeltasOfLeft = (claim: Claim, scope: Scope): Claim => {
  const [left, ...sides] = claim.operands
  const [delta, array, ...others] = left?.kind === 'product' ? left.factors : []
  const isSaid = sides.some((side) => holdsOne(side, scope))
  const isMeant = isSaid && isDelta(delta) && isArray(array, scope) && others.length === 0
  if (!isMeant || has(scope, 'δ') || has(scope, 'd')) return claim
  const visit = (node: object): object | undefined => {
    const each = node as Expression
    if (each.kind !== 'product') return undefined
    const factors = each.factors.map((factor, at) => {
      const next = each.factors[at + 1]
      const isOne = isDelta(factor) && isArray(next, scope) && !each.dots?.includes(at + 1)
      if (!isOne) return mapped(factor, visit)
      // As dV, which touches.
      const { start } = next.span
      return { ...factor, base: 'd', span: { start: start - 1, end: start } }
    })
    return { ...each, factors }
  }
  return { ...claim, operands: claim.operands.map((side) => mapped(side, visit)) }
}
