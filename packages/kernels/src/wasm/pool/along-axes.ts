// What the derivative of a maximum over axes sends and reads, put together from reductions and
// fused loops: which entries have won, and what flows there.
import { elementwise } from '../elementwise/elementwise.ts'
import { apply, constant, type Formula, input, select } from '../elementwise/formula.ts'
import { contiguous, type Operand } from '../elementwise/loops.ts'
import { reduce } from '../elementwise/reduce.ts'
import { type I32, i32, v128 } from '../encoder/index.ts'
import { type Kernel, product, scratchLayout } from '../kernel.ts'
import type { Lanes } from '../lanes.ts'
import type { Ties } from './select.ts'

/** The largest entries of a shape over some of its axes. */
export interface AxesMaximum {
  readonly shape: readonly number[]
  readonly axes: readonly number[]
  readonly ties: Ties
}

function layout(lanes: Lanes, { shape, axes }: AxesMaximum, start: number) {
  const kept = shape.map((size, axis) => (axes.includes(axis) ? 1 : size))
  const gone = shape.map((size, axis) => (axes.includes(axis) ? size : 1))
  const strides = (sizes: readonly number[]) =>
    contiguous(sizes).map((stride, axis) => (sizes[axis] === 1 ? 0 : stride))
  const lines = product(kept) * lanes.bytes
  const bytes = { top: lines, winner: lines, numbers: product(gone) * lanes.bytes }
  const perLine = (address: number): Operand => ({ address, strides: strides(kept) })
  const along = (address: number): Operand => ({ address, strides: strides(gone) })
  const whole = (address: number): Operand => ({ address, strides: contiguous(shape) })
  return { ...scratchLayout(bytes, start), perLine, along, whole, length: product(gone) }
}

/** 0, 1, 2, …: the entries of a line by their place in it. */
function count(lanes: Lanes, length: number, to: number): Kernel {
  const body = (f: Parameters<Kernel[number]['body']>[0], _task: I32) => {
    const value = f.let(v128.zero)
    const at = f.let(i32.constant(0))
    f.repeat(length, () => {
      f.do(lanes.storeLane(at, value, 0, to))
      f.set(value, lanes.add(value, lanes.constant(1)))
      f.bump(at, lanes.bytes)
    })
  }
  return [{ name: 'count', tasks: 1, body }]
}

const [first, second, third] = [input(0), input(1), input(2)] as const
const zero = constant(0)

/** Finds, for each line, the place of its first largest entry, or how many are as large. */
function findWinners(lanes: Lanes, maximum: AxesMaximum, x: number, scratch: number): Kernel {
  const { shape, axes, ties } = maximum
  const at = layout(lanes, maximum, scratch)
  const isTop = apply('equal', first, second)
  const top = [at.whole(x), at.perLine(at.top)]
  const winner =
    ties === 'first'
      ? {
          inputs: [...top, at.along(at.numbers)],
          results: [select(isTop, third, constant(Number.POSITIVE_INFINITY))],
          combine: 'minimum' as const,
        }
      : { inputs: top, results: [isTop], combine: 'sum' as const }
  return [
    ...reduce(lanes, 'line maximum', {
      shape,
      inputs: [at.whole(x)],
      results: [first],
      combine: 'maximum',
      axes,
      to: at.top,
    }),
    ...(ties === 'first' ? count(lanes, at.length, at.numbers) : []),
    ...reduce(lanes, 'winners', { ...winner, shape, axes, to: at.winner }),
  ]
}

/** `value` where the entry has won, its share of it under ties 'split'; else 0. */
function awarded(lanes: Lanes, maximum: AxesMaximum, x: number, scratch: number) {
  const at = layout(lanes, maximum, scratch)
  const { top, winner, numbers } = at
  if (maximum.ties === 'first') {
    const inputs = [at.along(numbers), at.perLine(winner)]
    return {
      inputs,
      formula: (value: Formula) => select(apply('equal', first, second), value, zero),
    }
  }
  const inputs = [at.whole(x), at.perLine(top), at.perLine(winner)]
  const share = (value: Formula) =>
    select(apply('equal', first, second), apply('div', value, third), zero)
  return { inputs, formula: share }
}

/** dx: each g goes to what has won. */
export function axesMaximumInput(
  lanes: Lanes,
  maximum: AxesMaximum,
  { x, g, dx, scratch }: Readonly<Record<'x' | 'g' | 'dx' | 'scratch', number>>,
): Kernel {
  const { perLine, whole } = layout(lanes, maximum, scratch)
  const { inputs, formula } = awarded(lanes, maximum, x, scratch)
  const outputs = [{ to: whole(dx), formula: formula(input(inputs.length)) }]
  return [
    ...findWinners(lanes, maximum, x, scratch),
    ...elementwise(lanes, 'send to winners', {
      shape: maximum.shape,
      inputs: [...inputs, perLine(g)],
      outputs,
    }),
  ]
}

/** y: h, read where x has won. */
export function axesMaximumGather(
  lanes: Lanes,
  maximum: AxesMaximum,
  { x, h, y, scratch }: Readonly<Record<'x' | 'h' | 'y' | 'scratch', number>>,
): Kernel {
  const { whole } = layout(lanes, maximum, scratch)
  const { inputs, formula } = awarded(lanes, maximum, x, scratch)
  return [
    ...findWinners(lanes, maximum, x, scratch),
    ...reduce(lanes, 'read winners', {
      shape: maximum.shape,
      inputs: [...inputs, whole(h)],
      results: [formula(input(inputs.length))],
      combine: 'sum',
      axes: maximum.axes,
      to: y,
    }),
  ]
}
