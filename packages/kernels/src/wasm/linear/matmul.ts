// Matrix products C = A B (+ bias), for any strides of A and B and any batch axes.
import type { Finishing } from '../../plan/plan.ts'
import { translate } from '../elementwise/formula.ts'
import { type Body, type I32, i32, v128 } from '../encoder/index.ts'
import { type Kernel, type Phase, product, scratchLayout } from '../kernel.ts'
import type { Lanes } from '../lanes.ts'
import { dotProducts } from './dot.ts'
import type { MatrixProduct } from './matrix-product.ts'
import { batchOffset, inPlace, type Lines, type Panels, packed, packedBytes } from './panels.ts'
import {
  accumulate,
  eachTile,
  rowsOfTile,
  startTile,
  storeLanes,
  stripTasks,
  tileColumns,
  tilesFor,
  tileVariables,
} from './tile.ts'

/** Below this many rows packing B costs more than it gives. */
const fewRows = 8
/** For fewer columns of C packing A does. */
const fewColumns = 64
/** Bytes between which a tile's rows of A are met again from a near cache. */
const firstCache = 1 << 14
/** Longest stretch of k at a time: a panel of b and four rows of a stay in the first cache. */
const longestRun = 512
/** As many tiles read a panel of b while it is in the cache. */
const mostTiles = 16

/** Fewer entries of C stay in a cache until a pass of its own comes for them. */
const largeResult = 1 << 16

/** Whether C may have an epilogue, and is better with it. */
export const finishesProduct = (shape: MatrixProduct): Finishing =>
  !runsAlongK(shape) &&
  shape.k <= longestRun &&
  shape.m * shape.n * product(shape.batch ?? []) >= largeResult &&
  'over'

/** Both operands run along k: their products are dot products of rows. */
const runsAlongK = ({ a, b }: MatrixProduct): boolean =>
  a.column === 1 && b.row === 1 && b.column !== 1

const rowsOf = ({ m, a: { address, row, column, batch = [] } }: MatrixProduct): Lines => {
  return { address, count: m, line: row, along: column, batch }
}
const columnsOf = ({ n, b: { address, row, column, batch = [] } }: MatrixProduct): Lines => {
  return { address, count: n, line: column, along: row, batch }
}

/** Whether lines are packed before the product: A where a tile's steps miss the first cache. */
const packsColumns = (shape: MatrixProduct): boolean =>
  !runsAlongK(shape) && (shape.m > fewRows || shape.b.column !== 1)
const packsRows = (lanes: Lanes, { a, n, k }: MatrixProduct): boolean =>
  a.column !== 1 && k * a.column * lanes.bytes > firstCache && n >= fewColumns

/** C = A B + bias for every batch. */
export function matmul(lanes: Lanes, shape: MatrixProduct, scratch: number): Kernel {
  if (shape.m === 0 || shape.n === 0 || product(shape.batch ?? []) === 0) return []
  if (runsAlongK(shape)) return [dotProducts(lanes, shape)]
  const packing: Phase[] = []
  let free = scratch
  const panels = (lines: Lines, width: number, packs: boolean): Panels => {
    if (!packs) return inPlace(lines, width)
    const bytes = packedBytes(lanes, lines, shape, width)
    const { to, end } = scratchLayout({ to: bytes }, free)
    free = end
    const made = packed(lanes, lines, shape, width, to)
    packing.push(made.phase)
    return made.panels
  }
  const b = panels(columnsOf(shape), tileColumns(lanes), packsColumns(shape))
  const a = panels(rowsOf(shape), rowsOfTile(lanes, shape.m), packsRows(lanes, shape))
  return [...packing, multiply(lanes, shape, a, b)]
}

function multiply(lanes: Lanes, shape: MatrixProduct, a: Panels, b: Panels): Phase {
  const { m, n, k, c, bias, epilogue, batch = [] } = shape
  const width = tileColumns(lanes)
  const tile = rowsOfTile(lanes, m)
  const tilesPerTask = tilesFor(Math.floor(m / tile), product(batch), mostTiles)
  const strip = { total: m, tile, tilesPerTask }
  const rowTasks = stripTasks(strip)
  const bytes = lanes.bytes

  const body = (f: Body, task: I32) => {
    const number = f.let(i32.divU(task, rowTasks))
    const rowTask = f.let(i32.remU(task, rowTasks))
    const firstRow = f.let(i32.mul(rowTask, tile * tilesPerTask))
    const inA = i32.mul(rowTask, tilesPerTask * a.panel * bytes)
    const aStart = f.let(i32.add(batchOffset(lanes, number, batch, a.batch), inA))
    const bStart = f.let(batchOffset(lanes, number, batch, b.batch))
    const cStart = f.let(i32.mul(i32.add(i32.mul(number, m), firstRow), n * bytes))
    const biasStart = f.let(batchOffset(lanes, number, batch, bias?.batch))
    if (bias?.along === 'rows') f.bump(biasStart, i32.mul(firstRow, bytes))
    const variables = tileVariables(f, tile)
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
          aOffset: a.address + from * a.along * bytes,
          b: bStart,
          bOffset: b.address + from * b.along * bytes,
          rowOffset: (i) => i * a.line * bytes,
          levels: [{ count: run, a: a.along * bytes, b: b.along * bytes }],
        })
        sums.forEach((row, i) => {
          row.forEach((sum, j) => {
            const offset = i * n * bytes + 16 * j
            if (epilogue) {
              const { formula, arrays } = epilogue
              const element = (index: number) =>
                index === 0 ? sum : lanes.load(rowC, arrays[index - 1]! + offset)
              f.set(sum, translate(f, lanes, [formula], element)[0]!)
            }
            storeLanes(f, lanes, rowC, sum, columns - j * lanes.count, c + offset)
          })
        })
        f.bump(rowA, a.panel * bytes)
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
