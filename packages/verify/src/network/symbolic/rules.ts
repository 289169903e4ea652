// Size rules of ops, `⌊(H+p+q-d(m-1)-1)/s⌋+1`, as polynomials in symbolic lengths.

import type * as notation from '@backprove/graph/notation'
import {
  constantValue,
  negate,
  type Polynomial,
  plus,
  polynomial,
  times,
} from '../../arithmetic/polynomial.ts'
import { UnsupportedError } from '../../core/errors.ts'
import type { Sizes } from './sizes.ts'

/** Letters of a line that stand for integers. */
export type Letters = ReadonlyMap<string, Polynomial>

/** @throws UnsupportedError where the rule is no polynomial with quotients by numbers */
export const sizeOfRule = (
  rule: notation.Expression,
  letters: Letters,
  sizes: Sizes,
): Polynomial => {
  const value = (part: notation.Expression): Polynomial => sizeOfRule(part, letters, sizes)
  switch (rule.kind) {
    case 'number':
      if (!Number.isSafeInteger(rule.value)) throw new UnsupportedError('a length with decimals')
      return polynomial(rule.value)
    case 'symbol': {
      const known = letters.get(rule.name)
      if (!known) throw new UnsupportedError(`the letter ${rule.name} is no length`)
      return known
    }
    case 'sum':
      return plus(...rule.terms.map(value))
    case 'product':
      return times(...rule.factors.map(value))
    case 'negation':
      return negate(value(rule.operand))
    case 'quotient':
      return exactQuotient(value(rule.numerator), value(rule.denominator), sizes)
    case 'call': {
      const [operand] = rule.operands
      if (rule.name !== 'floor' && rule.name !== 'ceil') break
      if (operand?.kind !== 'quotient') return value(operand!)
      const divisor = sizes.settled(value(operand.denominator))
      const number = constantValue(divisor)
      if (number !== undefined && number < 1n) throw new UnsupportedError('a divisor below 1')
      const numerator = value(operand.numerator)
      if (rule.name === 'floor') return sizes.quotient(numerator, divisor)
      return ceiling(numerator, divisor, sizes)
    }
    default:
  }
  throw new UnsupportedError(`a size rule with ${rule.kind}`)
}

/** ⌈e/s⌉ = ⌊(e + s − 1)/s⌋; where e = s q + r is known to be halved, e − ⌊e/2⌋. */
const ceiling = (e: Polynomial, s: Polynomial, sizes: Sizes): Polynomial =>
  constantValue(s) === 2n
    ? plus(e, negate(sizes.quotient(e, s)))
    : sizes.quotient(plus(e, s, -1), s)

const exactQuotient = (p: Polynomial, by: Polynomial, sizes: Sizes): Polynomial => {
  const divisor = constantValue(by)
  if (divisor === undefined || divisor < 1n) throw new UnsupportedError('a symbolic divisor')
  return sizes.exact(p, divisor)
}
