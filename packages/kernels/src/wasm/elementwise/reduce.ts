// Sums, maxima and minima over any axes, of any formula of the inputs, in a fixed order.
import type { Body, I32, Local, Statement, V128 } from '../encoder/index.ts'
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
  type Place,
} from './loops.ts'
import { type Combination, newTotal, type Total } from './total.ts'

export interface Reduction {
  readonly shape: readonly number[]
  readonly inputs: readonly Operand[]
  /** What is combined; several, each with a result of its own, in one sweep. */
  readonly results: readonly Formula[]
  readonly combine: Combination
  /** Axes of the shape that disappear. */
  readonly axes: readonly number[]
  /** The first result's address: the axes kept, in row-major order. The others follow it. */
  readonly to: number
  /** A last formula of each reduced value, its input 0. */
  readonly finish?: Formula
}

export function reduce(lanes: Lanes, name: string, specification: Reduction): Kernel {
  const { inputs, results, combine, axes, finish } = specification
  const isReduced = specification.shape.map((_, axis) => axes.includes(axis))
  const strides = keptStrides(specification.shape, isReduced)
  const entries = specification.shape
    .filter((_, axis) => !isReduced[axis])
    .reduce((a, b) => a * b, 1)
  const targets = results.map((_, k) => ({
    address: specification.to + k * entries * lanes.bytes,
    strides,
  }))
  const { shape, operands } = mergeAxes(specification.shape, [...inputs, ...targets])
  const reduced = shape.map((_, axis) => operands.at(-1)!.strides[axis] === 0)
  const kept = shape.map((_, axis) => axis).filter((axis) => !reduced[axis])
  const gone = shape.map((_, axis) => axis).filter((axis) => reduced[axis])
  const last = shape.length - 1
  const length = shape[last]!
  const tasks = kept.length > 0 && kept[0] !== last ? shape[kept[0]!]! : 1
  const outer = tasks > 1 ? kept.slice(1) : kept

  const body = (f: Body, task: I32) => {
    const { places, cursors } = makePlaces(f, lanes, operands)
    const written = places.slice(inputs.length)
    const evaluate = (load: (index: number) => V128): V128[] =>
      translate(f, lanes, results, (index) => f.let(load(index)))
    const vectorAt = () => evaluate((index) => loadAlong(lanes, places[index]!, last))
    const splatAt = () => {
      const load = ({ cursor, offset }: (typeof places)[number]) =>
        lanes.loadSplat(cursor.position, offset)
      return evaluate((index) => load(places[index]!))
    }
    const done = (value: V128): Local<'v128'> =>
      f.let(finish ? translate(f, lanes, [finish], () => f.let(value))[0]! : value)
    const totals = results.map(() => newTotal(f, lanes, combine))
    const rests = reduced[last] ? results.map(() => newTotal(f, lanes, combine)) : []
    const startAll = (all: readonly Total[]) => {
      for (const total of all) total.start()
    }
    const addAll = (all: readonly Total[], values: readonly V128[]) => {
      all.forEach((total, k) => {
        total.add(values[k]!)
      })
    }

    /** Lanes run along the reduced axis; they are combined at the end. */
    const alongReduced = () => {
      startAll(totals)
      startAll(rests)
      nest(f, cursors, shape, gone.slice(0, -1), () => {
        f.repeat(Math.floor(length / lanes.count), () => {
          addAll(totals, vectorAt())
          advance(f, cursors, last, lanes.count)
        })
        f.repeat(length % lanes.count, () => {
          addAll(rests, splatAt())
          advance(f, cursors, last, 1)
        })
        advance(f, cursors, last, -length)
      })
      totals.forEach((total, k) => {
        const { cursor, offset } = written[k]!
        f.do(lanes.storeLane(cursor.position, done(total.across(rests[k]!)), 0, offset))
      })
    }
    /** Lanes are neighbouring results. */
    const alongKept = () => {
      const step = (load: () => V128[], store: (value: Local<'v128'>, at: Place) => Statement) => {
        startAll(totals)
        nest(f, cursors, shape, gone, () => addAll(totals, load()))
        totals.forEach((total, k) => {
          f.do(store(done(total.lanes()), written[k]!))
        })
      }
      f.repeat(Math.floor(length / lanes.count), () => {
        step(vectorAt, (value, { cursor, offset }) => lanes.store(cursor.position, value, offset))
        advance(f, cursors, last, lanes.count)
      })
      f.repeat(length % lanes.count, () => {
        step(splatAt, (value, { cursor, offset }) =>
          lanes.storeLane(cursor.position, value, 0, offset),
        )
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
