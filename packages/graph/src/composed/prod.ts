// Products over axes: no op of its own. Every entry is multiplied, none divided by, so that the
// derivative at a 0 is the product of the others.

import { mul } from '../ops/arithmetic/mul.ts'
import { reshape } from '../ops/movement/reshape.ts'
import { type ReduceOptions, reduceParams } from '../ops/reduction/reduction.ts'
import type { Node } from '../record/node.ts'
import { composed } from './composed.ts'
import { part } from './movement/parts.ts'

/** Half by half, so that a product of many is no deeper than it must be. */
function over(x: Node, axis: number): Node {
  const size = x.shape[axis]!
  if (size === 1) return x
  const half = Math.floor(size / 2)
  const halves = over(mul(part(x, axis, 0, half), part(x, axis, half, 2 * half)), axis)
  return size % 2 === 1 ? mul(halves, part(x, axis, size - 1, size)) : halves
}

/** The product of the entries over `axes` (all of them by default). */
export function prod(x: Node, options: ReduceOptions = {}): Node {
  const { axes, keepDims } = reduceParams('prod', x, options)
  return composed('prod', x, () => {
    const made = axes.reduce(over, x)
    return keepDims
      ? made
      : reshape(
          made,
          x.shape.filter((_, axis) => !axes.includes(axis)),
        )
  })
}
