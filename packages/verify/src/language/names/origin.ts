// Whether a claim about arrays as functions, S(i, j) = Σ X(i + m, j + n) W(m, n), leaves open what
// its indices count from. Everything that is subscripted counts from 1.

import type { Scope } from '../resolved.ts'
import type { Binder, Claim, Expression } from '../syntax.ts'
import { childNodes } from '../walk.ts'
import { visibleRanks } from './names.ts'

/** 0, and 1, say what is counted from; so do brackets about indices. */
const pins = ({ lower, upper }: Binder): boolean => {
  if (lower?.kind === 'numeral') return lower.value.numerator !== 0n
  return upper !== undefined || lower !== undefined
}

/**
 * Could the indices count from 0? Only where all arrays with indices are read as functions, no
 * index is a number other than 0, and no limit of a sum says otherwise.
 */
export const mayCountFromZero = (claim: Claim, { names }: Scope): boolean => {
  let functions = 0
  const isArray = (base: string) =>
    names.some((each) => each.base === base && visibleRanks(each).some((rank) => rank > 0))
  const isFree = (node: Expression): boolean => {
    if (node.kind === 'name' && node.subscript) return false
    if (node.kind === 'iverson') return false
    if (node.kind === 'reduction' && (node.binders.some(pins) || node.conditions.length > 0))
      return false
    if (node.kind === 'application' && isArray(node.head.base) && node.operands.length > 1) {
      functions++
      if (node.operands.some(({ kind, ...each }) => kind === 'numeral' && !isZero(each)))
        return false
    }
    return childNodes<Expression>(node).every(isFree)
  }
  const isZero = (node: object): boolean =>
    'value' in node && (node.value as { numerator: bigint }).numerator === 0n
  return claim.where.length === 0 && claim.operands.every(isFree) && functions > 0
}
