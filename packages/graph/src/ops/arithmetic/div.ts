// a / b, entry by entry.

import type { Node } from '../../record/node.ts'
import { defineOp } from '../../record/op.ts'
import { apply, type Operand } from '../../record/operand.ts'
import { atom } from '../print-parts.ts'
import { mul } from './mul.ts'
import { neg } from './neg.ts'

export const divOp = defineOp<'a' | 'b'>({
  name: 'div',
  operands: { a: '…', b: '…' },
  line: 'y = a / b',
  vjp: {
    a: (g, { b }) => div(g, b),
    b: (g, { b }, _params, out) => neg(div(mul(g, out), b)),
  },
  latex: ({ a, b }) => atom(`\\frac{${a.text}}{${b.text}}`),
  traits: { elementwise: true, poles: true },
})

/** a / b with NumPy broadcasting. */
export const div: (a: Operand, b: Operand) => Node = (...given) => apply(divOp, given)
