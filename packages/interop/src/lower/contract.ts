// Σ of a product of arrays: two factors at a time, the smallest result first, and what belongs to
// one factor alone summed before.
import { type Axis, common, countOf, knownNumber, union, without } from './axes.ts'
import { type Field, type Fields, isKnown } from './fields.ts'
import type { Tensor } from './target.ts'

export function contract<V extends Tensor>(
  fields: Fields<V>,
  factors: readonly Field<V>[],
  over: readonly Axis[],
): Field<V> {
  const all = union(...factors.map(({ axes }) => axes))
  const times = knownNumber(countOf(without(over, all)))
  let left = withoutPrivate(fields, [times, ...factors], over)
  while (left.length > 1) {
    const [a, b] = nextPair(left, over)
    const rest = left.filter((factor) => factor !== a && factor !== b)
    left = withoutPrivate(
      fields,
      [product(fields, a, b, endingAxes(a, b, rest, over)), ...rest],
      over,
    )
  }
  return left[0]!
}

/** Sums every factor along the axes that no other one has. */
function withoutPrivate<V extends Tensor>(
  fields: Fields<V>,
  factors: readonly Field<V>[],
  over: readonly Axis[],
): Field<V>[] {
  return factors.map((factor) => {
    const others = factors.filter((other) => other !== factor).flatMap(({ axes }) => axes)
    return fields.reduce('sum', factor, without(common(factor.axes, over), others))
  })
}

/** Axes that end with this product: no other factor has them. */
const endingAxes = <V>(
  a: Field<V>,
  b: Field<V>,
  rest: readonly Field<V>[],
  over: readonly Axis[],
): Axis[] =>
  without(
    common(union(a.axes, b.axes), over),
    rest.flatMap(({ axes }) => axes),
  )

/** What is known first; then the two whose product is smallest. */
function nextPair<V>(
  factors: readonly Field<V>[],
  over: readonly Axis[],
): readonly [Field<V>, Field<V>] {
  const known = factors.filter(isKnown)
  if (known.length > 1) return [known[0]!, known[1]!]
  const pairs = factors.flatMap((a, k) => factors.slice(k + 1).map((b) => [a, b] as const))
  const sizeOf = ([a, b]: readonly [Field<V>, Field<V>]): number => {
    const rest = factors.filter((factor) => factor !== a && factor !== b)
    return countOf(without(union(a.axes, b.axes), endingAxes(a, b, rest, over)))
  }
  return pairs.reduce((best, pair) => (sizeOf(pair) < sizeOf(best) ? pair : best))
}

function product<V extends Tensor>(
  fields: Fields<V>,
  a: Field<V>,
  b: Field<V>,
  ending: readonly Axis[],
): Field<V> {
  const both = common(a.axes, b.axes)
  const summed = common(both, ending)
  const shared = without(both, summed)
  const own = [without(a.axes, both), without(b.axes, both)] as const
  // A product of matrices of one row and one column each is no work for a matrix product.
  const isEntrywise = countOf(own.flat()) === 1 && countOf(shared) > 1
  if (summed.length === 0 || isEntrywise || (isKnown(a) && isKnown(b))) {
    return fields.reduce('sum', fields.binary('multiply', a, b), summed)
  }
  const at = (axes: readonly Axis[]) =>
    axes.map((axis) => [a.axes.indexOf(axis), b.axes.indexOf(axis)] as const)
  const value = fields.target.dot(fields.valueOf(a), fields.valueOf(b), {
    summed: at(summed),
    shared: at(shared),
  })
  return fields.ordered(value, [...shared, ...own[0], ...own[1]])
}
