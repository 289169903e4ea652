// a − b, entry by entry.
import type { Node } from '../node.ts'
import { defineOp } from '../op.ts'
import { apply, type Operand } from '../operand.ts'
import { leftJoined } from '../print-parts.ts'
import { isConstant } from './leaves.ts'
import { neg } from './neg.ts'

export const subOp = defineOp<'a' | 'b'>({
  name: 'sub',
  operands: { a: '…', b: '…' },
  line: 'y = a - b',
  vjp: { a: (g) => g, b: (g) => neg(g) },
  latex: ({ a, b }) => leftJoined('sum', '-', a, b),
  traits: { elementwise: true },
})

/** a − b with NumPy broadcasting. */
export const sub = (a: Operand, b: Operand): Node =>
  isConstant(b, 0, a) ? a : apply(subOp, [a, b])
