// Running sums along one axis.
import { f64, i32 } from '../encoder/index.ts'
import type { Kernel } from '../kernel.ts'
import type { Lanes } from '../lanes.ts'
import { lines, loadAt, type Places, storeAt, type Walk } from './along.ts'

/** y_i = x_1 + … + x_i, or from the other end; added up in doubles. */
export function runningSum(lanes: Lanes, walk: Walk, reverse: boolean, at: Places): Kernel {
  const step = walk.inner * lanes.bytes
  return lines(lanes, walk, 'running sum', (f, _task, _column, first) => {
    const from = reverse ? (walk.length - 1) * step : 0
    const place = f.let(i32.add(first, from))
    const sum = f.let(f64.constant(0))
    f.repeat(walk.length, () => {
      f.set(sum, f64.add(sum, loadAt(lanes, i32.add(place, at.x))))
      f.do(storeAt(lanes, i32.add(place, at.y), sum))
      f.bump(place, reverse ? -step : step)
    })
  })
}
