// The sign of x: −1, 0 or 1.

import type { Node } from '../../record/node.ts'
import { defineOp } from '../../record/op.ts'
import { apply, type Operand } from '../../record/operand.ts'
import { applied } from '../print-parts.ts'

export const signOp = defineOp<'x'>({
  name: 'sign',
  operands: { x: '…' },
  line: 'y = sign(x)',
  vjp: { x: null },
  latex: ({ x }) => applied('\\operatorname{sign}', x),
  traits: { elementwise: true, stepwise: true, monotone: true },
})

/** The sign of x: −1, 0 or 1; its derivative is 0. */
export const sign: (x: Operand) => Node = (...given) => apply(signOp, given)
