// A 3×3 convolution with stride 1 by Winograd's algorithm, forward, and so the input gradient, one
// with the window turned.
import type { FilterLayout } from '../conv/pack-filters.ts'
import type { ConvShape } from '../conv/shape.ts'
import { finishLater } from '../elementwise/elementwise.ts'
import { type Body, type I32, i32, memory, v128 } from '../encoder/index.ts'
import { type Kernel, product, scratchLayout } from '../kernel.ts'
import type { Lanes } from '../lanes.ts'
import { afterWord, again, type Direct } from './again.ts'
import { byFilters, suitsFilters } from './by-filters.ts'
import { filterPoints, transformFilters } from './filters.ts'
import { addingBias, applying, type Finishing } from './finish.ts'
import { frameBytes, gather, pixelsOf } from './gather.ts'
import { products } from './products.ts'
import { scatter, scatterBytes } from './scatter.ts'
import {
  algorithm,
  type Points,
  points,
  pointsOf,
  roomsFor,
  slotOf,
  type Tiling,
  tilingOf,
} from './tiling.ts'
import { registersOf } from './transforms.ts'

/** What a second cache holds, in bytes: the points of a group, or those of all filters. */
const [groupAtOnce, filtersAtOnce] = [1 << 19, 1 << 20]
const [fewTiles, manyTiles] = [32, 64]
/** Tiles that cost as much as what is done once for a group. */
const onceInGroup = 2

/** Filters that a cache does not hold are read for each group: then larger groups are better. */
function tilesWanted({ channels, filters }: ConvShape): number {
  if (filterPoints(filters, channels).bytes > filtersAtOnce) return manyTiles
  const fitting = Math.floor(groupAtOnce / (points * 4 * (channels + filters)))
  return Math.max(fewTiles, Math.min(manyTiles, fitting))
}

export const tilingOfShape = (shape: ConvShape): Tiling =>
  tilingOf(shape.batch, shape.output, {
    tiles: tilesWanted(shape),
    onceInGroup,
    mostTasks: Number.POSITIVE_INFINITY,
  })

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
  const rooms = roomsFor(tiling)
  const places = scratchLayout({ weights: weights.bytes, slots: rooms * slot.end }, start)
  return { tiling, rooms, pixels, results, weights, slot, places }
}

/** y = Σ x w + b, or what an epilogue makes of it. */
export function winograd(
  lanes: Lanes,
  shape: ConvShape,
  layout: FilterLayout,
  at: Finishing & { readonly x: number; readonly scratch: number },
  direct: Direct,
): Kernel {
  const length = shape.batch * shape.filters * product(shape.output)
  const later = at.epilogue ? finishLater(lanes, at.y, length, at.epilogue) : []
  const directly = again(direct, at.scratch, later)
  const tiling = tilingOfShape(shape)
  return suitsFilters(shape, tiling)
    ? [...byFilters(lanes, shape, tiling, layout, at), ...directly]
    : [...byGroups(lanes, shape, layout, at), ...directly]
}

/** All filters are transformed, then a task is a group of tiles. */
function byGroups(
  lanes: Lanes,
  shape: ConvShape,
  layout: FilterLayout,
  at: Finishing & { readonly x: number; readonly scratch: number },
): Kernel {
  const start = at.scratch + afterWord
  const sections = forwardSections(shape, start)
  const { tiling, rooms, pixels, results, weights, slot, places } = sections
  const source = pixelsOf(shape)
  const body = (f: Body, task: I32, thread: I32) => {
    const position = f.let(i32.add(i32.mul(thread, slot.end), places.slots))
    const registers = registersOf(f)
    const noted = f.let(v128.zero)
    const finish = addingBias(f, lanes, at.b)
    const afterwards = at.epilogue && applying(f, lanes, at.y, at.epilogue)
    f.do(memory.fill(i32.add(position, slot.frame), 0, frameBytes(tiling, source)))
    const place = (points: Points, offset: number) => ({ ...points, offset, position })
    const row = f.let(i32.mul(task, tiling.rowsTogether))
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
    const all = { filters: shape.filters, first: i32.constant(0) }
    const finishing = { finish, afterwards }
    scatter(f, lanes, tiling, shape.output, results, to, row, all, registers, finishing, noted)
    f.if(v128.anyTrue(noted), () => f.do(i32.store(at.scratch, i32.constant(1))))
  }
  const filters = { points: places.weights, word: at.scratch }
  return [
    transformFilters(lanes, shape, layout, filters),
    { name: algorithm, tasks: tiling.tasks, rooms, body },
  ]
}
