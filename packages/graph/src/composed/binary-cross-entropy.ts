// The cross-entropy of yes and no, from logits: −t log σ(z) − (1 − t) log(1 − σ(z)), in which no
// logarithm of 0 is ever taken, since −log σ(z) = softplus(−z) and −log(1 − σ(z)) = softplus(z).
import type { Node } from '../node.ts'
import { add } from '../ops/add.ts'
import { mul } from '../ops/mul.ts'
import { neg } from '../ops/neg.ts'
import { softplus } from '../ops/softplus.ts'
import { sub } from '../ops/sub.ts'
import { readOptions } from '../options.ts'
import { type CostOptions, reducedCost } from './cost.ts'

/**
 * The mean over all entries, or the sum, of −t log σ(z) − (1 − t) log(1 − σ(z)). `logits` z are
 * what a sigmoid would be taken of; each target t is 0 or 1, or a probability between them.
 */
export function binaryCrossEntropy(logits: Node, t: Node, options: CostOptions = {}): Node {
  const given = readOptions('binaryCrossEntropy', options, ['reduction'])
  return reducedCost('binaryCrossEntropy', [logits, t], given, () =>
    add(mul(t, softplus(neg(logits))), mul(sub(1, t), softplus(logits))),
  )
}
