// a / b, and 0 where b is 0: what a derivative such as x/‖x‖ is taken to be at its only kink.

import type { Node } from '../../record/node.ts'
import { defineOp } from '../../record/op.ts'
import { apply, type Operand } from '../../record/operand.ts'
import { atom } from '../print-parts.ts'
import { mul } from './mul.ts'
import { neg } from './neg.ts'

export const divideOrZeroOp = defineOp<'a' | 'b'>({
  name: 'divideOrZero',
  operands: { a: '…', b: '…' },
  line: 'y = [b ≠ 0] a / b',
  vjp: {
    a: (g, { b }) => divideOrZero(g, b),
    b: (g, { b }, _params, out) => neg(divideOrZero(mul(g, out), b)),
  },
  latex: ({ a, b }) => atom(`\\frac{${a.text}}{${b.text}}`),
  traits: { elementwise: true },
})

/** a / b with NumPy broadcasting, 0 where b is 0; so are its derivatives there. */
export const divideOrZero: (a: Operand, b: Operand) => Node = (...given) =>
  apply(divideOrZeroOp, given)
