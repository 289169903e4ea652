// min(x) = −max(−x): no op of its own, so that ties follow one policy.

import { neg } from '../ops/arithmetic/neg.ts'
import { max } from '../ops/reduction/max.ts'
import { type ReduceOptions, reduceParams } from '../ops/reduction/reduction.ts'
import type { Node } from '../record/node.ts'
import { composed } from './composed.ts'

/**
 * The smallest entry over `axes` (all of them by default); over no axes, x itself. Its derivative
 * goes to the first of several in row-major order, or under ties 'split' to all equally.
 */
export function min(x: Node, options: ReduceOptions = {}): Node {
  const { axes, keepDims } = reduceParams('min', x, options)
  if (axes.length === 0) return x
  return composed('min', x, () => neg(max(neg(x), { axes, keepDims })))
}
