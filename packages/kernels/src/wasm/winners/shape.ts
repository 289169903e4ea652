// Convolution followed by 2×2 max-pooling, told by the convolution's sizes. What forward and
// backward share: the packed image and, for every pooled cell, where its winner's patch starts.
import { packedFiltersBytes } from '../conv/pack-filters.ts'
import { packedImageBytes } from '../conv/pack-image.ts'
import { type ConvShape, derive } from '../conv/shape.ts'
import { layout, product } from '../kernel.ts'
import type { Lanes } from '../lanes.ts'
import { tileColumns } from '../linear/tile.ts'
import { entryBytes } from './list.ts'

/** The shapes for which these kernels are written. */
export const hasWinnerKernels = ({ groups, stride, dilation, output }: ConvShape): boolean =>
  groups === 1 &&
  [...stride, ...dilation].every((step) => step === 1) &&
  output.every((size) => size >= 2)

export const pooledSize = ({ output }: ConvShape): readonly [number, number] => [
  Math.floor(output[0] / 2),
  Math.floor(output[1] / 2),
]

/** Filters rounded up to whole panels: the length of a cell's row of winners. */
export const winnerRow = (lanes: Lanes, { filters }: ConvShape): number =>
  Math.ceil(filters / tileColumns(lanes)) * tileColumns(lanes)

export function packedShape(shape: ConvShape) {
  const { padded, channelsPerGroup } = derive(shape)
  const [rows, columns] = padded
  const { batch, channels, groups, image, padding } = shape
  const frame = { batch, groups, channelsPerGroup, width: channels, rows, columns }
  return { ...frame, image, origin: padding }
}

/** Bytes of a pixel and of a row of pixels in the packed image. */
export const packedSteps = (lanes: Lanes, shape: ConvShape) => {
  const pixel = shape.channels * lanes.bytes
  return { pixel, row: derive(shape).padded[1] * pixel }
}

/** What the forward kernel leaves behind for the two gradients, and its own packed filters. */
export function winnerSections(lanes: Lanes, shape: ConvShape, start: number) {
  const [rows, columns] = pooledSize(shape)
  const { channels, filters, groups, window } = shape
  const weights = { groups, channelsPerGroup: channels, filtersPerGroup: filters, window }
  return layout(
    {
      image: packedImageBytes(lanes, packedShape(shape)),
      winners: shape.batch * rows * columns * winnerRow(lanes, shape) * lanes.bytes,
      filters: packedFiltersBytes(lanes, weights),
    },
    start,
  )
}

/** A list spans samples whose packed images and entries fit in the first cache together. */
const cachedBytes = 24 * 1024

/** A patch's row is one run of window columns × channels, in whole vectors. */
export function patches(lanes: Lanes, shape: ConvShape) {
  const run = shape.window[1] * shape.channels
  const imageBytes = packedShape(shape).rows * packedSteps(lanes, shape).row
  const entries = product(pooledSize(shape)) * entryBytes(lanes)
  const fitting = Math.floor(cachedBytes / (imageBytes + entries))
  const samples = Math.max(1, Math.min(shape.batch, fitting))
  return { vectors: Math.ceil(run / lanes.count), imageBytes, samples }
}
