// The Euclidean norm √Σ x² over axes. Its derivative is x/‖x‖, and 0 where x is.

import type { Node } from '../../record/node.ts'
import { defineOp } from '../../record/op.ts'
import { apply } from '../../record/operand.ts'
import { type Shape, sizeOf } from '../../shape.ts'
import { abs } from '../arithmetic/abs.ts'
import { divideOrZero } from '../arithmetic/divide-or-zero.ts'
import { mul } from '../arithmetic/mul.ts'
import { reshape } from '../movement/reshape.ts'
import { transpose } from '../movement/transpose.ts'
import { l2Pool2d } from '../pooling/l2-pool2d.ts'
import { atom, spoken } from '../print-parts.ts'
import {
  checkReduction,
  keptShape,
  type ReduceOptions,
  type ReduceParams,
  reduceParamKinds,
  reduceParams,
  reductionAxes,
  reductionParts,
  reductionPatterns,
  restoreAxes,
} from './reduction.ts'

/** The two lines' parts. */
function parts(params: ReduceParams, { x }: { x: Shape }) {
  const { y, bound, entry } = reductionParts(params, x.length)
  const over = `Σ_{${bound('')}}`
  return {
    y,
    over,
    entry: entry(''),
    plain: `√(${over} ${entry('')}^2)`,
    largest: `max_{${bound('′')}} |${entry('′')}|`,
  }
}

export const normOp = defineOp<'x', ReduceParams>({
  name: 'norm',
  operands: { x: '…' },
  patterns: (_, { x }) => ({ x: reductionPatterns(x.length) }),
  line: (params, shapes) => {
    const { y, plain } = parts(params, shapes)
    return `${y} = ${plain}`
  },
  // M √(Σ (x/M)²) with M the largest |x|: no square overflows or vanishes.
  stable: (params, shapes) => {
    const { y, over, entry, plain, largest } = parts(params, shapes)
    const spread = `(${largest}) - (${largest})`
    return (
      `${y} = [0 < ${largest}, ${spread} = 0] (${largest}) ` +
      `√(${over} (${entry} / (${largest}))^2) + [${spread} ≠ 0] ${plain} + ` +
      `[${largest} = 0] ${plain}`
    )
  },
  axes: (params, { x }) => reductionAxes(params, x.length),
  params: reduceParamKinds,
  check: ({ x }, params) =>
    params.axes.length === 0 ? 'the norm is over at least one axis' : checkReduction(x, params),
  vjp: {
    x: (g, { x }, params, out) => mul(x, restoreAxes(divideOrZero(g, out), x, params)),
  },
  // L2 pooling by a window that is all of it.
  expansion: ({ x }, { axes, keepDims }) => {
    const others = [...x.shape.keys()].filter((axis) => !axes.includes(axis))
    const order = [...others, ...axes]
    const behind = order.every((axis, k) => axis === k) ? x : transpose(x, { axes: order })
    const count = sizeOf(axes.map((axis) => x.shape[axis]!))
    const rows = reshape(behind, [sizeOf(x.shape) / count, 1, count])
    const shape = keepDims ? keptShape(x.shape, axes) : others.map((axis) => x.shape[axis]!)
    return reshape(l2Pool2d(rows, { size: [1, count] }), shape)
  },
  latex: ({ x }, { axes }, shapes) => {
    const printed = atom(`\\left\\lVert ${x.text} \\right\\rVert`)
    return axes.length < shapes.x.length ? spoken(printed) : printed
  },
  traits: { poles: true },
})

/**
 * √Σ x² over `axes` (all of them by default); its gradient where all entries are 0 is 0. Over no
 * axes, |x|.
 */
export function norm(x: Node, options: ReduceOptions = {}): Node {
  const params = reduceParams('norm', x, options)
  return params.axes.length === 0 ? abs(x) : apply(normOp, [x], params)
}
