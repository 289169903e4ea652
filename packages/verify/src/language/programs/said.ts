// What a line of a program says of all of its arrays.
import type { Scope } from '../resolved.ts'
import type { Claim, Expression } from '../syntax.ts'
import { holding } from '../walk.ts'

export const asColumns = (claim: Claim, scope: Scope): Scope =>
  claim.columns ? { ...scope, hasColumns: true } : scope

/** x[1:3]: how long the axis is, is said. */
export const hasParts = holding((node) => {
  const { kind, along } = node as Partial<Extract<Expression, { kind: 'call' }>>
  return kind === 'call' && (along?.parts ?? []).some((part) => part !== 'all' && part !== 'new')
})
