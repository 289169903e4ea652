// Mean, sum and L2 pooling, and the adjoint of the first two.

import { copy, elementwise, fill } from '../elementwise/elementwise.ts'
import { apply, constant, input } from '../elementwise/formula.ts'
import { type Body, type I32, i32, type V128, v128 } from '../encoder/index.ts'
import { type Kernel, type Phase, scratchLayout } from '../kernel.ts'
import type { Lanes } from '../lanes.ts'
import { type Cells, lengthOf } from './length.ts'
import {
  addAtLanes,
  eachTap,
  eachWindow,
  frameBytes,
  frameOf,
  intoFrame,
  outOfFrame,
  type PoolShape,
  readCells,
  readResults,
  writeResults,
} from './window.ts'

/**
 * What a window's sum is divided by: a number, or how many of its cells lie in a box of the padded
 * image ([[first row, end row], [first column, end column]], 0 being the first padding row).
 */
export type Divisor = number | readonly [readonly [number, number], readonly [number, number]]

export interface AveragePool extends PoolShape {
  readonly divisor: Divisor
}

const sections = (lanes: Lanes, shape: AveragePool, start: number) => {
  const { rows, columns } = frameOf(shape)
  const { output, planes, divisor } = shape
  const counts = output[0] * output[1]
  const boxed = typeof divisor !== 'number'
  const bytes = {
    frame: frameBytes(lanes, shape),
    ones: boxed ? rows * columns * lanes.bytes : 0,
    counts: boxed ? counts * lanes.bytes : 0,
    scaled: planes * counts * lanes.bytes,
  }
  return scratchLayout(bytes, start)
}

export const averagePoolScratch = (lanes: Lanes, shape: AveragePool): number =>
  sections(lanes, shape, 0).end

/** What a window's cells add up to. */
type Total = (f: Body, lanes: Lanes, cells: Cells) => V128

const sumOf: Total = (f, lanes, cells) => {
  const sum = f.let(v128.zero)
  cells((cell) => {
    f.set(sum, lanes.add(sum, cell))
  })
  return sum
}

function eachTotal(
  lanes: Lanes,
  shape: PoolShape,
  from: number,
  to: number,
  [name, total]: readonly [string, Total],
): Phase {
  const body = (f: Body, task: I32) => {
    const plane = f.let(i32.divU(task, shape.output[0]))
    const row = f.let(i32.remU(task, shape.output[0]))
    eachWindow(f, lanes, shape, plane, row, (windows) => {
      const cells: Cells = (visit) =>
        eachTap(f, lanes, shape, (tap) => {
          visit(f.let(readCells(lanes, shape, from, windows, tap)))
        })
      writeResults(f, lanes, to, windows, total(f, lanes, cells))
    })
  }
  return { name, tasks: shape.planes * shape.output[0], body }
}

const sumWindows = (lanes: Lanes, shape: PoolShape, from: number, to: number): Phase =>
  eachTotal(lanes, shape, from, to, ['sum pool', sumOf])

/** How many cells of each window lie in the box: the sums of an image that is 1 there. */
function countCells(lanes: Lanes, shape: AveragePool, ones: number, counts: number): Kernel {
  const { divisor } = shape
  if (typeof divisor === 'number') return []
  const { rows, columns } = frameOf(shape)
  const [[top, bottom], [left, right]] = divisor.map(([from, end], axis) => [
    from,
    Math.min(end, axis === 0 ? rows : columns),
  ]) as [[number, number], [number, number]]
  const box = [Math.max(0, bottom - top), Math.max(0, right - left)]
  const to = { address: ones + (top * columns + left) * lanes.bytes, strides: [columns, 1] }
  const outputs = [{ to, formula: constant(1) }]
  return [
    ...fill(lanes, ones, rows * columns, 0),
    ...elementwise(lanes, 'ones', { shape: box, inputs: [], outputs }),
    sumWindows(lanes, { ...shape, planes: 1 }, ones, counts),
  ]
}

/** to = from / divisor, entry by entry over the output. */
function divide(
  lanes: Lanes,
  shape: AveragePool,
  from: number,
  to: number,
  counts: number,
): Kernel {
  const { planes, output, divisor } = shape
  const size = output[0] * output[1]
  const values = { address: from, strides: [size, 1] }
  const result = { address: to, strides: [size, 1] }
  if (divisor === 1) return from === to ? [] : copy(lanes, [planes, size], values, result)
  const boxed = typeof divisor !== 'number'
  const by = boxed ? input(1) : constant(divisor)
  const inputs = boxed ? [values, { address: counts, strides: [0, 1] }] : [values]
  const outputs = [{ to: result, formula: apply('div', input(0), by) }]
  return elementwise(lanes, 'divide', { shape: [planes, size], inputs, outputs })
}

/** y = (sum of the window) / divisor. */
export function averagePool(
  lanes: Lanes,
  shape: AveragePool,
  at: { readonly x: number; readonly y: number; readonly scratch: number },
): Kernel {
  const { frame, ones, counts } = sections(lanes, shape, at.scratch)
  const { framed } = frameOf(shape)
  return [
    ...(framed ? intoFrame(lanes, shape, at.x, frame, 0) : []),
    ...countCells(lanes, shape, ones, counts),
    sumWindows(lanes, shape, framed ? frame : at.x, at.y),
    ...divide(lanes, shape, at.y, at.y, counts),
  ]
}

/** y = √(Σ x²) */
export function l2Pool(
  lanes: Lanes,
  shape: PoolShape,
  at: { readonly x: number; readonly y: number; readonly scratch: number },
): Kernel {
  const { framed } = frameOf(shape)
  return [
    ...(framed ? intoFrame(lanes, shape, at.x, at.scratch, 0) : []),
    eachTotal(lanes, shape, framed ? at.scratch : at.x, at.y, ['L2 pool', lengthOf]),
  ]
}
export const l2PoolScratch = frameBytes

/** The adjoint: every cell of a window gets g / divisor. */
export function averagePoolInput(
  lanes: Lanes,
  shape: AveragePool,
  at: { readonly g: number; readonly x: number; readonly scratch: number },
): Kernel {
  const { frame, ones, counts, scaled } = sections(lanes, shape, at.scratch)
  const { framed, rows, columns } = frameOf(shape)
  const target = framed ? frame : at.x
  const source = shape.divisor === 1 ? at.g : scaled
  const step = shape.stride[1] * lanes.bytes
  const body = (f: Body, plane: I32) => {
    const row = f.let(i32.constant(0))
    f.repeat(shape.output[0], () => {
      eachWindow(f, lanes, shape, plane, row, (windows) => {
        const share = f.let(readResults(lanes, source, windows))
        eachTap(f, lanes, shape, (tap) => {
          const first = f.let(i32.add(windows.corner, tap))
          const address = (lane: number) => i32.add(first, lane * step)
          addAtLanes(f, lanes, windows.count, address, target, share)
        })
      })
      f.bump(row, 1)
    })
  }
  return [
    ...countCells(lanes, shape, ones, counts),
    ...(shape.divisor === 1 ? [] : divide(lanes, shape, at.g, scaled, counts)),
    ...fill(lanes, target, shape.planes * rows * columns, 0),
    { name: 'average pool input', tasks: shape.planes, body },
    ...(framed ? outOfFrame(lanes, shape, frame, at.x) : []),
  ]
}
