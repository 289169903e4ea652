// Var[x] of a batch: the mean of (x − mean x)².
import { rational } from '../../rational.ts'
import type { Expression, Span } from '../../syntax.ts'

export const varianceOf = (x: Expression, span: Span): Expression => {
  const mean = (of: Expression): Expression => ({
    kind: 'call',
    word: 'mean',
    operands: [of],
    span,
  })
  const negation: Expression = { kind: 'negation', operand: mean(x), span }
  const base: Expression = { kind: 'addition', terms: [x, negation], span }
  const two: Expression = { kind: 'numeral', value: rational(2n), text: '2', span }
  return mean({ kind: 'power', base, exponent: two, span })
}
