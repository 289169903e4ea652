// Chooses entry by entry: a where the condition is not 0, else b.

import type { Node } from '../../record/node.ts'
import { defineOp, type Printed } from '../../record/op.ts'
import { apply, type Operand } from '../../record/operand.ts'
import { mul } from '../arithmetic/mul.ts'
import { atom, joined, masked, unless } from '../print-parts.ts'
import { equal } from './equal.ts'

export const whereOp = defineOp<'c' | 'a' | 'b'>({
  name: 'where',
  operands: { c: '…', a: '…', b: '…' },
  line: 'y = [c ≠ 0] a + [c = 0] b',
  vjp: {
    c: null,
    a: (g, { c }) => where(c, g, 0),
    b: (g, { c }) => where(c, 0, g),
  },
  latex: ({ c, a, b }) => {
    if (b.text === '0') return masked(a, holds(c))
    if (a.text === '0') return masked(b, unless(c))
    return joined('sum', '+', masked(a, holds(c)), masked(b, unless(c)))
  },
  traits: { elementwise: true, pieces: 'kinks' },
})

/** The condition as a mask: an Iverson bracket stands for itself. */
const holds = (c: Printed): Printed => (c.text.startsWith('[') ? c : atom(`[${c.text} \\ne 0]`))

/** a where `condition` is not 0, b elsewhere; a masked value never leaks, not even an infinity. */
export const where: (condition: Operand, a: Operand, b: Operand) => Node = (...given) =>
  apply(whereOp, given)

/** A cotangent under the graph's policy for ties: where a = b, half of g when they split. */
export const tied = (a: Node, b: Node, g: Node, first: Node): Node =>
  g.graph.ties === 'split' ? where(equal(a, b), mul(0.5, g), first) : first
