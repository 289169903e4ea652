// The variance as it is defined: the mean square of what is left without the mean. Unlike
// E[x²] − E[x]² it is never below 0, and loses no digits to a large mean. Its root is a norm, which
// has a derivative, 0, where all entries are equal.

import { div } from '../ops/arithmetic/div.ts'
import { sqrt } from '../ops/arithmetic/sqrt.ts'
import { square } from '../ops/arithmetic/square.ts'
import { sub } from '../ops/arithmetic/sub.ts'
import { mean } from '../ops/reduction/mean.ts'
import { norm } from '../ops/reduction/norm.ts'
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
const SYNONYMS = { ddof: 'correction', axis: 'axes', dim: 'axes', keepdims: 'keepDims' }

/** Its axes, and n − c. @throws OptionError where that is not above 0 */
function parts(op: string, x: Node, options: VarianceOptions) {
  const { correction = 0, ...reduction } = readOptions(op, options, OPTIONS, SYNONYMS)
  const { axes, keepDims } = reduceParams(op, x, reduction)
  const count = axes.reduce((product, axis) => product * x.shape[axis]!, 1)
  if (!(Number.isFinite(correction) && correction >= 0 && correction < count)) {
    const may = `from 0, below the ${count} entries that each ${op} is of`
    throw optionError(op, 'correction', correction, may)
  }
  const apart = () => sub(x, mean(x, { axes, keepDims: true }))
  return { over: { axes, keepDims }, correction, left: count - correction, apart }
}

/**
 * Σ (x − x̄)²/(n − c) over `axes` (all of them by default), where x̄ is their mean.
 * @throws OptionError where n − c is not above 0
 */
export function variance(x: Node, options: VarianceOptions = {}): Node {
  const { over, correction, left, apart } = parts('variance', x, options)
  return composed('variance', x, () => {
    const squares = square(apart())
    return correction === 0 ? mean(squares, over) : div(sum(squares, over), left)
  })
}

/**
 * The standard deviation √(Σ (x − x̄)²/(n − c)) over `axes` (all of them by default). Its derivative
 * where all entries are equal is 0. @throws OptionError where n − c is not above 0
 */
export function std(x: Node, options: VarianceOptions = {}): Node {
  const { over, left, apart } = parts('std', x, options)
  // The root of a whole number is no float: as a node it is the number itself to a proof.
  return composed('std', x, () => div(norm(apart(), over), sqrt(x.graph.constant(left))))
}
