// Expressions of the textual form of a network, as a program or a paper writes them: names,
// numbers, calls with options, + − * / @ ·, powers; two that stand side by side are a product.
import { ClaimError } from '../../language/syntax.ts'
import { networkLimits } from './limits.ts'
import { postfixed } from './primary.ts'
import { deeper, isNext, isSign, type Reader, spanFrom } from './reader.ts'
import { type Token, tokensOf } from './tokens.ts'
import type { BinaryOperator, Comparing, NetworkExpression } from './tree.ts'

/** Whether something begins here that is multiplied with what stands before it: 2 x, W (x + y). */
const isBeside = (token: Token | undefined, isInNorm: boolean) =>
  token !== undefined &&
  (token.kind !== 'sign' || ['(', '[', '√', ...(isInNorm ? [] : ['‖', '||'])].includes(token.text))

/** Of 1/m Σ nobody takes the sum to be below. */
const isSummed = ({ text }: Token): boolean =>
  /^(?:[Σ∑‖]|\|\|$|sum_|(?:np\.)?(?:sum|mean)$)/u.test(text)

const operatorOf: Readonly<Record<string, BinaryOperator>> = { '·': 'dot', '∗': 'beside' }

/** Operators of one level, from left to right. */
const chain =
  (operators: readonly string[], operand: (reader: Reader) => NetworkExpression, beside = false) =>
  (reader: Reader): NetworkExpression => {
    let left = operand(reader)
    // 1/2 x is half of x; of a/b c nobody knows.
    let isLoose = false
    for (let length = 1; ; length++) {
      const sign = reader.tokens[reader.at]
      const isSide = beside && isBeside(sign, reader.norms > 0)
      if (!sign || !(isSide || isSign(sign, ...operators))) return left
      if (length > networkLimits.depth)
        throw new ClaimError(`More than ${networkLimits.depth} operators in a row`, sign.span)
      if (isSide && isLoose && !isSummed(sign))
        throw new ClaimError('a / b c: parentheses say what is divided by what', left.span)
      if (!isSide) reader.at++
      const right = operand(reader)
      const operator = isSide ? 'beside' : (operatorOf[sign.text] ?? (sign.text as BinaryOperator))
      isLoose = operator === '/' && right.kind !== 'number'
      left = { kind: 'binary', operator, left, right, span: spanFrom(left, right) }
    }
  }

/** −x^2 is −(x^2), and 2^-1 a half. */
const signed = (reader: Reader): NetworkExpression => {
  const token = reader.tokens[reader.at]
  if (!isSign(token, '-', '+')) return powered(reader)
  reader.at++
  const operand = deeper(reader, () => signed(reader))
  return token!.text === '+'
    ? operand
    : { kind: 'negation', operand, span: spanFrom(token!, operand) }
}

const powered = (reader: Reader): NetworkExpression => {
  const base = postfixed(reader)
  const sign = reader.tokens[reader.at]
  if (!isSign(sign, '^', '**')) return base
  reader.at++
  const next = reader.tokens[reader.at]
  if (isSign(sign, '^') && next?.kind === 'name' && next.text === 'T') {
    reader.at++
    return { kind: 'transposed', operand: base, span: spanFrom(base, next) }
  }
  const exponent = deeper(reader, () => signed(reader))
  return { kind: 'power', base, exponent, span: spanFrom(base, exponent) }
}

const products = chain(['*', '/', '@', '·', '∗', '//'], signed, true)
const sums = chain(['+', '-'], products)

/** x > 0, at most one in a row. */
const expression = (reader: Reader): NetworkExpression => {
  const left = sums(reader)
  if (!isNext(reader, '<', '>', '<=', '>=', '==', '!=')) return left
  const operator = reader.tokens[reader.at++]!.text as Comparing
  const right = sums(reader)
  return { kind: 'binary', operator, left, right, span: spanFrom(left, right) }
}

/** What is written in `text`, whose first character stands at `offset`. */
export const readExpression = (text: string, offset: number): NetworkExpression => {
  const at = offset + text.length
  const end = { start: at, end: at }
  const reader: Reader = {
    ...{ tokens: tokensOf(text, offset), end, at: 0, depth: 0, norms: 0 },
    ...{ whole: expression, product: products, factor: signed, nested: readExpression },
  }
  const value = expression(reader)
  // h, c = step(x, h, c): several values.
  const items = [value]
  while (isNext(reader, ',')) {
    reader.at++
    items.push(expression(reader))
  }
  const rest = reader.tokens[reader.at]
  if (rest) {
    const help = rest.text.includes('|') ? ': a norm is norm(x), its square sum(x^2)' : ''
    throw new ClaimError(`‘${rest.text}’ is not understood here${help}`, rest.span)
  }
  if (items.length === 1) return value
  return { kind: 'list', items, isTuple: true, span: spanFrom(value, items.at(-1)!) }
}
