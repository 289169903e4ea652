// a − b, entry by entry.

import type { Node } from '../../record/node.ts'
import { defineOp } from '../../record/op.ts'
import { apply, type Operand } from '../../record/operand.ts'
import { isConstant } from '../leaves.ts'
import { leftJoined } from '../print-parts.ts'
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
export const sub: (a: Operand, b: Operand) => Node = (...given) => {
  const [a, b] = given
  return given.length === 2 && isConstant(b, 0, a) ? a : apply(subOp, given)
}
