// Mean and sum pooling, and their adjoint.

import { elementwise, fill } from '../elementwise/elementwise.ts'
import { apply, constant, input } from '../elementwise/formula.ts'
import { type Body, type I32, i32, type Local, type V128, v128 } from '../encoder/index.ts'
import { type Kernel, type Phase, scratchLayout } from '../kernel.ts'
import type { Lanes } from '../lanes.ts'
import { storeLanes } from '../linear/tile.ts'
import type { Cells } from './length.ts'
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
  type Windows,
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
    scaled: boxed ? planes * counts * lanes.bytes : 0,
  }
  return scratchLayout(bytes, start)
}

/** What a window's cells add up to. */
type Total = (f: Body, lanes: Lanes, cells: Cells) => V128

const sumOf: Total = (f, lanes, cells) => {
  const sum = f.let(v128.zero)
  cells((cell) => {
    f.set(sum, lanes.add(sum, cell))
  })
  return sum
}

export function eachTotal(
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

/** What the windows share is divided by as it is read or written, if that is a number. */
const dividedBy = (lanes: Lanes, divisor: Divisor, value: V128): V128 =>
  typeof divisor === 'number' && divisor !== 1 ? lanes.div(value, lanes.constant(divisor)) : value

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

/** to = from / how many cells of its window count, entry by entry over the output. */
function divide(lanes: Lanes, shape: AveragePool, at: Record<'from' | 'to' | 'counts', number>) {
  const { planes, output, divisor } = shape
  if (typeof divisor === 'number') return []
  const size = output[0] * output[1]
  const strides = [size, 1]
  const inputs = [
    { address: at.from, strides },
    { address: at.counts, strides: [0, 1] },
  ]
  const outputs = [{ to: { address: at.to, strides }, formula: apply('div', input(0), input(1)) }]
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
    eachTotal(lanes, shape, framed ? frame : at.x, at.y, [
      'average pool',
      (...all) => dividedBy(lanes, shape.divisor, sumOf(...all)),
    ]),
    ...divide(lanes, shape, { from: at.y, to: at.y, counts }),
  ]
}

/** Whether every cell lies in one window: then it is written, not added to. */
const isTiled = ({ image, window, output, stride, dilation, padding }: PoolShape): boolean =>
  [0, 1].every((axis) => {
    const isSide = window[axis] === stride[axis] && image[axis] === output[axis]! * stride[axis]!
    return isSide && (dilation[axis] === 1 || window[axis] === 1) && padding[axis] === 0
  }) && window[1] <= mostRepeated
/** Copies of a vector's lanes side by side that are written out. */
const mostRepeated = 4

/** The adjoint: every cell of a window gets g / divisor. */
export function averagePoolInput(
  lanes: Lanes,
  shape: AveragePool,
  at: { readonly g: number; readonly x: number; readonly scratch: number },
): Kernel {
  const { frame, ones, counts, scaled } = sections(lanes, shape, at.scratch)
  const { framed, rows, columns } = frameOf(shape)
  const { divisor, stride, window } = shape
  const tiled = isTiled(shape)
  const target = framed ? frame : at.x
  const source = typeof divisor === 'number' ? at.g : scaled
  const step = stride[1] * lanes.bytes
  const add = (f: Body, { count, corner }: Windows, share: Local<'v128'>) =>
    eachTap(f, lanes, shape, (tap) => {
      const first = f.let(i32.add(corner, tap))
      addAtLanes(f, lanes, count, (lane) => i32.add(first, lane * step), target, share)
    })
  /** Each lane as often as a window is wide, in each of its rows. */
  const repeat = (f: Body, { count, corner }: Windows, share: Local<'v128'>) => {
    const to = f.let(corner)
    const order = (vector: number) =>
      Array.from({ length: lanes.count }, (_, k) => (vector * lanes.count + k) / window[1])
    const vectors = Array.from({ length: window[1] }, (_, vector) =>
      f.let(lanes.shuffle(share, share, order(vector).map(Math.floor))),
    )
    f.repeat(window[0], () => {
      vectors.forEach((vector, k) => {
        storeLanes(f, lanes, to, vector, count * window[1] - k * lanes.count, target + 16 * k)
      })
      f.bump(to, columns * lanes.bytes)
    })
  }
  const body = (f: Body, plane: I32) => {
    const row = f.let(i32.constant(0))
    f.repeat(shape.output[0], () => {
      const visit = (windows: Windows) => {
        const share = dividedBy(lanes, divisor, readResults(lanes, source, windows))
        // Added to 0, as all are: −0 is then 0.
        const added = f.let(tiled ? lanes.add(v128.zero, share) : share)
        if (tiled) repeat(f, windows, added)
        else add(f, windows, added)
      }
      eachWindow(f, lanes, shape, plane, row, visit, tiled)
      f.bump(row, 1)
    })
  }
  return [
    ...countCells(lanes, shape, ones, counts),
    ...divide(lanes, shape, { from: at.g, to: scaled, counts }),
    ...(tiled ? [] : fill(lanes, target, shape.planes * rows * columns, 0)),
    { name: 'average pool input', tasks: shape.planes, body },
    ...(framed ? outOfFrame(lanes, shape, frame, at.x) : []),
  ]
}
