// The filter gradient of a convolution behind 2×2 max-pooling. Three quarters of the cells get no
// gradient, so it runs over the winners alone, and over those of them whose δ is not 0.
import type { ConvShape } from '../conv/shape.ts'
import { input } from '../elementwise/formula.ts'
import { reduce } from '../elementwise/reduce.ts'
import { type Body, type I32, i32, memory, select } from '../encoder/index.ts'
import { alignUp, type Kernel, type Phase, product, scratchLayout } from '../kernel.ts'
import type { Lanes } from '../lanes.ts'
import { eachTile, stripTasks } from '../linear/tile.ts'
import {
  accumulatorCount,
  addList,
  entryBytes,
  evenParts,
  listVariables,
  readDelta,
  writeEntry,
} from './list.ts'
import { packedSteps, patches, pooledSize, winnerRow, winnerSections } from './shape.ts'

/** A phase is cut into about so many tasks: more than threads, and few enough to add up. */
const tasksWanted = 8
/** Partial sums of all tasks together, in bytes, if there are several. */
const mostPartial = 1 << 18

/**
 * The cut: tasks of whole lists of samples, each with sums of its own, so that an image is brought
 * into the first cache once for all filters. Where the sums are large, it is cut by filters.
 */
function cut(lanes: Lanes, shape: ConvShape) {
  const { vectors, samples } = patches(lanes, shape)
  const sumBytes = shape.window[0] * vectors * 16
  const fitting = Math.floor(mostPartial / (shape.filters * sumBytes))
  const lists = Math.floor(shape.batch / samples)
  const tilesPerTask = Math.ceil(lists / Math.min(tasksWanted, Math.max(1, fitting)))
  const strip = { total: shape.batch, tile: samples, tilesPerTask }
  const parts = stripTasks(strip)
  const filters = Math.ceil(shape.filters / Math.ceil(tasksWanted / parts))
  return { strip, parts, sumBytes, filters, groups: Math.ceil(shape.filters / filters) }
}

const filterSections = (lanes: Lanes, shape: ConvShape, start: number) => {
  const { strip, parts, sumBytes, groups } = cut(lanes, shape)
  const list = alignUp((strip.tile * product(pooledSize(shape)) + 1) * entryBytes(lanes))
  const bytes = { lists: parts * groups * list, sums: parts * shape.filters * sumBytes }
  return { ...scratchLayout(bytes, start), list }
}

/** w ← Σ δ · (the winner's patch); δ [N, F, pooled], `kept` as the forward kernel left it. */
export function filterAtWinners(
  lanes: Lanes,
  shape: ConvShape,
  at: {
    readonly delta: number
    readonly w: number
    readonly kept: number
    readonly scratch: number
  },
): Kernel {
  const { channels, filters, window } = shape
  const { bytes } = lanes
  const [pooledRows, pooledColumns] = pooledSize(shape)
  const cells = pooledRows * pooledColumns
  const { vectors } = patches(lanes, shape)
  const { strip, parts, sumBytes, groups, filters: perTask } = cut(lanes, shape)
  const { row } = packedSteps(lanes, shape)
  const { image, winners } = winnerSections(lanes, shape, at.kept)
  const { lists, sums, list } = filterSections(lanes, shape, at.scratch)
  const winnerStep = winnerRow(lanes, shape) * bytes

  const body = (f: Body, task: I32) => {
    const start = f.let(i32.add(i32.mul(task, list), lists))
    const part = f.let(i32.divU(task, groups))
    const group = f.let(i32.remU(task, groups))
    const firstFilter = f.let(i32.mul(group, perTask))
    const firstSample = f.let(i32.mul(part, strip.tile * strip.tilesPerTask))
    const firstSum = f.let(i32.mul(i32.add(i32.mul(part, filters), firstFilter), sumBytes))
    const sampleDelta = f.let(
      i32.mul(i32.add(i32.mul(firstSample, filters), firstFilter), cells * bytes),
    )
    const sampleWinner = f.let(
      i32.add(i32.mul(firstSample, cells * winnerStep), i32.mul(firstFilter, bytes)),
    )
    const uneven = filters % perTask
    const count =
      uneven === 0
        ? i32.constant(perTask)
        : f.let(select(i32.eq(group, groups - 1), i32.constant(uneven), i32.constant(perTask)))
    const [sum, delta, winner] = [f.local('i32'), f.local('i32'), f.local('i32')]
    const end = f.local('i32')
    const variables = listVariables(f)
    f.do(memory.fill(i32.add(firstSum, sums), 0, i32.mul(count, sumBytes)))

    const collect = (count: number) => {
      f.set(end, start)
      f.repeat(count, () => {
        f.repeat(cells, () => {
          const read = readDelta(f, lanes, delta, at.delta)
          writeEntry(f, end, read, i32.load(winner, winners))
          f.bump(end, i32.mul(read.present, entryBytes(lanes)))
          f.bump(delta, bytes)
          f.bump(winner, winnerStep)
        })
        f.bump(delta, (filters - 1) * cells * bytes)
      })
    }
    const places = Array.from({ length: window[0] * vectors }, (_, k) => ({
      from: Math.floor(k / vectors) * row + (k % vectors) * 16,
      to: k * 16,
    }))
    const addFilter = (samples: number) => {
      collect(samples)
      f.if(i32.gtU(end, start), () => {
        for (const runs of evenParts(places, accumulatorCount)) {
          const list = { start, end, base: image }
          addList(f, lanes, variables, list, { position: sum, base: sums }, runs)
        }
      })
    }
    eachTile(f, strip, part, (samples) => {
      f.set(sum, firstSum)
      f.set(delta, sampleDelta)
      f.set(winner, sampleWinner)
      f.repeat(count, () => {
        addFilter(samples)
        f.bump(sum, sumBytes)
        f.bump(delta, cells * bytes - samples * filters * cells * bytes)
        f.bump(winner, bytes - samples * cells * winnerStep)
      })
      f.bump(sampleDelta, samples * filters * cells * bytes)
      f.bump(sampleWinner, samples * cells * winnerStep)
    })
  }
  const phase: Phase = { name: 'filter at winners', tasks: parts * groups, body }
  const perRow = vectors * lanes.count
  const plain = [filters, channels, ...window]
  const strides = [window[0] * perRow, 1, perRow, channels]
  const from = { address: sums, strides: [filters * window[0] * perRow, ...strides] }
  return [
    phase,
    ...reduce(lanes, 'add parts', {
      shape: [parts, ...plain],
      inputs: [from],
      results: [input(0)],
      combine: 'sum',
      axes: [0],
      to: at.w,
    }),
  ]
}
