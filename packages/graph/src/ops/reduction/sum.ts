// Σ over axes and its adjoint, repeating along them: each is the other's derivative.

import { ShapeError } from '../../errors.ts'
import type { Node } from '../../record/node.ts'
import { defineOp } from '../../record/op.ts'
import { apply, requireNode } from '../../record/operand.ts'
import { broadcastShapes, formatShape, isShape, type Shape, sameShape } from '../../shape.ts'
import { show } from '../../show.ts'
import { access, indexLetters, sizeLetters } from '../axes.ts'
import type { ShapeParams } from '../movement/reshape.ts'
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

export const sumOp = defineOp<'x', ReduceParams>({
  name: 'sum',
  operands: { x: '…' },
  patterns: (_, { x }) => ({ x: reductionPatterns(x.length) }),
  line: (params, { x }) => reductionLine('Σ', params, x.length),
  axes: (params, { x }) => reductionAxes(params, x.length),
  params: reduceParamKinds,
  check: ({ x }, params) => checkReduction(x, params),
  vjp: { x: (g, { x }, params) => broadcastTo(restoreAxes(g, x, params), x.shape) },
  latex: ({ x }, { axes }, shapes) => ({
    text: `\\sum ${within(x, 'star')}`,
    binds: 'product',
    open: true,
    // Of some axes it says not which.
    ...(axes.length < shapes.x.length && { spoken: true }),
  }),
})

/** Σ x over `axes` (all of them by default). */
export const sum = (x: Node, options: ReduceOptions = {}): Node =>
  apply(sumOp, [x], reduceParams('sum', x, options))

export const broadcastToOp = defineOp<'x', ShapeParams>({
  name: 'broadcastTo',
  operands: { x: '…' },
  patterns: (_, { x }) => ({ x: sizeLetters(x.length).join() }),
  line: ({ shape }, { x }) => {
    const letters = indexLetters(shape.length)
    const read = letters.slice(shape.length - x.length).map((l, k) => (x[k] === 1 ? '1' : l))
    return `${access('y', letters)} = ${access('x', read)}`
  },
  axes: ({ shape }) => shape.join(),
  params: { shape: 'shape' },
  check: ({ x }, { shape }) => {
    const broadcast = broadcastShapes([x, shape])
    return broadcast && sameShape(broadcast, shape)
      ? undefined
      : `x does not broadcast to ${formatShape(shape)}`
  },
  vjp: { x: (g, { x }) => sumTo(g, x.shape) },
  latex: ({ x }) => x,
  traits: { movesOnly: true, sized: true },
})

/** x repeated to `shape`; x itself where it has that shape. */
export function broadcastTo(x: Node, shape: Shape): Node {
  requireNode('broadcastTo', x)
  if (!isShape(shape)) throw new ShapeError(`broadcastTo: ${show(shape)} is not a shape`)
  return sameShape(x.shape, shape) ? x : apply(broadcastToOp, [x], { shape: [...shape] })
}

/** Undoes broadcasting: sums g over the axes along which an array of `shape` was repeated. */
export function sumTo(g: Node, shape: Shape): Node {
  const leading = g.shape.length - shape.length
  const front = Array.from({ length: leading }, (_, axis) => axis)
  const kept = front.length > 0 ? sum(g, { axes: front }) : g
  const repeated = shape.flatMap((length, axis) =>
    length === 1 && kept.shape[axis] !== 1 ? [axis] : [],
  )
  return repeated.length > 0 ? sum(kept, { axes: repeated, keepDims: true }) : kept
}
