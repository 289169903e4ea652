// Values of the parts of an expression, and how sums, products, powers and functions join them.
import type * as notation from '@backprove/graph/notation'
import { knownNumber } from './axes.ts'
import { erfOf } from './erf.ts'
import { type Field, type Fields, isKnown } from './fields.ts'
import type { Binary, Tensor, Unary } from './target.ts'

export interface Value<V> {
  readonly field: Field<V>
  /** Where it is a 0 that annuls its product. */
  readonly annuls?: Field<V> | undefined
  /** Where something was read outside its box. */
  readonly outside?: Field<V> | undefined
  /** Brackets alone: 1 wherever they do not annul. */
  readonly isMask?: boolean
}

const CALLS: Partial<Record<notation.FunctionName, Unary>> = {
  ...({ exp: 'exp', log: 'log', log1p: 'log1p', tanh: 'tanh', sign: 'sign' } as const),
  ...({ sin: 'sin', cos: 'cos' } as const),
  ...({ '√': 'sqrt', abs: 'abs', floor: 'floor', ceil: 'ceil' } as const),
}

/** 0 where something annuls, whatever stands there. */
export const annulled = <V extends Tensor>(
  field: Field<V>,
  annuls: Field<V> | undefined,
  fields: Fields<V>,
): Field<V> => (annuls ? fields.select(annuls, knownNumber(0), field) : field)

export function anyOf<V extends Tensor>(
  parts: readonly (Field<V> | undefined)[],
  fields: Fields<V>,
): Field<V> | undefined {
  const found = parts.filter((part) => part !== undefined)
  return found.length > 0 ? found.reduce((a, b) => fields.either(a, b)) : undefined
}

/** A 0 for an operand that is absent adds nothing. */
export function sumOf<V extends Tensor>(terms: readonly Value<V>[], fields: Fields<V>): Value<V> {
  const isZero = ({ field }: Value<V>) =>
    isKnown(field) && field.axes.length === 0 && field.data[0] === 0
  const some = terms.filter((term) => !isZero(term))
  const field = some
    .map((term) => term.field)
    .reduce<Field<V> | undefined>(
      (total, term) => (total ? fields.binary('add', total, term) : term),
      undefined,
    )
  return {
    field: field ?? knownNumber(0),
    outside: anyOf(
      terms.map(({ outside }) => outside),
      fields,
    ),
  }
}

export function productOf<V extends Tensor>(
  factors: readonly Value<V>[],
  fields: Fields<V>,
): Value<V> {
  const annuls = anyOf(
    factors.map((factor) => factor.annuls),
    fields,
  )
  const outside = anyOf(
    factors.map((factor) => factor.outside),
    fields,
  )
  const product = factors
    .filter(({ isMask }) => !isMask)
    .map(({ field }) => field)
    .reduce((total, factor) => fields.binary('multiply', total, factor), knownNumber(1) as Field<V>)
  return { field: annulled(product, annuls, fields), annuls, outside }
}

export function powerOf<V extends Tensor>(
  base: Value<V>,
  to: Value<V>,
  fields: Fields<V>,
): Value<V> {
  const { field: exponent } = to
  const outside = anyOf([base.outside, to.outside], fields)
  const annuls =
    base.annuls && fields.both(base.annuls, fields.compare('>', exponent, knownNumber(0)))
  const times = isKnown(exponent) && exponent.axes.length === 0 ? exponent.data[0]! : undefined
  if (times === 2 || times === 3) {
    const square = fields.binary('multiply', base.field, base.field)
    const field = times === 2 ? square : fields.binary('multiply', square, base.field)
    return { field, annuls, outside }
  }
  return { field: fields.binary('power', base.field, exponent), annuls, outside }
}

export function callOf<V extends Tensor>(
  name: notation.FunctionName,
  operands: readonly Value<V>[],
  fields: Fields<V>,
): Value<V> {
  const [a, b] = operands
  const outside = anyOf([a?.outside, b?.outside], fields)
  if (name === 'max' || name === 'min') {
    const f: Binary = name === 'max' ? 'maximum' : 'minimum'
    return { field: fields.binary(f, a!.field, b!.field), outside }
  }
  if (name === 'erf') return { field: erfOf(a!.field, fields), outside }
  if (name === 'π') {
    return { field: fields.binary('multiply', knownNumber(Math.PI), a!.field), outside }
  }
  return { field: fields.unary(CALLS[name]!, a!.field), outside }
}
