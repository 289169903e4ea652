// The product of matrices, or of stacks of them.

import type { Node } from '../../record/node.ts'
import { defineOp } from '../../record/op.ts'
import { apply } from '../../record/operand.ts'
import { matrixTranspose } from '../movement/transpose.ts'
import { joined, spoken } from '../print-parts.ts'
import { sumTo } from '../reduction/sum.ts'

export const matmulOp = defineOp<'a' | 'b'>({
  name: 'matmul',
  operands: { a: '…,I,K', b: '…,K,J' },
  line: 'y_{…,i,j} = Σ_k a_{…,i,k} b_{…,k,j}',
  axes: '…,I,J',
  vjp: {
    a: (g, { a, b }) => sumTo(matmul(g, matrixTranspose(b)), a.shape),
    b: (g, { a, b }) => sumTo(matmul(matrixTranspose(a), g), b.shape),
  },
  // Of stacks of matrices each is multiplied, which A B does not say.
  latex: ({ a, b }, _, shapes) => {
    const written = joined('product', '\\,', a, b)
    const isStack = [shapes.a, shapes.b].some((shape) => shape.slice(0, -2).some((n) => n > 1))
    return isStack ? spoken(written) : written
  },
})

/**
 * y_{ij} = Σ_k a_{ik} b_{kj} over the last two axes; the leading ones broadcast.
 * @throws ShapeError where an operand has fewer than two axes or the inner ones differ
 */
export const matmul: (a: Node, b: Node) => Node = (...given) => apply(matmulOp, given)
