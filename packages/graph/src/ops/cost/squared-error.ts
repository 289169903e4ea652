// The notes' cost: C = ½ Σ (t − y)², summed over everything, batch included.

import type { Node } from '../../record/node.ts'
import { defineOp } from '../../record/op.ts'
import { apply } from '../../record/operand.ts'
import { formatShape, sameShape } from '../../shape.ts'
import { mul } from '../arithmetic/mul.ts'
import { square } from '../arithmetic/square.ts'
import { sub } from '../arithmetic/sub.ts'
import { isSquare, within } from '../print-parts.ts'
import { sum } from '../reduction/sum.ts'

export const squaredErrorOp = defineOp<'y' | 't'>({
  name: 'squaredError',
  operands: { y: '…', t: '…' },
  line: 'C = 1/2 Σ_… (t - y)^2',
  axes: '',
  check: ({ y, t }) =>
    sameShape(y, t) ? undefined : `y ${formatShape(y)} and t ${formatShape(t)} differ in shape`,
  vjp: {
    y: (g, { y, t }) => mul(g, sub(y, t)),
    t: (g, { y, t }) => mul(g, sub(t, y)),
  },
  expansion: ({ y, t }) => mul(0.5, sum(square(sub(t, y)))),
  latex: ({ y, t }, _, shapes) => ({
    text: `\\tfrac{1}{2} \\sum \\left(${t.text} - ${within(y, 'star')}\\right)^{2}`,
    binds: 'product',
    open: true,
    ...(isSquare(shapes.y) && { spoken: true }),
  }),
})

/** ½ Σ (t − y)²; y and t have one shape, the result is a number. */
export const squaredError: (y: Node, t: Node) => Node = (...given) => apply(squaredErrorOp, given)
