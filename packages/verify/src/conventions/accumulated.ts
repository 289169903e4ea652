// What lines of a program that change a value claim: dW += … from 0, and dh before its mask.
import { withNames } from '../language/names-in.ts'
import { expressionText } from '../language/print/print.ts'
import type { Scope } from '../language/resolved.ts'
import { type Claim, ClaimError, type Expression } from '../language/syntax.ts'
import { isTrue } from '../verdict/combine.ts'
import type { Verdict } from '../verdict/verdict.ts'

const lastName = (node: Expression | undefined): string | undefined => {
  if (node?.kind === 'product') return lastName(node.factors.at(-1))
  if (node?.kind === 'derivative') return lastName(node.by[0])
  return node?.kind === 'name' ? node.base : undefined
}

/**
 * dh of h = relu(z) is ∂C/∂h before its mask, and ∂C/∂z after it; dz is ∂C/∂z after its mask.
 */
export const settled = (claims: readonly Claim[], { names }: Scope): readonly Claim[] =>
  claims.map(({ before, ...claim }) => {
    const base = lastName(claim.operands[0])
    const isOutput = names.some((each) => each.base === base && each.activates !== undefined)
    return before && isOutput ? before : claim
  })

/** dW += x.T @ dz: what it is if it was 0 before, as gradients are. */
export const fromZero = ({ fromZero: _, ...claim }: Claim, judge: (claim: Claim) => Verdict) => {
  const then = judge(claim)
  const { span } = claim
  const reason = 'It adds to what was there before, and what that was is not said'
  const otherwise: Verdict = { kind: 'ill-formed', at: span, reason }
  const convention = 'what is added to was 0 before'
  if (isTrue(then)) return { kind: 'holds-if', convention, then, otherwise } satisfies Verdict
  // One convention is supplied, and this is another.
  return then.kind === 'holds-if' ? otherwise : then
}

/** @throws ClaimError at y ← 2 y, which says what y is next */
export const demandNoStep = ({ defines, program, operands: [left, right] }: Claim): void => {
  if (!defines || program || left?.kind !== 'name' || !right) return
  const name = expressionText(left, 'text')
  if (withNames(right).some((each) => expressionText(each, 'text') === name))
    throw new ClaimError(
      `${name} is said of itself, as what it is next: nothing is claimed`,
      left.span,
    )
}
