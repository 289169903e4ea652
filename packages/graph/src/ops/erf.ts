// The error function, erf(x) = 2/√π ∫₀ˣ e^{−t²} dt.
import type { Node } from '../node.ts'
import { defineOp } from '../op.ts'
import { apply, type Operand } from '../operand.ts'
import { applied } from '../print-parts.ts'
import { div } from './div.ts'
import { exp } from './exp.ts'
import { mul } from './mul.ts'
import { neg } from './neg.ts'
import { sqrt } from './sqrt.ts'
import { square } from './square.ts'
import { timesPi } from './times-pi.ts'

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
export const erf = (x: Operand): Node => apply(erfOp, [x])
