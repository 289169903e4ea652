// −x, entry by entry.

import { Node } from '../../record/node.ts'
import { defineOp } from '../../record/op.ts'
import { apply, type Operand } from '../../record/operand.ts'
import { within } from '../print-parts.ts'

export const negOp = defineOp<'x'>({
  name: 'neg',
  operands: { x: '…' },
  line: 'y = -x',
  vjp: { x: (g) => neg(g) },
  latex: ({ x }) => ({ text: `-${within(x, 'product')}`, binds: 'sum' }),
  traits: { elementwise: true },
})

/** −x; −−x is x. */
export const neg: (x: Operand) => Node = (...given) => {
  const [x] = given
  return x instanceof Node && x.op === negOp ? x.args[0]! : apply(negOp, given)
}
