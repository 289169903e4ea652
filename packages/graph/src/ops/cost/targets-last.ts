// The costs that are not the same with their operands swapped: logits first, targets second.
import { ShapeError } from '../../errors.ts'
import { topologicalOrder } from '../../order.ts'
import { describeNode, Node } from '../../record/node.ts'
import { inputOp, parameterOp } from '../leaves.ts'

/** @throws ShapeError where an input stands first, and behind it what parameters are trained for */
export function targetsLast(op: string, logits: unknown, t: unknown): void {
  if (!(logits instanceof Node && logits.op === inputOp && t instanceof Node)) return
  if (t.args.length === 0 || topologicalOrder([t]).every((node) => node.op !== parameterOp)) return
  const [input, made] = [describeNode(logits), describeNode(t)]
  throw new ShapeError(
    `${op}: ${input} is an input, and ${made} is computed from parameters: are they swapped? ` +
      `It takes the logits first, then the targets: ${op}(logits, targets)`,
  )
}
