// Cross-entropy from logits: C = −Σ t log softmax(z) along the last axis, batch included.
import { optionError, readOptions } from '../../options.ts'
import type { Node } from '../../record/node.ts'
import { defineOp } from '../../record/op.ts'
import { apply } from '../../record/operand.ts'
import { formatShape, sameShape } from '../../shape.ts'
import { add } from '../arithmetic/add.ts'
import { div } from '../arithmetic/div.ts'
import { mul } from '../arithmetic/mul.ts'
import { mulOrZero } from '../arithmetic/mul-or-zero.ts'
import { neg } from '../arithmetic/neg.ts'
import { sub } from '../arithmetic/sub.ts'
import { log } from '../entrywise/log.ts'
import { within } from '../print-parts.ts'
import { logSoftmax, namedSoftmax, softmax } from '../reduction/softmax.ts'
import { sum } from '../reduction/sum.ts'
import { requireLogits } from './logits.ts'
import { targetsLast } from './targets-last.ts'

export const crossEntropyOp = defineOp<'z' | 't'>({
  name: 'crossEntropy',
  operands: { z: '…', t: '…' },
  line: 'C = -Σ_{…,k} t_{…,k} log(e^{z_{…,k}} / Σ_l e^{z_{…,l}})',
  // A class of target 0 adds nothing, be its logit −∞.
  stable:
    'C = -Σ_{…,k} [t_{…,k} ≠ 0] t_{…,k} (z_{…,k} - max_o z_{…,o} - log(Σ_l e^{z_{…,l} - max_o z_{…,o}}))',
  axes: '',
  check: ({ z, t }) => {
    if (z.length === 0) return 'z is a single number; it needs an axis of classes'
    return sameShape(z, t)
      ? undefined
      : `z ${formatShape(z)} and t ${formatShape(t)} differ in shape`
  },
  vjp: {
    // softmax(z) Σ_k t_k − t, which is y − t where the targets sum to 1
    z: (g, { z, t }) =>
      mul(g, sub(mul(sum(t, { axes: -1, keepDims: t.shape.length > 1 }), softmax(z)), t)),
    t: (g, { z }) => neg(mul(g, logSoftmax(z))),
  },
  // Not even a logit of −∞ counts where its target is 0.
  expansion: ({ z, t }) => neg(sum(mulOrZero(t, logSoftmax(z)))),
  jacobian: {
    z: 'd_{…,j} = (Σ_k t_{…,k}) e^{z_{…,j}} / Σ_l e^{z_{…,l}} - t_{…,j}',
    t: 'd_{…,j} = -log(e^{z_{…,j}} / Σ_l e^{z_{…,l}})',
  },
  latex: ({ z, t }) => ({
    text: `-\\sum ${within(t, 'product')}\\,\\log \\operatorname{softmax}\\left(${z.text}\\right)`,
    binds: 'sum',
    spoken: true,
  }),
  restated: ({ z, t }) => {
    const y = namedSoftmax(z, z.shape.length - 1)
    return y && neg(sum(mul(t, log(y))))
  },
})

/** Options of {@link crossEntropy}. */
export interface CrossEntropyOptions {
  /** The sum over all rows, or that divided by the weight Σ w t of all targets. Default 'sum'. */
  readonly reduction?: 'sum' | 'mean'
  /** ε in t ← (1 − ε) t + ε/K, K the number of classes (Szegedy et al., 2016). Default 0. */
  readonly labelSmoothing?: number
  /** w in −Σ w t log softmax(z): how much each class counts. Default 1 each. */
  readonly weights?: readonly number[]
}

const SYNONYMS = { label_smoothing: 'labelSmoothing', weight: 'weights', classWeight: 'weights' }

/**
 * −Σ w t log softmax(logits) along the last axis, summed over all rows. A row whose targets are all
 * 0 costs nothing: thus one is left out.
 * @throws ShapeError where the logits already are a softmax, which would be taken twice, or any
 *   other activation, which keeps them from the values that they need
 */
export function crossEntropy(logits: Node, t: Node, options: CrossEntropyOptions = {}): Node {
  requireLogits('crossEntropy', logits, 'softmax')
  targetsLast('crossEntropy', logits, t)
  const known = ['reduction', 'labelSmoothing', 'weights'] as const
  const given = readOptions('crossEntropy', options, known, SYNONYMS)
  const { reduction = 'sum', labelSmoothing = 0 } = given
  const plain = apply(crossEntropyOp, [logits, t])
  if (reduction !== 'sum' && reduction !== 'mean') {
    throw optionError('crossEntropy', 'reduction', reduction, "'sum' or 'mean'")
  }
  if (!(labelSmoothing >= 0 && labelSmoothing <= 1)) {
    throw optionError('crossEntropy', 'labelSmoothing', labelSmoothing, 'from 0 to 1')
  }
  const classes = t.shape.at(-1)!
  const weights = given.weights && weightsOf(given.weights, classes)
  return t.graph.recordingHere(() => {
    const weighted = (target: Node): Node => (weights ? mul(target, weights(target)) : target)
    const each = sum(t, { axes: -1, keepDims: true })
    const smoothed = add(mul(1 - labelSmoothing, t), mul(labelSmoothing / classes, each))
    const target = weighted(labelSmoothing === 0 ? t : smoothed)
    const total = target === t ? plain : apply(crossEntropyOp, [logits, target])
    return reduction === 'sum' ? total : div(total, sum(weighted(t)))
  })
}

function weightsOf(weights: unknown, classes: number): (target: Node) => Node {
  const isList = Array.isArray(weights) || ArrayBuffer.isView(weights)
  const list = isList ? Array.from(weights as ArrayLike<number>) : []
  if (list.length === classes && list.every((w) => Number.isFinite(w) && w >= 0)) {
    return (target) => target.graph.constant(list, [classes])
  }
  const may = `${classes} numbers from 0, one for each class`
  throw optionError('crossEntropy', 'weights', weights, may)
}
