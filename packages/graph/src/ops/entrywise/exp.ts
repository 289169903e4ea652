// e^x, entry by entry.
import type { Node } from '../../record/node.ts'
import { defineOp } from '../../record/op.ts'
import { apply, type Operand } from '../../record/operand.ts'
import { mul } from '../arithmetic/mul.ts'

export const expOp = defineOp<'x'>({
  name: 'exp',
  operands: { x: '…' },
  line: 'y = e^x',
  vjp: { x: (g, _args, _params, out) => mul(g, out) },
  latex: ({ x }) => ({ text: `e^{${x.text}}`, binds: 'power' }),
  traits: { elementwise: true, monotone: true },
})

/** e^x. */
export const exp: (x: Operand) => Node = (...given) => apply(expOp, given)
