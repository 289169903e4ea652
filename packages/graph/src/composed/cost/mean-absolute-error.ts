// The mean absolute error.

import { abs } from '../../ops/arithmetic/abs.ts'
import { sub } from '../../ops/arithmetic/sub.ts'
import { readOptions } from '../../options.ts'
import type { Node } from '../../record/node.ts'
import { type CostOptions, reducedCost } from './cost.ts'

/** The mean of |y − t| over all entries, or their sum. Its derivative where y = t is 0. */
export function meanAbsoluteError(y: Node, t: Node, options: CostOptions = {}): Node {
  const given = readOptions('meanAbsoluteError', options, ['reduction'])
  return reducedCost('meanAbsoluteError', [y, t], given, () => abs(sub(y, t)))
}
