// The filter gradient as an outer product over pixels: tiles of 4 window cells × 8 filters, summed
// over the pixels of a few rows at a time so that what they read stays in the first cache.
import { type Body, type I32, i32, memory } from '../encoder/index.ts'
import type { Phase } from '../kernel.ts'
import type { Lanes } from '../lanes.ts'
import {
  accumulate,
  eachTile,
  mergeLevels,
  rowsOfTile,
  startTile,
  tileColumns,
  tileVariables,
} from '../linear/tile.ts'
import { type ConvShape, derive } from './shape.ts'

const pixelsAtOnce = 256

/** Packed x (one block a group) and packed y (panels) → packed filters; a task is a panel's row. */
export function outerProduct(
  lanes: Lanes,
  shape: ConvShape,
  at: { readonly image: number; readonly y: number; readonly filters: number },
): Phase {
  const { batch, groups, window, stride, dilation, output } = shape
  const { channelsPerGroup, filtersPerGroup, padded } = derive(shape)
  const [outputRows, outputColumns] = output
  const { bytes } = lanes
  const width = tileColumns(lanes)
  const panels = Math.ceil(filtersPerGroup / width)
  const pixel = channelsPerGroup * bytes
  const row = padded[1] * pixel
  const yRow = outputColumns * width * bytes
  const lane = width * bytes
  // Cells of a window's row that follow one another in memory make one run.
  const together = dilation[1] === 1 || window[1] === 1
  const [runs, run] = together ? [1, window[1] * channelsPerGroup] : [window[1], channelsPerGroup]
  const result = window[1] * channelsPerGroup * lane
  const rowsAtOnce = Math.max(1, Math.min(outputRows, Math.floor(pixelsAtOnce / outputColumns)))

  const body = (f: Body, task: I32) => {
    const windowRow = i32.remU(task, window[0])
    const panel = f.let(i32.divU(task, window[0]))
    const group = i32.divU(panel, panels)
    const first = i32.add(i32.mul(group, padded[0] * row), i32.mul(windowRow, dilation[0] * row))
    const x = f.let(i32.add(first, at.image))
    const y = f.let(i32.add(i32.mul(panel, outputRows * yRow), at.y))
    const start = f.let(i32.add(i32.mul(task, result), at.filters))
    const target = f.local('i32')
    const cell = f.local('i32')
    const tile = rowsOfTile(lanes, run)
    const variables = tileVariables(f, tile)
    f.do(memory.fill(start, 0, result))

    const addRows = (rows: number) => {
      const levels = mergeLevels([
        { count: rows, a: stride[0] * row, b: yRow },
        { count: outputColumns, a: stride[1] * pixel, b: lane },
      ])
      f.set(target, start)
      f.set(cell, x)
      const strip = { total: run, tile, tilesPerTask: run }
      f.repeat(runs, () => {
        eachTile(f, strip, i32.constant(0), (height) => {
          const place = (i: number, j: number) => i * lane + 16 * j
          const sums = startTile(f, variables, height, 2, (i, j) => lanes.load(target, place(i, j)))
          const sizes = { vectors: 2, rowOffset: (i: number) => i * bytes, levels }
          const operands = { a: cell, aOffset: 0, b: y, bOffset: 0 }
          accumulate(f, lanes, variables, sums, { ...sizes, ...operands })
          sums.forEach((vectors, i) => {
            vectors.forEach((sum, j) => {
              f.do(lanes.store(target, sum, place(i, j)))
            })
          })
          f.bump(target, height * lane)
          f.bump(cell, height * bytes)
        })
        if (!together) f.bump(cell, (dilation[1] - 1) * pixel)
      })
      f.bump(x, rows * stride[0] * row)
      f.bump(y, rows * yRow)
    }
    f.repeat(batch, () => {
      f.repeat(Math.floor(outputRows / rowsAtOnce), () => addRows(rowsAtOnce))
      if (outputRows % rowsAtOnce > 0) addRows(outputRows % rowsAtOnce)
      f.bump(x, groups * padded[0] * row - outputRows * stride[0] * row)
      f.bump(y, (groups * panels - 1) * outputRows * yRow)
    })
  }
  return { name: 'filter gradient', tasks: groups * panels * window[0], body }
}
