// Expressions of the textual form of a network, as a program writes them: names, numbers, calls
// with options, + − * / @, powers, .T; two that stand side by side are a product, W x and 2 x.
import { ClaimError, type Span } from '../language/syntax.ts'
import { networkLimits } from './network-text.ts'
import { type Token, tokensOf } from './network-tokens.ts'

/** `beside`: two that stand side by side. */
export type BinaryOperator = '+' | '-' | '*' | '/' | '@' | 'beside' | Comparing
/** (x > 0) is 1 where it holds, and 0 elsewhere. */
export type Comparing = '<' | '>' | '<=' | '>='

export type NetworkExpression =
  | { kind: 'name'; name: string; span: Span }
  /** `text`: as it is written, with more digits than a double has. */
  | { kind: 'number'; value: number; text: string; span: Span }
  | { kind: 'negation'; operand: NetworkExpression; span: Span }
  /** x^2, x**2: of a name with its power in one word, `power` of build-network.ts. */
  | { kind: 'power'; base: NetworkExpression; exponent: NetworkExpression; span: Span }
  | { kind: 'transposed'; operand: NetworkExpression; span: Span }
  | {
      kind: 'binary'
      operator: BinaryOperator
      left: NetworkExpression
      right: NetworkExpression
      span: Span
    }
  | {
      kind: 'call'
      op: string
      operands: readonly NetworkExpression[]
      options: readonly NetworkOption[]
      span: Span
    }
  /** s[0], W[1, 2], x[-1]: places from 0, of the first axes. */
  | { kind: 'entry'; base: NetworkExpression; places: readonly number[]; span: Span }
  | { kind: 'list'; items: readonly NetworkExpression[]; span: Span }

export type NetworkCall = Extract<NetworkExpression, { kind: 'call' }>

export interface NetworkOption {
  readonly name: string
  /** A name stands for a node, or for a word such as same: the option knows. */
  readonly value: NetworkExpression
  readonly span: Span
}

interface Reader {
  readonly tokens: readonly Token[]
  readonly end: Span
  at: number
  depth: number
}

const isSign = (token: Token | undefined, text: string) =>
  token?.kind === 'sign' && token.text === text

const take = (reader: Reader): Token => {
  const token = reader.tokens[reader.at]
  if (!token) throw new ClaimError('Something is missing in the network', reader.end)
  reader.at++
  return token
}

const expectSign = (reader: Reader, text: string): Token => {
  const token = take(reader)
  if (!isSign(token, text)) throw new ClaimError(`‘${text}’ is missing`, token.span)
  return token
}

const spanFrom = (from: { span: Span }, to: { span: Span }): Span => ({
  start: from.span.start,
  end: to.span.end,
})

/** Whether something begins here that is multiplied with what stands before it: 2 x, W (x + y). */
const isBeside = (token: Token | undefined) =>
  token !== undefined && (token.kind !== 'sign' || token.text === '(')

/** Operators of one level, from left to right. */
const chain =
  (operators: string, operand: (reader: Reader) => NetworkExpression, beside = false) =>
  (reader: Reader): NetworkExpression => {
    let left = operand(reader)
    // 1/2 x is half of x; of a/b c nobody knows.
    let isLoose = false
    for (let length = 1; ; length++) {
      const sign = reader.tokens[reader.at]
      const isSide = beside && isBeside(sign)
      if (!sign || !(isSide || (sign.kind === 'sign' && operators.includes(sign.text)))) return left
      if (length > networkLimits.depth)
        throw new ClaimError(`More than ${networkLimits.depth} operators in a row`, sign.span)
      if (isSide && isLoose)
        throw new ClaimError('a / b c: parentheses say what is divided by what', left.span)
      if (!isSide) reader.at++
      const right = operand(reader)
      const operator = isSide ? 'beside' : (sign.text as BinaryOperator)
      isLoose = operator === '/' && right.kind !== 'number'
      left = { kind: 'binary', operator, left, right, span: spanFrom(left, right) }
    }
  }

const deeper = <Read>(reader: Reader, read: () => Read): Read => {
  if (++reader.depth > networkLimits.depth)
    throw new ClaimError(
      `A network nests at most ${networkLimits.depth} deep`,
      reader.tokens[reader.at]?.span ?? reader.end,
    )
  const found = read()
  reader.depth--
  return found
}

/** −x^2 is −(x^2), and 2^-1 a half. */
const signed = (reader: Reader): NetworkExpression => {
  const token = reader.tokens[reader.at]
  if (!isSign(token, '-') && !isSign(token, '+')) return powered(reader)
  reader.at++
  const operand = deeper(reader, () => signed(reader))
  return token!.text === '+'
    ? operand
    : { kind: 'negation', operand, span: spanFrom(token!, operand) }
}

const powered = (reader: Reader): NetworkExpression => {
  const base = postfixed(reader)
  const sign = reader.tokens[reader.at]
  if (!isSign(sign, '^') && !isSign(sign, '**')) return base
  reader.at++
  const next = reader.tokens[reader.at]
  if (isSign(sign, '^') && next?.kind === 'name' && next.text === 'T') {
    reader.at++
    return { kind: 'transposed', operand: base, span: spanFrom(base, next) }
  }
  const exponent = deeper(reader, () => signed(reader))
  return { kind: 'power', base, exponent, span: spanFrom(base, exponent) }
}

/** (a − y).T, (a − y).sum(): after a name the point is part of the word. */
const postfixed = (reader: Reader): NetworkExpression => {
  let read = deeper(reader, () => primary(reader))
  for (;;) {
    const sign = reader.tokens[reader.at]
    if (isSign(sign, '[') && sign!.span.start === read.span.end) {
      reader.at++
      const { read: places, close } = separated(reader, ']', placeIn)
      read = { kind: 'entry', base: read, places, span: spanFrom(read, close) }
      continue
    }
    if (!isSign(sign, '.')) return read
    reader.at++
    const word = take(reader)
    if (word.kind !== 'name')
      throw new ClaimError(`‘${word.text}’ is not understood here`, word.span)
    // PyTorch's max along an axis is its values and their places.
    if (word.text === 'values') continue
    if (word.text === 'T') read = { kind: 'transposed', operand: read, span: spanFrom(read, word) }
    else {
      const called = call(reader, word)
      read = { ...called, operands: [read, ...called.operands], span: spanFrom(read, called) }
    }
  }
}

const placeIn = (reader: Reader): number => {
  const minus = isSign(reader.tokens[reader.at], '-') ? take(reader) : undefined
  const token = take(reader)
  const value = Number(token.text)
  if (token.kind !== 'number' || !Number.isInteger(value))
    throw new ClaimError('In brackets after an array stand numbers: s[0], W[1, 2]', token.span)
  return minus ? -value : value
}

const primary = (reader: Reader): NetworkExpression => {
  const token = take(reader)
  if (token.kind === 'number')
    return { kind: 'number', value: Number(token.text), text: token.text, span: token.span }
  if (token.kind === 'name')
    return isSign(reader.tokens[reader.at], '(')
      ? call(reader, token)
      : { kind: 'name', name: token.text, span: token.span }
  if (token.text === '(') {
    const inner = expression(reader)
    return { ...inner, span: spanFrom(token, expectSign(reader, ')')) }
  }
  if (token.text !== '[') throw new ClaimError(`‘${token.text}’ is not understood here`, token.span)
  const items = separated(reader, ']', expression)
  return { kind: 'list', items: items.read, span: spanFrom(token, items.close) }
}

const separated = <Item>(reader: Reader, close: string, read: (reader: Reader) => Item) => {
  const items: Item[] = []
  while (!isSign(reader.tokens[reader.at], close)) {
    if (items.length > 0) expectSign(reader, ',')
    items.push(read(reader))
  }
  return { read: items, close: take(reader) }
}

const call = (reader: Reader, op: Token): NetworkCall => {
  expectSign(reader, '(')
  const operands: NetworkExpression[] = []
  const options: NetworkOption[] = []
  const { close } = separated(reader, ')', () => {
    const name = reader.tokens[reader.at]
    if (name?.kind === 'name' && isSign(reader.tokens[reader.at + 1], '=')) {
      reader.at += 2
      const value = expression(reader)
      options.push({ name: name.text, value, span: spanFrom(name, value) })
    } else operands.push(expression(reader))
  })
  return { kind: 'call', op: op.text, operands, options, span: spanFrom(op, close) }
}

const sums: (reader: Reader) => NetworkExpression = chain('+-', chain('*/@', signed, true))

/** x > 0, at most one in a row. */
const expression = (reader: Reader): NetworkExpression => {
  const left = sums(reader)
  const sign = reader.tokens[reader.at]
  if (sign?.kind !== 'sign' || !/^[<>]=?$/.test(sign.text)) return left
  reader.at++
  const right = sums(reader)
  const operator = sign.text as Comparing
  return { kind: 'binary', operator, left, right, span: spanFrom(left, right) }
}

/** What is written in `text`, whose first character stands at `offset`. */
export const readExpression = (text: string, offset: number): NetworkExpression => {
  const tokens = tokensOf(text, offset)
  const at = offset + text.length
  const reader: Reader = { tokens, end: { start: at, end: at }, at: 0, depth: 0 }
  const value = expression(reader)
  const rest = tokens[reader.at]
  if (rest) throw new ClaimError(`‘${rest.text}’ is not understood here`, rest.span)
  return value
}
