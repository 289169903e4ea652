// [a = b]: 1 where the relation holds, 0 elsewhere.

import type { Node } from '../../record/node.ts'
import { defineOp } from '../../record/op.ts'
import { apply, type Operand } from '../../record/operand.ts'
import { bracket } from '../print-parts.ts'

export const equalOp = defineOp<'a' | 'b'>({
  name: 'equal',
  operands: { a: '…', b: '…' },
  line: 'y = [a = b]',
  vjp: {
    a: null,
    b: null,
  },
  latex: ({ a, b }) => bracket(a, '=', b),
  traits: { elementwise: true, commutative: true, stepwise: true },
})

/** 1 where a = b, else 0; its derivative is 0. */
export const equal: (a: Operand, b: Operand) => Node = (...given) => apply(equalOp, given)
