// log(1 + e^x), a smooth relu.

import type { Node } from '../../record/node.ts'
import { defineOp } from '../../record/op.ts'
import { apply, type Operand } from '../../record/operand.ts'
import { mul } from '../arithmetic/mul.ts'
import { applied } from '../print-parts.ts'
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
export const softplus: (x: Operand) => Node = (...given) => apply(softplusOp, given)
