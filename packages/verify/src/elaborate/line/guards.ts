// Iverson brackets of a line: relations of indices are guards, those of numbers opaque masks.

import type { notation } from '@backprove/graph'
import { minus, negate, type Polynomial } from '../../arithmetic/polynomial.ts'
import { rational } from '../../arithmetic/rational.ts'
import { guardTerms, scaleTerms } from '../../index-terms/fields.ts'
import { term } from '../../index-terms/terms.ts'
import { positiveMask, readField, vanishingMask } from '../functions/apply.ts'
import type { Terms } from '../functions/functions.ts'
import { productOfTerms } from '../products.ts'
import { winnerMask } from './binders.ts'
import type { Expression, LineContext } from './context.ts'
import { indexOf } from './index.ts'
import { applied } from './line.ts'

const minusOne = rational(-1)

const isIndexExpression = (expression: Expression): boolean =>
  expression.kind !== 'access' &&
  expression.kind !== 'reduction' &&
  !Object.values(expression).some((part) =>
    [part]
      .flat()
      .some((each) => typeof each === 'object' && !isIndexExpression(each as Expression)),
  )

export const guardTermsOf = (guard: notation.Guard, context: LineContext): Terms => {
  if (guard.kind === 'winner') {
    const { field, index } = winnerMask(guard, context)
    const at = guard.at.map((each) => minus(indexOf(each, context), 1))
    return readField(field, [...index, ...at])
  }
  return guard.relations
    .map((relation, k) => {
      const [left, right] = [guard.operands[k]!, guard.operands[k + 1]!]
      return isIndexExpression(left) && isIndexExpression(right)
        ? indexRelation(relation, minus(indexOf(left, context), indexOf(right, context)))
        : valueRelation(relation, left, right, context)
    })
    .reduce(productOfTerms)
}

/** [d relation 0] for an integer d. */
export const indexRelation = (relation: notation.Relation, d: Polynomial): Terms => {
  switch (relation) {
    case '=':
      return [term({ equations: [d] })]
    case '≤':
      return guardTerms([term({})], [negate(d)])
    case '<':
      return guardTerms([term({})], [minus(negate(d), 1)])
    case '≥':
      return guardTerms([term({})], [d])
    case '>':
      return guardTerms([term({})], [minus(d, 1)])
    case '≠':
      return [...indexRelation('<', d), ...indexRelation('>', d)]
  }
}

/** [left relation right] for real numbers: an opaque mask. */
const valueRelation = (
  relation: notation.Relation,
  left: Expression,
  right: Expression,
  context: LineContext,
): Terms => {
  const apart = (a: Expression, b: Expression): Expression =>
    b.kind === 'number' && b.value === 0
      ? a
      : { kind: 'sum', terms: [a, { kind: 'negation', operand: b }] }
  const above = positiveMask((f) => applied(f, apart(left, right), context))
  const isNot = (mask: Terms): Terms => [term({}), ...scaleTerms(mask, minusOne)]
  if (relation === '>') return above
  if (relation === '≤') return isNot(above)
  if (relation === '=' || relation === '≠') {
    const same = vanishingMask((f) => applied(f, apart(left, right), context))
    return relation === '=' ? same : isNot(same)
  }
  const below = positiveMask((f) => applied(f, apart(right, left), context))
  return relation === '<' ? below : isNot(below)
}
