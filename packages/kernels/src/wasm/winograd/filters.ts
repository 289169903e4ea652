// From filters to points, and back for the filter gradient: once for all images. Four channels at a
// time.
import type { FilterLayout } from '../conv/pack-filters.ts'
import { type Body, type I32, i32, type Local, type V128, v128 } from '../encoder/index.ts'
import type { Phase } from '../kernel.ts'
import type { Lanes } from '../lanes.ts'
import { transpose } from '../linear/tile.ts'
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
  const body = (f: Body, task: I32) => {
    f.do(i32.store(at.word, i32.constant(0)))
    const transform = filterTransform(f, lanes, channels, layout, to)
    transform(task, i32.add(i32.mul(task, to.row), at.points))
  }
  return { name: 'transform filters', tasks: filters, body }
}

/** Writes a filter's points from an address on. */
export function filterTransform(
  f: Body,
  lanes: Lanes,
  channels: number,
  layout: FilterLayout,
  to: Points,
  registers = registersOf(f),
): (filter: I32, target: I32) => void {
  const cellsOfWindow = windowSize * windowSize
  // A window that is turned is read backwards, and offsets must not be negative.
  const lowest = Math.min(cellOf(layout, 0), cellOf(layout, cellsOfWindow - 1))
  const [from, target] = [f.local('i32'), f.local('i32')]
  const cells = Array.from({ length: cellsOfWindow }, () => f.local('v128'))
  /** The nine cells of a channel follow one another: four channels are rows of a matrix. */
  const some = (count: number) => {
    const stretch = (load: Lanes['load'], first: number) =>
      Array.from({ length: lanes.count }, (_, lane) =>
        lane < count ? load(from, (first + lane * layout.channel) * lanes.bytes) : v128.zero,
      )
    const inOrder = [0, 4, 8].flatMap((first) => {
      const load = first < 8 ? lanes.load : lanes.loadZero
      return transpose(f, lanes, stretch(load, first)).slice(0, cellsOfWindow - first)
    })
    cells.forEach((cell, k) => {
      f.set(cell, inOrder[cellOf(layout, k) - lowest]!)
    })
    twice(f, lanes, registers, ofWeights, cells, (value, k) => {
      f.do(lanes.store(target, value, k * to.point))
    })
  }
  return (filter, place) => {
    const first = layout.address + lowest * lanes.bytes
    f.set(from, i32.add(i32.mul(filter, layout.filter * lanes.bytes), first))
    f.set(target, place)
    f.repeat(Math.floor(channels / lanes.count), () => {
      some(lanes.count)
      f.bump(from, lanes.count * layout.channel * lanes.bytes)
      f.bump(target, 16)
    })
    if (channels % lanes.count > 0) some(channels % lanes.count)
  }
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
