// The sums of a row of results over packed planes: register tiles of filters × vectors of pixels.
import { contiguous } from '../elementwise/loops.ts'
import { type Body, type I32, i32, type Local } from '../encoder/index.ts'
import { product } from '../kernel.ts'
import type { Lanes } from '../lanes.ts'
import {
  type Accumulators,
  accumulate,
  eachTile,
  type Level,
  mergeLevels,
  startTile,
  storeLanes,
  tileVariables,
} from '../linear/tile.ts'
import { planeSizes } from './pack-planes.ts'
import type { ConvShape } from './shape.ts'
import type { Tap, Walk } from './walks.ts'

/** By so many filters at a time, vectors of pixels: sums and what is multiplied fit in registers. */
const mostVectors = [0, 6, 4, 3, 2] as const
const mostFilters = 4

/** Filters as [group, filter, channel, row, column]. */
export const weights = (
  { groups, window }: ConvShape,
  { filters, channels }: Walk,
): readonly [number, number, number, number, number] => [groups, filters, channels, ...window]

/** Taps that follow one another in equal steps as a loop, or one by one; and where they begin. */
function loopOf(taps: readonly Tap[], a: number, place: (pixel: number) => number) {
  const cells = taps.map(({ cell, pixel }) => ({ a: cell * a, b: place(pixel) }))
  const [start = { a: 0, b: 0 }, next = start] = cells
  const step = { a: next.a - start.a, b: next.b - start.b }
  const isEven = cells.every(
    (cell, k) => cell.a === start.a + k * step.a && cell.b === start.b + k * step.b,
  )
  const level: Level[] = isEven ? [{ count: cells.length, ...step }] : []
  const apart = cells.map((cell) => ({ a: cell.a - start.a, b: cell.b - start.b }))
  return { isEmpty: cells.length === 0, start, level, cells: isEven ? {} : { cells: apart } }
}

/** Positions in bytes, and registers, of what is summed. */
export interface Places {
  /** The weights and biases of a group. */
  readonly weights: Local<'i32'>
  readonly biases: Local<'i32'>
  /** The first pixel that the next results read, and the first of them. */
  readonly start: Local<'i32'>
  readonly target: Local<'i32'>
  readonly from: Local<'i32'>
  readonly to: Local<'i32'>
  readonly variables: readonly ReturnType<typeof tileVariables>[]
}

export function rowsOf(
  lanes: Lanes,
  shape: ConvShape,
  walk: Walk,
  at: { readonly image: number; readonly filters: number; readonly y: number; readonly b?: number },
) {
  const { channels, filters: count, source, result } = walk
  const { bytes, count: width } = lanes
  const steps = contiguous(weights(shape, walk)).map((step) => step * bytes)
  const [ofGroup = 0, ofFilter = 0, ofChannel = 0, ofRow = 0, ofColumn = 0] = steps
  const resultColumns = result[1]
  const resultPlane = product(result) * bytes
  const sizes = planeSizes(lanes, source)
  const place = (pixel: number) =>
    (pixel % source.stride) * sizes.residue + Math.floor(pixel / source.stride) * bytes
  const rowLoops = walk.rows.map((taps) => loopOf(taps, ofRow, (pixel) => pixel * sizes.row))
  const columnLoops = walk.columns.map((taps) => loopOf(taps, ofColumn, place))
  const apart = columnLoops.length

  const together = Math.ceil(count / Math.ceil(count / mostFilters))
  const inRow = Math.ceil(resultColumns / apart / width)
  const most = Math.max(1, Math.floor(mostVectors[together]! / apart))
  const vectorsTogether = Math.ceil(inRow / Math.ceil(inRow / most))

  const places = (f: Body): Places => ({
    weights: f.local('i32'),
    biases: f.local('i32'),
    start: f.local('i32'),
    target: f.local('i32'),
    from: f.local('i32'),
    to: f.local('i32'),
    variables: columnLoops.map(() => tileVariables(f, together, vectorsTogether)),
  })
  const inGroup = (f: Body, places: Places, image: I32): void => {
    const group = f.let(i32.remU(image, shape.groups))
    f.set(places.weights, i32.mul(group, ofGroup))
    f.set(places.biases, i32.mul(group, count * bytes))
  }

  /** Vectors of one list of columns, or of two whose pixels take turns. */
  const store = (f: Body, sums: readonly Accumulators[], to: I32, columns: number, first: number) =>
    sums[0]!.forEach((vectors, i) => {
      vectors.forEach((sum, j) => {
        const other = sums[1]?.[i]?.[j]
        const runs = other ? interleaved(lanes, sum, other).map((run) => f.let(run)) : [sum]
        runs.forEach((run, k) => {
          const done = (j * apart + k) * width
          const offset = first + i * resultPlane + done * bytes
          if (columns > done) storeLanes(f, lanes, to, run, columns - done, offset)
        })
      })
    })
  const row = (f: Body, places: Places, list: number) => {
    const { variables, from, to } = places
    const rows = rowLoops[list]!
    const bias = (filter: number) =>
      at.b === undefined ? lanes.constant(0) : lanes.loadSplat(places.biases, at.b + filter * bytes)
    const sumsOf = (e: number, filter: number, height: number, vectors: number) => {
      const columns = columnLoops[e]!
      const sums = startTile(f, variables[e]!, height, vectors, (i) => bias(filter + i))
      if (rows.isEmpty || columns.isEmpty) return sums
      accumulate(f, lanes, variables[e]!, sums, {
        vectors,
        a: places.weights,
        aOffset: at.filters + filter * ofFilter + rows.start.a + columns.start.a,
        b: from,
        bOffset: at.image + rows.start.b + columns.start.b,
        rowOffset: (i) => i * ofFilter,
        levels: mergeLevels([
          { count: channels, a: ofChannel, b: sizes.plane },
          ...rows.level,
          ...columns.level,
        ]),
        ...columns.cells,
      })
      return sums
    }
    f.set(from, places.start)
    f.set(to, places.target)
    const tile = apart * vectorsTogether * width
    const strip = { total: resultColumns, tile, tilesPerTask: resultColumns }
    eachTile(f, strip, i32.constant(0), (columns) => {
      const pixels = Math.ceil(columns / apart)
      for (let filter = 0; filter < count; filter += together) {
        const height = Math.min(together, count - filter)
        const vectors = Math.ceil(pixels / width)
        const sums = columnLoops.map((_, e) => sumsOf(e, filter, height, vectors))
        store(f, sums, to, columns, at.y + filter * resultPlane)
      }
      f.bump(from, pixels * bytes)
      f.bump(to, columns * bytes)
    })
  }
  /** The next results: a row for each of so many lists. */
  const write = (f: Body, places: Places, lists: number): void => {
    for (let list = 0; list < lists; list++) {
      row(f, places, list)
      f.bump(places.target, resultColumns * bytes)
    }
    f.bump(places.start, walk.rowStep * sizes.row)
  }
  return { places, inGroup, write }
}

/** Lanes a0 b0 a1 b1 … of both. */
const interleaved = (lanes: Lanes, a: Local<'v128'>, b: Local<'v128'>) =>
  Array.from({ length: 2 }, (_, half) => {
    const order = Array.from({ length: lanes.count }, (_, lane) => {
      const from = (half * lanes.count + lane) >> 1
      return lane % 2 === 0 ? from : lanes.count + from
    })
    return lanes.shuffle(a, b, order)
  })
