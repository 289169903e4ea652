// a ⊙ b, entry by entry (Hadamard's product), or a number times an array.

import { noMore } from '../../options.ts'
import type { Node } from '../../record/node.ts'
import { defineOp } from '../../record/op.ts'
import { apply, type Operand } from '../../record/operand.ts'
import { broadcastShapes, sameShape } from '../../shape.ts'
import { isConstant } from '../leaves.ts'
import { joined } from '../print-parts.ts'

export const mulOp = defineOp<'a' | 'b'>({
  name: 'mul',
  operands: { a: '…', b: '…' },
  line: 'y = a b',
  vjp: { a: (g, { b }) => mul(g, b), b: (g, { a }) => mul(g, a) },
  latex: ({ a, b }, _, shapes) => {
    // Ones that a sum sends back say nothing beside what has their shape.
    const shape = broadcastShapes([shapes.a, shapes.b])!
    if (a.text === '1' && sameShape(shapes.b, shape)) return b
    if (b.text === '1' && sameShape(shapes.a, shape)) return a
    return shapes.a.length === 0 || shapes.b.length === 0
      ? joined('product', '\\,', a, b)
      : joined('star', '\\odot', a, b)
  },
  traits: { elementwise: true, commutative: true },
})

/** a ⊙ b with NumPy broadcasting; x · 1 is x where the shape stays. */
export function mul(a: Operand, b: Operand): Node
export function mul(a: Operand, b: Operand, ...further: readonly unknown[]): Node {
  noMore('mul', further)
  if (isConstant(b, 1, a)) return a
  if (isConstant(a, 1, b)) return b
  return apply(mulOp, [a, b])
}
