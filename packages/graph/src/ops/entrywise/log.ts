// The natural logarithm, entry by entry.

import type { Node } from '../../record/node.ts'
import { defineOp } from '../../record/op.ts'
import { apply, type Operand } from '../../record/operand.ts'
import { div } from '../arithmetic/div.ts'
import { applied } from '../print-parts.ts'

export const logOp = defineOp<'x'>({
  name: 'log',
  operands: { x: '…' },
  line: 'y = log(x)',
  vjp: { x: (g, { x }) => div(g, x) },
  latex: ({ x }) => applied('\\log', x),
  traits: { elementwise: true, monotone: true, poles: true },
})

/** The natural logarithm of x. */
export const log: (x: Operand) => Node = (...given) => apply(logOp, given)
