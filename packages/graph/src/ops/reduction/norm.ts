// The Euclidean norm: what L2 pooling makes of a window that is the whole array. It has that op's
// care: no square overflows, and the derivative x/‖x‖ is 0 where x is.

import { reshape } from '../ops/movement/reshape.ts'
import { transpose } from '../ops/movement/transpose.ts'
import { l2Pool2d } from '../ops/pooling/l2-pool2d.ts'
import { keptShape, type ReduceOptions, reduceParams } from '../ops/reduction/reduction.ts'
import type { Node } from '../record/node.ts'
import { sizeOf } from '../shape.ts'
import { composed } from './composed.ts'

/** √Σ x² over `axes` (all of them by default); its gradient where all entries are 0 is 0. */
export function norm(x: Node, options: ReduceOptions = {}): Node {
  const { axes, keepDims } = reduceParams('norm', x, options)
  return composed('norm', x, () => {
    const others = [...x.shape.keys()].filter((axis) => !axes.includes(axis))
    const order = [...others, ...axes]
    const isOrdered = order.every((axis, k) => axis === k)
    const behind = isOrdered ? x : transpose(x, { axes: order })
    const kept = others.map((axis) => x.shape[axis]!)
    const count = sizeOf(axes.map((axis) => x.shape[axis]!))
    const lengths = l2Pool2d(reshape(behind, [sizeOf(kept), 1, count]), { size: [1, count] })
    return reshape(lengths, keepDims ? keptShape(x.shape, axes) : kept)
  })
}
