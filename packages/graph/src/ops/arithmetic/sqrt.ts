// √x, entry by entry.

import type { Node } from '../../record/node.ts'
import { defineOp } from '../../record/op.ts'
import { apply, type Operand } from '../../record/operand.ts'
import { atom } from '../print-parts.ts'
import { div } from './div.ts'
import { mul } from './mul.ts'

export const sqrtOp = defineOp<'x'>({
  name: 'sqrt',
  operands: { x: '…' },
  line: 'y = √(x)',
  vjp: { x: (g, _args, _params, out) => div(g, mul(2, out)) },
  latex: ({ x }) => atom(`\\sqrt{${x.text}}`),
  traits: { elementwise: true, monotone: true, poles: true },
})

/** √x. */
export const sqrt: (x: Operand) => Node = (...given) => apply(sqrtOp, given)
