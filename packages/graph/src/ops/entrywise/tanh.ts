// tanh(x), and its derivative.

import type { Node } from '../../record/node.ts'
import { defineOp } from '../../record/op.ts'
import { apply, type Operand } from '../../record/operand.ts'
import { mul } from '../arithmetic/mul.ts'
import { applied } from '../print-parts.ts'

export const tanhOp = defineOp<'x'>({
  name: 'tanh',
  operands: { x: '…' },
  line: 'y = tanh(x)',
  vjp: { x: (g, { x }) => mul(g, tanhPrime(x)) },
  latex: ({ x }) => applied('\\tanh', x),
  traits: { elementwise: true, monotone: true, activation: true },
})

/** The hyperbolic tangent of x. */
export const tanh: (x: Operand) => Node = (...given) => apply(tanhOp, given)

export const tanhPrimeOp = defineOp<'x'>({
  name: 'tanhPrime',
  operands: { x: '…' },
  line: 'y = 1 - tanh(x)^2',
  // 4/(e^x + e^{−x})² keeps its digits where tanh(x)² rounds to 1.
  stable: 'y = 4 e^{-2|x|}/(1 + e^{-2|x|})^2',
  // tanh″ = −2 tanh tanh′
  vjp: { x: (g, { x }, _params, out) => mul(g, mul(-2, mul(tanh(x), out))) },
  latex: ({ x }) => applied("\\tanh'", x),
  traits: { elementwise: true },
})

/** tanh′(x) = 1 − tanh²(x). */
export const tanhPrime: (x: Operand) => Node = (...given) => apply(tanhPrimeOp, given)
