// Indices of a line as polynomials, counted from 1 as in the line; of an access from 0.

import {
  minus,
  negate,
  type Polynomial,
  plus,
  polynomial,
  times,
} from '../../arithmetic/polynomial.ts'
import type { Field } from '../../index-terms/terms.ts'
import type { Index } from '../functions/functions.ts'
import { ceilingOf, quotientOf, remainderOf } from '../letters.ts'
import { isOne } from '../plain.ts'
import { type Expression, isPack, type LineContext, type Of, unsupported } from './context.ts'

/** An index or a size, counted from 1 as in the line. */
export const indexOf = (expression: Expression, context: LineContext): Polynomial => {
  const value = (part: Expression): Polynomial => indexOf(part, context)
  switch (expression.kind) {
    case 'number':
      return polynomial(expression.value)
    case 'symbol': {
      const { name } = expression
      const known = context.letters.get(name)?.value ?? context.symbols.get(name)
      return known ?? unsupported(`the letter ${name} has no value`)
    }
    case 'sum':
      return plus(...expression.terms.map(value))
    case 'product':
      return times(...expression.factors.map(value))
    case 'negation':
      return negate(value(expression.operand))
    case 'modulo':
      return remainderOf(context, value(expression.left), value(expression.right))
    case 'call': {
      const [operand] = expression.operands
      if (operand?.kind !== 'quotient') break
      const [e, p] = [value(operand.numerator), value(operand.denominator)]
      if (expression.name === 'floor') return quotientOf(context, e, p)
      if (expression.name === 'ceil') return ceilingOf(context, e, p)
      break
    }
    default:
  }
  return unsupported(`an index with ${expression.kind}`)
}

/** The 0-based indices of an access; `…` is right-aligned, an axis of length 1 is read at 1. */
export const accessIndex = (node: Of<'access'>, field: Field, context: LineContext): Index => {
  const { shape } = field
  const packed = shape.length - (node.indices.length - 1)
  const index = node.indices.flatMap((each, position): Polynomial[] => {
    if (!isPack(each)) return [minus(indexOf(each, context), 1)]
    return Array.from({ length: packed }, (_, offset) => {
      if (isOne(shape[position + offset]!)) return polynomial(0)
      const letter = context.pack[context.pack.length - packed + offset]
      return letter ? minus(letter.value, 1) : unsupported('a batch that does not fit')
    })
  })
  return index.length === shape.length ? index : unsupported('an access of another rank')
}
