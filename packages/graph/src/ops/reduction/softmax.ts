// softmax and log softmax along one axis.

import { optionError, readOptions } from '../../options.ts'
import type { Node } from '../../record/node.ts'
import { defineOp } from '../../record/op.ts'
import { apply, requireNode } from '../../record/operand.ts'
import { resolveAxis, type Shape } from '../../shape.ts'
import { div } from '../arithmetic/div.ts'
import { mul } from '../arithmetic/mul.ts'
import { sub } from '../arithmetic/sub.ts'
import { indexLetters, MAX_RANK, sizeLetters } from '../axes.ts'
import { exp } from '../entrywise/exp.ts'
import { log } from '../entrywise/log.ts'
import { applied } from '../print-parts.ts'
import { max } from './max.ts'
import { sum } from './sum.ts'

interface AxisParams {
  readonly axis: number
}

const common = {
  operands: { x: '…' },
  patterns: (_: AxisParams, { x }: { x: Shape }) => ({ x: sizeLetters(x.length).join() }),
  axes: (_: AxisParams, { x }: { x: Shape }) => sizeLetters(x.length).join(),
  params: { axis: 'integer' },
  check: ({ x }: { x: Shape }, { axis }: AxisParams) =>
    x.length > MAX_RANK - 2 || resolveAxis(axis, x.length) !== axis
      ? `x has no axis ${axis}`
      : undefined,
} as const

/** x read along the axis by `letter`, and by the usual letters along the others. */
const along = ({ axis }: AxisParams, x: Shape, letter: string): string =>
  `_{${indexLetters(x.length + 2)
    .slice(2)
    .map((usual, k) => (k === axis ? letter : usual))
    .join()}}`

/** j runs through the axis, i is the entry, and o, outside both, finds the largest. */
const read = (params: AxisParams, x: Shape) => ({
  y: `y${along(params, x, 'i')}`,
  xi: `x${along(params, x, 'i')}`,
  xj: `x${along(params, x, 'j')}`,
  top: `max_o x${along(params, x, 'o')}`,
})

/** x less its largest entry: no exponential of that overflows. */
const belowLargest = (x: Node, axis: number): Node => sub(x, max(x, { axes: axis, keepDims: true }))

export const softmaxOp = defineOp<'x', AxisParams>({
  name: 'softmax',
  ...common,
  line: (params, { x }) => {
    const { y, xi, xj } = read(params, x)
    return `${y} = e^{${xi}} / Σ_j e^{${xj}}`
  },
  stable: (params, { x }) => {
    const { y, xi, xj, top } = read(params, x)
    return `${y} = e^{${xi} - ${top}} / Σ_j e^{${xj} - ${top}}`
  },
  vjp: {
    // y ⊙ (g − Σ g y)
    x: (g, _args, { axis }, out) =>
      mul(out, sub(g, sum(mul(g, out), { axes: axis, keepDims: true }))),
  },
  expansion: ({ x }, { axis }) => {
    const powers = exp(belowLargest(x, axis))
    return div(powers, sum(powers, { axes: axis, keepDims: true }))
  },
  latex: ({ x }) => applied('\\operatorname{softmax}', x),
  traits: { normalised: true },
})

export const logSoftmaxOp = defineOp<'x', AxisParams>({
  name: 'logSoftmax',
  ...common,
  line: (params, { x }) => {
    const { y, xi, xj } = read(params, x)
    return `${y} = ${xi} - log(Σ_j e^{${xj}})`
  },
  stable: (params, { x }) => {
    const { y, xi, xj, top } = read(params, x)
    return `${y} = ${xi} - ${top} - log(Σ_j e^{${xj} - ${top}})`
  },
  vjp: {
    // g − softmax(x) Σ g
    x: (g, { x }, { axis }) =>
      sub(g, mul(softmax(x, { axis }), sum(g, { axes: axis, keepDims: true }))),
  },
  expansion: ({ x }, { axis }) => {
    const below = belowLargest(x, axis)
    return sub(below, log(sum(exp(below), { axes: axis, keepDims: true })))
  },
  latex: ({ x }) => applied('\\log \\operatorname{softmax}', x),
  restated: ({ x }, { axis }) => {
    const y = namedSoftmax(x, axis)
    return y && log(y)
  },
})

/** softmax(x), where it has a name. */
export const namedSoftmax = (x: Node, axis: number): Node | undefined =>
  [...x.graph.named.values()].find(
    ({ op, args, params }) =>
      op === softmaxOp && args[0] === x && (params as AxisParams).axis === axis,
  )

/** Options of `softmax` and `logSoftmax`. */
export interface AxisOptions {
  /** Counted from 0, negative from the end. Default: the last. */
  readonly axis?: number
}

/** e^x / Σ e^x along `axis`: positive, with sum 1. */
export const softmax = (x: Node, options: AxisOptions = {}): Node =>
  apply(softmaxOp, [x], axisParam('softmax', x, options))

/** log softmax(x), without ever taking the logarithm of 0. */
export const logSoftmax = (x: Node, options: AxisOptions = {}): Node =>
  apply(logSoftmaxOp, [x], axisParam('logSoftmax', x, options))

function axisParam(op: string, x: Node, options: AxisOptions): AxisParams {
  requireNode(op, x)
  const { axis = -1 } = readOptions(op, options, ['axis'], { dim: 'axis' })
  const resolved = resolveAxis(axis, x.shape.length)
  if (resolved === undefined) {
    throw optionError(op, 'axis', axis, `an axis of ${JSON.stringify(x.shape)}`)
  }
  return { axis: resolved }
}
