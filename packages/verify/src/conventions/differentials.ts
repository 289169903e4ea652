// dz = xᵀ dw of a z that is computed from w: how much z moves where w does. Here a d stands for
// gradients, which flow the other way.
import { matchName } from '../language/names/names.ts'
import type { Scope, ScopeName } from '../language/resolved.ts'
import { type Claim, ClaimError, type Expression } from '../language/syntax.ts'
import { childNodes } from '../language/walk.ts'

const isD = (node: Expression | undefined): boolean =>
  node?.kind === 'name' && node.base === 'd' && !node.subscript && !node.superscript

/** The arrays that a d stands before. */
const differentiatedIn = (node: Expression, scope: Scope): ScopeName[] => {
  const factors = node.kind === 'product' ? node.factors : []
  const own = factors.flatMap((factor, at) => {
    const name = isD(factors[at - 1]) && factor.kind === 'name' ? factor : undefined
    const found = name && matchName(name, name.base, scope, new Map(), false)
    return found ? [found.array] : []
  })
  return [...own, ...childNodes<Expression>(node).flatMap((each) => differentiatedIn(each, scope))]
}

/** @throws ClaimError where what is differentiated is computed from all that moves it */
export const demandGradients = ({ operands, span }: Claim, scope: Scope): void => {
  const [left, ...others] = operands
  const isPair = left?.kind === 'product' && left.factors.length === 2 && isD(left.factors[0])
  const [made] = isPair ? differentiatedIn(left, scope) : []
  const from = others.flatMap((side) => differentiatedIn(side, scope))
  const isMadeOf = ({ name }: ScopeName) => made && scope.isMadeOf?.(made.name, name)
  if (!made || from.length === 0 || !from.every(isMadeOf)) return
  throw new ClaimError(
    `A differential: ‘${made.name}’ is computed from what moves it here, and d is for gradients. ` +
      'Write it as a derivative: ∂y/∂x = …',
    span,
  )
}
