// The input gradient of a convolution behind 2×2 max-pooling, over winners whose δ is not 0.
import type { ConvShape } from '../conv/shape.ts'
import { copy, fill } from '../elementwise/elementwise.ts'
import { contiguous } from '../elementwise/loops.ts'
import { type Body, type I32, i32, memory } from '../encoder/index.ts'
import { alignUp, type Kernel, type Phase, scratchLayout } from '../kernel.ts'
import type { Lanes } from '../lanes.ts'
import {
  accumulatorCount,
  addList,
  entryBytes,
  evenParts,
  listVariables,
  readDelta,
  writeEntry,
} from './list.ts'
import { packedSteps, patches, pooledSize, winnerRow, winnerSections } from './shape.ts'

/**
 * Sizes of the filters with zeros above, to the left and to the right, and of the patch that a
 * pooling window reads.
 */
function framedFilters(lanes: Lanes, shape: ConvShape) {
  const { channels, window } = shape
  const vectors = Math.ceil(((window[1] + 1) * channels) / lanes.count)
  // A row read from its second pixel on must still end in zeros.
  const row = vectors * lanes.count + channels
  const filter = (window[0] + 1) * row
  return { vectors, row, filter }
}

const inputSections = (lanes: Lanes, shape: ConvShape, start: number) => {
  const { filter } = framedFilters(lanes, shape)
  // The last vector of a patch may stick out of the image.
  const sample = alignUp(patches(lanes, shape).imageBytes + 16)
  const list = 2 * (shape.filters + 1) * entryBytes(lanes)
  const bytes = {
    image: shape.batch * sample,
    filters: shape.filters * filter * lanes.bytes,
    lists: shape.batch * list,
  }
  return { ...scratchLayout(bytes, start), list, sample }
}

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
    // Winners of a window's upper row stand before the middle of the list, of its lower row behind.
    const entry = entryBytes(lanes)
    const inList = sections.lists + (filters + 1) * entry
    const middle = f.let(i32.add(i32.mul(sample, sections.list), inList))
    const [first, end] = [f.local('i32'), f.local('i32')]
    const [delta, winner, filter] = [f.local('i32'), f.local('i32'), f.local('i32')]
    const [shift, below, address] = [f.local('i32'), f.local('i32'), f.local('i32')]
    const variables = listVariables(f)
    f.do(memory.fill(i32.add(target, sections.image), 0, sections.sample))

    const collect = () => {
      f.set(first, middle)
      f.set(end, middle)
      f.set(delta, cellDelta)
      f.set(winner, cellWinner)
      f.set(filter, i32.add(corner, filterRow + pixel))
      f.repeat(filters, () => {
        // The winner stands at (0|1, 0|1) in its window: `shift` is dy rows and dx pixels of the
        // image. The filter is read from (1 − dy, 1 − dx) on.
        f.set(shift, i32.load(winner, winners))
        f.set(below, i32.geU(i32.sub(shift, corner), row))
        f.set(address, i32.add(i32.sub(filter, shift), i32.mul(below, row - filterRow)))
        const read = readDelta(f, lanes, delta, at.delta)
        writeEntry(f, i32.sub(first, entry), read, address)
        writeEntry(f, end, read, address)
        const lower = f.let(i32.mul(i32.and(read.present, below), entry))
        f.bump(end, lower)
        f.set(first, i32.sub(first, i32.sub(i32.mul(read.present, entry), lower)))
        f.bump(delta, cells * bytes)
        f.bump(winner, bytes)
        f.bump(filter, framed.filter * bytes)
      })
    }
    const addPatch = () => {
      const sums = { position: target, base: sections.image }
      for (let r = 0; r <= window[0]; r++) {
        const runs = Array.from({ length: framed.vectors }, (_, j) => ({
          from: r * filterRow + 16 * j,
          to: r * row + 16 * j,
        }))
        const list = {
          start: r < window[0] ? first : middle,
          end: r > 0 ? end : middle,
          base: sections.filters,
        }
        f.if(i32.gtU(list.end, list.start), () => {
          for (const part of evenParts(runs, accumulatorCount)) {
            addList(f, lanes, variables, list, sums, part)
          }
        })
      }
    }
    f.repeat(pooledRows, () => {
      f.repeat(pooledColumns, () => {
        collect()
        addPatch()
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
