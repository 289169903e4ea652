// The smaller of a and b, entry by entry. At a tie the graph's policy shares the derivative.

import type { Node } from '../../record/node.ts'
import { defineOp } from '../../record/op.ts'
import { apply, type Operand } from '../../record/operand.ts'
import { applied } from '../print-parts.ts'
import { less } from './less.ts'
import { tied, where } from './where.ts'

export const minimumOp = defineOp<'a' | 'b'>({
  name: 'minimum',
  operands: { a: '…', b: '…' },
  line: 'y = min(a, b)',
  vjp: {
    a: (g, { a, b }) => tied(a, b, g, where(less(b, a), 0, g)),
    b: (g, { a, b }) => tied(a, b, g, where(less(b, a), g, 0)),
  },
  latex: ({ a, b }) => applied('\\min', a, b),
  traits: { elementwise: true, pieces: 'ties' },
})

/** The smaller of a and b; at a tie the first wins, or under ties 'split' both share. */
export const minimum: (a: Operand, b: Operand) => Node = (...given) => apply(minimumOp, given)
