// What float32 computes in float64, a pair of lanes at a time.
import { type Body, f32x4, f64x2, type V128 } from '../encoder/index.ts'
import { type Lanes, lanesOf } from '../lanes.ts'

/** Pairs of operands in doubles whatever the type: what follows multiplies their rounding. */
export function inDoubles(
  f: Body,
  lanes: Lanes,
  operands: readonly V128[],
  compute: (double: Lanes, ...operands: V128[]) => V128,
): V128 {
  const double = lanesOf('float64')
  if (lanes.dtype === 'float64') return compute(double, ...operands)
  const kept = operands.map((operand) => f.let(operand))
  const low = kept.map((x) => f64x2.promoteLow(x))
  const high = kept.map((x) => f64x2.promoteLow(f32x4.shuffle(x, x, [2, 3, 2, 3])))
  const lower = f.let(f32x4.demoteZero(compute(double, ...low)))
  return f32x4.shuffle(lower, f32x4.demoteZero(compute(double, ...high)), [0, 1, 4, 5])
}
