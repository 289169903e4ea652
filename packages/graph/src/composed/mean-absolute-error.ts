// The mean absolute error.
import type { Node } from '../node.ts'
import { abs } from '../ops/abs.ts'
import { sub } from '../ops/sub.ts'
import { readOptions } from '../options.ts'
import { type CostOptions, reducedCost } from './cost.ts'

/** The mean of |y − t| over all entries, or their sum. Its derivative where y = t is 0. */
export function meanAbsoluteError(y: Node, t: Node, options: CostOptions = {}): Node {
  const given = readOptions('meanAbsoluteError', options, ['reduction'])
  return reducedCost('meanAbsoluteError', [y, t], given, () => abs(sub(y, t)))
}
