// The larger of a and b, entry by entry. At a tie the graph's policy shares the derivative.

import type { Node } from '../../record/node.ts'
import { defineOp } from '../../record/op.ts'
import { apply, type Operand } from '../../record/operand.ts'
import { applied } from '../print-parts.ts'
import { less } from './less.ts'
import { tied, where } from './where.ts'

export const maximumOp = defineOp<'a' | 'b'>({
  name: 'maximum',
  operands: { a: '…', b: '…' },
  line: 'y = max(a, b)',
  vjp: {
    a: (g, { a, b }) => tied(a, b, g, where(less(a, b), 0, g)),
    b: (g, { a, b }) => tied(a, b, g, where(less(a, b), g, 0)),
  },
  latex: ({ a, b }) => applied('\\max', a, b),
  traits: { elementwise: true, pieces: 'ties' },
})

/** The larger of a and b; at a tie the first wins, or under ties 'split' both share. */
export const maximum: (a: Operand, b: Operand) => Node = (...given) => apply(maximumOp, given)
