// What values an index expression can take, given the ranges of its letters. Interval arithmetic:
// safe, not sharp. Nothing is known of arrays.
import { negate, productOf, quotientOf, sumOf } from '../../notation/algebra.ts'
import type { Expression } from '../../notation/index.ts'
import { mapChildren } from '../../notation/traverse.ts'

export interface Range {
  readonly least: number
  readonly greatest: number
}
export type Ranges = ReadonlyMap<string, Range>

export const EVERYTHING: Range = {
  least: Number.NEGATIVE_INFINITY,
  greatest: Number.POSITIVE_INFINITY,
}

/** The interval that contains every value of the expression. */
export function rangeOf(expression: Expression, ranges: Ranges): Range {
  const range = (part: Expression): Range => rangeOf(part, ranges)
  switch (expression.kind) {
    case 'number':
      return { least: expression.value, greatest: expression.value }
    case 'symbol':
      return ranges.get(expression.name) ?? EVERYTHING
    case 'sum':
      return expression.terms
        .map(range)
        .reduce((a, b) => ({ least: a.least + b.least, greatest: a.greatest + b.greatest }), {
          least: 0,
          greatest: 0,
        })
    case 'negation':
      return negated(range(expression.operand))
    case 'product':
      return expression.factors.map(range).reduce(times, { least: 1, greatest: 1 })
    case 'quotient': {
      const { denominator, numerator } = expression
      if (denominator.kind !== 'number' || denominator.value <= 0) return EVERYTHING
      const above = range(numerator)
      return {
        least: above.least / denominator.value,
        greatest: above.greatest / denominator.value,
      }
    }
    case 'modulo':
      return remainder(range(expression.left), expression.right)
    case 'call': {
      const round = ROUNDINGS[expression.name]
      const inner = round && range(expression.operands[0]!)
      return inner ? { least: round(inner.least), greatest: round(inner.greatest) } : EVERYTHING
    }
    default:
      return EVERYTHING
  }
}

const ROUNDINGS: Readonly<Record<string, (value: number) => number>> = {
  floor: Math.floor,
  ceil: Math.ceil,
}

const negated = ({ least, greatest }: Range): Range => ({ least: -greatest, greatest: -least })

function times(a: Range, b: Range): Range {
  const corners = [
    a.least * b.least,
    a.least * b.greatest,
    a.greatest * b.least,
    a.greatest * b.greatest,
  ]
  if (corners.some(Number.isNaN)) return EVERYTHING
  return { least: Math.min(...corners), greatest: Math.max(...corners) }
}

function remainder(value: Range, divisor: Expression): Range {
  if (divisor.kind !== 'number' || divisor.value <= 0) return EVERYTHING
  return isWithin(value, 0, divisor.value - 1) ? value : { least: 0, greatest: divisor.value - 1 }
}

export const isWithin = ({ least, greatest }: Range, low: number, high: number): boolean =>
  low <= least && greatest <= high

/** Leaves out a remainder that changes nothing: (i − 1) mod 3 where i ≤ 3. */
export function withoutIdleRemainders(expression: Expression, ranges: Ranges): Expression {
  const inner = mapChildren(expression, (part) => withoutIdleRemainders(part, ranges))
  if (inner.kind !== 'modulo' || inner.right.kind !== 'number') return inner
  return isWithin(rangeOf(inner.left, ranges), 0, inner.right.value - 1) ? inner.left : inner
}

/** n mod m is n − m⌊n/m⌋, as claims have it: beside m⌊n/m⌋ it is n. */
export function withoutRemainders(expression: Expression): Expression {
  const inner = mapChildren(expression, withoutRemainders)
  if (inner.kind !== 'modulo') return inner
  const { left, right } = inner
  const whole: Expression = { kind: 'call', name: 'floor', operands: [quotientOf(left, right)] }
  return sumOf([left, negate(productOf([right, whole]))])
}
