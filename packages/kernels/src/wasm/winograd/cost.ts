// What a convolution costs directly and by Winograd's algorithm, in vector products of the latter,
// as measured: sums run through registers, transforms wait for memory.
import { type ConvShape, derive } from '../conv/shape.ts'
import type { Lanes } from '../lanes.ts'
import { points, type Tiling } from './tiling.ts'

/** A direct product reads its pixels from wherever the window stands. */
const directProduct = 1.3
/** A tile of one channel to points, or a tile of one filter to results. */
const tileTransform = 85
/** Four channels of a filter to points, or back. */
const filterTransform = 256
/** A block of 4×4 sums for the filter gradient, taken up and put down. */
const sumsOfGroup = 35
/**
 * Over its winners alone a pooled convolution costs forward what it costs directly, and backward
 * about as much again: each of the three by tiles must cost less than this part of it.
 */
const winners = 0.6
/** What must be gained to be worth the code. */
const worthwhile = 0.85

const { ceil } = Math

const direct = ({ batch, channels, filters, output }: ConvShape, width: number): number =>
  (directProduct * batch * output[0] * output[1] * 9 * channels * ceil(filters / 8) * 8) / width

/** By Winograd, forward or (with `sums`) for the filter gradient. */
function byTiles({ channels, filters }: ConvShape, tiling: Tiling, sums: number): number {
  const { tiles, groups } = tiling
  const transforms = tileTransform * (channels + filters)
  const products = (points * channels * 4 * ceil(filters / 4)) / 4
  const blocks = points * ceil(filters / 4) * ceil(channels / 4)
  const once = filterTransform * filters * ceil(channels / 4)
  return groups * (tiles * (transforms + products) + sums * blocks) + once
}

/** Whether the algorithm applies at all: a window of 3×3, stepping by one, framed by zeros. */
export function isWinograd(lanes: Lanes, shape: ConvShape): boolean {
  const { groups, window, stride, dilation, image, padding } = shape
  const all = (pair: readonly number[], size: number) => pair.every((n) => n === size)
  const { padded } = derive(shape)
  const isFramed = padding.every((before, axis) => {
    const after = padded[axis]! - image[axis]! - before
    return before >= 0 && before < 3 && after >= 0
  })
  const steps = all(stride, 1) && all(dilation, 1)
  return lanes.count === 4 && groups === 1 && all(window, 3) && steps && isFramed
}

/**
 * With few channels a transform waits for memory already, and in short rows there is little to do
 * at once: what an epilogue reads among tiles then comes faster in a pass of its own.
 */
const [manyChannels, longRow] = [64, 16]
export const paysToFinish = ({ channels, output }: ConvShape): boolean =>
  channels >= manyChannels && output[1] >= longRow

export const paysForward = (shape: ConvShape, tiling: Tiling): boolean =>
  byTiles(shape, tiling, 0) < worthwhile * direct(shape, 4)

export const paysBesideWinners = (shape: ConvShape, tiling: Tiling): boolean =>
  byTiles(shape, tiling, 0) < winners * direct(shape, 4)

export const paysForFilter = (shape: ConvShape, tiling: Tiling): boolean =>
  byTiles(shape, tiling, sumsOfGroup) < worthwhile * direct(shape, 4)
