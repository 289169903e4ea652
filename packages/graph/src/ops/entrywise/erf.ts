// The error function, erf(x) = 2/√π ∫₀ˣ e^{−t²} dt.

import type { Node } from '../../record/node.ts'
import { defineOp } from '../../record/op.ts'
import { apply, type Operand } from '../../record/operand.ts'
import { div } from '../arithmetic/div.ts'
import { mul } from '../arithmetic/mul.ts'
import { neg } from '../arithmetic/neg.ts'
import { sqrt } from '../arithmetic/sqrt.ts'
import { square } from '../arithmetic/square.ts'
import { timesPi } from '../arithmetic/times-pi.ts'
import { applied } from '../print-parts.ts'
import { exp } from './exp.ts'

export const erfOp = defineOp<'x'>({
  name: 'erf',
  operands: { x: '…' },
  line: 'y = erf(x)',
  // 2 e^{−x²}/√π
  vjp: {
    x: (g, { x }) => {
      const bell = mul(2, exp(neg(square(x))))
      return mul(g, div(bell, sqrt(timesPi(x.graph.constant(1)))))
    },
  },
  latex: ({ x }) => applied('\\operatorname{erf}', x),
  traits: { elementwise: true, monotone: true },
})

/** erf(x) = 2/√π ∫₀ˣ e^{−t²} dt, between −1 and 1. */
export const erf: (x: Operand) => Node = (...given) => apply(erfOp, given)
