// Powers with a constant exponent, which is folded exactly and bounded.
import { negative, over, plus, rational, times } from '../rational.ts'
import type { Resolved } from '../resolved.ts'
import { ClaimError, type Rational, type Span } from '../syntax.ts'

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

export const powerOf = (base: Resolved, exponent: Resolved, span: Span): Resolved => {
  const value = constant(exponent)
  if (!value) return { kind: 'power', base, exponent, span }
  const size = value.numerator < 0n ? -value.numerator : value.numerator
  if (size > largestExponent * value.denominator || value.denominator > largestExponent)
    throw tooLarge(exponent.span)
  return { kind: 'power', base, exponent: { kind: 'numeral', value, span: exponent.span }, span }
}
