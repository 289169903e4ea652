// Softmax and its logarithm, put together from reductions and fused loops. The largest
// entry is taken off first, so that no exponential overflows.
import { elementwise } from '../elementwise/elementwise.ts'
import { apply, type Formula, input } from '../elementwise/formula.ts'
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

const [x, top, third] = [input(0), input(1), input(2)] as const
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
  const maximum = { shape, inputs: [whole(from)], results: [x], combine: 'maximum', axes } as const
  const inputs = [whole(from), perLine(sections.top)]
  const sum = { shape, inputs, results: [apply('exp', shifted)], combine: 'sum', axes } as const
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
  const maximum = { shape: shape.shape, inputs: [whole(at.x)], results: [x], axes }
  const total = { shape: shape.shape, inputs: [whole(at.y)], results: [x], axes }
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
