// A convolution into few filters of a group, one for depthwise: a vector is four neighbours of a
// row of pixels, so that no lane stands for a filter that is not there. The image is packed plane
// by plane, filters as users have them.

import { copy } from '../elementwise/elementwise.ts'
import { contiguous } from '../elementwise/loops.ts'
import { type Body, type I32, i32 } from '../encoder/index.ts'
import { type Kernel, product, scratchLayout } from '../kernel.ts'
import type { Lanes } from '../lanes.ts'
import {
  accumulate,
  eachTile,
  mergeLevels,
  startTile,
  storeLanes,
  tileVariables,
} from '../linear/tile.ts'
import type { FilterLayout } from './pack-filters.ts'
import { packedImageBytes, packImage } from './pack-image.ts'
import { type ConvShape, derive } from './shape.ts'

/** By so many filters at a time, vectors of pixels: sums and what is multiplied fit in registers. */
const mostVectors = [0, 6, 4, 3, 2] as const
const mostFilters = 4

/** With more filters a panel of eight wastes less. */
export const suitsPlanes = (lanes: Lanes, { filters, groups, stride, output }: ConvShape) =>
  filters / groups <= 6 && stride[1] === 1 && output[1] >= lanes.count

const planes = (shape: ConvShape) => {
  const { batch, channels, image, padding } = shape
  const [rows, columns] = derive(shape).padded
  const frame = { batch, groups: channels, channelsPerGroup: 1, width: 1, rows, columns }
  return { ...frame, image, origin: padding, spread: [1, 1] as const }
}

/** Filters as [group, filter, channel, row, column]. */
function weights(shape: ConvShape): readonly number[] {
  const { channelsPerGroup, filtersPerGroup } = derive(shape)
  return [shape.groups, filtersPerGroup, channelsPerGroup, ...shape.window]
}

const sections = (lanes: Lanes, shape: ConvShape, start: number) => {
  const filters = product(weights(shape)) * lanes.bytes
  return scratchLayout({ image: packedImageBytes(lanes, planes(shape)), filters }, start)
}

export const convolvePlanesScratch = (lanes: Lanes, shape: ConvShape): number =>
  sections(lanes, shape, 0).end

/** y = b + Σ x w; a task is a row of a group's results. */
export function convolvePlanes(
  lanes: Lanes,
  shape: ConvShape,
  { address, group: ofGroup, filter: ofFilter, ...cells }: FilterLayout,
  at: {
    readonly x: number
    readonly y: number
    readonly scratch: number
    readonly b?: number
  },
): Kernel {
  const { batch, groups, window, stride, dilation, output } = shape
  const { channelsPerGroup, filtersPerGroup, padded } = derive(shape)
  const { bytes, count: width } = lanes
  const { image, filters } = sections(lanes, shape, at.scratch)
  const packed = weights(shape)
  const strides = [ofGroup, ofFilter, cells.channel, cells.row, cells.column]
  const [groupStep, filterStep, ...cellSteps] = contiguous(packed).map((step) => step * bytes)
  const [outputRows, outputColumns] = output
  const row = padded[1] * bytes
  const plane = padded[0] * row
  const resultPlane = outputRows * outputColumns * bytes
  const levels = mergeLevels([
    { count: channelsPerGroup, a: cellSteps[0]!, b: plane },
    { count: window[0], a: cellSteps[1]!, b: dilation[0] * row },
    { count: window[1], a: cellSteps[2]!, b: dilation[1] * bytes },
  ])
  const parts = Math.ceil(filtersPerGroup / mostFilters)
  const together = Math.ceil(filtersPerGroup / parts)
  const inRow = Math.ceil(outputColumns / width)
  const vectorsTogether = Math.ceil(inRow / Math.ceil(inRow / mostVectors[together]!))

  const body = (f: Body, task: I32) => {
    const number = f.let(i32.divU(task, outputRows))
    const outputRow = f.let(i32.remU(task, outputRows))
    const group = f.let(i32.remU(number, groups))
    const first = f.let(i32.mul(group, groupStep!))
    const biases = f.let(i32.mul(group, filtersPerGroup * bytes))
    const source = f.let(
      i32.add(i32.mul(number, channelsPerGroup * plane), i32.mul(outputRow, stride[0] * row)),
    )
    const target = f.let(
      i32.add(
        i32.mul(number, filtersPerGroup * resultPlane),
        i32.mul(outputRow, outputColumns * bytes),
      ),
    )
    const variables = tileVariables(f, together, vectorsTogether)
    const tile = vectorsTogether * width
    const strip = { total: outputColumns, tile, tilesPerTask: outputColumns }

    const some = (filter: number, count: number, pixels: number) => {
      const vectors = Math.ceil(pixels / width)
      const bias = (i: number) =>
        at.b === undefined
          ? lanes.constant(0)
          : lanes.loadSplat(biases, at.b + (filter + i) * bytes)
      const sums = startTile(f, variables, count, vectors, bias)
      accumulate(f, lanes, variables, sums, {
        vectors,
        a: first,
        aOffset: filters + filter * filterStep!,
        b: source,
        bOffset: image,
        rowOffset: (i) => i * filterStep!,
        levels,
      })
      sums.forEach((row, i) => {
        row.forEach((sum, j) => {
          const offset = at.y + (filter + i) * resultPlane + 16 * j
          storeLanes(f, lanes, target, sum, pixels - j * width, offset)
        })
      })
    }
    eachTile(f, strip, i32.constant(0), (pixels) => {
      for (let filter = 0; filter < filtersPerGroup; filter += together) {
        some(filter, Math.min(together, filtersPerGroup - filter), pixels)
      }
      f.bump(source, pixels * bytes)
      f.bump(target, pixels * bytes)
    })
  }
  return [
    packImage(lanes, { ...planes(shape), from: at.x, to: image }),
    ...copy(lanes, packed, { address, strides }, { address: filters, strides: contiguous(packed) }),
    { name: 'convolve planes', tasks: batch * groups * outputRows, body },
  ]
}
