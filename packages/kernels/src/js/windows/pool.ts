// The poolings, and the adjoint of the mean. Each goes window by window over the cells that lie in
// the image; what they do there is all that differs.
import {
  type AvgPoolInputParams,
  type AvgPoolParams,
  resolvePads,
  type TiedPoolParams,
} from '@backprove/graph'
import type { Memory } from '../../backend.ts'
import type { KernelStep } from '../../plan/plan.ts'
import { type Kernel, stretches, type Task } from '../task.ts'
import { largest, sortCells } from './cells.ts'
import { type Cells, eachWindow, newCells, type Windows, windowsOf } from './windows.ts'

/** y = f(the window's cells), for poolings without a derivative mask. */
const pooling = (
  params: (step: KernelStep) => Parameters<typeof windowsOf>[0],
  value: (step: KernelStep, windows: Windows) => (x: Memory, cells: Cells, at: number) => number,
): Kernel => ({
  bind: (step, memory): Task => {
    const { inputs, output } = stretches(step, memory)
    const x = inputs[0]!
    const windows = windowsOf(params(step), step.inputs[0]!.shape)
    const cells = newCells(params(step))
    const valueAt = value(step, windows)
    const visit = (at: number, window: Cells): void => {
      output[at] = valueAt(x, window, at)
    }
    return () => eachWindow(windows, cells, visit)
  },
})

const tied = (step: KernelStep): TiedPoolParams => step.params as TiedPoolParams

export const maxPool2d = pooling(tied, () => (x, cells) => x[largest(x, cells)]!)

export const medianPool2d = pooling(tied, () => (x, cells) => {
  const { at, count } = sortCells(x, cells)
  if (count === 0) return Number.NaN
  const low = x[at[(count - 1) >> 1]!]!
  const high = x[at[count >> 1]!]!
  return 0.5 * low + 0.5 * high
})

const sumOfSquares = (x: Memory, { at, count }: Cells, scale: number): number => {
  let total = 0
  for (let c = 0; c < count; c++) total += (x[at[c]!]! * scale) ** 2
  return total
}

/** Scaled by a power of two, which is exact, where squares overflow or vanish. */
export const l2Pool2d = pooling(tied, () => (x, cells) => {
  const total = sumOfSquares(x, cells, 1)
  if (total > 1e-280 && total < 1e300) return Math.sqrt(total)
  const scale = total > 1 ? 2 ** -600 : 2 ** 600
  return Math.sqrt(sumOfSquares(x, cells, scale)) / scale
})

const paddingAfter = (params: AvgPoolParams, { height, width }: Windows): readonly number[] =>
  resolvePads(params, [height, width], params.size).map(([, after]) => after)

/** What each window's sum is divided by, window by window of one plane. */
function divisors(params: AvgPoolParams, windows: Windows, padsAfter: readonly number[]) {
  const { rows, columns, height, width } = windows
  const cellsOf = (axis: typeof rows, size: number, length: number, after: number, k: number) => {
    if (params.divisor === 'image') return axis.ends[k]! - axis.firsts[k]!
    // With ceil a window may overhang even the padding; what overhangs does not count.
    const room = Math.ceil((length + after - axis.starts[k]!) / axis.step)
    return params.ceil ? Math.min(size, room) : size
  }
  return Float64Array.from({ length: rows.count * columns.count }, (_, position) => {
    if (params.divisor === 'one') return 1
    const i = Math.floor(position / columns.count)
    const j = position % columns.count
    return (
      cellsOf(rows, params.size[0], height, padsAfter[0]!, i) *
      cellsOf(columns, params.size[1], width, padsAfter[1]!, j)
    )
  })
}

export const avgPool2d = pooling(
  (step) => step.params as AvgPoolParams,
  (step, windows) => {
    const params = step.params as AvgPoolParams
    const divide = divisors(params, windows, paddingAfter(params, windows))
    return (x, cells, at) => {
      let total = 0
      for (let c = 0; c < cells.count; c++) total += x[cells.at[c]!]!
      return total / divide[at % divide.length]!
    }
  },
)

export const avgPool2dInput: Kernel = {
  bind: (step, memory) => {
    const params = step.params as AvgPoolInputParams
    const { inputs, output } = stretches(step, memory)
    const g = inputs[0]!
    const windows = windowsOf(params, step.output.shape)
    const divide = divisors(params, windows, paddingAfter(params, windows))
    const spread = (position: number, { at, count }: Cells): void => {
      const share = g[position]! / divide[position % divide.length]!
      for (let c = 0; c < count; c++) output[at[c]!] = output[at[c]!]! + share
    }
    const cells = newCells(params)
    return () => {
      output.fill(0)
      eachWindow(windows, cells, spread)
    }
  },
}
