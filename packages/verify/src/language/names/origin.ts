// Whether it is open what the indices of a claim count from: x_{i+m,j+n} = … and X(i, j) = … are
// written by some who count from 0.
import type { Scope } from '../resolved.ts'
import type { Binder, Claim, Expression, Name } from '../syntax.ts'
import { childNodes } from '../walk.ts'

/** Σ_{i=1}^n says what is counted from; Σ_{i=0}^{n−1} does not contradict a count from 0. */
const pins = ({ lower, upper }: Binder): boolean => {
  if (lower?.kind === 'numeral') return lower.value.numerator !== 0n
  return upper !== undefined || lower !== undefined
}

const isBareLetter = (node: Expression): boolean =>
  node.kind === 'name' && !node.superscript && !node.subscript

const isRun = (node: Expression): boolean =>
  isBareLetter(node) || (node.kind === 'product' && node.factors.every(isBareLetter))

/** x_{33} of three rows: counted from 0 there is no such entry. */
const isLastOf = ({ base, subscript }: Name, names: Scope['names']): boolean => {
  const digits = (subscript?.parts ?? []).map((part) => (part.kind === 'numeral' ? part.text : 'i'))
  const read = digits.length === 1 ? [...digits[0]!] : digits
  const own =
    names.find((each) => each.tag === '' && each.base === base) ??
    names.find((each) => each.tag === '' && each.base.toLowerCase() === base.toLowerCase())
  const lengths = own?.shape.filter((length) => length > 1) ?? []
  return read.length === lengths.length && read.some((digit, k) => Number(digit) === lengths[k])
}

/**
 * Could the indices count from 0, and does it matter? Where every index is a letter it does not,
 * and where a limit is 1 they count from 1.
 */
export const mayCountFromZero = (claim: Claim, { names }: Scope): boolean => {
  let matters = false
  const isArray = (base: string) => names.some((each) => each.base === base && each.rank > 0)
  const isFree = (node: Expression): boolean => {
    if (node.kind === 'name' && isLastOf(node, names)) return false
    // What argmax finds is counted from 0: [i = k] is of an i that is so too.
    if (node.kind === 'name' && names.some((each) => each.isPlace && each.base === node.base))
      matters = true
    const indices =
      node.kind === 'name'
        ? node.subscript?.parts
        : node.kind === 'entry'
          ? node.indices
          : node.kind === 'application' && isArray(node.head.base)
            ? node.operands
            : undefined
    if (indices?.some((each) => !isRun(each))) matters = true
    if (node.kind === 'reduction') {
      if (node.binders.some(pins)) return false
      if (node.binders.some(({ lower }) => lower !== undefined)) matters = true
    }
    return childNodes<Expression>(node).every(isFree)
  }
  const defined = claim.where.flatMap(({ left, value }) => [left, value])
  return [...claim.operands, ...defined].every(isFree) && matters
}
