// Windows that slide over planes: the frame that saves bounds checks, the walk over windows a
// vector at a time, the walk over a window's cells.

import { copy, fill } from '../elementwise/elementwise.ts'
import { type Body, type I32, type Int, i32, type Local, type V128 } from '../encoder/index.ts'
import type { Kernel } from '../kernel.ts'
import type { Lanes } from '../lanes.ts'

type Pair = readonly [number, number]

/** x [planes, …image] → y [planes, …output]. */
export interface PoolShape {
  readonly planes: number
  readonly image: Pair
  readonly window: Pair
  readonly output: Pair
  readonly stride: Pair
  readonly dilation: Pair
  /** Above and to the left; what lies below and to the right follows from the output's size. */
  readonly padding: Pair
}

export interface Frame {
  /** Whether windows leave the image, so that a copy with a frame is needed. */
  readonly framed: boolean
  readonly rows: number
  readonly columns: number
}

export function frameOf({ image, window, output, stride, dilation, padding }: PoolShape): Frame {
  const reach = (axis: 0 | 1) =>
    stride[axis] * (output[axis] - 1) + dilation[axis] * (window[axis] - 1) + 1
  const [rows, columns] = [reach(0), reach(1)]
  const inside = padding[0] + padding[1] === 0 && rows <= image[0] && columns <= image[1]
  return inside
    ? { framed: false, rows: image[0], columns: image[1] }
    : { framed: true, rows, columns }
}

/** Bytes of all planes with their frame; 0 where none is needed. */
export function frameBytes(lanes: Lanes, shape: PoolShape): number {
  const { framed, rows, columns } = frameOf(shape)
  return framed ? shape.planes * rows * columns * lanes.bytes : 0
}

/** The part of the image inside the frame, as operands of a copy. */
function overlap(lanes: Lanes, shape: PoolShape, plain: number, framed: number) {
  const { planes, image, padding } = shape
  const { rows, columns } = frameOf(shape)
  const height = Math.min(image[0], rows - padding[0])
  const width = Math.min(image[1], columns - padding[1])
  const corner = (padding[0] * columns + padding[1]) * lanes.bytes
  return {
    shape: [planes, Math.max(0, height), Math.max(0, width)],
    plain: { address: plain, strides: [image[0] * image[1], image[1], 1] },
    framed: { address: framed + corner, strides: [rows * columns, columns, 1] },
    whole: height === image[0] && width === image[1],
  }
}

/** Copies the planes into a frame of `value`. */
export function intoFrame(
  lanes: Lanes,
  shape: PoolShape,
  from: number,
  to: number,
  value: number,
): Kernel {
  const { rows, columns } = frameOf(shape)
  const { shape: common, plain, framed } = overlap(lanes, shape, from, to)
  return [
    ...fill(lanes, to, shape.planes * rows * columns, value),
    ...copy(lanes, common, plain, framed),
  ]
}

/** The planes without their frame; zeros where no window reaches. */
export function outOfFrame(lanes: Lanes, shape: PoolShape, from: number, to: number): Kernel {
  const { shape: common, plain, framed, whole } = overlap(lanes, shape, to, from)
  const length = shape.planes * shape.image[0] * shape.image[1]
  return [...(whole ? [] : fill(lanes, to, length, 0)), ...copy(lanes, common, framed, plain)]
}

/** A vector of neighbouring windows, or a single one in lane 0. */
export interface Windows {
  readonly count: number
  /** Byte positions, relative to the array: the first window's corner, the first result. */
  readonly corner: Local<'i32'>
  readonly result: Local<'i32'>
}

/**
 * All windows of one row of output; some of them twice, in vectors that reach over others, where
 * that changes nothing.
 */
export function eachWindow(
  f: Body,
  lanes: Lanes,
  shape: PoolShape,
  plane: I32,
  row: I32,
  visit: (windows: Windows) => void,
  mayRepeat = true,
): void {
  const { rows, columns } = frameOf(shape)
  const { output, stride } = shape
  const { bytes } = lanes
  const inPlane = i32.mul(row, stride[0] * columns * bytes)
  const corner = f.let(i32.add(i32.mul(plane, rows * columns * bytes), inPlane))
  const line = i32.add(i32.mul(plane, output[0]), row)
  const result = f.let(i32.mul(line, output[1] * bytes))
  const move = (count: number) => {
    f.bump(corner, count * stride[1] * bytes)
    f.bump(result, count * bytes)
  }
  const step = (count: number) => {
    visit({ count, corner, result })
    move(count)
  }
  const rest = output[1] % lanes.count
  const vectors = Math.floor(output[1] / lanes.count)
  f.repeat(vectors, () => step(lanes.count))
  if (rest > 0 && vectors > 0 && mayRepeat) {
    move(rest - lanes.count)
    step(lanes.count)
  } else f.repeat(rest, () => step(1))
}

/** Larger windows are walked through by loops. */
const mostUnrolled = 16

/** Byte offsets of a window's cells from its corner, in row-major order; none of a large window. */
export function tapsOf(lanes: Lanes, shape: PoolShape): readonly number[] | undefined {
  const { window } = shape
  if (window[0] * window[1] > mostUnrolled) return undefined
  const { column, row } = tapSteps(lanes, shape)
  return Array.from(
    { length: window[0] * window[1] },
    (_, k) => Math.floor(k / window[1]) * row + (k % window[1]) * column,
  )
}

const tapSteps = (lanes: Lanes, shape: PoolShape) => ({
  column: shape.dilation[1] * lanes.bytes,
  row: shape.dilation[0] * frameOf(shape).columns * lanes.bytes,
})

/** The cells of a window in row-major order; `tap` is the byte offset from its corner. */
export function eachTap(f: Body, lanes: Lanes, shape: PoolShape, visit: (tap: Int) => void): void {
  const taps = tapsOf(lanes, shape)
  if (taps) {
    for (const tap of taps) visit(tap)
    return
  }
  const { window } = shape
  const { column, row } = tapSteps(lanes, shape)
  const tap = f.let(i32.constant(0))
  f.repeat(window[0], () => {
    f.repeat(window[1], () => {
      visit(tap)
      f.bump(tap, column)
    })
    f.bump(tap, row - window[1] * column)
  })
}

/** The cell at `tap` of each window. */
export function readCells(
  lanes: Lanes,
  shape: PoolShape,
  base: number,
  { count, corner }: Windows,
  tap: Int,
): V128 {
  const [address, offset] =
    typeof tap === 'number' ? [corner, base + tap] : [i32.add(corner, tap), base]
  if (count === 1) return lanes.loadSplat(address, offset)
  const step = shape.stride[1]
  if (step === 1) return lanes.load(address, offset)
  if (step === 2) {
    const even = Array.from({ length: lanes.count }, (_, lane) => 2 * lane)
    return lanes.shuffle(lanes.load(address, offset), lanes.load(address, offset + 16), even)
  }
  return Array.from({ length: lanes.count - 1 }, (_, k) => k + 1).reduce<V128>(
    (vector, lane) => lanes.loadLane(address, vector, lane, offset + lane * step * lanes.bytes),
    lanes.loadSplat(address, offset),
  )
}

/** Stores a result of each window. */
export function writeResults(
  f: Body,
  lanes: Lanes,
  base: number,
  { count, result }: Windows,
  value: V128,
): void {
  f.do(count === 1 ? lanes.storeLane(result, value, 0, base) : lanes.store(result, value, base))
}

/** The results' array read where `writeResults` writes. */
export const readResults = (lanes: Lanes, base: number, { count, result }: Windows): V128 =>
  count === 1 ? lanes.loadSplat(result, base) : lanes.load(result, base)

/** memory[address + lane · step] += value[lane], one lane after the other. */
export function addAtLanes(
  f: Body,
  lanes: Lanes,
  count: number,
  address: (lane: number) => I32,
  base: number,
  value: Local<'v128'>,
): void {
  for (let lane = 0; lane < count; lane++) {
    const order = Array.from({ length: lanes.count }, () => lane)
    const own = lane === 0 ? value : lanes.shuffle(value, value, order)
    const at = f.let(address(lane))
    f.do(lanes.storeLane(at, lanes.add(lanes.loadZero(at, base), own), 0, base))
  }
}
