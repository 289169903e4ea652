// What is left of the convolution between the transforms: a product of matrices at each point.
import { type Body, type I32, i32, type Local, type V128, v128 } from '../encoder/index.ts'
import type { Lanes } from '../lanes.ts'
import {
  accumulate,
  eachTile,
  rowsOfTile,
  startTile,
  stepsTogether,
  tileRows,
  tileVariables,
  transpose,
} from '../linear/tile.ts'
import { type Points, panel, points } from './tiling.ts'

interface Place {
  readonly position: I32
  /** From there to the first point. */
  readonly offset: number
}

/** results[p] = filters[p] pixels[p]: [filters, tiles] = [filters, channels] [channels, tiles]. */
export function products(
  f: Body,
  lanes: Lanes,
  channels: number,
  filters: Points & Place,
  pixels: Points & Place,
  results: Points & Place,
): void {
  const weights = f.let(filters.position)
  const column = f.let(pixels.position)
  const result = f.let(results.position)
  const [a, to] = [f.local('i32'), f.local('i32')]
  const wide = Math.floor(pixels.columns / panel)
  const isNarrow = pixels.columns % panel > 0
  const eachPanel = (rows: number, vectors: number) => {
    const variables = tileVariables(f, rows, vectors)
    const strip = { total: results.rows, tile: rows, tilesPerTask: results.rows }
    return () => {
      f.set(a, weights)
      f.set(to, result)
      eachTile(f, strip, i32.constant(0), (height) => {
        const sums = startTile(f, variables, height, vectors)
        accumulate(f, lanes, variables, sums, {
          vectors,
          a,
          aOffset: filters.offset,
          b: column,
          bOffset: pixels.offset,
          rowOffset: (i) => i * filters.row,
          levels: [{ count: channels, a: lanes.bytes, b: pixels.row }],
        })
        sums.forEach((vectors, i) => {
          vectors.forEach((sum, j) => {
            f.do(lanes.store(to, sum, results.offset + i * results.row + 16 * j))
          })
        })
        f.bump(a, height * filters.row)
        f.bump(to, height * results.row)
      })
      f.bump(column, 16 * vectors)
      f.bump(result, 16 * vectors)
    }
  }
  const tileVectors = panel / lanes.count
  const widePanel = eachPanel(rowsOfTile(lanes, results.rows), tileVectors)
  // As many accumulators: fewer would wait for one another.
  const narrowPanel = eachPanel(tileRows * tileVectors, 1)
  f.repeat(points, () => {
    f.repeat(wide, widePanel)
    if (isNarrow) narrowPanel()
    f.bump(weights, filters.point)
    f.bump(column, pixels.point - pixels.row)
    f.bump(result, results.point - results.row)
  })
}

/**
 * sums[p] += gradients[p] pixels[p]ᵀ: [filters, channels] from rows that run along the tiles. Lanes
 * run along the tiles too, and are added at the end: four rows by two are 8 accumulators and 6
 * loads for 8 products.
 */
export function outerProducts(
  f: Body,
  lanes: Lanes,
  channels: number,
  gradients: Points & Place,
  pixels: Points & Place,
  sums: Points & Place,
): void {
  const filters = gradients.rows
  const first = { total: filters, tile: tileRows, tilesPerTask: filters }
  const second = { total: channels, tile: lanes.count, tilesPerTask: channels }
  const [row, column, sum] = [gradients, pixels, sums].map(({ position }) => f.let(position))
  const [a, b, to, atA, atB] = [0, 0, 0, 0, 0].map(() => f.local('i32')) as Local<'i32'>[]
  const variables = tileVariables(f)
  const together = 2
  /** Products of some rows with two: a vector of sums for each, over four of the tiles each lane. */
  const tile = (height: number, width: number, offset: number) => {
    const all = startTile(f, variables, height, width)
    f.set(atA!, a!)
    f.set(atB!, b!)
    const loads = (k: number) => {
      for (let j = 0; j < width; j++) {
        const place = pixels.offset + (offset + j) * pixels.row + 16 * k
        f.set(variables.columns[j]!, lanes.load(atB!, place))
      }
      all.forEach((vectors, i) => {
        const place = gradients.offset + i * gradients.row + 16 * k
        f.set(variables.splat, lanes.load(atA!, place))
        vectors.forEach((one, j) => {
          f.set(one, lanes.madd(variables.splat, variables.columns[j]!, one))
        })
      })
    }
    const vectors = pixels.columns / lanes.count
    const unrolled = stepsTogether(vectors)
    f.repeat(vectors / unrolled, () => {
      for (let k = 0; k < unrolled; k++) loads(k)
      f.bump(atA!, 16 * unrolled)
      f.bump(atB!, 16 * unrolled)
    })
    return all
  }
  const kept = Array.from({ length: tileRows * lanes.count }, () => f.local('v128'))
  const block = (height: number, width: number) => {
    for (let offset = 0; offset < width; offset += together) {
      tile(height, Math.min(together, width - offset), offset).forEach((vectors, i) => {
        vectors.forEach((one, j) => {
          f.set(kept[i * lanes.count + offset + j]!, one)
        })
      })
    }
    for (let i = 0; i < height; i++) {
      const rows = Array.from({ length: lanes.count }, (_, j) =>
        j < width ? kept[i * lanes.count + j]! : v128.zero,
      )
      const place = sums.offset + i * sums.row
      const [x, y, z, w] = transpose(f, lanes, rows) as readonly V128[]
      const added = lanes.add(lanes.add(x!, y!), lanes.add(z!, w!))
      f.do(lanes.store(to!, lanes.add(lanes.load(to!, place), added), place))
    }
  }
  f.repeat(points, () => {
    f.set(a!, row!)
    eachTile(f, first, i32.constant(0), (height) => {
      f.set(b!, column!)
      f.set(to!, sum!)
      eachTile(f, second, i32.constant(0), (width) => {
        block(height, width)
        f.bump(b!, width * pixels.row)
        f.bump(to!, 16)
      })
      f.bump(a!, height * gradients.row)
      f.bump(sum!, height * sums.row)
    })
    f.bump(row!, gradients.point)
    f.bump(column!, pixels.point)
    f.bump(sum!, sums.point - filters * sums.row)
  })
}
