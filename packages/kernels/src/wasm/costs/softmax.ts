// Softmax, its logarithm and the costs, put together from reductions and fused loops. The largest
// entry is taken off first, so that no exponential overflows.
import { elementwise } from '../elementwise/elementwise.ts'
import { apply, constant, type Formula, input, select } from '../elementwise/formula.ts'
import { contiguous, type Operand } from '../elementwise/loops.ts'
import { reduce } from '../elementwise/reduce.ts'
import { type Kernel, product, scratchLayout } from '../kernel.ts'
import type { Lanes } from '../lanes.ts'

/** Softmax along one axis of a shape. */
export interface SoftmaxShape {
  readonly shape: readonly number[]
  readonly axis: number
}

interface Parts {
  /** The array itself, and one number for each of its lines along the axis. */
  readonly whole: (address: number) => Operand
  readonly perLine: (address: number) => Operand
  readonly sections: { readonly top: number; readonly total: number; readonly end: number }
}

function parts(lanes: Lanes, { shape, axis }: SoftmaxShape, scratch: number): Parts {
  const sizes = shape.map((size, k) => (k === axis ? 1 : size))
  const lineStrides = contiguous(sizes).map((stride, k) => (k === axis ? 0 : stride))
  const lines = product(sizes) * lanes.bytes
  return {
    whole: (address) => ({ address, strides: contiguous(shape) }),
    perLine: (address) => ({ address, strides: lineStrides }),
    sections: scratchLayout({ top: lines, total: lines }, scratch),
  }
}

export const softmaxScratch = (lanes: Lanes, shape: SoftmaxShape): number =>
  parts(lanes, shape, 0).sections.end

const [x, top, third, fourth] = [input(0), input(1), input(2), input(3)] as const
const shifted = apply('sub', x, top)

/** max of each line → `top`; Σ e^(x − top) of each line, or its logarithm → `total`. */
function lineTotals(
  lanes: Lanes,
  { shape, axis }: SoftmaxShape,
  from: number,
  { whole, perLine, sections }: Parts,
  finish: Formula,
): Kernel {
  const axes = [axis]
  const maximum = { shape, inputs: [whole(from)], formula: x, combine: 'maximum', axes } as const
  const inputs = [whole(from), perLine(sections.top)]
  const sum = { shape, inputs, formula: apply('exp', shifted), combine: 'sum', axes } as const
  return [
    ...reduce(lanes, 'line maximum', { ...maximum, to: sections.top }),
    ...reduce(lanes, 'line total', { ...sum, to: sections.total, finish }),
  ]
}

type Places = { readonly x: number; readonly y: number; readonly scratch: number }

/** y = e^(x − top) / Σ e^(x − top) */
export function softmax(lanes: Lanes, shape: SoftmaxShape, at: Places): Kernel {
  const made = parts(lanes, shape, at.scratch)
  const { whole, perLine, sections } = made
  const axes = [shape.axis]
  const maximum = { shape: shape.shape, inputs: [whole(at.x)], formula: x, axes }
  const total = { shape: shape.shape, inputs: [whole(at.y)], formula: x, axes }
  const map = (name: string, from: Operand, other: number, formula: Formula) =>
    elementwise(lanes, name, {
      shape: shape.shape,
      inputs: [from, perLine(other)],
      outputs: [{ to: whole(at.y), formula }],
    })
  return [
    ...reduce(lanes, 'line maximum', { ...maximum, combine: 'maximum', to: sections.top }),
    ...map('exponentials', whole(at.x), sections.top, apply('exp', shifted)),
    ...reduce(lanes, 'line total', { ...total, combine: 'sum', to: sections.total }),
    ...map('softmax', whole(at.y), sections.total, apply('div', input(0), input(1))),
  ]
}

/** y = (x − top) − log Σ e^(x − top) */
export function logSoftmax(lanes: Lanes, shape: SoftmaxShape, at: Places): Kernel {
  const made = parts(lanes, shape, at.scratch)
  const { whole, perLine, sections } = made
  const inputs = [whole(at.x), perLine(sections.top), perLine(sections.total)]
  const outputs = [{ to: whole(at.y), formula: apply('sub', shifted, third) }]
  return [
    ...lineTotals(lanes, shape, at.x, made, apply('log', input(0))),
    ...elementwise(lanes, 'log softmax', { shape: shape.shape, inputs, outputs }),
  ]
}

/** C = Σ t (log Σ e^(z − top) − (z − top)), lines along the last axis: a single number. */
export function crossEntropy(
  lanes: Lanes,
  shape: readonly number[],
  at: { readonly z: number; readonly t: number; readonly cost: number; readonly scratch: number },
): Kernel {
  const lines = { shape, axis: shape.length - 1 }
  const made = parts(lanes, lines, at.scratch)
  const { whole, perLine, sections } = made
  return [
    ...lineTotals(lanes, lines, at.z, made, apply('log', input(0))),
    ...reduce(lanes, 'cross entropy', {
      shape,
      inputs: [whole(at.z), perLine(sections.top), perLine(sections.total), whole(at.t)],
      formula: select(fourth, apply('mul', fourth, apply('sub', third, shifted)), constant(0)),
      combine: 'sum',
      axes: shape.map((_, axis) => axis),
      to: at.cost,
    }),
  ]
}

export const crossEntropyScratch = (lanes: Lanes, shape: readonly number[]): number =>
  softmaxScratch(lanes, { shape, axis: shape.length - 1 })

/** C = ½ Σ (t − y)² */
export function squaredError(
  lanes: Lanes,
  length: number,
  at: { readonly y: number; readonly t: number; readonly cost: number },
): Kernel {
  const operand = (address: number): Operand => ({ address, strides: [1] })
  return reduce(lanes, 'squared error', {
    shape: [length],
    inputs: [operand(at.y), operand(at.t)],
    formula: apply('square', apply('sub', input(1), input(0))),
    combine: 'sum',
    axes: [0],
    to: at.cost,
    finish: apply('mul', input(0), constant(0.5)),
  })
}
