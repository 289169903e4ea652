// A number that everything is divided by stands in front: 1/4 Σ a, as it is said.
import { negate, number, productOf, quotientOf, sumOf, tidyProduct } from '../notation/algebra.ts'
import { type Expression, formatExpression } from '../notation/index.ts'
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
  const flat = inner.kind === 'product' ? productOf(inner.factors) : inner
  if (flat.kind === 'product' && isScattered(flat.factors) && !isIndexLike(flat)) {
    const { isNegative, product } = tidyProduct(flat.factors)
    return isNegative ? negate(numberFirst(product)) : numberFirst(product)
  }
  return inner.kind === 'sum' && !isIndexLike(inner) ? counted(inner.terms) : numberFirst(inner)
}

/** h + h is 2 h. */
function counted(terms: readonly Expression[]): Expression {
  const counts = new Map<string, { readonly term: Expression; count: number }>()
  for (const term of terms) {
    const key = formatExpression(term)
    const known = counts.get(key)
    if (known) known.count++
    else counts.set(key, { term, count: 1 })
  }
  if (counts.size === terms.length) return sumOf(terms)
  return sumOf(
    [...counts.values()].map(({ term, count }) =>
      count === 1 ? term : numbersFirst(productOf([number(count), term])),
    ),
  )
}

/** Numbers at several places, or a sign inside. */
const isScattered = (factors: readonly Expression[]): boolean =>
  factors.every(isWhole) &&
  (factors.some(({ kind }) => kind === 'negation') ||
    factors.filter(({ kind }) => kind === 'number' || kind === 'quotient').length > 1)

/** Without decimals, which a product would round. */
const isWhole = (factor: Expression): boolean => {
  if (factor.kind === 'number') return Number.isSafeInteger(factor.value)
  if (factor.kind === 'negation') return isWhole(factor.operand)
  if (factor.kind === 'product') return factor.factors.every(isWhole)
  if (factor.kind !== 'quotient') return true
  return isWhole(factor.numerator) && isWhole(factor.denominator)
}

/** 1/4 a, not a/4. */
function numberFirst(inner: Expression): Expression {
  if (inner.kind !== 'quotient' || inner.denominator.kind !== 'number') return inner
  if (inner.numerator.kind === 'number' || isIndexLike(inner.numerator)) return inner
  const [first, ...others] = factorsOf(inner.numerator)
  const isNumber = first?.kind === 'number'
  const share = quotientOf(isNumber ? first : number(1), inner.denominator)
  return productOf([share, ...(isNumber ? others : [inner.numerator])])
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
