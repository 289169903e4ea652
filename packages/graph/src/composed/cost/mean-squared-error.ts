// The mean squared error, without the notes' ½ (which squaredError has).

import { square } from '../../ops/arithmetic/square.ts'
import { sub } from '../../ops/arithmetic/sub.ts'
import { readOptions } from '../../options.ts'
import type { Node } from '../../record/node.ts'
import { type CostOptions, reducedCost } from './cost.ts'

/** The mean of (y − t)² over all entries, or their sum; y and t have one shape. */
export function meanSquaredError(y: Node, t: Node, options: CostOptions = {}): Node {
  const given = readOptions('meanSquaredError', options, ['reduction'])
  return reducedCost('meanSquaredError', [y, t], given, () => square(sub(y, t)))
}
