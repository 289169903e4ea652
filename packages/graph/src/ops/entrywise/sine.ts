// sin(x) and cos(x): each is the other's derivative.

import type { Node } from '../../record/node.ts'
import { defineOp } from '../../record/op.ts'
import { apply, type Operand } from '../../record/operand.ts'
import { mul } from '../arithmetic/mul.ts'
import { neg } from '../arithmetic/neg.ts'
import { applied } from '../print-parts.ts'

export const sinOp = defineOp<'x'>({
  name: 'sin',
  operands: { x: '…' },
  line: 'y = sin(x)',
  vjp: { x: (g, { x }) => mul(g, cos(x)) },
  latex: ({ x }) => applied('\\sin', x),
  traits: { elementwise: true },
})

/** The sine of x, an angle in radians; of ±∞ NaN. */
export const sin: (x: Operand) => Node = (...given) => apply(sinOp, given)

export const cosOp = defineOp<'x'>({
  name: 'cos',
  operands: { x: '…' },
  line: 'y = cos(x)',
  vjp: { x: (g, { x }) => neg(mul(g, sin(x))) },
  latex: ({ x }) => applied('\\cos', x),
  traits: { elementwise: true },
})

/** The cosine of x, an angle in radians; of ±∞ NaN. */
export const cos: (x: Operand) => Node = (...given) => apply(cosOp, given)
