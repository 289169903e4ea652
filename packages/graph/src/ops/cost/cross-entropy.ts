// Cross-entropy from logits: C = −Σ t log softmax(z) along the last axis, batch included.
import { ShapeError } from '../../errors.ts'
import { describeNode, Node } from '../../record/node.ts'
import { defineOp } from '../../record/op.ts'
import { apply } from '../../record/operand.ts'
import { formatShape, sameShape } from '../../shape.ts'
import { mul } from '../arithmetic/mul.ts'
import { neg } from '../arithmetic/neg.ts'
import { sub } from '../arithmetic/sub.ts'
import { within } from '../print-parts.ts'
import { logSoftmax, softmax } from '../reduction/softmax.ts'
import { sum } from '../reduction/sum.ts'

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
    z: (g, { z, t }) => mul(g, sub(mul(softmax(z), sum(t, { axes: -1, keepDims: true })), t)),
    t: (g, { z }) => neg(mul(g, logSoftmax(z))),
  },
  jacobian: {
    z: 'd_{…,j} = (Σ_k t_{…,k}) e^{z_{…,j}} / Σ_l e^{z_{…,l}} - t_{…,j}',
    t: 'd_{…,j} = -log(e^{z_{…,j}} / Σ_l e^{z_{…,l}})',
  },
  latex: ({ z, t }) => ({
    text: `-\\sum ${within(t, 'product')}\\,\\log \\operatorname{softmax}\\left(${z.text}\\right)`,
    binds: 'sum',
    spoken: true,
  }),
})

/**
 * −Σ t log softmax(logits) along the last axis.
 * @throws ShapeError where the logits already are a softmax, which would be taken twice, or any
 *   other activation, which keeps them from the values that they need
 */
export function crossEntropy(logits: Node, t: Node): Node {
  if (logits instanceof Node && logits.op.traits?.normalised) {
    throw new ShapeError(
      `crossEntropy: ${describeNode(logits)} already is a softmax; give its input, the logits`,
      logits.source,
    )
  }
  if (logits instanceof Node && logits.op.traits?.activation) {
    throw new ShapeError(
      `crossEntropy: ${describeNode(logits)} is a ${logits.op.name}; it takes logits, any numbers, ` +
        `and softmax is in it: leave the ${logits.op.name} out, or use squaredError`,
      logits.source,
    )
  }
  return apply(crossEntropyOp, [logits, t])
}
