// A number that everything is divided by stands in front: 1/4 Σ a, as it is said.
import { number, productOf, quotientOf } from '../notation/algebra.ts'
import type { Expression } from '../notation/index.ts'
import { mapChildren, nodes } from '../notation/traverse.ts'
import { factorsOf } from './compose/settle-sums.ts'

/** 1/4 Σ a, not Σ a/4. */
export function numbersFirst(expression: Expression): Expression {
  const inner = mapChildren(expression, numbersFirst)
  if (inner.kind === 'reduction' && inner.reduction === 'Σ') {
    const [share, ...rest] = factorsOf(inner.body)
    if (!isShare(share)) return inner
    return productOf([share, { ...inner, body: productOf(rest) }])
  }
  if (inner.kind !== 'quotient' || inner.denominator.kind !== 'number') return inner
  if (inner.numerator.kind === 'number' || isIndexLike(inner.numerator)) return inner
  return productOf([quotientOf(number(1), inner.denominator), inner.numerator])
}

const isShare = (factor: Expression | undefined): factor is Expression =>
  factor?.kind === 'quotient' &&
  factor.numerator.kind === 'number' &&
  factor.denominator.kind === 'number'

/** Arithmetic of letters: ⌈i/2⌉ stays. */
const isIndexLike = (expression: Expression): boolean =>
  [...nodes(expression)].every(({ kind }) => INDICES.has(kind))

const INDICES: ReadonlySet<Expression['kind']> = new Set([
  'number',
  'symbol',
  'sum',
  'product',
  'negation',
])
