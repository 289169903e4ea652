// erf in what every engine has: x P(x²) up to 1, and 1 − e^{−x²} Q(1/(1 + x/2)) beyond.
import { ERF_FITS } from '@backprove/graph/notation'
import { knownNumber } from './axes.ts'
import type { Field, Fields } from './fields.ts'
import type { Tensor } from './target.ts'

const { near, far, centre, reach, one } = ERF_FITS.float64

export function erfOf<V extends Tensor>(x: Field<V>, fields: Fields<V>): Field<V> {
  type Operand = Field<V> | number
  const of = (a: Operand): Field<V> => (typeof a === 'number' ? knownNumber(a) : a)
  const add = (a: Operand, b: Operand) => fields.binary('add', of(a), of(b))
  const mul = (a: Operand, b: Operand) => fields.binary('multiply', of(a), of(b))
  const at = (coefficients: readonly number[], s: Field<V>): Field<V> =>
    coefficients.slice(0, -1).reduceRight((sum, c) => add(c, mul(sum, s)), of(coefficients.at(-1)!))

  const all = fields.unary('abs', x)
  const size = fields.select(fields.compare('>', all, of(one)), of(one), all)
  const square = mul(size, size)
  const t = fields.binary('divide', of(1), add(1, mul(0.5, size)))
  const rest = mul(
    fields.unary('exp', fields.unary('negate', square)),
    at(far, mul(add(t, -centre), 1 / reach)),
  )
  const outer = fields.unary('negate', add(rest, -1))
  const inner = mul(size, at(near, square))
  const positive = fields.select(fields.compare('>', size, of(1)), outer, inner)
  return fields.select(fields.compare('<', x, of(0)), fields.unary('negate', positive), positive)
}
