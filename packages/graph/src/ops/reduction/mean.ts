// The mean over axes.

import type { Node } from '../../record/node.ts'
import { defineOp } from '../../record/op.ts'
import { apply } from '../../record/operand.ts'
import type { Shape } from '../../shape.ts'
import { div } from '../arithmetic/div.ts'
import { sizeLetter } from '../axes.ts'
import { within } from '../print-parts.ts'
import {
  checkReduction,
  type ReduceOptions,
  type ReduceParams,
  reduceParamKinds,
  reduceParams,
  reductionAxes,
  reductionLine,
  reductionPatterns,
  restoreAxes,
} from './reduction.ts'
import { broadcastTo, sum } from './sum.ts'

/** How many entries each mean is of. */
const countOf = (x: Shape, axes: readonly number[]): number =>
  axes.reduce((count, axis) => count * x[axis]!, 1)

export const meanOp = defineOp<'x', ReduceParams>({
  name: 'mean',
  operands: { x: '…' },
  patterns: (_, { x }) => ({ x: reductionPatterns(x.length) }),
  line: (params, { x }) =>
    `${reductionLine('Σ', params, x.length)} / (${params.axes.map(sizeLetter).join(' ')})`,
  // Divided once, after the sum.
  stable: (params, { x }) =>
    `${reductionLine('Σ', params, x.length).replace(' = ', ' = (')}) / (${params.axes.map(sizeLetter).join(' ')})`,
  axes: (params, { x }) => reductionAxes(params, x.length),
  params: reduceParamKinds,
  check: ({ x }, params) =>
    params.axes.length === 0 ? 'a mean is over at least one axis' : checkReduction(x, params),
  vjp: {
    x: (g, { x }, params) =>
      broadcastTo(restoreAxes(div(g, countOf(x.shape, params.axes)), x, params), x.shape),
  },
  expansion: ({ x }, params) => div(sum(x, params), countOf(x.shape, params.axes)),
  latex: ({ x }, { axes }, shapes) => ({
    text: `\\tfrac{1}{${countOf(shapes.x, axes)}} \\sum ${within(x, 'star')}`,
    binds: 'product',
    open: true,
    ...(axes.length < shapes.x.length && { spoken: true }),
  }),
})

/** The mean of x over `axes` (all of them by default); over no axes, x itself. */
export function mean(x: Node, options: ReduceOptions = {}): Node {
  const params = reduceParams('mean', x, options)
  return params.axes.length === 0 ? x : apply(meanOp, [x], params)
}
