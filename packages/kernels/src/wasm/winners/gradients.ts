// The gradients of a convolution behind 2×2 max-pooling: three quarters of the cells get nothing,
// so both run over the winners alone, and over those of them whose δ is not 0.
import type { ConvShape } from '../conv/shape.ts'
import { copy, fill } from '../elementwise/elementwise.ts'
import { contiguous } from '../elementwise/loops.ts'
import { type Body, type I32, i32, type Local, memory, type V128, v128 } from '../encoder/index.ts'
import { alignUp, type Kernel, type Phase, scratchLayout } from '../kernel.ts'
import type { Lanes } from '../lanes.ts'
import { packedShape, packedSteps, pooledSize, winnerRow, winnerSections } from './shape.ts'

/** Vectors summed in registers at a time. */
const accumulatorCount = 12
/** A list spans samples whose packed images fit in the first cache together. */
const cachedBytes = 48 * 1024

/** A list entry: δ, then a byte address in a field of the same width. */
const entryBytes = (lanes: Lanes): number => 2 * lanes.bytes

/** Appends (δ, address) at `end`, which moves on only if δ ≠ 0: no branch. */
function append(f: Body, lanes: Lanes, end: Local<'i32'>, delta: V128, address: I32): void {
  const value = f.let(delta)
  f.do(lanes.storeLane(end, value, 0))
  f.do(i32.store(end, address, lanes.bytes))
  const present = v128.anyTrue(lanes.ne(value, v128.zero))
  f.bump(end, i32.mul(present, entryBytes(lanes)))
}

interface Run {
  /** Offset from an entry's address, and from the sums. */
  readonly from: number
  readonly to: number
}

/** sums += δ · (what each entry's address points to), the vectors of `runs` side by side. */
function addList(
  f: Body,
  lanes: Lanes,
  variables: ListVariables,
  list: { readonly start: Local<'i32'>; readonly end: Local<'i32'>; readonly base: number },
  sums: { readonly position: Local<'i32'>; readonly base: number },
  runs: readonly Run[],
): void {
  const { entry, source, splat } = variables
  const totals = variables.totals.slice(0, runs.length)
  totals.forEach((total, k) => {
    f.set(total, lanes.load(sums.position, sums.base + runs[k]!.to))
  })
  f.set(entry, list.start)
  f.loop((again) => {
    f.set(splat, lanes.loadSplat(entry))
    f.set(source, i32.load(entry, lanes.bytes))
    totals.forEach((total, k) => {
      f.set(total, lanes.madd(lanes.load(source, list.base + runs[k]!.from), splat, total))
    })
    f.bump(entry, entryBytes(lanes))
    f.branchIf(again, i32.ltU(entry, list.end))
  })
  totals.forEach((total, k) => {
    f.do(lanes.store(sums.position, total, sums.base + runs[k]!.to))
  })
}

const listVariables = (f: Body) => ({
  entry: f.local('i32'),
  source: f.local('i32'),
  splat: f.local('v128'),
  totals: Array.from({ length: accumulatorCount }, () => f.local('v128')),
})
type ListVariables = ReturnType<typeof listVariables>

const filterSections = (lanes: Lanes, shape: ConvShape, start: number) => {
  const { vectors, samples } = patches(lanes, shape)
  const [rows, columns] = pooledSize(shape)
  const list = (samples * rows * columns + 1) * entryBytes(lanes)
  const bytes = {
    lists: shape.filters * list,
    sums: shape.filters * shape.window[0] * vectors * 16,
  }
  return { ...scratchLayout(bytes, start), list }
}

/** A patch's row is one run of window columns × channels, in whole vectors. */
function patches(lanes: Lanes, shape: ConvShape) {
  const run = shape.window[1] * shape.channels
  const imageBytes = packedShape(shape).rows * packedSteps(lanes, shape).row
  const samples = Math.max(1, Math.min(shape.batch, Math.floor(cachedBytes / imageBytes)))
  return { vectors: Math.ceil(run / lanes.count), imageBytes, samples }
}

export const filterAtWinnersScratch = (lanes: Lanes, shape: ConvShape): number =>
  filterSections(lanes, shape, 0).end

/** w ← Σ δ · (the winner's patch); δ [N, F, pooled], `kept` as the forward kernel left it. */
export function filterAtWinners(
  lanes: Lanes,
  shape: ConvShape,
  at: {
    readonly delta: number
    readonly w: number
    readonly kept: number
    readonly scratch: number
  },
): Kernel {
  const { batch, channels, filters, window } = shape
  const { bytes } = lanes
  const [pooledRows, pooledColumns] = pooledSize(shape)
  const cells = pooledRows * pooledColumns
  const { vectors, samples } = patches(lanes, shape)
  const { row } = packedSteps(lanes, shape)
  const { image, winners } = winnerSections(lanes, shape, at.kept)
  const { lists, sums, list } = filterSections(lanes, shape, at.scratch)
  const sumBytes = window[0] * vectors * 16
  const winnerStep = winnerRow(lanes, shape) * bytes

  const body = (f: Body, filter: I32) => {
    const start = f.let(i32.add(i32.mul(filter, list), lists))
    const sum = f.let(i32.mul(filter, sumBytes))
    const delta = f.let(i32.mul(filter, cells * bytes))
    const winner = f.let(i32.mul(filter, bytes))
    const end = f.local('i32')
    const variables = listVariables(f)
    f.do(memory.fill(i32.add(sum, sums), 0, sumBytes))

    const collect = (count: number) => {
      f.set(end, start)
      f.repeat(count, () => {
        f.repeat(cells, () => {
          append(f, lanes, end, lanes.loadZero(delta, at.delta), i32.load(winner, winners))
          f.bump(delta, bytes)
          f.bump(winner, winnerStep)
        })
        f.bump(delta, (filters - 1) * cells * bytes)
      })
    }
    const places = Array.from({ length: window[0] * vectors }, (_, k) => ({
      from: Math.floor(k / vectors) * row + (k % vectors) * 16,
      to: k * 16,
    }))
    const addSamples = (count: number) => {
      collect(count)
      f.if(i32.gtU(end, start), () => {
        for (const runs of evenParts(places, accumulatorCount)) {
          const list = { start, end, base: image }
          addList(f, lanes, variables, list, { position: sum, base: sums }, runs)
        }
      })
    }
    f.repeat(Math.floor(batch / samples), () => addSamples(samples))
    if (batch % samples > 0) addSamples(batch % samples)
  }
  const phase: Phase = { name: 'filter at winners', tasks: filters, body }
  const perRow = vectors * lanes.count
  const from = { address: sums, strides: [window[0] * perRow, 1, perRow, channels] }
  const plain = [filters, channels, ...window]
  return [phase, ...copy(lanes, plain, from, { address: at.w, strides: contiguous(plain) })]
}

/** Cuts into as few parts of at most `most` as possible, of nearly equal length. */
function evenParts<T>(items: readonly T[], most: number): T[][] {
  const parts = Math.ceil(items.length / most)
  const length = Math.ceil(items.length / parts)
  return Array.from({ length: parts }, (_, k) => items.slice(k * length, (k + 1) * length))
}

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
