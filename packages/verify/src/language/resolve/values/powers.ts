// Powers with a constant exponent, which is folded exactly and bounded.

import { recordedShape } from '../../lengths.ts'
import { identityOf } from '../../ones.ts'
import { negative, over, plus, rational, times } from '../../rational.ts'
import type { Resolved } from '../../resolved.ts'
import { ClaimError, type Rational, type Span } from '../../syntax.ts'
import type { Context } from '../context.ts'

const largestExponent = 100n

/** The value of what holds no name. @throws ClaimError when a power is too large. */
const constant = (node: Resolved): Rational | undefined => {
  const fold = (nodes: readonly Resolved[], combine: typeof plus, start: Rational) =>
    nodes.reduce<Rational | undefined>((sum, each) => {
      const value = sum && constant(each)
      return value && combine(sum, value)
    }, start)
  if (node.kind === 'numeral') return node.value
  if (node.kind === 'addition') return fold(node.terms, plus, rational(0n))
  if (node.kind === 'product') return fold(node.factors, times, rational(1n))
  if (node.kind === 'negation') {
    const value = constant(node.operand)
    return value && negative(value)
  }
  if (node.kind === 'quotient') {
    const [a, b] = [constant(node.numerator), constant(node.denominator)]
    return a && b && b.numerator !== 0n ? over(a, b) : undefined
  }
  if (node.kind !== 'power') return undefined
  const [base, exponent] = [constant(node.base), constant(node.exponent)]
  if (!base || !exponent || exponent.denominator !== 1n || exponent.numerator < 0n) return undefined
  // 9^99 in an exponent is too large by far, and so is what it would make of its base.
  if (isLong(base.numerator) || isLong(base.denominator)) throw tooLarge(node.exponent.span)
  return rational(base.numerator ** exponent.numerator, base.denominator ** exponent.numerator)
}

const isLong = (n: bigint): boolean => n > 10n ** 40n || -n > 10n ** 40n

const tooLarge = (span: Span) => new ClaimError(`An exponent is at most ${largestExponent}`, span)
const mostFactors = 20

/** One axis, or one that is longer than 1 beside it. */
const isVector = (shape: readonly number[] | undefined): boolean =>
  shape?.length === 1 || (shape?.length === 2 && shape.includes(1))

/**
 * A power of a matrix is a product of matrices where it is square, and no inverse is read; of a
 * vector it is entry by entry, as of a number.
 */
export const raisedTo = (
  base: Resolved,
  exponent: Resolved,
  span: Span,
  context: Context,
): Resolved => {
  const shape = recordedShape(base, context.scope)
  const value = constant(exponent)
  const isSquare = value?.numerator === 2n && value.denominator === 1n
  if (isSquare && isVector(shape) && !context.program) {
    context.met.add('squares')
    if (context.choices.squares === 'inner') {
      const entries: Resolved = { kind: 'hadamard', left: base, right: base, span }
      return { kind: 'call', word: 'sum', order: 0, operands: [entries], span }
    }
  }
  if (shape?.length !== 2 || !value || value.denominator !== 1n)
    return powerOf(base, exponent, span)
  // Of another matrix than a square one only the entries have powers.
  if (shape[0] !== shape[1]) return powerOf(base, exponent, span)
  if (context.choices.powers === 'entrywise') return powerOf(base, exponent, span)
  if (value.numerator < 0n)
    throw new ClaimError(
      'The inverse of a matrix is not read; entry by entry write 1/x_{ij}',
      exponent.span,
    )
  context.met.add('powers')
  const count = Number(value.numerator)
  if (count > mostFactors) throw new ClaimError(`At most ${mostFactors} factors`, exponent.span)
  if (count === 0) return identityOf(span)
  const factors = Array.from({ length: count }, () => base)
  return count === 1 ? base : { kind: 'product', factors, span }
}

export const powerOf = (base: Resolved, exponent: Resolved, span: Span): Resolved => {
  const value = constant(exponent)
  if (!value) return { kind: 'power', base, exponent, span }
  const size = value.numerator < 0n ? -value.numerator : value.numerator
  if (size > largestExponent * value.denominator || value.denominator > largestExponent)
    throw tooLarge(exponent.span)
  return { kind: 'power', base, exponent: { kind: 'numeral', value, span: exponent.span }, span }
}
