// Expressions of the textual form of a network: names, numbers, calls with options, + − * /.
import { ClaimError, type Span } from '../language/syntax.ts'
import { networkLimits } from './network-text.ts'

export type NetworkExpression =
  | { kind: 'name'; name: string; span: Span }
  | { kind: 'number'; value: number; span: Span }
  | { kind: 'negation'; operand: NetworkExpression; span: Span }
  | {
      kind: 'binary'
      operator: '+' | '-' | '*' | '/'
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
  | { kind: 'list'; items: readonly NetworkExpression[]; span: Span }

export interface NetworkOption {
  readonly name: string
  /** A name stands for a node, or for a word such as same: the option knows. */
  readonly value: NetworkExpression
  readonly span: Span
}

export const namePattern = String.raw`[\p{L}_][\p{L}\p{M}\d.']*(?:\^(?:\{[^{}\n]{1,40}\}|[\p{L}\d]+))?(?:_(?:\{[^{}\n]{1,40}\}|[\p{L}\d]+))?`

const tokenPattern = new RegExp(
  `\\s*(?:(\\d+(?:\\.\\d+)?)|(${namePattern})|([()[\\],=+*/-]))`,
  'uy',
)

interface Token {
  readonly kind: 'number' | 'name' | 'sign'
  readonly text: string
  readonly span: Span
}

export const tokensOf = (text: string, offset: number): Token[] => {
  const tokens: Token[] = []
  const end = text.trimEnd().length
  for (let at = 0; at < end; ) {
    tokenPattern.lastIndex = at
    const match = tokenPattern.exec(text)
    if (!match)
      throw new ClaimError('This is not understood in a network', {
        start: offset + at,
        end: offset + end,
      })
    const [, number, name, sign] = match
    const written = number ?? name ?? sign!
    at = tokenPattern.lastIndex
    const span = { start: offset + at - written.length, end: offset + at }
    tokens.push({
      kind: number ? 'number' : name ? 'name' : 'sign',
      text: written.normalize('NFC'),
      span,
    })
  }
  return tokens
}

export interface Reader {
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

/** Operators of one level, from left to right. */
const chain =
  (operators: string, operand: (reader: Reader) => NetworkExpression) =>
  (reader: Reader): NetworkExpression => {
    let left = operand(reader)
    for (let length = 1; ; length++) {
      const sign = reader.tokens[reader.at]
      if (sign?.kind !== 'sign' || !operators.includes(sign.text)) return left
      if (length > networkLimits.depth)
        throw new ClaimError(`More than ${networkLimits.depth} operators in a row`, sign.span)
      reader.at++
      const right = operand(reader)
      const operator = sign.text as '+' | '-' | '*' | '/'
      left = { kind: 'binary', operator, left, right, span: spanFrom(left, right) }
    }
  }

const primary = (reader: Reader): NetworkExpression => {
  const token = take(reader)
  if (++reader.depth > networkLimits.depth)
    throw new ClaimError(`A network nests at most ${networkLimits.depth} deep`, token.span)
  const read = primaryAfter(reader, token)
  reader.depth--
  return read
}

const primaryAfter = (reader: Reader, token: Token): NetworkExpression => {
  if (token.kind === 'number')
    return { kind: 'number', value: Number(token.text), span: token.span }
  if (token.kind === 'name')
    return isSign(reader.tokens[reader.at], '(')
      ? call(reader, token)
      : { kind: 'name', name: token.text, span: token.span }
  if (token.text === '-') {
    const operand = primary(reader)
    return { kind: 'negation', operand, span: spanFrom(token, operand) }
  }
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

const call = (reader: Reader, op: Token): NetworkExpression => {
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

export const expression: (reader: Reader) => NetworkExpression = chain('+-', chain('*/', primary))
