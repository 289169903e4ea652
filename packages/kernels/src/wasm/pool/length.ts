// The Euclidean length of a few vectors' lanes: √(Σ x²), where no square overflows or vanishes.
import { type Body, f32x4, f64x2, type Local, type V128, v128 } from '../encoder/index.ts'
import { type Lanes, lanesOf } from '../lanes.ts'

/** Calls `visit` for every vector of cells, as often as it is asked to. */
export type Cells = (visit: (cell: Local<'v128'>) => void) => void

/** Squares of float32 fit doubles; doubles are scaled by a power of two first, which is exact. */
export const lengthOf = (f: Body, lanes: Lanes, cells: Cells): V128 =>
  lanes.dtype === 'float32' ? inDoubles(f, lanes, cells) : scaled(f, lanes, cells)

function inDoubles(f: Body, lanes: Lanes, cells: Cells): V128 {
  const double = lanesOf('float64')
  const [low, high] = [f.let(v128.zero), f.let(v128.zero)]
  const addSquare = (sum: Local<'v128'>, half: V128): void => {
    const x = f.let(half)
    f.set(sum, double.add(sum, double.mul(x, x)))
  }
  cells((cell) => {
    addSquare(low, f64x2.promoteLow(cell))
    addSquare(high, f64x2.promoteLow(lanes.shuffle(cell, cell, [2, 3, 2, 3])))
  })
  const root = (sum: V128): V128 => f32x4.demoteZero(double.sqrt(sum))
  return lanes.shuffle(root(low), root(high), [0, 1, 4, 5])
}

/** Beyond 2^±500 sums of squares are near the ends of the format; a scale of 2^∓600 is not. */
const [FAR, SCALE] = [2 ** 500, 2 ** 600]

function scaled(f: Body, lanes: Lanes, cells: Cells): V128 {
  const { constant, add, mul, div, gt, lt } = lanes
  const top = f.let(v128.zero)
  cells((cell) => {
    f.set(top, lanes.max(top, lanes.abs(cell)))
  })
  const up = v128.bitselect(constant(SCALE), constant(1), lt(top, constant(1 / FAR)))
  const scale = f.let(v128.bitselect(constant(1 / SCALE), up, gt(top, constant(FAR))))
  const sum = f.let(v128.zero)
  cells((cell) => {
    const x = f.let(mul(cell, scale))
    f.set(sum, add(sum, mul(x, x)))
  })
  return div(lanes.sqrt(sum), scale)
}
