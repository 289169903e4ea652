// The variance as it is defined: the mean square of what is left without the mean. Unlike
// E[x²] − E[x]² it is never below 0, and loses no digits to a large mean.

import { div } from '../ops/arithmetic/div.ts'
import { square } from '../ops/arithmetic/square.ts'
import { sub } from '../ops/arithmetic/sub.ts'
import { mean } from '../ops/reduction/mean.ts'
import { type ReduceOptions, reduceParams } from '../ops/reduction/reduction.ts'
import { sum } from '../ops/reduction/sum.ts'
import { optionError, readOptions } from '../options.ts'
import type { Node } from '../record/node.ts'
import { composed } from './composed.ts'

/** Options of `variance`: the axes, and what the sum of squares is divided by. */
export interface VarianceOptions extends ReduceOptions {
  /**
   * c in Σ (x − x̄)²/(n − c): 0, the default, for the variance of these n entries (as in batch and
   * layer normalisation), 1 for the unbiased estimate from a sample.
   */
  readonly correction?: number
}

const OPTIONS = ['axes', 'keepDims', 'correction'] as const

/**
 * Σ (x − x̄)²/(n − c) over `axes` (all of them by default), where x̄ is their mean.
 * @throws OptionError where n − c is not above 0
 */
export function variance(x: Node, options: VarianceOptions = {}): Node {
  const { correction = 0, ...reduction } = readOptions('variance', options, OPTIONS)
  const { axes, keepDims } = reduceParams('variance', x, reduction)
  const count = axes.reduce((product, axis) => product * x.shape[axis]!, 1)
  if (!(Number.isFinite(correction) && correction >= 0 && correction < count)) {
    const may = `from 0, below the ${count} entries that each variance is of`
    throw optionError('variance', 'correction', correction, may)
  }
  return composed('variance', x, () => {
    const squares = square(sub(x, mean(x, { axes, keepDims: true })))
    if (correction === 0) return mean(squares, { axes, keepDims })
    return div(sum(squares, { axes, keepDims }), count - correction)
  })
}
