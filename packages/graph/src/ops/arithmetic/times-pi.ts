// π x. A constant of the graph is a decimal; this is how a formula has π itself, so that what is
// made of it can be proved: √(2/π) is sqrt(div(2, timesPi(constant(1)))).
import type { Node } from '../../record/node.ts'
import { defineOp } from '../../record/op.ts'
import { apply, type Operand } from '../../record/operand.ts'

export const timesPiOp = defineOp<'x'>({
  name: 'timesPi',
  operands: { x: '…' },
  line: 'y = π x',
  vjp: { x: (g) => timesPi(g) },
  latex: ({ x }) => ({ text: x.text === '1' ? '\\pi' : `\\pi ${factor(x)}`, binds: 'product' }),
  traits: { elementwise: true, monotone: true },
})

const factor = ({ text, binds }: { text: string; binds: string }): string =>
  binds === 'sum' || /^[-\d]/.test(text) ? `\\left(${text}\\right)` : text

/** π x, entry by entry. */
export const timesPi: (x: Operand) => Node = (...given) => apply(timesPiOp, given)
