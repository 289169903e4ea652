// relu and its kin. Their derivative at the kink is the graph's policy, `reluAtZero`.

import { optionError, readOptions } from '../../options.ts'
import type { Node } from '../../record/node.ts'
import { defineOp } from '../../record/op.ts'
import { apply, type Operand } from '../../record/operand.ts'
import { add } from '../arithmetic/add.ts'
import { mul } from '../arithmetic/mul.ts'
import { applied } from '../print-parts.ts'
import { equal } from '../selection/equal.ts'
import { greater } from '../selection/greater.ts'
import { where } from '../selection/where.ts'

export const reluOp = defineOp<'x'>({
  name: 'relu',
  operands: { x: '…' },
  line: 'y = [x > 0] x',
  vjp: { x: (g, { x }) => sided(x, g, 0) },
  latex: ({ x }) => applied('\\operatorname{relu}', x),
  traits: { elementwise: true, monotone: true, activation: true, pieces: 'kinks' },
})

/** max(0, x); its derivative at 0 is the graph's `reluAtZero`, 0 by default. */
export const relu: (x: Operand) => Node = (...given) => apply(reluOp, given)

export const leakyReluOp = defineOp<'x', { slope: number }>({
  name: 'leakyRelu',
  operands: { x: '…' },
  line: 'y = [x > 0] x + [x ≤ 0] α x',
  symbols: ({ slope }) => ({ α: slope }),
  params: { slope: 'number' },
  vjp: { x: (g, { x }, { slope }) => sided(x, g, mul(slope, g)) },
  latex: ({ x }) => applied('\\operatorname{leakyrelu}', x),
  traits: { elementwise: true, activation: true, pieces: 'kinks' },
})

/** x where positive, `slope` · x elsewhere. */
export function leakyRelu(x: Operand, options: { slope?: number } = {}): Node {
  const { slope = 0.01 } = readOptions('leakyRelu', options, ['slope'], {
    ...{ alpha: 'slope', negativeSlope: 'slope', negative_slope: 'slope' },
  })
  if (!Number.isFinite(slope)) throw optionError('leakyRelu', 'slope', slope, 'a finite number')
  return apply(leakyReluOp, [x], { slope })
}

/** g right of the kink, `left` of it the other, and at it the mixture that the policy says. */
export function sided(x: Node, g: Node, left: Operand): Node {
  const weight = g.graph.reluAtZero
  const right = where(greater(x, 0), g, left)
  if (weight === 0) return right
  const rest = typeof left === 'number' ? mul(weight, g) : mix(weight, g, left)
  return where(equal(x, 0), rest, right)
}

const mix = (weight: number, g: Node, left: Node): Node =>
  weight === 1 ? g : add(mul(weight, g), mul(1 - weight, left))
