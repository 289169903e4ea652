// The hinge cost of support vector machines: nothing beyond the margin, a straight line before it.

import { mul } from '../../ops/arithmetic/mul.ts'
import { square } from '../../ops/arithmetic/square.ts'
import { sub } from '../../ops/arithmetic/sub.ts'
import { relu } from '../../ops/entrywise/relu.ts'
import { optionError, readOptions } from '../../options.ts'
import type { Node } from '../../record/node.ts'
import { type CostOptions, reducedCost } from './cost.ts'

/** Options of `hinge`. */
export interface HingeOptions extends CostOptions {
  /** Where the cost begins. Default 1. */
  readonly margin?: number
  /** Whether it is squared. Default false. */
  readonly squared?: boolean
}

/** The mean over all entries, or the sum, of max(0, margin − t y); each target t is −1 or 1. */
export function hinge(y: Node, t: Node, options: HingeOptions = {}): Node {
  const given = readOptions('hinge', options, ['margin', 'squared', 'reduction'])
  const { margin = 1, squared = false, ...reduction } = given
  if (!Number.isFinite(margin)) throw optionError('hinge', 'margin', margin, 'a finite number')
  if (typeof squared !== 'boolean') throw optionError('hinge', 'squared', squared, 'true or false')
  return reducedCost('hinge', [y, t], reduction, () => {
    const over = relu(sub(margin, mul(t, y)))
    return squared ? square(over) : over
  })
}
