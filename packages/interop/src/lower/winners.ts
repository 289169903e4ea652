// Who wins a max, a min or a median, and where: without a sort, and the first of equals.
import type * as notation from '@backprove/graph/notation'
import { type Axis, countOf, indexAlong, type Known, knownNumber, spread, union } from './axes.ts'
import { type Field, type Fields, isKnown } from './fields.ts'
import type { Tensor } from './target.ts'

type Contest = Exclude<notation.Reduction, 'Σ'>

/** Candidates along one axis, in the order of their indices; not all of them may compete. */
interface Candidates<V> {
  readonly values: Field<V>
  readonly along: Axis
  readonly outside: Field<V> | undefined
}

/** The bound axes of a contest as one, the last. */
export function candidatesOf<V extends Tensor>(
  fields: Fields<V>,
  values: Field<V>,
  outside: Field<V> | undefined,
  bound: readonly Axis[],
): Candidates<V> {
  const along = fields.axis(countOf(bound))
  return {
    values: joined(fields, values, bound, along),
    along,
    outside: outside && joined(fields, outside, bound, along),
  }
}

function joined<V extends Tensor>(
  fields: Fields<V>,
  field: Field<V>,
  bound: readonly Axis[],
  along: Axis,
): Field<V> {
  const own = field.axes.filter((axis) => !bound.includes(axis))
  if (isKnown(field)) {
    return { ...field, axes: [...own, along], data: spread(field, [...own, ...bound]) }
  }
  const all = union(field.axes, bound)
  const order = [...own, ...bound]
  const { target } = fields
  const ordered = target.transpose(
    fields.across(field, all),
    order.map((axis) => all.indexOf(axis)),
  )
  const value = target.reshape(ordered, [...own.map(({ size }) => size), along.size])
  return { axes: [...own, along], kind: field.kind, value }
}

/** From 0 along the candidates. */
const placesAlong = (axis: Axis): Known => {
  const { data, ...rest } = indexAlong(axis)
  return { ...rest, data: data.map((index) => index - 1) }
}

/** The best value. Where nobody competes it is what no candidate could be. */
export function bestOf<V extends Tensor>(
  fields: Fields<V>,
  contest: Contest,
  candidates: Candidates<V>,
): Field<V> {
  const { values, along } = candidates
  if (contest === 'max' || contest === 'min') {
    return fields.reduce(contest, competing(fields, contest, candidates), [along])
  }
  const isMiddle = middle(fields, contest, candidates)
  return fields.reduce('sum', fields.select(isMiddle, values, knownNumber(0)), [along])
}

/** The place of the first winner, from 0; where nobody competes, that of no candidate. */
export function placeOf<V extends Tensor>(
  fields: Fields<V>,
  contest: Contest,
  candidates: Candidates<V>,
): Field<V> {
  const { along, outside } = candidates
  const places = placesAlong(along)
  const nobody = knownNumber(along.size)
  if (contest === 'max' || contest === 'min') {
    const values = competing(fields, contest, candidates)
    const isBest = fields.compare('=', values, fields.reduce(contest, values, [along]))
    const isWinner = outside ? fields.both(isBest, fields.not(outside)) : isBest
    return fields.reduce('min', fields.select(isWinner, places, nobody), [along])
  }
  const isMiddle = middle(fields, contest, candidates)
  return fields.reduce('min', fields.select(isMiddle, places, nobody), [along])
}

/** The candidates; those outside their box are worse than any other. */
function competing<V extends Tensor>(
  fields: Fields<V>,
  contest: 'max' | 'min',
  { values, outside }: Candidates<V>,
): Field<V> {
  const worst = knownNumber(contest === 'max' ? -Infinity : Infinity)
  return outside ? fields.select(outside, worst, values) : values
}

/** Which candidate stands in the middle: as many before it as the median asks for. */
function middle<V extends Tensor>(
  fields: Fields<V>,
  contest: 'lomed' | 'himed',
  { values, along, outside }: Candidates<V>,
): Field<V> {
  const others = fields.axis(along.size)
  const renamed = (field: Field<V>): Field<V> => {
    return { ...field, axes: field.axes.map((axis) => (axis === along ? others : axis)) }
  }
  const other = renamed(values)
  const isEarlier = fields.compare('<', placesAlong(others), placesAlong(along))
  let isBefore = fields.either(
    fields.compare('<', other, values),
    fields.both(fields.compare('=', other, values), isEarlier),
  )
  if (outside) isBefore = fields.both(isBefore, fields.not(renamed(outside)))
  const one = knownNumber(1)
  const zero = knownNumber(0)
  const rank = fields.reduce('sum', fields.select(isBefore, one, zero), [others])
  const count = outside
    ? fields.reduce('sum', fields.select(outside, zero, one), [along])
    : knownNumber(along.size)
  const half = contest === 'lomed' ? fields.binary('subtract', count, one) : count
  const wanted = fields.unary('floor', fields.binary('divide', half, knownNumber(2)))
  const isMiddle = fields.compare('=', rank, wanted)
  return outside ? fields.both(isMiddle, fields.not(outside)) : isMiddle
}
