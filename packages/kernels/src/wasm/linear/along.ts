// Walks along one axis, entry by entry: running sums, and the place of the largest.
import { type Body, type Expression, f32, f64, type I32, i32, select } from '../encoder/index.ts'
import type { Kernel } from '../kernel.ts'
import type { Lanes } from '../lanes.ts'

/** Entries before the axis, along it and behind it. */
export interface Walk {
  readonly outer: number
  readonly length: number
  readonly inner: number
}

interface Places {
  readonly x: number
  readonly y: number
}

const loadAt = (lanes: Lanes, address: I32): Expression<'f64'> =>
  lanes.dtype === 'float64' ? f64.load(address) : f32.promote(f32.load(address))
const storeAt = (lanes: Lanes, address: I32, value: Expression<'f64'>) =>
  lanes.dtype === 'float64' ? f64.store(address, value) : f32.store(address, f64.demote(value))

/** A task for every place before the axis; in it, for every place behind, `line` at its start. */
const lines = (
  lanes: Lanes,
  { outer, length, inner }: Walk,
  name: string,
  line: (f: Body, task: I32, column: I32, first: I32) => void,
): Kernel => [
  {
    name,
    tasks: outer,
    body: (f, task) => {
      const column = f.let(i32.constant(0))
      const first = f.let(i32.mul(task, length * inner * lanes.bytes))
      f.repeat(inner, () => {
        line(f, task, column, first)
        f.bump(column, 1)
        f.bump(first, lanes.bytes)
      })
    },
  },
]

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

/** The place, from 0, of the first largest entry; a NaN does not compete. */
export function placeOfLargest(lanes: Lanes, walk: Walk, at: Places): Kernel {
  return lines(lanes, walk, 'place of the largest', (f, task, column, first) => {
    const place = f.let(i32.add(first, at.x))
    const largest = f.let(f64.constant(Number.NaN))
    const best = f.let(f64.constant(0))
    const k = f.let(f64.constant(0))
    f.repeat(walk.length, () => {
      const value = f.let(loadAt(lanes, place))
      // The first number beats what is none.
      const isNone = i32.and(f64.ne(largest, largest), f64.eq(value, value))
      const wins = f.let(i32.or(f64.gt(value, largest), isNone))
      f.set(best, select(wins, k, best))
      f.set(largest, select(wins, value, largest))
      f.set(k, f64.add(k, f64.constant(1)))
      f.bump(place, walk.inner * lanes.bytes)
    })
    const to = i32.add(i32.mul(task, walk.inner), column)
    f.do(storeAt(lanes, i32.add(i32.mul(to, lanes.bytes), at.y), best))
  })
}
