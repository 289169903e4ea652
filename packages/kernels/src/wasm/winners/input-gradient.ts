// The input gradient of a convolution behind 2×2 max-pooling, over winners whose δ is not 0.
import type { ConvShape } from '../conv/shape.ts'
import { copy, fill } from '../elementwise/elementwise.ts'
import { contiguous } from '../elementwise/loops.ts'
import { type Body, type I32, i32, memory } from '../encoder/index.ts'
import { alignUp, type Kernel, type Phase, scratchLayout } from '../kernel.ts'
import type { Lanes } from '../lanes.ts'
import { accumulatorCount, addList, append, entryBytes, evenParts, listVariables } from './list.ts'
import { packedSteps, patches, pooledSize, winnerRow, winnerSections } from './shape.ts'

/** Sizes of the filters framed with zeros, and of the patch that a pooling window reads. */
function framedFilters(lanes: Lanes, shape: ConvShape) {
  const { channels, window } = shape
  const vectors = Math.ceil(((window[1] + 1) * channels) / lanes.count)
  // A row read from its second pixel on must still end in zeros.
  const row = vectors * lanes.count + channels
  const filter = (window[0] + 2) * row
  return { vectors, row, filter }
}

const inputSections = (lanes: Lanes, shape: ConvShape, start: number) => {
  const { filter } = framedFilters(lanes, shape)
  // The last vector of a patch may stick out of the image.
  const sample = alignUp(patches(lanes, shape).imageBytes + 16)
  const list = (shape.filters + 1) * entryBytes(lanes)
  const bytes = {
    image: shape.batch * sample,
    filters: shape.filters * filter * lanes.bytes,
    lists: shape.batch * list,
  }
  return { ...scratchLayout(bytes, start), list, sample }
}

export const inputAtWinnersScratch = (lanes: Lanes, shape: ConvShape): number =>
  inputSections(lanes, shape, 0).end

/** Filters channels last in a frame of zeros, one cell wide at the top and the left. */
function frameFilters(lanes: Lanes, shape: ConvShape, from: number, to: number): Kernel {
  const { channels, filters, window } = shape
  const { row, filter } = framedFilters(lanes, shape)
  const plain = [filters, channels, ...window]
  const inside = to + (row + channels) * lanes.bytes
  return [
    ...fill(lanes, to, filters * filter, 0),
    ...copy(
      lanes,
      plain,
      { address: from, strides: contiguous(plain) },
      { address: inside, strides: [filter, 1, row, channels] },
    ),
  ]
}

/**
 * x ← Σ δ · w around the winners. The four places where a winner can stand in its pooling window
 * are four shifts of the framed filter, so that a window's patch of (m+1) × (n+1) pixels is summed
 * in registers, filter by filter, without a scatter.
 */
export function inputAtWinners(
  lanes: Lanes,
  shape: ConvShape,
  at: {
    readonly delta: number
    readonly w: number
    readonly x: number
    readonly kept: number
    readonly scratch: number
  },
): Kernel {
  const { batch, channels, filters, window, image, padding } = shape
  const { bytes } = lanes
  const [pooledRows, pooledColumns] = pooledSize(shape)
  const cells = pooledRows * pooledColumns
  const { pixel, row } = packedSteps(lanes, shape)
  const { imageBytes } = patches(lanes, shape)
  const { winners } = winnerSections(lanes, shape, at.kept)
  const sections = inputSections(lanes, shape, at.scratch)
  const framed = framedFilters(lanes, shape)
  const filterRow = framed.row * bytes
  const winnerStep = winnerRow(lanes, shape) * bytes

  const body = (f: Body, sample: I32) => {
    const corner = f.let(i32.mul(sample, imageBytes))
    const target = f.let(i32.mul(sample, sections.sample))
    const cellDelta = f.let(i32.mul(sample, filters * cells * bytes))
    const cellWinner = f.let(i32.mul(sample, cells * winnerStep))
    const start = f.let(i32.add(i32.mul(sample, sections.list), sections.lists))
    const end = f.local('i32')
    const [delta, winner, filter] = [f.local('i32'), f.local('i32'), f.local('i32')]
    const [shift, below] = [f.local('i32'), f.local('i32')]
    const variables = listVariables(f)
    f.do(memory.fill(i32.add(target, sections.image), 0, sections.sample))

    const collect = () => {
      f.set(end, start)
      f.set(delta, cellDelta)
      f.set(winner, cellWinner)
      f.set(filter, i32.constant(0))
      f.repeat(filters, () => {
        // The winner stands at (0|1, 0|1) in its window; the filter is read from (1−dy, 1−dx) on.
        f.set(shift, i32.sub(i32.load(winner, winners), corner))
        f.set(below, i32.geU(shift, row))
        const right = i32.ne(shift, i32.mul(below, row))
        const back = i32.add(i32.mul(below, filterRow), i32.mul(right, pixel))
        const address = i32.sub(i32.add(filter, filterRow + pixel), back)
        append(f, lanes, end, lanes.loadZero(delta, at.delta), address)
        f.bump(delta, cells * bytes)
        f.bump(winner, bytes)
        f.bump(filter, framed.filter * bytes)
      })
    }
    const addPatch = () => {
      const list = { start, end, base: sections.filters }
      const sums = { position: target, base: sections.image }
      for (let r = 0; r <= window[0]; r++) {
        const runs = Array.from({ length: framed.vectors }, (_, j) => ({
          from: r * filterRow + 16 * j,
          to: r * row + 16 * j,
        }))
        for (const part of evenParts(runs, accumulatorCount)) {
          addList(f, lanes, variables, list, sums, part)
        }
      }
    }
    f.repeat(pooledRows, () => {
      f.repeat(pooledColumns, () => {
        collect()
        f.if(i32.gtU(end, start), addPatch)
        f.bump(corner, 2 * pixel)
        f.bump(target, 2 * pixel)
        f.bump(cellDelta, bytes)
        f.bump(cellWinner, winnerStep)
      })
      f.bump(corner, 2 * row - pooledColumns * 2 * pixel)
      f.bump(target, 2 * row - pooledColumns * 2 * pixel)
    })
  }
  const phase: Phase = { name: 'input at winners', tasks: batch, body }
  const inside = sections.image + padding[0] * row + padding[1] * pixel
  const strides = [sections.sample / bytes, 1, row / bytes, channels]
  const plain = [batch, channels, ...image]
  return [
    ...frameFilters(lanes, shape, at.w, sections.filters),
    phase,
    ...copy(
      lanes,
      plain,
      { address: inside, strides },
      { address: at.x, strides: contiguous(plain) },
    ),
  ]
}
