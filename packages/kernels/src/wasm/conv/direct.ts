// The convolution itself: register tiles of 4 pixels × 8 filters over channels-last pixels, no
// im2col. Results go straight to [N, F, H, W].
import { type Body, type I32, i32 } from '../encoder/index.ts'
import type { Phase } from '../kernel.ts'
import type { Lanes } from '../lanes.ts'
import {
  type Accumulators,
  accumulate,
  eachTile,
  mergeLevels,
  rowsOfTile,
  startTile,
  storeLanes,
  tileColumns,
  tileVariables,
  transpose,
} from '../linear/tile.ts'
import { panelLength } from './pack-filters.ts'
import { type ConvShape, derive } from './shape.ts'

/** Where pixels stand: rows and columns of a packed image; steps in entries of a result's. */
interface Placement {
  readonly frame: readonly [number, number]
  readonly plane: number
  readonly row: number
  readonly column: number
}

const wholeResult = (shape: ConvShape): Placement => {
  const [rows, columns] = shape.output
  return { frame: derive(shape).padded, plane: rows * columns, row: columns, column: 1 }
}

/** y from packed images (one block a group) and packed filters; a task is a row of one image. */
export function convolve(
  lanes: Lanes,
  shape: ConvShape,
  at: { readonly image: number; readonly filters: number; readonly y: number },
  { frame, ...steps }: Placement = wholeResult(shape),
): Phase {
  const { batch, groups, window, stride, dilation, output } = shape
  const { channelsPerGroup, filtersPerGroup } = derive(shape)
  const [outputRows, outputColumns] = output
  const { bytes } = lanes
  const width = tileColumns(lanes)
  const pixel = channelsPerGroup * bytes
  const row = frame[1] * pixel
  const plane = steps.plane * bytes
  const resultPixel = steps.column * bytes
  const panelBytes =
    (panelLength(lanes, { groups, filtersPerGroup, channelsPerGroup, window }) + width) * bytes
  const levels = mergeLevels([
    { count: window[0], a: dilation[0] * row, b: window[1] * channelsPerGroup * width * bytes },
    { count: window[1], a: dilation[1] * pixel, b: channelsPerGroup * width * bytes },
    { count: channelsPerGroup, a: bytes, b: width * bytes },
  ])

  const storeApart = (f: Body, sums: Accumulators, target: I32, filters: number) => {
    for (let filter = 0; filter < filters; filter++) {
      const [j, lane] = [Math.floor(filter / lanes.count), filter % lanes.count]
      sums.forEach((vectors, p) => {
        const offset = filter * plane + p * resultPixel
        f.do(lanes.storeLane(target, vectors[j]!, lane, offset))
      })
    }
  }
  /** A tile's sums are pixels × filters; transposed they are runs of pixels for each filter. */
  const storeRuns = (f: Body, sums: Accumulators, target: I32, filters: number) => {
    const pixels = sums.length
    for (let j = 0; j * lanes.count < filters; j++) {
      for (let p = 0; p < pixels; p += lanes.count) {
        const block = Array.from({ length: lanes.count }, (_, q) => (sums[p + q] ?? sums[p]!)[j]!)
        transpose(f, lanes, block).forEach((run, q) => {
          const filter = j * lanes.count + q
          if (filter >= filters) return
          storeLanes(f, lanes, target, run, pixels - p, filter * plane + p * bytes)
        })
      }
    }
  }

  const store = steps.column === 1 ? storeRuns : storeApart

  const body = (f: Body, task: I32) => {
    const number = f.let(i32.divU(task, outputRows))
    const outputRow = f.let(i32.remU(task, outputRows))
    const group = i32.remU(number, groups)
    const image = i32.add(i32.mul(number, frame[0] * row), i32.mul(outputRow, stride[0] * row))
    const source = f.let(i32.add(image, at.image))
    const panels = i32.mul(group, Math.ceil(filtersPerGroup / width) * panelBytes)
    const weights = f.let(i32.add(panels, at.filters))
    const planes = i32.mul(number, filtersPerGroup * plane)
    const firstTarget = f.let(i32.add(i32.add(planes, i32.mul(outputRow, steps.row * bytes)), at.y))
    const x = f.local('i32')
    const y = f.local('i32')
    const tile = rowsOfTile(lanes, outputColumns)
    const variables = tileVariables(f, tile)
    const strip = { total: outputColumns, tile, tilesPerTask: outputColumns }

    const panel = (filters: number) => {
      const vectors = Math.ceil(filters / lanes.count)
      f.set(x, source)
      f.set(y, firstTarget)
      eachTile(f, strip, i32.constant(0), (pixels) => {
        const bias = (_: number, j: number) => lanes.load(weights, 16 * j)
        const sums = startTile(f, variables, pixels, vectors, bias)
        accumulate(f, lanes, variables, sums, {
          vectors,
          a: x,
          aOffset: 0,
          b: weights,
          bOffset: width * bytes,
          rowOffset: (i) => i * stride[1] * pixel,
          levels,
        })
        store(f, sums, y, filters)
        f.bump(x, pixels * stride[1] * pixel)
        f.bump(y, pixels * resultPixel)
      })
    }
    f.repeat(Math.floor(filtersPerGroup / width), () => {
      panel(width)
      f.bump(weights, panelBytes)
      f.bump(firstTarget, width * plane)
    })
    if (filtersPerGroup % width > 0) panel(filtersPerGroup % width)
  }
  return { name: 'convolve', tasks: batch * groups * outputRows, body }
}
