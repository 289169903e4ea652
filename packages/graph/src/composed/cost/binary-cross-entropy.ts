// The cross-entropy of yes and no, from logits: −t log σ(z) − (1 − t) log(1 − σ(z)), in which no
// logarithm of 0 is ever taken, since −log σ(z) = softplus(−z) and −log(1 − σ(z)) = softplus(z). A
// target of exactly 0 or 1 takes its own term alone, be the logit infinite.

import { add } from '../../ops/arithmetic/add.ts'
import { mul } from '../../ops/arithmetic/mul.ts'
import { mulOrZero } from '../../ops/arithmetic/mul-or-zero.ts'
import { neg } from '../../ops/arithmetic/neg.ts'
import { sub } from '../../ops/arithmetic/sub.ts'
import { requireLogits } from '../../ops/cost/logits.ts'
import { targetsLast } from '../../ops/cost/targets-last.ts'
import { softplus } from '../../ops/entrywise/softplus.ts'
import { optionError, readOptions } from '../../options.ts'
import type { Node } from '../../record/node.ts'
import { type CostOptions, reducedCost } from './cost.ts'

/** Options of {@link binaryCrossEntropy}. */
export interface BinaryCrossEntropyOptions extends CostOptions {
  /** w in −w t log σ(z) − (1 − t) log(1 − σ(z)): how much a yes counts. Default 1. */
  readonly positiveWeight?: number
}

const SYNONYMS = { pos_weight: 'positiveWeight', posWeight: 'positiveWeight' }

/**
 * The mean over all entries, or the sum, of −t log σ(z) − (1 − t) log(1 − σ(z)). `logits` z are
 * what a sigmoid would be taken of; each target t is 0 or 1, or a probability between them.
 * @throws ShapeError where the logits already are a sigmoid, or any other activation
 */
export function binaryCrossEntropy(
  logits: Node,
  t: Node,
  options: BinaryCrossEntropyOptions = {},
): Node {
  requireLogits('binaryCrossEntropy', logits, 'sigmoid')
  targetsLast('binaryCrossEntropy', logits, t)
  const known = ['reduction', 'positiveWeight'] as const
  const given = readOptions('binaryCrossEntropy', options, known, SYNONYMS)
  const { positiveWeight: weight = 1, ...reduction } = given
  if (!(Number.isFinite(weight) && weight > 0)) {
    throw optionError('binaryCrossEntropy', 'positiveWeight', weight, 'a finite number above 0')
  }
  return reducedCost('binaryCrossEntropy', [logits, t], reduction, () => {
    const yes = mulOrZero(t, softplus(neg(logits)))
    return add(weight === 1 ? yes : mul(weight, yes), mulOrZero(sub(1, t), softplus(logits)))
  })
}
