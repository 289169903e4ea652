// a b, and 0 where a is 0, whatever b is there: a factor of exactly 0 annuls a pole.

import type { Node } from '../../record/node.ts'
import { defineOp } from '../../record/op.ts'
import { apply, type Operand } from '../../record/operand.ts'
import { isConstant } from '../leaves.ts'
import { joined } from '../print-parts.ts'
import { mul } from './mul.ts'

export const mulOrZeroOp = defineOp<'a' | 'b'>({
  name: 'mulOrZero',
  operands: { a: '…', b: '…' },
  line: 'y = a b',
  stable: 'y = [a ≠ 0] a b',
  vjp: {
    a: (g, { b }) => mul(g, b),
    b: (g, { a }) => mulOrZero(a, g),
  },
  latex: ({ a, b }, _, shapes) =>
    shapes.a.length === 0 || shapes.b.length === 0
      ? joined('product', '\\,', a, b)
      : joined('star', '\\odot', a, b),
  traits: { elementwise: true },
})

/** a b with NumPy broadcasting, 0 where a is 0, be b infinite or NaN. */
export const mulOrZero = (a: Operand, b: Operand): Node =>
  isConstant(a, 1, b) ? b : apply(mulOrZeroOp, [a, b])
