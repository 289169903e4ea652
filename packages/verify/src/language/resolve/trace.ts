// tr(A B) as the sum of A ⊙ Bᵀ, which the rules of calculus know; the sum of a diagonal elsewhere.

import { recordedShape } from '../lengths.ts'
import type { Resolved, Scope } from '../resolved.ts'
import type { Span } from '../syntax.ts'

const call = (word: 'sum' | 'diag', operand: Resolved, span: Span): Resolved => ({
  kind: 'call',
  word,
  order: 0,
  operands: [operand],
  span,
})

export const traceOf = (operand: Resolved, scope: Scope, span: Span): Resolved => {
  const factors = operand.kind === 'product' ? operand.factors : []
  const shapes = factors.map((each) => recordedShape(each, scope))
  const areMatrices = shapes.every((shape) => shape?.length === 2)
  // What is not square has no trace.
  const isSquare = shapes[0]?.[0] === shapes.at(-1)?.at(-1)
  const [left, second, ...others] = factors
  if (!areMatrices || !isSquare || !left || !second)
    return call('sum', call('diag', operand, span), span)
  const rest: Resolved =
    others.length === 0 ? second : { kind: 'product', factors: [second, ...others], span }
  const right: Resolved = { kind: 'transposed', operand: rest, span }
  return call('sum', { kind: 'hadamard', left, right, span }, span)
}
