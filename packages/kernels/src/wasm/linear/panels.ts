// Rows and columns of matrices as the tiles of a product take them up: so many at once, step by
// step along k, where they stand or packed into panels.
import { contiguous } from '../elementwise/loops.ts'
import { type Body, type I32, i32, v128 } from '../encoder/index.ts'
import { type Phase, product } from '../kernel.ts'
import type { Lanes } from '../lanes.ts'
import { blockOf } from './tile.ts'

/** Rows of A or columns of B: strides in elements from one to the next, along k, over the batch. */
export interface Lines {
  readonly address: number
  readonly count: number
  readonly line: number
  readonly along: number
  readonly batch: readonly number[]
}

/** How far all lines go, and the batch. */
interface Extent {
  readonly k: number
  readonly batch?: readonly number[]
}

/** Lines as tiles take them up, so many at once: from the first of one tile to that of the next. */
export interface Panels extends Lines {
  readonly panel: number
}

/** Lines are packed once when every batch reads the same. */
const packedBatches = ({ batch }: Lines, shape: readonly number[] = []): number =>
  batch.some((stride) => stride !== 0) ? product(shape) : 1

export const packedBytes = (lanes: Lanes, lines: Lines, { k, batch }: Extent, width: number) =>
  packedBatches(lines, batch) *
  Math.ceil(lines.count / width) *
  k *
  wideOf(lanes, width) *
  lanes.bytes

/** Panels have whole vectors. */
const wideOf = ({ count }: Lanes, width: number): number => Math.ceil(width / count) * count

/** The byte offset of a batch, from its number in row-major order. */
export function batchOffset(
  lanes: Lanes,
  number: I32,
  shape: readonly number[] = [],
  strides: readonly number[] = [],
): I32 {
  const inner = contiguous(shape)
  return strides.reduce((sum: I32, stride, axis) => {
    if (stride === 0) return sum
    const counted = inner[axis] === 1 ? number : i32.divU(number, inner[axis]!)
    const index = axis === 0 ? counted : i32.remU(counted, shape[axis]!)
    return i32.add(sum, i32.mul(index, stride * lanes.bytes))
  }, i32.constant(0))
}

/** Lines where they stand. */
export const inPlace = (lines: Lines, width: number): Panels => {
  return { ...lines, panel: width * lines.line }
}

/** Lines packed at `to`: [panel][k][width], zeros behind the last one. */
export function packed(
  lanes: Lanes,
  lines: Lines,
  extent: Extent,
  width: number,
  to: number,
): { readonly panels: Panels; readonly phase: Phase } {
  const { k, batch = [] } = extent
  const along = wideOf(lanes, width)
  const panel = k * along
  const all = panel * Math.ceil(lines.count / width)
  const isOne = packedBatches(lines, batch) === 1
  const strides = isOne ? [] : contiguous(batch).map((stride) => stride * all)
  return {
    panels: { address: to, count: lines.count, line: 1, along, batch: strides, panel },
    phase: packPanels(lanes, lines, extent, width, to),
  }
}

function packPanels(
  lanes: Lanes,
  lines: Lines,
  { k, batch }: Extent,
  width: number,
  to: number,
): Phase {
  const { address, count: n, line } = lines
  const panels = Math.ceil(n / width)
  const wide = wideOf(lanes, width)
  const batches = packedBatches(lines, batch)
  const body = (f: Body, task: I32) => {
    const number = f.let(i32.divU(task, panels))
    const panel = f.let(i32.remU(task, panels))
    const origin = batchOffset(lanes, number, batch, batches > 1 ? lines.batch : [])
    const from = f.let(i32.add(origin, i32.mul(panel, width * line * lanes.bytes)))
    const target = f.let(i32.mul(task, k * wide * lanes.bytes))
    const copyLines = (count: number) => {
      f.repeat(k, () => {
        for (let first = 0; first < width; first += lanes.count) {
          const own = Math.min(lanes.count, count - first)
          let vector = v128.zero
          if (own === lanes.count && line === 1) {
            vector = lanes.load(from, address + first * lanes.bytes)
          } else {
            for (let lane = 0; lane < own; lane++) {
              const offset = address + (first + lane) * line * lanes.bytes
              vector = lanes.loadLane(from, vector, lane, offset)
            }
          }
          f.do(lanes.store(target, vector, to + first * lanes.bytes))
        }
        f.bump(from, lines.along * lanes.bytes)
        f.bump(target, wide * lanes.bytes)
      })
    }
    blockOf(f, n, width, panel, copyLines)
  }
  return { name: 'pack', tasks: batches * panels, body }
}
