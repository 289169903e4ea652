// Matrix products C = A B (+ bias), for any strides of A and B and any batch axes.

import { contiguous } from '../elementwise/loops.ts'
import { type Body, type I32, i32, v128 } from '../encoder/index.ts'
import { type Kernel, type Phase, product } from '../kernel.ts'
import type { Lanes } from '../lanes.ts'
import { dotProducts } from './dot.ts'
import {
  accumulate,
  eachTile,
  startTile,
  storeLanes,
  stripTasks,
  tileColumns,
  tileRows,
  tilesFor,
  tileVariables,
} from './tile.ts'

/** A matrix in memory: strides in elements of its rows, its columns and the batch axes. */
export interface Matrix {
  readonly address: number
  readonly row: number
  readonly column: number
  readonly batch?: readonly number[]
}

export interface MatrixProduct {
  /** C is m × n and A m × k. */
  readonly m: number
  readonly n: number
  readonly k: number
  readonly batch?: readonly number[]
  readonly a: Matrix
  readonly b: Matrix
  /** Rows of C are contiguous runs of n; the batch is in row-major order. */
  readonly c: number
  /** One number for each row or each column. */
  readonly bias?: {
    readonly address: number
    readonly along: 'rows' | 'columns'
    readonly batch?: readonly number[]
  }
}

/** Below this many rows packing B costs more than it gives. */
const fewRows = 8
/** Longest stretch of k at a time: a panel of b and four rows of a stay in the first cache. */
const longestRun = 512
/** As many tiles read a panel of b while it is in the cache. */
const mostTiles = 16

/** Both operands run along k: their products are dot products of rows. */
const runsAlongK = ({ a, b }: MatrixProduct): boolean =>
  a.column === 1 && b.row === 1 && b.column !== 1

const packs = (shape: MatrixProduct): boolean =>
  !runsAlongK(shape) && (shape.m > fewRows || shape.b.column !== 1)

/** B is packed once when every batch reads the same. */
const packedBatches = ({ b, batch = [] }: MatrixProduct): number =>
  (b.batch ?? []).some((stride) => stride !== 0) ? product(batch) : 1

export function matmulScratch(lanes: Lanes, shape: MatrixProduct): number {
  if (!packs(shape)) return 0
  const width = tileColumns(lanes)
  return packedBatches(shape) * Math.ceil(shape.n / width) * shape.k * width * lanes.bytes
}

/** C = A B + bias for every batch; `scratch` has `matmulScratch` bytes. */
export function matmul(lanes: Lanes, shape: MatrixProduct, scratch: number): Kernel {
  if (shape.m === 0 || shape.n === 0 || product(shape.batch ?? []) === 0) return []
  if (runsAlongK(shape)) return [dotProducts(lanes, shape)]
  if (!packs(shape)) return [multiply(lanes, shape, { ...shape.b, panel: tileColumns(lanes) })]
  const width = tileColumns(lanes)
  const panel = shape.k * width
  const distinct = packedBatches(shape) > 1
  const packed = {
    address: scratch,
    row: width,
    column: 1,
    panel,
    batch: distinct
      ? contiguous(shape.batch ?? []).map((stride) => stride * Math.ceil(shape.n / width) * panel)
      : [],
  }
  return [packPanels(lanes, shape, scratch), multiply(lanes, shape, packed)]
}

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

/** Copies B into panels [n / width][k][width], zeros behind its last column. */
function packPanels(lanes: Lanes, shape: MatrixProduct, scratch: number): Phase {
  const { b, n, k, batch } = shape
  const width = tileColumns(lanes)
  const panels = Math.ceil(n / width)
  const body = (f: Body, task: I32) => {
    const number = f.let(i32.divU(task, panels))
    const panel = f.let(i32.remU(task, panels))
    const origin = batchOffset(lanes, number, batch, packedBatches(shape) > 1 ? b.batch : [])
    const from = f.let(i32.add(origin, i32.mul(panel, width * b.column * lanes.bytes)))
    const to = f.let(i32.mul(task, k * width * lanes.bytes))
    const copyColumns = (columns: number) => {
      f.repeat(k, () => {
        for (let first = 0; first < width; first += lanes.count) {
          const count = Math.min(lanes.count, columns - first)
          let vector = v128.zero
          if (count === lanes.count && b.column === 1) {
            vector = lanes.load(from, b.address + first * lanes.bytes)
          } else {
            for (let lane = 0; lane < count; lane++) {
              const offset = b.address + (first + lane) * b.column * lanes.bytes
              vector = lanes.loadLane(from, vector, lane, offset)
            }
          }
          f.do(lanes.store(to, vector, scratch + first * lanes.bytes))
        }
        f.bump(from, b.row * lanes.bytes)
        f.bump(to, width * lanes.bytes)
      })
    }
    if (n % width === 0) copyColumns(width)
    else if (panels === 1) copyColumns(n)
    else
      f.if(
        i32.eq(panel, panels - 1),
        () => copyColumns(n % width),
        () => copyColumns(width),
      )
  }
  return { name: 'pack', tasks: packedBatches(shape) * panels, body }
}

function multiply(lanes: Lanes, shape: MatrixProduct, b: Matrix & { panel: number }): Phase {
  const { m, n, k, a, c, bias, batch = [] } = shape
  const width = tileColumns(lanes)
  const tilesPerTask = tilesFor(Math.floor(m / tileRows), product(batch), mostTiles)
  const strip = { total: m, tile: tileRows, tilesPerTask }
  const rowTasks = stripTasks(strip)
  const bytes = lanes.bytes

  const body = (f: Body, task: I32) => {
    const number = f.let(i32.divU(task, rowTasks))
    const rowTask = f.let(i32.remU(task, rowTasks))
    const firstRow = f.let(i32.mul(rowTask, tileRows * tilesPerTask))
    const aStart = f.let(
      i32.add(batchOffset(lanes, number, batch, a.batch), i32.mul(firstRow, a.row * bytes)),
    )
    const bStart = f.let(batchOffset(lanes, number, batch, b.batch))
    const cStart = f.let(i32.mul(i32.add(i32.mul(number, m), firstRow), n * bytes))
    const biasStart = f.let(batchOffset(lanes, number, batch, bias?.batch))
    if (bias?.along === 'rows') f.bump(biasStart, i32.mul(firstRow, bytes))
    const variables = tileVariables(f)
    const rowA = f.local('i32')
    const rowC = f.local('i32')
    const rowBias = f.local('i32')

    /** C of one panel of columns and a run of k that starts at `from`. */
    const panel = (columns: number, from: number, run: number) => {
      const vectors = Math.ceil(columns / lanes.count)
      f.set(rowA, aStart)
      f.set(rowC, cStart)
      f.set(rowBias, biasStart)
      const first = (i: number, j: number) => {
        if (from > 0) return lanes.load(rowC, c + i * n * bytes + 16 * j)
        if (!bias) return v128.zero
        return bias.along === 'rows'
          ? lanes.loadSplat(rowBias, bias.address + i * bytes)
          : lanes.load(biasStart, bias.address + 16 * j)
      }
      eachTile(f, strip, rowTask, (rows) => {
        const sums = startTile(f, variables, rows, vectors, first)
        accumulate(f, lanes, variables, sums, {
          vectors,
          a: rowA,
          aOffset: a.address + from * a.column * bytes,
          b: bStart,
          bOffset: b.address + from * b.row * bytes,
          rowOffset: (i) => i * a.row * bytes,
          levels: [{ count: run, a: a.column * bytes, b: b.row * bytes }],
        })
        sums.forEach((row, i) => {
          row.forEach((sum, j) => {
            const offset = c + i * n * bytes + 16 * j
            storeLanes(f, lanes, rowC, sum, columns - j * lanes.count, offset)
          })
        })
        f.bump(rowA, rows * a.row * bytes)
        f.bump(rowC, rows * n * bytes)
        if (bias?.along === 'rows') f.bump(rowBias, rows * bytes)
      })
    }
    for (let from = 0; from < Math.max(k, 1); from += longestRun) {
      const run = Math.min(longestRun, k - from)
      f.repeat(Math.floor(n / width), () => {
        panel(width, from, run)
        f.bump(bStart, b.panel * bytes)
        f.bump(cStart, width * bytes)
        if (bias?.along === 'columns') f.bump(biasStart, width * bytes)
      })
      if (n % width > 0) panel(n % width, from, run)
      const back = -Math.floor(n / width)
      f.bump(bStart, back * b.panel * bytes)
      f.bump(cStart, back * width * bytes)
      if (bias?.along === 'columns') f.bump(biasStart, back * width * bytes)
    }
  }
  return { name: 'matmul', tasks: product(batch) * rowTasks, body }
}
