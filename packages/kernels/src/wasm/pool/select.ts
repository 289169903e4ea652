// Poolings that select cells: the maximum and the median, the gradient that goes back to
// the selected cells.

import { fill } from '../elementwise/elementwise.ts'
import {
  type Body,
  type I32,
  type Int,
  i32,
  type Local,
  type V128,
  v128,
} from '../encoder/index.ts'
import { type Kernel, type Phase, scratchLayout } from '../kernel.ts'
import type { Lanes } from '../lanes.ts'
import type { Selector } from './selectors.ts'
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

export const sections = (lanes: Lanes, shape: PoolShape, start: number) => {
  const bytes = frameBytes(lanes, shape)
  return scratchLayout({ x: bytes, other: bytes }, start)
}

/** The frame holds what is not selected. */
export const framedX = (lanes: Lanes, shape: PoolShape, x: number, to: number) =>
  frameOf(shape).framed
    ? { kernel: intoFrame(lanes, shape, x, to, Number.NaN), x: to }
    : { kernel: [], x }

/** The mean of what was selected in each window. */
export function selectPool(
  lanes: Lanes,
  shape: PoolShape,
  [selector]: readonly [Selector, Ties],
  at: { readonly x: number; readonly y: number; readonly scratch: number },
): Kernel {
  const framed = framedX(lanes, shape, at.x, sections(lanes, shape, at.scratch).x)
  const body = (f: Body, task: I32) => {
    const plane = f.let(i32.divU(task, shape.output[0]))
    const row = f.let(i32.remU(task, shape.output[0]))
    eachWindow(f, lanes, shape, plane, row, (windows) => {
      const selected = selector(f, lanes, shape, framed.x, windows)
      const values = selected.map(({ value }) => value)
      writeResults(f, lanes, at.y, windows, mean(lanes, values))
    })
  }
  const phase: Phase = { name: 'pool', tasks: shape.planes * shape.output[0], body }
  return [...framed.kernel, phase]
}

export const mean = (lanes: Lanes, [a, b]: readonly Local<'v128'>[]) =>
  b ? lanes.add(half(lanes, a!), half(lanes, b)) : a!

/** Halved before they are added: the sum of two large numbers may not fit. */
const half = (lanes: Lanes, x: Local<'v128'>) => lanes.mul(x, lanes.constant(0.5))

/** Byte position of a lane's selected cell. */
export function cellPosition(
  lanes: Lanes,
  shape: PoolShape,
  { corner }: Windows,
  tap: Local<'v128'>,
  lane: number,
): I32 {
  const own = i32.add(corner, lane * shape.stride[1] * lanes.bytes)
  return i32.add(own, lanes.integer.extract(tap, lane))
}

/**
 * Whether the first cell of a selected value takes all that flows there, or all cells of that value
 * share it.
 */
export type Ties = 'first' | 'split'

/** Which cells hold a selected value, as masks, and how many do: 1 where there is none. */
export function holders(
  f: Body,
  lanes: Lanes,
  shape: PoolShape,
  from: number,
  windows: Windows,
  value: Local<'v128'>,
) {
  const holds = (tap: Int): V128 => lanes.eq(readCells(lanes, shape, from, windows, tap), value)
  const one = lanes.constant(1)
  const count = f.let(v128.zero)
  eachTap(f, lanes, shape, (tap) => {
    f.set(count, lanes.add(count, v128.and(holds(tap), one)))
  })
  return { holds, count: f.let(lanes.max(count, one)) }
}

/** x ← g at the selected cells, summed: the gradient of `selectPool`. */
export function selectPoolInput(
  lanes: Lanes,
  shape: PoolShape,
  [selector, ties]: readonly [Selector, Ties],
  at: { readonly x: number; readonly g: number; readonly dx: number; readonly scratch: number },
): Kernel {
  const { rows, columns, framed: needsFrame } = frameOf(shape)
  const { x, other } = sections(lanes, shape, at.scratch)
  const framed = framedX(lanes, shape, at.x, x)
  const target = needsFrame ? other : at.dx
  const body = (f: Body, plane: I32) => {
    const row = f.let(i32.constant(0))
    f.repeat(shape.output[0], () => {
      const visit = (windows: Windows) => {
        const selected = selector(f, lanes, shape, framed.x, windows)
        const g = readResults(lanes, at.g, windows)
        const share = f.let(selected.length === 2 ? lanes.mul(g, lanes.constant(0.5)) : g)
        for (const { value, tap } of selected) {
          if (ties === 'split') {
            const { holds, count } = holders(f, lanes, shape, framed.x, windows, value)
            const part = f.let(lanes.div(share, count))
            eachTap(f, lanes, shape, (cell) => {
              const start = f.let(i32.add(windows.corner, cell))
              const own = (lane: number) => i32.add(start, lane * shape.stride[1] * lanes.bytes)
              const flow = f.let(v128.and(part, holds(cell)))
              addAtLanes(f, lanes, windows.count, own, target, flow)
            })
            continue
          }
          const address = (lane: number) => cellPosition(lanes, shape, windows, tap, lane)
          // Where nothing competes nothing flows.
          const flow = f.let(v128.and(share, lanes.eq(value, value)))
          addAtLanes(f, lanes, windows.count, address, target, flow)
        }
      }
      eachWindow(f, lanes, shape, plane, row, visit, false)
      f.bump(row, 1)
    })
  }
  return [
    ...framed.kernel,
    ...fill(lanes, target, shape.planes * rows * columns, 0),
    { name: 'pool input', tasks: shape.planes, body },
    ...(needsFrame ? outOfFrame(lanes, shape, other, at.dx) : []),
  ]
}
