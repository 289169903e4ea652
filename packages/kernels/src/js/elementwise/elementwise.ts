// Elementwise steps and reductions, bound to an arena: blocks of a fused group, then what is done
// with each block.
import { sizeOf } from '@backprove/graph'
import type { Memory } from '../../backend.ts'
import type { ElementwiseStep, ReductionStep } from '../../plan/plan.ts'
import { isDense } from '../../plan/views.ts'
import type { Task } from '../task.ts'
import { BLOCK, machineFor, type Register } from './machine.ts'
import { rowStart, scatter, walkOf } from './strided.ts'

export function bindElementwise(step: ElementwiseStep, memory: Memory): Task {
  const { output, code, fill } = step
  const size = sizeOf(step.shape)
  const dense = isDense(output)
  if (dense && fill !== undefined) {
    return () => void memory.fill(fill, output.offset, output.offset + size)
  }
  if (dense && code.length === 0 && isDense(step.inputs[0]!)) {
    const from = step.inputs[0]!.offset
    return () => void memory.copyWithin(output.offset, from, from + size)
  }
  if (fill !== undefined) return () => refuseFill(step)
  const direct = dense && code.length > 0
  const machine = machineFor(step, memory, direct ? output : undefined)
  const walk = walkOf(output)
  const result = machine.results[0]!
  return () => {
    for (let start = 0; start < size; start += BLOCK) {
      const count = Math.min(BLOCK, size - start)
      machine.compute(start, count)
      if (direct) continue
      const from = result.moves ? result.base + start : 0
      scatter(memory, walk, start, count, result.data, from)
    }
  }
}

const refuseFill = (step: ElementwiseStep): never => {
  throw new Error(`${step.label}: a fill is dense`)
}

const combinations = {
  sum: { neutral: 0, into: (total: number, value: number) => total + value },
  max: {
    // As in the notation: a NaN does not compete, and of nothing but NaN the maximum is NaN.
    neutral: Number.NaN,
    into: (total: number, value: number) => (value > total || Number.isNaN(total) ? value : total),
  },
} as const

/** Totals are kept in float64 whatever the arena's dtype: a long sum loses no digits. */
export function bindReduction(step: ReductionStep, memory: Memory): Task {
  const { shape, axes, output } = step
  const size = sizeOf(shape)
  const { neutral, into } = combinations[step.combine]
  const totals = new Float64Array(sizeOf(output.shape))
  // The result seen over the whole shape: reduced axes stand still.
  const target = walkOf({ offset: 0, shape, strides: keptStrides(shape, axes) })
  const machine = machineFor(step, memory)
  const length = totals.length / machine.results.length
  const sums = step.combine === 'sum'

  const combineRow = (data: Memory, from: number, count: number, at: number): void => {
    const { innerStride } = target
    if (innerStride !== 0) {
      for (let e = 0; e < count; e++) {
        const to = at + e * innerStride
        totals[to] = into(totals[to]!, data[from + e]!)
      }
      return
    }
    let total = totals[at]!
    if (sums) for (let e = 0; e < count; e++) total += data[from + e]!
    else for (let e = 0; e < count; e++) total = into(total, data[from + e]!)
    totals[at] = total
  }
  const combineBlock = (
    { data, base, moves }: Register,
    first: number,
    start: number,
    count: number,
  ): void => {
    const from = moves ? base + start : 0
    let row = Math.floor(start / target.inner)
    let column = start - row * target.inner
    for (let done = 0; done < count; row++, column = 0) {
      const run = Math.min(count - done, target.inner - column)
      combineRow(
        data,
        from + done,
        run,
        first + rowStart(target, row) + column * target.innerStride,
      )
      done += run
    }
  }
  return () => {
    totals.fill(neutral)
    for (let start = 0; start < size; start += BLOCK) {
      const count = Math.min(BLOCK, size - start)
      machine.compute(start, count)
      machine.results.forEach((result, k) => {
        combineBlock(result, k * length, start, count)
      })
    }
    memory.set(totals, output.offset)
  }
}

function keptStrides(shape: readonly number[], axes: readonly number[]): number[] {
  const strides = new Array<number>(shape.length).fill(0)
  let stride = 1
  for (let axis = shape.length - 1; axis >= 0; axis--) {
    if (axes.includes(axis)) continue
    strides[axis] = stride
    stride *= shape[axis]!
  }
  return strides
}
