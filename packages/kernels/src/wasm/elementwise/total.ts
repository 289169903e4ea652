// Running totals of a reduction, one for each lane. Sums of float32 are kept in float64, so that a
// long sum loses no digits; two chains of additions run side by side as it happens.
import { type Body, f32x4, f64x2, type Local, type V128, v128 } from '../encoder/index.ts'
import { type Lanes, lanesOf } from '../lanes.ts'

export type Combination = 'sum' | 'maximum' | 'minimum'

export interface Total {
  readonly start: () => void
  readonly add: (value: V128) => void
  /** Each lane's own total. */
  readonly lanes: () => V128
  /** The total of all lanes, and of another total's lane 0, in every lane. */
  readonly across: (rest: Total) => V128
}

/** A NaN does not compete: the largest of a NaN and a number is the number. */
const neutral = { sum: 0, maximum: Number.NaN, minimum: Number.NaN }

export function newTotal(f: Body, lanes: Lanes, combine: Combination): Total {
  return combine === 'sum' && lanes.dtype === 'float32'
    ? doubleTotal(f, lanes)
    : plainTotal(f, lanes, combine)
}

function plainTotal(f: Body, lanes: Lanes, combine: Combination): Total {
  const better =
    (beats: (a: V128, b: V128) => V128) =>
    (a: V128, b: V128): V128 => {
      const [first, second] = [f.let(a), f.let(b)]
      const taken = v128.or(beats(second, first), lanes.ne(first, first))
      return v128.bitselect(second, first, taken)
    }
  const combined = { sum: lanes.add, maximum: better(lanes.gt), minimum: better(lanes.lt) }[combine]
  const total = f.local('v128')
  return {
    start: () => f.set(total, lanes.constant(neutral[combine])),
    add: (value) => f.set(total, combined(total, value)),
    lanes: () => total,
    across: (rest) =>
      combined(
        lanes.across(combined, (value) => f.let(value), total),
        rest.lanes(),
      ),
  }
}

function doubleTotal(f: Body, lanes: Lanes): Total & { readonly first: () => V128 } {
  const double = lanesOf('float64')
  const [low, high] = [f.local('v128'), f.local('v128')]
  const upper = (value: Local<'v128'>) => lanes.shuffle(value, value, [2, 3, 2, 3])
  return {
    start: () => {
      f.set(low, double.constant(0))
      f.set(high, double.constant(0))
    },
    add: (value) => {
      const kept = f.let(value)
      f.set(low, double.add(low, f64x2.promoteLow(kept)))
      f.set(high, double.add(high, f64x2.promoteLow(upper(kept))))
    },
    lanes: () => lanes.shuffle(f32x4.demoteZero(low), f32x4.demoteZero(high), [0, 1, 4, 5]),
    first: () => low,
    across: (rest) => {
      const all = double.across(double.add, (value) => f.let(value), double.add(low, high))
      const { first } = rest as ReturnType<typeof doubleTotal>
      const sum = f.let(f32x4.demoteZero(double.add(all, first())))
      return lanes.shuffle(sum, sum, [0, 0, 0, 0])
    },
  }
}
