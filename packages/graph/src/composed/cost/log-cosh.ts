// The logarithm of the hyperbolic cosine: near 0 half a square, far away a straight line.

import { add } from '../../ops/arithmetic/add.ts'
import { mul } from '../../ops/arithmetic/mul.ts'
import { sub } from '../../ops/arithmetic/sub.ts'
import { log } from '../../ops/entrywise/log.ts'
import { softplus } from '../../ops/entrywise/softplus.ts'
import { readOptions } from '../../options.ts'
import type { Node } from '../../record/node.ts'
import { type CostOptions, reducedCost } from './cost.ts'

/**
 * The mean over all entries, or the sum, of log cosh(y − t) = r + log(1 + e^{−2r}) − log 2: no e^r
 * that overflows.
 */
export function logCosh(y: Node, t: Node, options: CostOptions = {}): Node {
  const given = readOptions('logCosh', options, ['reduction'])
  return reducedCost('logCosh', [y, t], given, () => {
    const r = sub(y, t)
    return sub(add(r, softplus(mul(-2, r))), log(y.graph.constant(2)))
  })
}
