// a + b, entry by entry.

import { noMore } from '../../options.ts'
import type { Node } from '../../record/node.ts'
import { defineOp } from '../../record/op.ts'
import { apply, type Operand } from '../../record/operand.ts'
import { isConstant } from '../leaves.ts'
import { joined } from '../print-parts.ts'

export const addOp = defineOp<'a' | 'b'>({
  name: 'add',
  operands: { a: '…', b: '…' },
  line: 'y = a + b',
  vjp: { a: (g) => g, b: (g) => g },
  latex: ({ a, b }) => joined('sum', '+', a, b),
  traits: { elementwise: true, commutative: true },
})

/** a + b with NumPy broadcasting; x + 0 is x where the shape stays. */
export function add(a: Operand, b: Operand): Node
export function add(a: Operand, b: Operand, ...further: readonly unknown[]): Node {
  noMore('add', further)
  if (keeps(a, b)) return a
  if (keeps(b, a)) return b
  return apply(addOp, [a, b])
}

const keeps = (kept: Operand, zero: Operand): kept is Node => isConstant(zero, 0, kept)
