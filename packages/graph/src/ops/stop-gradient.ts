// A value that counts as given while one differentiates: a target made by the network itself.
import type { Node } from '../record/node.ts'
import { defineOp } from '../record/op.ts'
import { apply, type Operand } from '../record/operand.ts'
import { applied, spoken } from './print-parts.ts'

export const stopGradientOp = defineOp<'x'>({
  name: 'stopGradient',
  operands: { x: '…' },
  line: 'y = x',
  vjp: { x: null },
  latex: ({ x }) => spoken(applied('\\operatorname{sg}', x)),
  traits: { elementwise: true, surrogate: true },
})

/**
 * x, through which no gradient passes (elsewhere detach). What `grad` gives is then no derivative
 * of the cost, on purpose, and nothing is proved of it.
 */
export const stopGradient: (x: Operand) => Node = (...given) => apply(stopGradientOp, given)
