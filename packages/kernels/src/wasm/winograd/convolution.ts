// A 3×3 convolution with stride 1 by Winograd's algorithm, forward (and so the input gradient, one
// with the window turned) and the filter gradient. Its transforms mix the pixels of a tile:
// one that is not finite would spoil all sixteen results. So the phases note whether any result is
// not finite, and the kernel then runs again directly.
import type { FilterLayout } from '../conv/pack-filters.ts'
import type { ConvShape } from '../conv/shape.ts'
import { type Epilogue, finishLater } from '../elementwise/elementwise.ts'
import { type Body, type I32, i32, memory, v128 } from '../encoder/index.ts'
import { alignUp, type Kernel, product, scratchLayout } from '../kernel.ts'
import type { Lanes } from '../lanes.ts'
import { collectFilters, filterPoints, transformFilters } from './filters.ts'
import { addingBias, applying } from './finish.ts'
import { frameBytes, gather, type Source } from './gather.ts'
import { outerProducts, products } from './products.ts'
import { scatter, scatterBytes } from './scatter.ts'
import {
  mostTasks,
  type Points,
  patchSize,
  points,
  pointsOf,
  slotOf,
  type Tiling,
  tileSize,
  tilingOf,
} from './tiling.ts'
import { registersOf } from './transforms.ts'

/** What a second cache holds, in bytes: the points of a group, or those of all filters. */
const [groupAtOnce, filtersAtOnce] = [1 << 19, 1 << 20]
const [fewTiles, manyTiles] = [32, 64]

/** Filters that a cache does not hold are read for each group: then larger groups are better. */
function tilesWanted({ channels, filters }: ConvShape): number {
  if (filterPoints(filters, channels).bytes > filtersAtOnce) return manyTiles
  const fitting = Math.floor(groupAtOnce / (points * 4 * (channels + filters)))
  return Math.max(fewTiles, Math.min(manyTiles, fitting))
}

/** The direct kernel, to run where a result is not finite. */
export interface Direct {
  readonly scratch: number
  readonly write: (scratch: number) => Kernel
}

/** Behind the word that notes what is not finite. */
const afterWord = alignUp(4)

const again = (direct: Direct, scratch: number, later: Kernel = []): Kernel =>
  [...direct.write(scratch + afterWord), ...later].map((phase) => ({ ...phase, when: scratch }))

const pixelsOf = ({ channels, image, padding }: ConvShape): Source => ({
  channels,
  image,
  padding,
  cells: patchSize,
})
const gradientsOf = ({ filters, output }: ConvShape): Source => ({
  channels: filters,
  image: output,
  padding: [0, 0],
  cells: tileSize,
})

/** Sums of all tasks together, in bytes, that are added in the end: a third cache holds them. */
const mostSums = 1 << 22

/** Each task of the filter gradient keeps sums of its own for all filters. */
export function tilingForFilter({ batch, output, channels, filters }: ConvShape): Tiling {
  const { bytes } = filterPoints(filters, channels)
  const tasks = Math.max(2, Math.min(mostTasks, Math.floor(mostSums / bytes)))
  return tilingOf(batch, output, manyTiles, tasks)
}

export const tilingOfShape = (shape: ConvShape): Tiling =>
  tilingOf(shape.batch, shape.output, tilesWanted(shape))

function forwardSections(shape: ConvShape, start: number) {
  const tiling = tilingOfShape(shape)
  const pixels = pointsOf(shape.channels, tiling.tiles)
  const results = pointsOf(shape.filters, tiling.tiles)
  const slot = slotOf({
    frame: frameBytes(tiling, pixelsOf(shape)),
    pixels: pixels.bytes,
    results: results.bytes,
    rows: scatterBytes(tiling),
  })
  const weights = filterPoints(shape.filters, shape.channels)
  const places = scratchLayout({ weights: weights.bytes, slots: tiling.tasks * slot.end }, start)
  return { tiling, pixels, results, weights, slot, places }
}

export const winogradScratch = (shape: ConvShape, direct: number): number =>
  afterWord + Math.max(direct, forwardSections(shape, 0).places.end)

/** The groups of tiles that a task has: what is done for the first row of each. */
function eachGroup(f: Body, tiling: Tiling, task: I32, write: (firstRow: I32) => void): void {
  const { groups, groupsInTask, rowsTogether } = tiling
  const row = f.let(i32.mul(task, groupsInTask * rowsTogether))
  const turn = () => {
    write(row)
    f.bump(row, rowsTogether)
  }
  // A group that is not there reads zeros and writes nothing: rare, and only in the last task.
  f.repeat(Math.min(groups, groupsInTask), turn)
}

const name = 'Winograd F(4×4, 3×3)'

/** Where a convolution's results go, and what becomes of them before. */
interface Finishing {
  readonly y: number
  readonly b?: number
  readonly epilogue?: Epilogue | undefined
}

/** y = Σ x w + b, or what an epilogue makes of it. */
export function winograd(
  lanes: Lanes,
  shape: ConvShape,
  layout: FilterLayout,
  at: Finishing & { readonly x: number; readonly scratch: number },
  direct: Direct,
): Kernel {
  const start = at.scratch + afterWord
  const { tiling, pixels, results, weights, slot, places } = forwardSections(shape, start)
  const source = pixelsOf(shape)
  const body = (f: Body, task: I32) => {
    const position = f.let(i32.add(i32.mul(task, slot.end), places.slots))
    const registers = registersOf(f)
    const noted = f.let(v128.zero)
    const finish = addingBias(f, lanes, at.b)
    const afterwards = at.epilogue && applying(f, lanes, at.y, at.epilogue)
    f.do(memory.fill(i32.add(position, slot.frame), 0, frameBytes(tiling, source)))
    const place = (points: Points, offset: number) => ({ ...points, offset, position })
    eachGroup(f, tiling, task, (row) => {
      const from = { from: at.x, frame: slot.frame, points: slot.pixels, slot: position }
      gather(f, lanes, tiling, source, pixels, from, row, registers)
      products(
        f,
        lanes,
        shape.channels,
        { ...weights, offset: 0, position: i32.constant(places.weights) },
        place(pixels, slot.pixels),
        place(results, slot.results),
      )
      const to = { points: slot.results, rows: slot.rows, slot: position, y: at.y }
      scatter(
        f,
        lanes,
        tiling,
        shape.output,
        results,
        to,
        row,
        registers,
        { finish, afterwards },
        noted,
      )
    })
    f.if(v128.anyTrue(noted), () => f.do(i32.store(at.scratch, i32.constant(1))))
  }
  const filters = { points: places.weights, word: at.scratch }
  const length = shape.batch * shape.filters * product(shape.output)
  const later = at.epilogue ? finishLater(lanes, at.y, length, at.epilogue) : []
  return [
    transformFilters(lanes, shape, layout, filters),
    { name, tasks: tiling.tasks, body },
    ...again(direct, at.scratch, later),
  ]
}

function filterSections(shape: ConvShape, start: number) {
  const tiling = tilingForFilter(shape)
  const pixels = pointsOf(shape.channels, tiling.tiles)
  const gradients = pointsOf(shape.filters, tiling.tiles)
  const sums = filterPoints(shape.filters, shape.channels)
  const slot = slotOf({
    frame: frameBytes(tiling, pixelsOf(shape)),
    rows: frameBytes(tiling, gradientsOf(shape)),
    pixels: pixels.bytes,
    gradients: gradients.bytes,
    sums: sums.bytes,
  })
  const places = scratchLayout({ slots: tiling.tasks * slot.end }, start)
  return { tiling, pixels, gradients, sums, slot, places }
}

export const winogradFilterScratch = (shape: ConvShape, direct: number): number =>
  afterWord + Math.max(direct, filterSections(shape, 0).places.end)

/** w ← Σ x y. */
export function winogradFilter(
  lanes: Lanes,
  shape: ConvShape,
  layout: FilterLayout,
  at: { readonly x: number; readonly y: number; readonly scratch: number },
  direct: Direct,
): Kernel {
  const start = at.scratch + afterWord
  const { tiling, pixels, gradients, sums, slot, places } = filterSections(shape, start)
  const body = (f: Body, task: I32) => {
    f.do(i32.store(at.scratch, i32.constant(0)))
    const position = f.let(i32.add(i32.mul(task, slot.end), places.slots))
    const registers = registersOf(f)
    // Both frames, which lie one behind the other.
    f.do(memory.fill(i32.add(position, slot.frame), 0, slot.pixels - slot.frame))
    f.do(memory.fill(i32.add(position, slot.sums), 0, sums.bytes))
    const place = (points: Points, offset: number) => ({ ...points, offset, position })
    eachGroup(f, tiling, task, (row) => {
      const x = { from: at.x, frame: slot.frame, points: slot.pixels }
      const y = { from: at.y, frame: slot.rows, points: slot.gradients }
      const slotted = { slot: position }
      gather(f, lanes, tiling, pixelsOf(shape), pixels, { ...x, ...slotted }, row, registers)
      gather(f, lanes, tiling, gradientsOf(shape), gradients, { ...y, ...slotted }, row, registers)
      outerProducts(
        f,
        lanes,
        shape.channels,
        place(gradients, slot.gradients),
        place(pixels, slot.pixels),
        place(sums, slot.sums),
      )
    })
  }
  const collected = { points: places.slots + slot.sums, part: slot.end, word: at.scratch }
  return [
    { name, tasks: tiling.tasks, body },
    collectFilters(lanes, shape, layout, collected, tiling.tasks),
    ...again(direct, at.scratch),
  ]
}
