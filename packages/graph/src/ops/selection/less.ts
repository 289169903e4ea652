// [a < b]: 1 where the relation holds, 0 elsewhere.

import type { Node } from '../../record/node.ts'
import { defineOp } from '../../record/op.ts'
import { apply, type Operand } from '../../record/operand.ts'
import { bracket } from '../print-parts.ts'

export const lessOp = defineOp<'a' | 'b'>({
  name: 'less',
  operands: { a: '…', b: '…' },
  line: 'y = [a < b]',
  vjp: {
    a: null,
    b: null,
  },
  latex: ({ a, b }) => bracket(a, '<', b),
  traits: { elementwise: true, stepwise: true },
})

/** 1 where a < b, else 0; its derivative is 0. */
export const less: (a: Operand, b: Operand) => Node = (...given) => apply(lessOp, given)
