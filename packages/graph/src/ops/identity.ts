// The activation that changes nothing: a(x) = x, as in the notes' pooling layer.
import type { Node } from '../record/node.ts'
import { defineOp } from '../record/op.ts'
import { apply, type Operand } from '../record/operand.ts'

export const identityOp = defineOp<'x'>({
  name: 'identity',
  operands: { x: '…' },
  line: 'y = x',
  vjp: { x: (g) => g },
  latex: ({ x }) => x,
  traits: { elementwise: true, monotone: true, activation: true },
})

/** x itself, as a node of its own, so that input and output of a layer can be named apart. */
export const identity: (x: Operand) => Node = (...given) => apply(identityOp, given)
