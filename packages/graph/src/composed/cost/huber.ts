// Huber's cost (1964): a square near the target, a straight line away from it.

import { div } from '../../ops/arithmetic/div.ts'
import { mul } from '../../ops/arithmetic/mul.ts'
import { sub } from '../../ops/arithmetic/sub.ts'
import { clamp } from '../../ops/selection/clamp.ts'
import { optionError, readOptions } from '../../options.ts'
import type { Node } from '../../record/node.ts'
import { type CostOptions, reducedCost } from './cost.ts'

/** Options of `huber`. */
export interface HuberOptions extends CostOptions {
  /** δ, where the square goes over into the line. Default 1. */
  readonly delta?: number
}

/**
 * The mean over all entries, or the sum, of ½ r² where |r| ≤ δ and δ(|r| − ½ δ) elsewhere, with
 * r = y − t. Recorded without a case: c (r − c/2) with c = min(max(r, −δ), δ).
 */
export function huber(y: Node, t: Node, options: HuberOptions = {}): Node {
  const { delta = 1, ...reduction } = readOptions('huber', options, ['delta', 'reduction'])
  if (!(Number.isFinite(delta) && delta > 0)) {
    throw optionError('huber', 'delta', delta, 'a finite number above 0')
  }
  return reducedCost('huber', [y, t], reduction, () => {
    const r = sub(y, t)
    const c = clamp(r, -delta, delta)
    return mul(c, sub(r, div(c, 2)))
  })
}
