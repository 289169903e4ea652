// What a cost with an activation inside it is given: logits, and no activation of them.
import { ShapeError } from '../../errors.ts'
import { describeNode, Node } from '../../record/node.ts'

/**
 * `inside` is what the cost applies to its logits.
 * @throws ShapeError where they already are that activation, which would be taken twice, or any
 *   other, which keeps them from the values that they need
 */
export function requireLogits(cost: string, logits: unknown, inside: 'softmax' | 'sigmoid'): void {
  if (!(logits instanceof Node)) return
  const { name, traits } = logits.op
  if (!(traits?.normalised || traits?.activation)) return
  const which = traits.normalised ? 'softmax' : name
  const article = /^[aeio]/.test(which) ? 'an' : 'a'
  throw new ShapeError(
    which === inside
      ? `${cost}: ${describeNode(logits)} already is a ${which}; give its input, the logits`
      : `${cost}: ${describeNode(logits)} is ${article} ${which}; it takes logits, any numbers, ` +
          `and ${inside} is in it: leave the ${which} out, or use squaredError`,
    logits.source,
  )
}
