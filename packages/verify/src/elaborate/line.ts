// The definition of an op, a line of the notation, as terms over its operands' fields: linear parts
// are written out, functions and winners are opaque. Reads the notation's tree; knows no op.

import { notation } from '@backprove/graph'
import {
  constantValue,
  minus,
  negate,
  type Polynomial,
  plus,
  polynomial,
  times,
} from '../arithmetic/polynomial.ts'
import { type Rational, rational } from '../arithmetic/rational.ts'
import { exactRational } from '../concrete/domain.ts'
import {
  equateTerms,
  guardTerms,
  productOfTerms,
  scaleTerms,
  sumOver,
} from '../index-terms/fields.ts'
import { type Field, term } from '../index-terms/terms.ts'
import { applyAt, positiveMask, readField, valueOfSize, vanishingMask } from './apply.ts'
import { constantTerms, elementary, type Functions, type Index, type Terms } from './functions.ts'
import {
  ceilingOf,
  type Indices,
  type Letter,
  lift,
  quotientOf,
  remainderOf,
  scoped,
  withLetters,
} from './letters.ts'
import { inverseOf, powerOf } from './scalars.ts'
import type { NodeShape } from './shapes.ts'
import { isOne } from './shapes.ts'
import { sumOfBox } from './sums.ts'
import { UnsupportedError } from './unsupported.ts'

type Expression = notation.Expression
type Of<K extends Expression['kind']> = Extract<Expression, { kind: K }>

const PACK = '…'
const minusOne = rational(-1)

export interface LineContext extends Indices {
  /** By letter; an operand that is absent reads 0. */
  readonly operands: ReadonlyMap<string, Field>
  readonly symbols: NodeShape['letters']
  readonly numbers: NodeShape['numbers']
  /** The axes that `…` stands for, from the left. */
  readonly pack: readonly Letter[]
  readonly functions: Functions
  /** Equal only for the same windows of the same array. */
  readonly maskKey: string
}

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
  if (places.length !== shape.length) throw new UnsupportedError('a line of another rank')
  const at = (index: Index): Terms => {
    const letters: [string, Letter][] = []
    const equations: Polynomial[] = []
    places.forEach((place, axis) => {
      if (!place) return
      const value = plus(index[axis]!, 1)
      if (place.kind === 'symbol') letters.push([place.name, { value, length: shape[axis]! }])
      else if (place.kind === 'number') equations.push(minus(value, place.value))
      else throw new UnsupportedError('a result that is read at an expression')
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

const unsupported = (why: string): never => {
  throw new UnsupportedError(why)
}

const isPack = (index: Expression): boolean => index.kind === 'symbol' && index.name === PACK

// ---- indices

/** An index or a size, counted from 1 as in the line. */
const indexOf = (expression: Expression, context: LineContext): Polynomial => {
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
const accessIndex = (node: Of<'access'>, field: Field, context: LineContext): Index => {
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

// ---- values

const valueReaders: {
  readonly [K in Expression['kind']]: (node: Of<K>, context: LineContext) => Terms
} = {
  number: ({ value }) => constantTerms(exact(value)),
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

export const termsOf = (expression: Expression, context: LineContext): Terms => {
  const read = valueReaders[expression.kind] as (node: Expression, context: LineContext) => Terms
  return read(expression, context)
}

const exact = (value: number): Rational => {
  const { numerator, denominator } = exactRational(value)
  return rational(numerator, denominator)
}

/** A number that stands in an exponent. */
const numberOf = (expression: Expression, context: LineContext): Rational => {
  if (expression.kind === 'number') return exact(expression.value)
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
const applied = (
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

/** The pack as letters `…0`, `…1` before all others, so that a lift has its axes first. */
const packed = (context: LineContext): LineContext => {
  const letters = context.pack.map((letter, k) => [PACK + k, letter] as const)
  return { ...context, letters: new Map([...letters, ...context.letters]) }
}

/** Letters in force that an expression may read: the pack's where it reads `…`. */
const usedLetters = (expression: Expression, context: LineContext): string[] => {
  const names = new Set<string>()
  const visit = (node: unknown): void => {
    if (Array.isArray(node)) node.forEach(visit)
    else if (node !== null && typeof node === 'object') {
      const { kind, name } = node as { kind?: string; name?: string }
      if (kind === 'symbol' && name) names.add(name)
      Object.values(node).forEach(visit)
    }
  }
  visit(expression)
  return [...context.letters.keys()].filter(
    (name) => names.has(name) || (name.startsWith(PACK) && names.has(PACK)),
  )
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

// ---- guards

const isIndexExpression = (expression: Expression): boolean =>
  expression.kind !== 'access' &&
  expression.kind !== 'reduction' &&
  !Object.values(expression).some((part) =>
    [part]
      .flat()
      .some((each) => typeof each === 'object' && !isIndexExpression(each as Expression)),
  )

const guardTermsOf = (guard: notation.Guard, context: LineContext): Terms => {
  if (guard.kind === 'winner') {
    const { field, index } = winnerMask(guard, context)
    const at = guard.at.map((each) => minus(indexOf(each, context), 1))
    return readField(field, [...index, ...at])
  }
  return guard.relations
    .map((relation, k) => {
      const [left, right] = [guard.operands[k]!, guard.operands[k + 1]!]
      return isIndexExpression(left) && isIndexExpression(right)
        ? indexRelation(relation, minus(indexOf(left, context), indexOf(right, context)))
        : valueRelation(relation, left, right, context)
    })
    .reduce(productOfTerms)
}

/** [d relation 0] for an integer d. */
export const indexRelation = (relation: notation.Relation, d: Polynomial): Terms => {
  switch (relation) {
    case '=':
      return [term({ equations: [d] })]
    case '≤':
      return guardTerms([term({})], [negate(d)])
    case '<':
      return guardTerms([term({})], [minus(negate(d), 1)])
    case '≥':
      return guardTerms([term({})], [d])
    case '>':
      return guardTerms([term({})], [minus(d, 1)])
    case '≠':
      return [...indexRelation('<', d), ...indexRelation('>', d)]
  }
}

/** [left relation right] for real numbers: an opaque mask. */
const valueRelation = (
  relation: notation.Relation,
  left: Expression,
  right: Expression,
  context: LineContext,
): Terms => {
  const apart = (a: Expression, b: Expression): Expression =>
    b.kind === 'number' && b.value === 0
      ? a
      : { kind: 'sum', terms: [a, { kind: 'negation', operand: b }] }
  const above = positiveMask((f) => applied(f, apart(left, right), context))
  const isNot = (mask: Terms): Terms => [term({}), ...scaleTerms(mask, minusOne)]
  if (relation === '>') return above
  if (relation === '≤') return isNot(above)
  if (relation === '=' || relation === '≠') {
    const same = vanishingMask((f) => applied(f, apart(left, right), context))
    return relation === '=' ? same : isNot(same)
  }
  const below = positiveMask((f) => applied(f, apart(right, left), context))
  return relation === '<' ? below : isNot(below)
}

// ---- what binds

/** The length of the axis that a letter indexes bare. */
const extentOf = (name: string, body: Expression, context: LineContext): Polynomial => {
  const found: Polynomial[] = []
  const visit = (node: unknown): void => {
    if (node === null || typeof node !== 'object') return
    const each = node as Expression
    const field = each.kind === 'access' ? context.operands.get(each.array) : undefined
    if (each.kind === 'access' && field) {
      const packAt = each.indices.findIndex(isPack)
      each.indices.forEach((index, position) => {
        if (index.kind !== 'symbol' || index.name !== name) return
        const fromRight = each.indices.length - position
        const isAfter = packAt >= 0 && position > packAt
        found.push(field.shape[isAfter ? field.shape.length - fromRight : position]!)
      })
    }
    for (const part of Object.values(node)) visit(part)
  }
  visit(body)
  const long = found.find((length) => !isOne(length))
  return long ?? found[0] ?? unsupported(`nothing bounds the index ${name}`)
}

/** The axes of `…` where a Σ binds it: the longest that the body reads. */
const packOf = (body: Expression, context: LineContext): readonly Polynomial[] => {
  let shape: readonly Polynomial[] = []
  const visit = (node: unknown): void => {
    if (node === null || typeof node !== 'object') return
    const each = node as Expression
    const field = each.kind === 'access' ? context.operands.get(each.array) : undefined
    if (each.kind === 'access' && field && each.indices.some(isPack)) {
      const at = each.indices.findIndex(isPack)
      const lengths = field.shape.slice(at, at + field.shape.length - (each.indices.length - 1))
      const [short, long] = lengths.length > shape.length ? [shape, lengths] : [lengths, shape]
      shape = long.map((length, axis) => {
        const other = short[axis - long.length + short.length]
        return isOne(length) && other ? other : length
      })
    }
    for (const part of Object.values(node)) visit(part)
  }
  visit(body)
  return shape
}

interface Bound {
  readonly shape: Index
  readonly enter: (context: LineContext, index: Index) => LineContext
}

/** The box of bound letters, and the context inside of it. */
const boundBox = (
  variables: readonly notation.Variable[],
  body: Expression,
  context: LineContext,
): Bound => {
  const names = new Set(variables.map(({ name }) => name))
  const symbols = new Map([...context.symbols].filter(([name]) => !names.has(name)))
  const axes = variables.flatMap(({ name, upTo }): { name: string; length: Polynomial }[] =>
    name === PACK
      ? packOf(body, context).map((length) => ({ name, length }))
      : [{ name, length: upTo ? indexOf(upTo, context) : extentOf(name, body, context) }],
  )
  return {
    shape: axes.map(({ length }) => length),
    enter: (outer, index) => {
      const letters = axes.map(({ name, length }, k) => {
        return [name, { value: plus(index[k]!, 1), length }] as const
      })
      const pack = letters.flatMap(([name, letter]) => (name === PACK ? [letter] : []))
      const named = letters.filter(([name]) => name !== PACK)
      const inner = withLetters({ ...outer, symbols }, named)
      return names.has(PACK) ? { ...inner, pack } : inner
    },
  }
}

const overVariables = (
  variables: readonly notation.Variable[],
  body: Expression,
  context: LineContext,
  terms: (inner: LineContext) => Terms,
): Terms => {
  const { shape, enter } = boundBox(variables, body, context)
  return sumOfBox(shape, context.functions.expands, (index) => scoped(enter(context, index), terms))
}

interface Window {
  readonly reduction: string
  readonly variables: readonly notation.Variable[]
  readonly body: Expression
}

/** The mask of the first winner, an array of the outer letters and of the window's. */
const winnerMask = ({ reduction, variables, body }: Window, context: LineContext) => {
  const named = packed(context)
  const names = new Set(variables.map(({ name }) => name))
  const used = usedLetters(body, named).filter((name) => !names.has(name))
  const outer = lift(named, used, () => [])
  const { shape } = boundBox(variables, body, context)
  const key = [
    context.maskKey,
    reduction,
    notation.formatExpression(canonicalWindow(variables, body)),
  ]
  const field = context.functions.mask(key.join(' '), `arg${reduction}`, [
    ...outer.field.shape,
    ...shape,
  ])
  return { field, index: outer.index }
}

/** The window's letters by position, so that u, v and a, b are the same window. */
const canonicalWindow = (variables: readonly notation.Variable[], body: Expression): Expression => {
  const position = new Map(variables.map(({ name }, k) => [name, `‹${k}›`]))
  const visit = (node: unknown): unknown => {
    if (Array.isArray(node)) return node.map(visit)
    if (node === null || typeof node !== 'object') return node
    const { kind, name } = node as { kind?: string; name?: string }
    if (kind === 'symbol') return { kind, name: position.get(name!) ?? name }
    return Object.fromEntries(Object.entries(node).map(([key, part]) => [key, visit(part)]))
  }
  return visit(body) as Expression
}

/** max_u x(u) = Σ_u [u wins] x(u). */
const extremumOf = (node: Of<'reduction'>, context: LineContext): Terms => {
  const mask = winnerMask(node, context)
  const { shape, enter } = boundBox(node.variables, node.body, context)
  return sumOver(shape, (index) =>
    scoped(enter(context, index), (inner) =>
      productOfTerms(readField(mask.field, [...mask.index, ...index]), termsOf(node.body, inner)),
    ),
  )
}
