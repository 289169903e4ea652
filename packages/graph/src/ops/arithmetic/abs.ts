// |x|, entry by entry.

import type { Node } from '../../record/node.ts'
import { defineOp } from '../../record/op.ts'
import { apply, type Operand } from '../../record/operand.ts'
import { atom } from '../print-parts.ts'
import { mul } from './mul.ts'
import { sign } from './sign.ts'

export const absOp = defineOp<'x'>({
  name: 'abs',
  operands: { x: '…' },
  line: 'y = |x|',
  vjp: { x: (g, { x }) => mul(g, sign(x)) },
  latex: ({ x }) => atom(`\\left|${x.text}\\right|`),
  traits: { elementwise: true, pieces: 'kinks' },
})

/** |x|; its derivative at 0 is 0. */
export const abs: (x: Operand) => Node = (...given) => apply(absOp, given)
