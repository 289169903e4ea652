// A formula that begins with its relation goes on from the one before it.
import { type Claim, ClaimError, type Span } from '../syntax.ts'

/**
 * `= b` after `a = c` is `c = b`: the claim with the last operand of the one before it.
 * @throws ClaimError when there is none before it.
 */
export const continued = (claim: Claim, before: Claim | undefined): Claim => {
  if (!claim.continues) return claim
  const last = before?.operands.at(-1)
  if (!last) throw new ClaimError('There is no formula before it to go on from', claim.span)
  const here: Span = { start: claim.span.start, end: claim.span.start }
  return { ...claim, continues: false, operands: [{ ...last, span: here }, ...claim.operands] }
}
