// Products of rows with rows: C_ij = Σ_k a_ik b_jk where both run along k. Lanes run along k.
import { type Body, type I32, i32, type V128, v128 } from '../encoder/index.ts'
import { hasLongBlocks } from '../features.ts'
import type { Phase } from '../kernel.ts'
import { product } from '../kernel.ts'
import type { Lanes } from '../lanes.ts'
import type { MatrixProduct } from './matrix-product.ts'
import { batchOffset } from './panels.ts'
import { eachTile, stepsTogether, storeLanes, stripTasks, tilesFor, transpose } from './tile.ts'

/** Two rows of A by four of B and more: 8 accumulators and 6 loads for 8 products. */
const rowsOfA = 2
/** So many where the engine keeps long blocks in registers; 6 where none is for products alone. */
const rowsOfB = (lanes: Lanes): number => (hasLongBlocks() ? (lanes.isFused ? 6 : 5) : 4)

const mostTiles = 8
/** So much of A stays in a second cache: then tasks share B, and each of its rows is read once. */
const mostOfA = 1 << 19

export function dotProducts(lanes: Lanes, shape: MatrixProduct): Phase {
  const { m, n, k, a, b, c, bias, batch = [] } = shape
  const { bytes } = lanes
  const tileOfB = rowsOfB(lanes)
  const sharesB = n > m && m * k * bytes <= mostOfA
  const [tilesOfA, tilesOfB] = [Math.floor(m / rowsOfA), Math.floor(n / tileOfB)]
  const all = Number.POSITIVE_INFINITY
  const strip = {
    total: m,
    tile: rowsOfA,
    tilesPerTask: sharesB ? Math.max(1, tilesOfA) : tilesFor(tilesOfA, product(batch), mostTiles),
  }
  const across = {
    total: n,
    tile: tileOfB,
    tilesPerTask: sharesB ? tilesFor(tilesOfB, product(batch), all) : Math.max(1, tilesOfB),
  }
  // One of both shares, or neither.
  const [rowTasks, columnTasks] = [stripTasks(strip), stripTasks(across)]
  const tasks = rowTasks * columnTasks

  const body = (f: Body, task: I32) => {
    const number = f.let(i32.divU(task, tasks))
    const share = f.let(i32.remU(task, tasks))
    const [rowTask, columnTask] = sharesB ? [i32.constant(0), share] : [share, i32.constant(0)]
    const firstRow = f.let(i32.mul(rowTask, rowsOfA * strip.tilesPerTask))
    const firstColumn = f.let(i32.mul(columnTask, tileOfB * across.tilesPerTask))
    const aStart = f.let(
      i32.add(batchOffset(lanes, number, batch, a.batch), i32.mul(firstRow, a.row * bytes)),
    )
    const bRow = f.let(
      i32.add(batchOffset(lanes, number, batch, b.batch), i32.mul(firstColumn, b.column * bytes)),
    )
    const cRowStart = i32.mul(i32.add(i32.mul(number, m), firstRow), n * bytes)
    const cColumn = f.let(i32.add(cRowStart, i32.mul(firstColumn, bytes)))
    const biasStart = f.let(batchOffset(lanes, number, batch, bias?.batch))
    if (bias) f.bump(biasStart, i32.mul(bias.along === 'rows' ? firstRow : firstColumn, bytes))
    const [aRow, cRow, biasRow, atA, atB] = [0, 0, 0, 0, 0].map(() => f.local('i32'))
    const vectors = (count: number) => Array.from({ length: count }, () => f.local('v128'))
    const sums = Array.from({ length: rowsOfA }, () => vectors(tileOfB))
    const rowsA = vectors(rowsOfA)
    const rowB = f.local('v128')

    const tile = (heightA: number, heightB: number) => {
      const used = sums.slice(0, heightA).map((row) => row.slice(0, heightB))
      for (const sum of used.flat()) f.set(sum, v128.zero)
      f.set(atA!, aRow!)
      f.set(atB!, bRow)
      const step = (load: Lanes['load'], offset: number) => {
        used.forEach((_, i) => {
          f.set(rowsA[i]!, load(atA!, a.address + i * a.row * bytes + offset))
        })
        for (let j = 0; j < heightB; j++) {
          f.set(rowB, load(atB!, b.address + j * b.column * bytes + offset))
          used.forEach((row, i) => {
            f.set(row[j]!, lanes.madd(rowsA[i]!, rowB, row[j]!))
          })
        }
      }
      const steps = (load: Lanes['load'], count: number, size: number) => {
        const together = stepsTogether(count)
        f.repeat(count / together, () => {
          for (let each = 0; each < together; each++) step(load, each * size)
          f.bump(atA!, together * size)
          f.bump(atB!, together * size)
        })
      }
      steps(lanes.load, Math.floor(k / lanes.count), lanes.count * bytes)
      // What is left goes to lane 0; the other lanes add 0 · 0.
      steps(lanes.loadZero, k % lanes.count, bytes)
      used.forEach((row, i) => {
        for (let j = 0; j < heightB; j += lanes.count) {
          const group = Array.from({ length: lanes.count }, (_, l) => row[j + l] ?? v128.zero)
          const columns: V128[] = transpose(f, lanes, group)
          const total = columns.reduce((x, y) => lanes.add(x, y))
          const offset = bias?.along === 'rows' ? i * bytes : j * bytes
          const read = bias?.along === 'rows' ? lanes.loadSplat : lanes.load
          const shifted = bias ? lanes.add(total, read(biasRow!, bias.address + offset)) : total
          const at = c + (i * n + j) * bytes
          storeLanes(f, lanes, cRow!, f.let(shifted), heightB - j, at)
        }
      })
    }
    const columns = (heightB: number) => {
      f.set(aRow!, aStart)
      f.set(cRow!, cColumn)
      f.set(biasRow!, biasStart)
      eachTile(f, strip, rowTask, (heightA) => {
        tile(heightA, heightB)
        f.bump(aRow!, heightA * a.row * bytes)
        f.bump(cRow!, heightA * n * bytes)
        if (bias?.along === 'rows') f.bump(biasRow!, heightA * bytes)
      })
      f.bump(bRow, heightB * b.column * bytes)
      f.bump(cColumn, heightB * bytes)
      if (bias?.along === 'columns') f.bump(biasStart, heightB * bytes)
    }
    eachTile(f, across, columnTask, columns)
  }
  return { name: 'dot', tasks: product(batch) * tasks, body }
}
