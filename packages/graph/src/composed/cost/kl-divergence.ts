// How far a distribution is from another: Σ t log(t/p), p the softmax of logits. Cross-entropy but
// for what the targets alone cost, so that it is 0 where the two are equal.

import { add } from '../../ops/arithmetic/add.ts'
import { mulOrZero } from '../../ops/arithmetic/mul-or-zero.ts'
import { crossEntropy } from '../../ops/cost/cross-entropy.ts'
import { requireLogits } from '../../ops/cost/logits.ts'
import { targetsLast } from '../../ops/cost/targets-last.ts'
import { log } from '../../ops/entrywise/log.ts'
import { sum } from '../../ops/reduction/sum.ts'
import { noMore } from '../../options.ts'
import type { Node } from '../../record/node.ts'
import { composed } from '../composed.ts'

/**
 * Σ t log(t/softmax(z)) over all entries, the last axis a distribution: `logits` z are what a
 * softmax would be taken of, the targets t its probabilities; 0 log 0 is 0.
 */
export function klDivergence(logits: Node, t: Node): Node
export function klDivergence(logits: Node, t: Node, ...further: readonly unknown[]): Node {
  noMore('klDivergence', further)
  requireLogits('klDivergence', logits, 'softmax')
  targetsLast('klDivergence', logits, t)
  return composed('klDivergence', logits, () =>
    add(crossEntropy(logits, t), sum(mulOrZero(t, log(t)))),
  )
}
