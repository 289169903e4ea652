// The definition of an op, a line of the notation, as terms over its operands' fields: linear parts
// are written out, functions and winners are opaque. Reads the notation's tree; knows no op.

import type { notation } from '@backprove/graph'
import { constantValue, minus, type Polynomial, plus } from '../../arithmetic/polynomial.ts'
import { type Rational, rational } from '../../arithmetic/rational.ts'
import { equateTerms, scaleTerms } from '../../index-terms/fields.ts'
import { type Field, term } from '../../index-terms/terms.ts'
import { exactFinite } from '../exact.ts'
import { applyAt, positiveMask, readField, valueOfSize } from '../functions/apply.ts'
import { elementary } from '../functions/elementary.ts'
import type { Functions, Index, Terms } from '../functions/functions.ts'
import { inverseOf, powerOf } from '../functions/scalars.ts'
import { type Letter, lift, scoped } from '../letters.ts'
import { constantTerms } from '../plain.ts'
import { productOfTerms } from '../products.ts'
import { extremumOf, overVariables } from './binders.ts'
import {
  type Expression,
  isPack,
  type LineContext,
  type Of,
  PACK,
  packed,
  unsupported,
  usedLetters,
} from './context.ts'
import { guardTermsOf } from './guards.ts'
import { accessIndex } from './index.ts'

const minusOne = rational(-1)

/** The value of a line as a field of the given shape. */
export const lineField = (
  line: notation.Line,
  shape: Index,
  context: Omit<LineContext, 'letters' | 'quotients' | 'pack'>,
): Field => {
  const packAt = line.indices.findIndex(isPack)
  const packed = shape.length - (line.indices.length - 1)
  const places = line.indices.flatMap((index): (Expression | undefined)[] =>
    isPack(index) ? Array.from({ length: packed }, () => undefined) : [index],
  )
  if (places.length !== shape.length) unsupported('a line of another rank')
  const at = (index: Index): Terms => {
    const letters: [string, Letter][] = []
    const equations: Polynomial[] = []
    places.forEach((place, axis) => {
      if (!place) return
      const value = plus(index[axis]!, 1)
      if (place.kind === 'symbol') letters.push([place.name, { value, length: shape[axis]! }])
      else if (place.kind === 'number') equations.push(minus(value, place.value))
      else unsupported('a result that is read at an expression')
    })
    const pack = places.flatMap((place, axis): Letter[] =>
      place ? [] : [{ value: plus(index[axis]!, 1), length: shape[axis]! }],
    )
    const all = { ...context, letters: new Map(letters), quotients: new Map(), pack }
    const terms = scoped<LineContext>(all, (inner) => termsOf(line.body, inner))
    return equateTerms(
      terms,
      equations.filter((e) => constantValue(e) !== 0n),
    )
  }
  return packAt < 0 && shape.length !== line.indices.length
    ? unsupported('a line of another rank')
    : { shape, at }
}

const valueReaders: {
  readonly [K in Expression['kind']]: (node: Of<K>, context: LineContext) => Terms
} = {
  number: ({ value }) => constantTerms(exactFinite(value)),
  symbol: ({ name }, context) => {
    if (context.letters.has(name)) return unsupported('an index as a value')
    const number = context.numbers.get(name)
    if (number) return constantTerms(number)
    const known = context.symbols.get(name)
    return known ? valueOfSize(known) : unsupported(`the letter ${name} has no value`)
  },
  access: (node, context) => {
    const field = context.operands.get(node.array)
    return field ? readField(field, accessIndex(node, field, context)) : []
  },
  sum: ({ terms }, context) => terms.flatMap((each) => termsOf(each, context)),
  product: ({ factors }, context) =>
    factors.map((each) => termsOf(each, context)).reduce(productOfTerms),
  negation: ({ operand }, context) => scaleTerms(termsOf(operand, context), minusOne),
  quotient: ({ numerator, denominator }, context) =>
    productOfTerms(
      termsOf(numerator, context),
      inverseOf(termsOf(denominator, context), (f) => applied(f, denominator, context)),
    ),
  power: ({ base, exponent }, context) =>
    powerOf(termsOf(base, context), numberOf(exponent, context), (f) => applied(f, base, context)),
  modulo: () => unsupported('an index as a value'),
  call: (node, context) => callOf(node, context),
  reduction: (node, context) =>
    node.reduction === 'Σ'
      ? overVariables(node.variables, node.body, context, (inner) => termsOf(node.body, inner))
      : extremumOf(node, context),
  iverson: ({ guards }, context) =>
    guards.map((guard) => guardTermsOf(guard, context)).reduce(productOfTerms, [term({})]),
}

/** A node of a line costs about as much as so many steps of a proof. */
const stepsOfNode = 10

export const termsOf = (expression: Expression, context: LineContext): Terms => {
  context.functions.tick(stepsOfNode)
  const read = valueReaders[expression.kind] as (node: Expression, context: LineContext) => Terms
  return read(expression, context)
}

/** A number that stands in an exponent. */
const numberOf = (expression: Expression, context: LineContext): Rational => {
  if (expression.kind === 'number') return exactFinite(expression.value)
  if (expression.kind === 'negation') {
    const { numerator, denominator } = numberOf(expression.operand, context)
    return rational(-numerator, denominator)
  }
  if (expression.kind === 'symbol') {
    const number = context.numbers.get(expression.name)
    const whole = constantValue(context.symbols.get(expression.name) ?? new Map([['?', never]]))
    if (number) return number
    if (whole !== undefined) return rational(whole)
  }
  return unsupported('an exponent that is no number')
}
const never = { coefficient: 1n, variables: [] }

/** f(expression): of one entry where it is one, otherwise of an array of the letters it uses. */
export const applied = (
  f: Parameters<Functions['apply']>[0],
  expression: Expression,
  context: LineContext,
): Terms => {
  const named = packed(context)
  const lifted = () =>
    lift(named, usedLetters(expression, named), (inner) => {
      const pack = context.pack.map((_, k) => inner.letters.get(PACK + k)!)
      return termsOf(expression, { ...inner, pack })
    })
  return applyAt(f, context.functions, termsOf(expression, context), named, lifted)
}

const callOf = ({ name, operands }: Of<'call'>, context: LineContext): Terms => {
  const [a, b] = operands as [Expression, Expression?]
  if (name === 'floor' || name === 'ceil') return unsupported('a rounded value')
  if (name === 'log1p') return unsupported('log1p, which only stable lines use')
  if (name !== 'max' && name !== 'min') return applied(elementary[name], a, context)
  // max(a, b) = a + [b > a](b − a), which prefers a
  const difference: Expression = { kind: 'sum', terms: [b!, { kind: 'negation', operand: a }] }
  const opposite: Expression = { kind: 'negation', operand: difference }
  const mask = positiveMask((f) => applied(f, name === 'max' ? difference : opposite, context))
  return [...termsOf(a, context), ...productOfTerms(mask, termsOf(difference, context))]
}
