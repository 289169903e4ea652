// What reads another image where a pooling selects: part of second derivatives.
import { type Body, type I32, i32, v128 } from '../encoder/index.ts'
import type { Kernel } from '../kernel.ts'
import type { Lanes } from '../lanes.ts'
import { cellPosition, framedX, holders, mean, sections, type Ties } from './select.ts'
import type { Selector } from './selectors.ts'
import {
  eachTap,
  eachWindow,
  frameOf,
  intoFrame,
  type PoolShape,
  readCells,
  writeResults,
} from './window.ts'

/** y = the mean of h at the cells that x selects. */
export function selectPoolGather(
  lanes: Lanes,
  shape: PoolShape,
  [selector, ties]: readonly [Selector, Ties],
  at: { readonly x: number; readonly h: number; readonly y: number; readonly scratch: number },
): Kernel {
  const { x, other } = sections(lanes, shape, at.scratch)
  const framed = framedX(lanes, shape, at.x, x)
  const needsFrame = frameOf(shape).framed
  const source = needsFrame ? other : at.h
  const body = (f: Body, task: I32) => {
    const plane = f.let(i32.divU(task, shape.output[0]))
    const row = f.let(i32.remU(task, shape.output[0]))
    eachWindow(f, lanes, shape, plane, row, (windows) => {
      const selected = selector(f, lanes, shape, framed.x, windows)
      const values = selected.map(({ value: chosen, tap }) => {
        if (ties === 'split') {
          const sum = f.let(v128.zero)
          const { holds, count } = holders(f, lanes, shape, framed.x, windows, chosen)
          eachTap(f, lanes, shape, (cell) => {
            const h = readCells(lanes, shape, source, windows, cell)
            f.set(sum, lanes.add(sum, v128.and(h, holds(cell))))
          })
          return f.let(lanes.div(sum, count))
        }
        const value = f.let(v128.zero)
        for (let lane = 0; lane < windows.count; lane++) {
          const position = cellPosition(lanes, shape, windows, tap, lane)
          f.set(value, lanes.loadLane(position, value, lane, source))
        }
        return f.let(v128.and(value, lanes.eq(chosen, chosen)))
      })
      writeResults(f, lanes, at.y, windows, mean(lanes, values))
    })
  }
  return [
    ...framed.kernel,
    ...(needsFrame ? intoFrame(lanes, shape, at.h, other, 0) : []),
    { name: 'pool gather', tasks: shape.planes * shape.output[0], body },
  ]
}
