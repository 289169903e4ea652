// σ(x) = 1/(1 + e^{−x}), the notes' activation, and its derivatives.

import type { Node } from '../../record/node.ts'
import { defineOp } from '../../record/op.ts'
import { apply, type Operand } from '../../record/operand.ts'
import { mul } from '../arithmetic/mul.ts'
import { sub } from '../arithmetic/sub.ts'
import { applied } from '../print-parts.ts'

export const sigmoidOp = defineOp<'x'>({
  name: 'sigmoid',
  operands: { x: '…' },
  line: 'y = 1/(1 + e^{-x})',
  // No exponential overflows, and below −709 it is e^x still.
  stable: 'y = e^{min(x, 0)}/(1 + e^{-|x|})',
  vjp: { x: (g, { x }) => mul(g, sigmoidPrime(x)) },
  latex: ({ x }) => applied('\\sigma', x),
  jacobian: { x: 'd = y (1 - y)' },
  traits: { elementwise: true, monotone: true, activation: true },
})

/** σ(x), between 0 and 1. */
export const sigmoid: (x: Operand) => Node = (...given) => apply(sigmoidOp, given)

export const sigmoidPrimeOp = defineOp<'x'>({
  name: 'sigmoidPrime',
  operands: { x: '…' },
  line: 'y = e^{-x}/(1 + e^{-x})^2',
  stable: 'y = e^{-|x|}/(1 + e^{-|x|})^2',
  // σ″ = σ′ (1 − 2σ)
  vjp: { x: (g, { x }, _, out) => mul(g, mul(out, sub(1, mul(2, sigmoid(x))))) },
  latex: ({ x }) => applied("\\sigma'", x),
  traits: { elementwise: true },
})

/** σ′(x) = σ(x)(1 − σ(x)). */
export const sigmoidPrime: (x: Operand) => Node = (...given) => apply(sigmoidPrimeOp, given)
