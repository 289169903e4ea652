// Derivatives that go to winners: of max- and median-pooling, and of the maximum over axes. Which
// cells win is found again from x; what flows is scattered to them or gathered from them.
import { type MaxParams, sizeOf, stridesOf, type TiedPoolParams, type Ties } from '@backprove/graph'
import type { Memory } from '../../backend.ts'
import type { KernelStep } from '../../plan/plan.ts'
import { rowStart, type Walk, walkOf } from '../elementwise/strided.ts'
import { type Kernel, stretches, type Task } from '../task.ts'
import { largest, sortCells } from './cells.ts'
import { type Cells, eachWindow, newCells, windowsOf } from './windows.ts'

/** A window's winners: the cells that a derivative goes to, each with the same weight. */
interface Winners {
  readonly at: Int32Array
  readonly weights: Float64Array
  count: number
}
type Choose = (x: Memory, cells: Cells, winners: Winners) => void

const chosen = (winners: Winners, at: number, weight: number): void => {
  winners.at[winners.count] = at
  winners.weights[winners.count] = weight
  winners.count += 1
}

/** All cells of that value share the weight; or the one cell takes it. */
function award(ties: Ties, x: Memory, cells: Cells, winners: Winners, at: number, weight: number) {
  // Where all are NaN nobody has won.
  if (Number.isNaN(x[at]!)) return
  if (ties === 'first') {
    chosen(winners, at, weight)
    return
  }
  let equal = 0
  for (let c = 0; c < cells.count; c++) if (x[cells.at[c]!] === x[at]) equal += 1
  for (let c = 0; c < cells.count; c++) {
    if (x[cells.at[c]!] === x[at]) chosen(winners, cells.at[c]!, weight / equal)
  }
}

const chooseLargest =
  (ties: Ties): Choose =>
  (x, cells, winners) =>
    award(ties, x, cells, winners, largest(x, cells), 1)

/** The two middles of a window of an even number of cells take half each; of an odd, all. */
const chooseMiddle =
  (ties: Ties): Choose =>
  (x, cells, winners) => {
    const numbers = sortCells(x, cells)
    const { at, count } = numbers
    if (count === 0) return
    const low = at[(count - 1) >> 1]!
    const high = at[count >> 1]!
    if (low === high) award(ties, x, numbers, winners, low, 1)
    else {
      award(ties, x, numbers, winners, low, 0.5)
      award(ties, x, numbers, winners, high, 0.5)
    }
  }

/** The sets of cells that compete, one for each entry of the reduced array. */
interface Contests {
  readonly most: number
  each(visit: (position: number, cells: Cells) => void): void
}

const poolWindows = (step: KernelStep): Contests => {
  const params = step.params as TiedPoolParams
  const windows = windowsOf(params, step.inputs[0]!.shape)
  const cells = newCells(params)
  return { most: cells.at.length, each: (visit) => eachWindow(windows, cells, visit) }
}

/** Entries along the reduced axes, for each place on the others. */
function reducedEntries(step: KernelStep): Contests {
  const { axes } = step.params as MaxParams
  const { shape } = step.inputs[0]!
  const strides = stridesOf(shape)
  const part = (reduced: boolean) => {
    const chosen = shape.map((_, axis) => axis).filter((axis) => axes.includes(axis) === reduced)
    return walkOf({
      offset: 0,
      shape: chosen.map((axis) => shape[axis]!),
      strides: chosen.map((axis) => strides[axis]!),
    })
  }
  const count = axes.reduce((product, axis) => product * shape[axis]!, 1)
  const positions = sizeOf(shape) / count
  const within = positionsOf(part(true), count)
  const starts = positionsOf(part(false), positions)
  const cells = { at: new Int32Array(count), count }
  const each = (visit: (position: number, cells: Cells) => void): void => {
    for (let position = 0; position < positions; position++) {
      for (let c = 0; c < count; c++) cells.at[c] = starts[position]! + within[c]!
      visit(position, cells)
    }
  }
  return { most: count, each }
}

/** Where the entries of a walk are, in order. */
const positionsOf = (walk: Walk, count: number): Int32Array =>
  Int32Array.from({ length: count }, (_, entry) => {
    const row = Math.floor(entry / walk.inner)
    return rowStart(walk, row) + (entry - row * walk.inner) * walk.innerStride
  })

/** The scatter of g to the winners, or the gather of h from them. */
const masked = (
  contestsOf: (step: KernelStep) => Contests,
  choose: (ties: Ties) => Choose,
  direction: 'scatter' | 'gather',
): Kernel => ({
  bind: (step, memory): Task => {
    const { inputs, output } = stretches(step, memory)
    const [x, flow] = inputs as [Memory, Memory]
    const contests = contestsOf(step)
    // Under 'split' each of two middles may be shared by the whole window.
    const most = 2 * contests.most
    const winners = { at: new Int32Array(most), weights: new Float64Array(most), count: 0 }
    const pick = choose((step.params as { ties: Ties }).ties)
    const scatter = (position: number, cells: Cells): void => {
      winners.count = 0
      pick(x, cells, winners)
      for (let c = 0; c < winners.count; c++) {
        const at = winners.at[c]!
        output[at] = output[at]! + winners.weights[c]! * flow[position]!
      }
    }
    const gather = (position: number, cells: Cells): void => {
      winners.count = 0
      pick(x, cells, winners)
      let total = 0
      for (let c = 0; c < winners.count; c++) total += winners.weights[c]! * flow[winners.at[c]!]!
      output[position] = total
    }
    if (direction === 'gather') return () => contests.each(gather)
    return () => {
      output.fill(0)
      contests.each(scatter)
    }
  },
})

export const maxPool2dInput = masked(poolWindows, chooseLargest, 'scatter')
export const maxPool2dGather = masked(poolWindows, chooseLargest, 'gather')
export const medianPool2dInput = masked(poolWindows, chooseMiddle, 'scatter')
export const medianPool2dGather = masked(poolWindows, chooseMiddle, 'gather')
export const maxInput = masked(reducedEntries, chooseLargest, 'scatter')
export const maxGather = masked(reducedEntries, chooseLargest, 'gather')
