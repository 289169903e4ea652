// An expression of a line → an array over the letters that it mentions. What is 0 because of a mask
// annuls its product: masks select, they never multiply. No op is known here.
import type * as notation from '@backprove/graph/notation'
import { knownIndex, readArray } from './access.ts'
import {
  type Axis,
  combine,
  indexAlong,
  isEverywhere,
  type Known,
  knownNumber,
  union,
} from './axes.ts'
import { contract } from './contract.ts'
import { type Field, type Fields, isKnown } from './fields.ts'
import type { Tensor } from './target.ts'
import { annulled, anyOf, callOf, powerOf, productOf, sumOf, type Value } from './value.ts'
import { bestOf, candidatesOf, placeOf } from './winners.ts'

type Expression = notation.Expression
type Of<Kind extends Expression['kind']> = Extract<Expression, { kind: Kind }>
type Guard = notation.Guard

/** What a letter stands for: an index, or a place that was worked out. */
export interface Letter {
  readonly value: Known
  /** Where the letter runs along an axis of its own. */
  readonly axis: Axis | undefined
}
export type Scope = ReadonlyMap<string, Letter>

export interface Lowering<V extends Tensor> {
  readonly fields: Fields<V>
  /** By the names of the line. */
  readonly operands: Readonly<Record<string, V | undefined>>
}

/** The letters in force, and those bound here. */
export function bind<V extends Tensor>(
  variables: readonly notation.Variable[],
  scope: Scope,
  fields: Fields<V>,
): { readonly inner: Scope; readonly axes: readonly Axis[] } {
  const inner = new Map(scope)
  const axes = variables.map(({ name, upTo }) => {
    if (upTo?.kind !== 'number') throw new TypeError(`the range of ${name} depends on an index`)
    const axis = fields.axis(Math.max(0, upTo.value))
    inner.set(name, { value: indexAlong(axis), axis })
    return axis
  })
  return { inner, axes }
}

export function evaluate<V extends Tensor>(
  node: Expression,
  scope: Scope,
  lowering: Lowering<V>,
): Value<V> {
  const { fields } = lowering
  const value = (part: Expression): Value<V> => evaluate(part, scope, lowering)
  switch (node.kind) {
    case 'number':
      return { field: knownNumber(node.value) }
    case 'symbol': {
      const letter = scope.get(node.name)
      if (!letter) throw new TypeError(`“${node.name}” has no value`)
      return { field: letter.value }
    }
    case 'access':
      return read(node, scope, lowering)
    case 'negation': {
      const { field, ...rest } = value(node.operand)
      return { ...rest, field: fields.unary('negate', field) }
    }
    case 'sum':
      return sumOf(node.terms.map(value), fields)
    case 'product':
      return productOf(node.factors.map(value), fields)
    case 'quotient': {
      const above = value(node.numerator)
      const below = value(node.denominator)
      const ratio = fields.binary('divide', above.field, below.field)
      const outside = anyOf([above.outside, below.outside], fields)
      return { field: annulled(ratio, above.annuls, fields), annuls: above.annuls, outside }
    }
    case 'power':
      return powerOf(value(node.base), value(node.exponent), fields)
    case 'modulo': {
      const [left, right] = [value(node.left), value(node.right)]
      const times = fields.unary('floor', fields.binary('divide', left.field, right.field))
      const whole = fields.binary('multiply', right.field, times)
      const outside = anyOf([left.outside, right.outside], fields)
      return { field: fields.binary('subtract', left.field, whole), outside }
    }
    case 'call':
      return callOf(node.name, node.operands.map(value), fields)
    case 'reduction': {
      const { inner, axes } = bind(node.variables, scope, fields)
      if (node.reduction === 'Σ') return { field: sumOver(axes, node.body, inner, lowering) }
      const { field, outside } = evaluate(node.body, inner, lowering)
      const candidates = candidatesOf(fields, field, outside, axes)
      return { field: bestOf(fields, node.reduction, candidates) }
    }
    case 'iverson': {
      const guards = node.guards.map((guard) => guardOf(guard, scope, lowering))
      const holds = guards.reduce((all, guard) => fields.both(all, guard), TRUE as Field<V>)
      if (isKnown(holds) && isEverywhere(holds, 1)) return { field: knownNumber(1) }
      const field = fields.select(holds, knownNumber(1), knownNumber(0))
      return { field, annuls: fields.not(holds), isMask: true }
    }
  }
}

const TRUE: Known = { axes: [], kind: 'truth', data: Float64Array.of(1) }

function read<V extends Tensor>(
  { array, indices }: Of<'access'>,
  scope: Scope,
  lowering: Lowering<V>,
): Value<V> {
  const { fields, operands } = lowering
  const from = Object.hasOwn(operands, array) ? operands[array] : undefined
  if (!from) return { field: knownNumber(0) }
  return readArray(
    fields,
    from,
    indices.map((index) => ({
      places: knownIndex(evaluate(index, scope, lowering).field),
      bare: index.kind === 'symbol' ? scope.get(index.name)?.axis : undefined,
    })),
  )
}

function guardOf<V extends Tensor>(guard: Guard, scope: Scope, lowering: Lowering<V>): Field<V> {
  const { fields } = lowering
  if (guard.kind === 'relation') {
    const values = guard.operands.map((part) => evaluate(part, scope, lowering).field)
    return guard.relations
      .map((relation, k) => fields.compare(relation, values[k]!, values[k + 1]!))
      .reduce((all, each) => fields.both(all, each))
  }
  const { inner, axes } = bind(guard.variables, scope, fields)
  const { field, outside } = evaluate(guard.body, inner, lowering)
  const place = placeOf(fields, guard.reduction, candidatesOf(fields, field, outside, axes))
  const at = guard.at.map((index) => knownIndex(evaluate(index, scope, lowering).field))
  return fields.compare('=', flatPlace(at, axes), place)
}

/** The place of indices among the candidates, in row-major order from 0; −1 outside. */
const flatPlace = (at: readonly Known[], axes: readonly Axis[]): Known =>
  combine(
    'number',
    (...indices) => {
      let place = 0
      for (const [k, index] of indices.entries()) {
        const { size } = axes[k]!
        if (!(Number.isInteger(index) && index >= 1 && index <= size)) return -1
        place = place * size + index - 1
      }
      return place
    },
    ...at,
  )

const factorsOf = (node: Expression): readonly Expression[] =>
  node.kind === 'product' ? node.factors.flatMap(factorsOf) : [node]

/** Σ over axes of an expression. A sum of products without masks is a contraction. */
export function sumOver<V extends Tensor>(
  over: readonly Axis[],
  node: Expression,
  scope: Scope,
  lowering: Lowering<V>,
): Field<V> {
  const { fields } = lowering
  if (over.length === 0) return evaluate(node, scope, lowering).field
  if (node.kind === 'negation') {
    return fields.unary('negate', sumOver(over, node.operand, scope, lowering))
  }
  if (node.kind === 'sum') {
    const terms = node.terms.map((term) => ({ field: sumOver(over, term, scope, lowering) }))
    return sumOf(terms, fields).field
  }
  if (node.kind === 'quotient') {
    const below = evaluate(node.denominator, scope, lowering).field
    const isApart = below.axes.every((axis) => !over.includes(axis))
    const isPlain = factorsOf(node.numerator).every(({ kind }) => kind !== 'iverson')
    if (isApart && isPlain) {
      return fields.binary('divide', sumOver(over, node.numerator, scope, lowering), below)
    }
  }
  const factors = factorsOf(node).map((factor) => evaluate(factor, scope, lowering))
  if (factors.some(({ annuls }) => annuls)) {
    return fields.sum(productOf(factors, fields).field, over)
  }
  return contract(
    fields,
    factors.map(({ field }) => field),
    over,
  )
}

/** The letters whose axes a value runs along. */
export const axesOf = (places: readonly Known[]): Axis[] => union(...places.map(({ axes }) => axes))
