// Steps of learning: w ← w − η g, W_{t+1} = W_t − η g, Δw = −η g. They say what w is next, and
// claim nothing.
import { roleOf } from '../document/network/leaves.ts'
import { spokenOf } from '../language/names-in.ts'
import { expressionText } from '../language/print/print.ts'
import type { Claim, Expression, Name } from '../language/syntax.ts'

const rates: ReadonlySet<string> = new Set(['η', 'α', 'ε', 'ρ', 'lr'])

/** W_t of W_{t+1}, and (1 − ηλ) w. */
const isOf = (base: string, node: Expression): boolean =>
  node.kind === 'product'
    ? node.factors.some((each) => isOf(base, each))
    : node.kind === 'name' && node.base === base

/** W_{t+1}, W^{(k+1)}. */
const isLater = (left: Name): boolean => /\+ ?1\b/.test(expressionText(left, 'text'))

/** `isKnown`: whether the network has an array of that letter; its η is no rate. */
export const isUpdate = (claim: Claim, isKnown: (base: string) => boolean): boolean => {
  const [left, right, ...others] = claim.operands
  if (!left || !right || others.length > 0 || claim.relations[0] !== '=') return false
  const hasRate = spokenOf(right).some((base) => rates.has(base) && !isKnown(base))
  if (left.kind === 'product') return hasRate && !isKnown('Δ') && isOf('Δ', left.factors[0]!)
  if (left.kind !== 'name' || right.kind !== 'addition') return false
  const isSaid = claim.defines === true || isLater(left)
  const isNext = hasRate || (isSaid && roleOf(left.base) === 'parameter')
  return isNext && right.terms.some((each) => isOf(left.base, each))
}
