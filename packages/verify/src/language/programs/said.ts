// What a line of a program says of all of its arrays.
import type { Scope } from '../resolved.ts'
import type { Claim, Expression } from '../syntax.ts'
import { childNodes } from '../walk.ts'

export const asColumns = (claim: Claim, scope: Scope): Scope =>
  claim.columns ? { ...scope, hasColumns: true } : scope

/** x[1:3]: how long the axis is, is said. */
export const hasParts = (node: object): boolean =>
  childNodes<Expression>(node).some((child) => {
    const parts = child.kind === 'call' ? child.along?.parts : undefined
    return parts?.some((part) => part !== 'all' && part !== 'new') || hasParts(child)
  })
