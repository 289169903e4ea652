// The last two axes reversed: a kernel turned by 180°.

import type { Node } from '../../record/node.ts'
import { defineOp } from '../../record/op.ts'
import { apply } from '../../record/operand.ts'
import { applied } from '../print-parts.ts'

export const rot180Op = defineOp<'x'>({
  name: 'rot180',
  operands: { x: '…,m,n' },
  line: 'y_{…,i,j} = x_{…,m+1-i,n+1-j}',
  axes: '…,m,n',
  vjp: { x: (g) => rot180(g) },
  latex: ({ x }) => applied('\\operatorname{rot180}', x),
  traits: { movesOnly: true },
})

/** x with the last two axes reversed, as the textbook's rot180(w). */
export const rot180: (x: Node) => Node = (...given) => apply(rot180Op, given)
