// x², entry by entry.

import type { Node } from '../../record/node.ts'
import { defineOp } from '../../record/op.ts'
import { apply, type Operand } from '../../record/operand.ts'
import { isSquare, joined, raised } from '../print-parts.ts'
import { mul } from './mul.ts'

export const squareOp = defineOp<'x'>({
  name: 'square',
  operands: { x: '…' },
  line: 'y = x^2',
  vjp: { x: (g, { x }) => mul(g, mul(2, x)) },
  // Of a square matrix x² is also x x.
  latex: ({ x }, _, shapes) =>
    isSquare(shapes.x)
      ? joined('star', '\\odot', x, x)
      : { text: `${raised(x)}^{2}`, binds: 'power' },
  traits: { elementwise: true },
})

/** x². */
export const square: (x: Operand) => Node = (...given) => apply(squareOp, given)
