// log(1 + e^x), a smooth relu.
import type { Node } from '../node.ts'
import { defineOp } from '../op.ts'
import { apply, type Operand } from '../operand.ts'
import { applied } from '../print-parts.ts'
import { mul } from './mul.ts'
import { sigmoid } from './sigmoid.ts'

export const softplusOp = defineOp<'x'>({
  name: 'softplus',
  operands: { x: '…' },
  line: 'y = log(1 + e^x)',
  stable: 'y = max(0, x) + log1p(e^{-|x|})',
  vjp: { x: (g, { x }) => mul(g, sigmoid(x)) },
  latex: ({ x }) => applied('\\operatorname{softplus}', x),
  traits: { elementwise: true, monotone: true, activation: true },
})

/** log(1 + e^x). */
export const softplus = (x: Operand): Node => apply(softplusOp, [x])
