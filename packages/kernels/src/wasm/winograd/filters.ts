// From filters to points, and back for the filter gradient: once for all images. Four channels at a
// time.
import type { FilterLayout } from '../conv/pack-filters.ts'
import { type Body, type I32, i32, type Local, type V128, v128 } from '../encoder/index.ts'
import type { Phase } from '../kernel.ts'
import type { Lanes } from '../lanes.ts'
import { type Points, patchSize, points, pointsOf } from './tiling.ts'
import { noteNonFinite, ofWeights, registersOf, type Transform, toWeights } from './transforms.ts'

const windowSize = 3

/** Where the window's k-th cell lies, in elements from the filter's first. */
const cellOf = (layout: FilterLayout, k: number): number =>
  Math.floor(k / windowSize) * layout.row + (k % windowSize) * layout.column

/** [36, filters, channels], channels filled up to whole vectors. */
export const filterPoints = (filters: number, channels: number): Points =>
  pointsOf(filters, 4 * Math.ceil(channels / 4))

/** Filters as they lie in memory → points; a task is a filter. `word` becomes 0. */
export function transformFilters(
  lanes: Lanes,
  { filters, channels }: { readonly filters: number; readonly channels: number },
  layout: FilterLayout,
  at: { readonly points: number; readonly word: number },
): Phase {
  const to = filterPoints(filters, channels)
  // A window that is turned is read backwards, and offsets must not be negative.
  const lowest = Math.min(cellOf(layout, 0), cellOf(layout, windowSize * windowSize - 1))
  const body = (f: Body, task: I32) => {
    f.do(i32.store(at.word, i32.constant(0)))
    const registers = registersOf(f)
    const first = layout.address + lowest * lanes.bytes
    const from = f.let(i32.add(i32.mul(task, layout.filter * lanes.bytes), first))
    const target = f.let(i32.add(i32.mul(task, to.row), at.points))
    const cells = Array.from({ length: windowSize * windowSize }, () => f.local('v128'))
    const some = (count: number) => {
      cells.forEach((cell, k) => {
        let value = v128.zero
        for (let lane = 0; lane < count; lane++) {
          const place = (cellOf(layout, k) - lowest + lane * layout.channel) * lanes.bytes
          value = lanes.loadLane(from, value, lane, place)
        }
        f.set(cell, value)
      })
      twice(f, lanes, registers, ofWeights, cells, (value, k) => {
        f.do(lanes.store(target, value, k * to.point))
      })
    }
    f.repeat(Math.floor(channels / lanes.count), () => {
      some(lanes.count)
      f.bump(from, lanes.count * layout.channel * lanes.bytes)
      f.bump(target, 16)
    })
    if (channels % lanes.count > 0) some(channels % lanes.count)
  }
  return { name: 'transform filters', tasks: filters, body }
}

/**
 * Sums of points over `parts` of the work, one after another in memory → the filters' gradient;
 * a task is a filter. `word` becomes 1 where a weight is not finite.
 */
export function collectFilters(
  lanes: Lanes,
  { filters, channels }: { readonly filters: number; readonly channels: number },
  layout: FilterLayout,
  at: { readonly points: number; readonly part: number; readonly word: number },
  parts: number,
): Phase {
  const from = filterPoints(filters, channels)
  const body = (f: Body, task: I32) => {
    const registers = registersOf(f)
    const noted = f.local('v128')
    const source = f.let(i32.add(i32.mul(task, from.row), at.points))
    const target = f.let(i32.add(i32.mul(task, layout.filter * lanes.bytes), layout.address))
    const sums = Array.from({ length: points }, () => f.local('v128'))
    const some = (count: number) => {
      sums.forEach((sum, k) => {
        const place = k * from.point
        let value = lanes.load(source, place)
        for (let part = 1; part < parts; part++) {
          value = lanes.add(value, lanes.load(source, place + part * at.part))
        }
        f.set(sum, value)
      })
      twice(f, lanes, registers, toWeights, sums, (value, k) => {
        const weight = f.let(value)
        noteNonFinite(f, lanes, noted, weight)
        for (let lane = 0; lane < count; lane++) {
          const place = (cellOf(layout, k) + lane * layout.channel) * lanes.bytes
          f.do(lanes.storeLane(target, weight, lane, place))
        }
      })
    }
    f.repeat(Math.floor(channels / lanes.count), () => {
      some(lanes.count)
      f.bump(source, 16)
      f.bump(target, lanes.count * layout.channel * lanes.bytes)
    })
    if (channels % lanes.count > 0) some(channels % lanes.count)
    f.if(v128.anyTrue(noted), () => f.do(i32.store(at.word, i32.constant(1))))
  }
  return { name: 'collect filters', tasks: filters, body }
}

/** A matrix M applied to both axes of a square of vectors: M s Mᵀ, row by row of the result. */
function twice(
  f: Body,
  lanes: Lanes,
  registers: ReturnType<typeof registersOf>,
  transform: Transform,
  square: readonly V128[],
  use: (value: V128, k: number) => void,
): void {
  const size = Math.sqrt(square.length)
  const result = size === patchSize ? windowSize : patchSize
  const half: Local<'v128'>[] = Array.from({ length: result * size }, () => f.local('v128'))
  for (let column = 0; column < size; column++) {
    for (let row = 0; row < size; row++) f.set(registers.given[row]!, square[row * size + column]!)
    transform(f, lanes, registers).forEach((value, row) => {
      f.set(half[row * size + column]!, value)
    })
  }
  for (let row = 0; row < result; row++) {
    for (let column = 0; column < size; column++) {
      f.set(registers.given[column]!, half[row * size + column]!)
    }
    transform(f, lanes, registers).forEach((value, column) => {
      use(value, row * result + column)
    })
  }
}
