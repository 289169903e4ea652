// What becomes of a convolution's results: a bias as they are made, an epilogue for each row of
// tiles.
import type { Epilogue } from '../elementwise/elementwise.ts'
import { translate } from '../elementwise/formula.ts'
import { type Body, i32 } from '../encoder/index.ts'
import type { Lanes } from '../lanes.ts'
import { storeLanes } from '../linear/tile.ts'
import type { Afterwards, Finish } from './scatter.ts'

/** Where a convolution's results go, and what becomes of them before. */
export interface Finishing {
  readonly y: number
  readonly b?: number
  readonly epilogue?: Epilogue | undefined
}

/** + b, the filter's number. */
export const addingBias =
  (f: Body, lanes: Lanes, b: number | undefined): Finish =>
  (filter) => {
    if (b === undefined) return (sum) => sum
    const bias = f.let(lanes.loadSplat(i32.add(i32.mul(filter, lanes.bytes), b)))
    return (sum) => lanes.add(sum, bias)
  }

/** An epilogue of results that stand at y and behind it. */
export function applying(
  f: Body,
  lanes: Lanes,
  y: number,
  { formula, arrays }: Epilogue,
): Afterwards {
  const apart = arrays.map((array) => f.let(i32.sub(i32.constant(array), y)))
  const [at, value] = [f.local('i32'), f.local('v128')]
  const step = (count: number) => {
    const element = (k: number) => f.let(lanes.load(k === 0 ? at : i32.add(at, apart[k - 1]!)))
    f.set(value, translate(f, lanes, [formula], element)[0]!)
    storeLanes(f, lanes, at, value, count, 0)
  }
  return (start, entries) => {
    f.set(at, start)
    f.repeat(Math.floor(entries / lanes.count), () => {
      step(lanes.count)
      f.bump(at, 16)
    })
    if (entries % lanes.count > 0) step(entries % lanes.count)
  }
}
