// Integers from size rules: `⌊(H+p+q-d(m-1)-1)/s⌋+1` at H = 28, …. No arrays, no binders.

import { SizeError } from '../error.ts'
import type { Expression } from '../syntax.ts'
import { FUNCTION_VALUES, modulo } from './functions.ts'

/**
 * The integer that `expression` is.
 * @throws SizeError for a name without a value, a value that is no integer, or an array
 */
export function evaluateSize(
  expression: Expression,
  symbols: Readonly<Record<string, number>>,
): number {
  const value = rational(expression, symbols)
  if (Number.isSafeInteger(value)) return value === 0 ? 0 : value
  throw new SizeError(`A size must be an integer, but this one is ${value}.`)
}

function rational(expression: Expression, symbols: Readonly<Record<string, number>>): number {
  const value = (part: Expression): number => rational(part, symbols)
  switch (expression.kind) {
    case 'number':
      return expression.value
    case 'symbol': {
      const known = Object.hasOwn(symbols, expression.name) ? symbols[expression.name] : undefined
      if (known === undefined) throw new SizeError(`“${expression.name}” has no value here.`)
      return known
    }
    case 'sum':
      return expression.terms.reduce((total, term) => total + value(term), 0)
    case 'product':
      return expression.factors.reduce((total, factor) => total * value(factor), 1)
    case 'negation':
      return -value(expression.operand)
    case 'quotient':
      return value(expression.numerator) / value(expression.denominator)
    case 'power':
      return value(expression.base) ** value(expression.exponent)
    case 'modulo':
      return modulo(value(expression.left), value(expression.right))
    case 'call': {
      const [first, second] = expression.operands.map(value)
      return FUNCTION_VALUES[expression.name](first ?? Number.NaN, second ?? Number.NaN)
    }
    default:
      throw new SizeError('A size is made of integers; it reads no array and binds no index.')
  }
}
