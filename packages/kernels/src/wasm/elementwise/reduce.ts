// Sums, maxima and minima over any axes, of any formula of the inputs, in a fixed order.
import type { Body, I32, Local, V128 } from '../encoder/index.ts'
import type { Kernel } from '../kernel.ts'
import type { Lanes } from '../lanes.ts'
import { type Formula, translate } from './formula.ts'
import {
  advance,
  contiguous,
  loadAlong,
  makePlaces,
  mergeAxes,
  nest,
  type Operand,
} from './loops.ts'
import { type Combination, newTotal } from './total.ts'

export interface Reduction {
  readonly shape: readonly number[]
  readonly inputs: readonly Operand[]
  readonly formula: Formula
  readonly combine: Combination
  /** Axes of the shape that disappear. */
  readonly axes: readonly number[]
  /** The result's address: the axes kept, in row-major order. */
  readonly to: number
  /** A last formula of the reduced value, its input 0. */
  readonly finish?: Formula
}

export function reduce(lanes: Lanes, name: string, specification: Reduction): Kernel {
  const { inputs, formula, combine, axes, finish } = specification
  const isReduced = specification.shape.map((_, axis) => axes.includes(axis))
  const to = { address: specification.to, strides: keptStrides(specification.shape, isReduced) }
  const { shape, operands } = mergeAxes(specification.shape, [...inputs, to])
  const reduced = shape.map((_, axis) => operands.at(-1)!.strides[axis] === 0)
  const kept = shape.map((_, axis) => axis).filter((axis) => !reduced[axis])
  const gone = shape.map((_, axis) => axis).filter((axis) => reduced[axis])
  const last = shape.length - 1
  const length = shape[last]!
  const tasks = kept.length > 0 && kept[0] !== last ? shape[kept[0]!]! : 1
  const outer = tasks > 1 ? kept.slice(1) : kept

  const body = (f: Body, task: I32) => {
    const { places, cursors } = makePlaces(f, lanes, operands)
    const target = places.at(-1)!
    const evaluate = (load: (index: number) => V128): V128 =>
      translate(f, lanes, [formula], (index) => f.let(load(index)))[0]!
    const vectorAt = () => evaluate((index) => loadAlong(lanes, places[index]!, last))
    const splatAt = () => {
      const load = ({ cursor, offset }: (typeof places)[number]) =>
        lanes.loadSplat(cursor.position, offset)
      return evaluate((index) => load(places[index]!))
    }
    const done = (value: V128): Local<'v128'> =>
      f.let(finish ? translate(f, lanes, [finish], () => f.let(value))[0]! : value)
    const total = newTotal(f, lanes, combine)
    const rest = newTotal(f, lanes, combine)

    /** Lanes run along the reduced axis; they are combined at the end. */
    const alongReduced = () => {
      total.start()
      rest.start()
      nest(f, cursors, shape, gone.slice(0, -1), () => {
        f.repeat(Math.floor(length / lanes.count), () => {
          total.add(vectorAt())
          advance(f, cursors, last, lanes.count)
        })
        f.repeat(length % lanes.count, () => {
          rest.add(splatAt())
          advance(f, cursors, last, 1)
        })
        advance(f, cursors, last, -length)
      })
      const value = done(total.across(rest))
      f.do(lanes.storeLane(target.cursor.position, value, 0, target.offset))
    }
    /** Lanes are neighbouring results. */
    const alongKept = () => {
      const step = (load: () => V128): Local<'v128'> => {
        total.start()
        nest(f, cursors, shape, gone, () => total.add(load()))
        return done(total.lanes())
      }
      f.repeat(Math.floor(length / lanes.count), () => {
        f.do(lanes.store(target.cursor.position, step(vectorAt), target.offset))
        advance(f, cursors, last, lanes.count)
      })
      f.repeat(length % lanes.count, () => {
        f.do(lanes.storeLane(target.cursor.position, step(splatAt), 0, target.offset))
        advance(f, cursors, last, 1)
      })
      advance(f, cursors, last, -length)
    }
    if (tasks > 1) advance(f, cursors, kept[0]!, task)
    if (reduced[last]) nest(f, cursors, shape, outer, alongReduced)
    else nest(f, cursors, shape, outer.slice(0, -1), alongKept)
  }
  return [{ name, tasks, body }]
}

function keptStrides(shape: readonly number[], reduced: readonly boolean[]): number[] {
  const sizes = shape.map((size, axis) => (reduced[axis] ? 1 : size))
  return contiguous(sizes).map((stride, axis) => (reduced[axis] ? 0 : stride))
}
