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
  if (inner.kind === 'negation') return negate(inner.operand)
  if (inner.kind === 'quotient' && !isIndexLike(inner)) {
    const kept = factorsOf(inner.numerator).filter((each) => !saysNotZero(each, inner.denominator))
    if (kept.length < factorsOf(inner.numerator).length)
      return numbersFirst(quotientOf(productOf(kept), inner.denominator))
  }
  const flat = signFirst(inner.kind === 'product' ? productOf(inner.factors) : inner)
  if (flat.kind === 'negation') return negate(numbersFirst(flat.operand))
  if (flat.kind === 'product' && isScattered(flat.factors) && !isIndexLike(flat)) {
    const { isNegative, product } = tidyProduct(flat.factors)
    return isNegative ? negate(numberFirst(product)) : numberFirst(product)
  }
  if (flat.kind === 'sum' && !isIndexLike(flat)) return counted(flat.terms)
  return numberFirst(overOne(flat))
}

/** [b ≠ 0] of [b ≠ 0] a/b, which goes without saying. */
const saysNotZero = (factor: Expression, denominator: Expression): boolean => {
  if (factor.kind !== 'iverson' || factor.guards.length !== 1) return false
  const [guard] = factor.guards
  if (guard?.kind !== 'relation' || guard.relations.join() !== '≠') return false
  const [left, right] = guard.operands
  return (
    right?.kind === 'number' &&
    right.value === 0 &&
    formatExpression(left!) === formatExpression(denominator)
  )
}

/** −(a b)/c, not (−a b)/c; of what is no arithmetic of letters. */
function signFirst(inner: Expression): Expression {
  if (isIndexLike(inner)) return inner
  if (inner.kind === 'quotient' && inner.numerator.kind === 'negation')
    return negate(quotientOf(inner.numerator.operand, inner.denominator))
  if (inner.kind !== 'product') return inner
  const negative = inner.factors.filter(({ kind }) => kind === 'negation')
  if (negative.length === 0) return inner
  const bare = productOf(
    inner.factors.map((each) => (each.kind === 'negation' ? each.operand : each)),
  )
  return negative.length % 2 === 0 ? bare : negate(bare)
}

/** a/(b c), not (a/b)/c; a number in front of all. */
function overOne(inner: Expression): Expression {
  if (inner.kind === 'quotient' && inner.numerator.kind === 'quotient' && !isIndexLike(inner)) {
    const { numerator, denominator } = inner.numerator
    return quotientOf(numerator, productOf([denominator, inner.denominator]))
  }
  if (inner.kind !== 'product' || isIndexLike(inner)) return inner
  const numbers = inner.factors.filter(isNumber)
  return productOf([...numbers, ...inner.factors.filter((each) => !isNumber(each))])
}

const isNumber = (factor: Expression): boolean => factor.kind === 'number' || isShare(factor)

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
