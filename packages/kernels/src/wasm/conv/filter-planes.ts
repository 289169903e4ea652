// The filter gradient of few filters of a group, one for depthwise: a vector is four neighbours of
// a row of pixels, and each cell of the window has a vector of sums of its own. A panel of eight
// filters would add zeros for those that are not there.
import { type Body, type I32, i32, type Local, type V128, v128 } from '../encoder/index.ts'
import { alignUp, type Kernel, scratchLayout } from '../kernel.ts'
import type { Lanes } from '../lanes.ts'
import { packedImageBytes, packImage } from './pack-image.ts'
import { type ConvShape, derive } from './shape.ts'

/** Sums that fit in registers beside what is multiplied. */
const mostSums = 12
/** Vectors of a row whose code is written one after another. */
const mostTogether = 4

/** With more filters a panel of eight wastes less. */
export const filterSuitsPlanes = (lanes: Lanes, shape: ConvShape): boolean => {
  const { filters, groups, stride, window, output } = shape
  return (
    filters / groups <= 3 && stride[1] <= 2 && window[1] <= mostSums && output[1] >= lanes.count
  )
}

const vectorsOf = (lanes: Lanes, { output }: ConvShape): number =>
  Math.ceil(output[1] / lanes.count)

/** x plane by plane with its frame, and zeros as far as the last vector of a row reads. */
function planesOfX(lanes: Lanes, shape: ConvShape) {
  const { batch, channels, image, padding, stride, dilation, window } = shape
  const [rows] = derive(shape).padded
  const reach = dilation[1] * (window[1] - 1) + stride[1] * lanes.count
  const columns = stride[1] * lanes.count * (vectorsOf(lanes, shape) - 1) + reach
  const frame = { batch, groups: channels, channelsPerGroup: 1, width: 1, rows, columns }
  return { ...frame, image, origin: padding, spread: [1, 1] as const }
}

/** y plane by plane, its rows filled up with zeros to whole vectors. */
function planesOfY(lanes: Lanes, shape: ConvShape) {
  const { batch, filters, output } = shape
  const columns = lanes.count * vectorsOf(lanes, shape)
  const frame = { batch, groups: filters, channelsPerGroup: 1, width: 1, rows: output[0], columns }
  return { ...frame, image: output, origin: [0, 0] as const, spread: [1, 1] as const }
}

/**
 * A row's last vector may reach past the last column of y. There y is filled up with zeros, but x
 * may hold pixels that the sum has no term for, and 0 · NaN is NaN: the lanes to keep, if so.
 */
function lanesToKeep(lanes: Lanes, shape: ConvShape, column: number): V128 | undefined {
  const { image, output, padding, stride, dilation } = shape
  const { count, integer } = lanes
  const kept = output[1] - count * (vectorsOf(lanes, shape) - 1)
  const pixel = (lane: number) =>
    stride[1] * (output[1] - kept + lane) + dilation[1] * column - padding[1]
  const numbers = Array.from({ length: count }, (_, lane) => lane)
  if (!numbers.slice(kept).some((lane) => pixel(lane) >= 0 && pixel(lane) < image[1])) return
  return integer.constant(...numbers.map((lane) => (lane < kept ? -1 : 0)))
}

const sections = (lanes: Lanes, shape: ConvShape, start: number) =>
  scratchLayout(
    {
      // A vector of every other pixel reads one more.
      x: alignUp(packedImageBytes(lanes, planesOfX(lanes, shape)) + 16),
      y: packedImageBytes(lanes, planesOfY(lanes, shape)),
    },
    start,
  )

export const filterByPlanesScratch = (lanes: Lanes, shape: ConvShape): number =>
  sections(lanes, shape, 0).end

/** w ← Σ x y; a task is a filter of one channel. */
export function filterByPlanes(
  lanes: Lanes,
  shape: ConvShape,
  at: { readonly x: number; readonly w: number; readonly y: number; readonly scratch: number },
): Kernel {
  const { batch, channels, filters, window, stride, dilation, output } = shape
  const { channelsPerGroup, filtersPerGroup } = derive(shape)
  const { bytes, count } = lanes
  const { x, y } = sections(lanes, shape, at.scratch)
  const [ofX, ofY] = [planesOfX(lanes, shape), planesOfY(lanes, shape)]
  const [rowX, rowY] = [ofX.columns * bytes, ofY.columns * bytes]
  const [planeX, planeY] = [ofX.rows * rowX, ofY.rows * rowY]
  const vectors = vectorsOf(lanes, shape)
  const keep = Array.from({ length: window[1] }, (_, column) => lanesToKeep(lanes, shape, column))
  /** Vectors that a loop takes; the last one stands outside where it is unlike the others. */
  const inLoop = vectors - (keep.some((mask) => mask !== undefined) ? 1 : 0)
  const rounds = Math.floor(inLoop / mostTogether)
  const rowsTogether = Math.max(1, Math.floor(mostSums / window[1]))
  /** Every pixel that a vector of y meets through a cell: each, or every other one. */
  const pixels = (f: Body, from: I32, offset: number, spare: Local<'v128'>): V128 => {
    if (stride[1] === 1) return lanes.load(from, offset)
    f.set(spare, lanes.load(from, offset))
    const even = Array.from({ length: count }, (_, lane) => 2 * lane)
    return lanes.shuffle(spare, lanes.load(from, offset + 16), even)
  }
  const body = (f: Body, task: I32) => {
    const filter = f.let(i32.divU(task, channelsPerGroup))
    const group = i32.divU(filter, filtersPerGroup)
    const channel = i32.add(i32.mul(group, channelsPerGroup), i32.remU(task, channelsPerGroup))
    const startX = f.let(i32.mul(channel, planeX))
    const startY = f.let(i32.mul(filter, planeY))
    const target = f.let(i32.mul(task, window[0] * window[1] * bytes))
    const [atX, atY] = [f.local('i32'), f.local('i32')]
    const [value, spare] = [f.local('v128'), f.local('v128')]
    const kept = Array.from({ length: rowsTogether * window[1] }, () => f.local('v128'))
    const someRows = (first: number, rows: number) => {
      const sums = kept.slice(0, rows * window[1])
      for (const sum of sums) f.set(sum, v128.zero)
      f.set(atX, startX)
      f.set(atY, startY)
      const vector = (number: number, isLast: boolean) => {
        f.set(value, lanes.load(atY, y + 16 * number))
        sums.forEach((sum, cell) => {
          const row = (first + Math.floor(cell / window[1])) * dilation[0] * rowX
          const column = cell % window[1]
          const offset = x + row + column * dilation[1] * bytes + 16 * stride[1] * number
          const read = pixels(f, atX, offset, spare)
          const mask = isLast ? keep[column] : undefined
          f.set(sum, lanes.madd(mask === undefined ? read : v128.and(read, mask), value, sum))
        })
      }
      const steps = (times: number, together: number, last?: number) =>
        f.repeat(times, () => {
          for (let number = 0; number < together; number++) vector(number, number === last)
          f.bump(atX, 16 * stride[1] * together)
          f.bump(atY, 16 * together)
        })
      f.repeat(batch, () => {
        f.repeat(output[0], () => {
          steps(rounds, mostTogether)
          const rest = vectors - rounds * mostTogether
          if (rest > 0) steps(1, rest, rest - 1)
          f.bump(atX, stride[0] * rowX - 16 * stride[1] * vectors)
        })
        f.bump(atX, channels * planeX - output[0] * stride[0] * rowX)
        f.bump(atY, (filters - 1) * planeY)
      })
      sums.forEach((sum, cell) => {
        f.set(
          value,
          lanes.across(lanes.add, (half) => f.let(half), sum),
        )
        f.do(lanes.storeLane(target, value, 0, at.w + (first * window[1] + cell) * bytes))
      })
    }
    for (let first = 0; first < window[0]; first += rowsTogether) {
      someRows(first, Math.min(rowsTogether, window[0] - first))
    }
  }
  return [
    packImage(lanes, { ...ofX, from: at.x, to: x }),
    packImage(lanes, { ...ofY, from: at.y, to: y }),
    { name: 'filter gradient of planes', tasks: filters * channelsPerGroup, body },
  ]
}
