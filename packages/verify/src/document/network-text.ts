// The small textual form of a network in a document. It reads; building a graph from the tree is somebody else's.
//
//   bookCnn max                      a network by its name, with its options
//   leNet5
//
// or one line for each array, in the letters of the formulas; # begins a comment:
//
//   x_{ij}: input 6 6                `M=6` names a size: x: input M=6 N=6
//   W: parameter 3 3
//   b: parameter 1
//   z = conv2d(x, W, stride=2, padding=[1,1]) + b
//   a = sigmoid(z)
//   C = squaredError(a, t)           the last line is the cost, unless `cost: name` says otherwise
import { ClaimError, type Span } from '../language/syntax.ts'

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

export interface Dimension {
  readonly length: number
  /** The letter that formulas may use for this length. */
  readonly letter?: string
}

export type NetworkLine =
  | {
      kind: 'leaf'
      name: string
      role: 'input' | 'parameter'
      shape: readonly Dimension[]
      span: Span
    }
  | { kind: 'op'; name: string; value: NetworkExpression; span: Span }
  | { kind: 'cost'; name: string; span: Span }

/** Spans count in the text of the block. */
export type NetworkText =
  | { kind: 'named'; name: string; options: readonly string[]; span: Span }
  | { kind: 'lines'; lines: readonly NetworkLine[]; span: Span }

export const networkLimits = {
  characters: 20_000,
  lines: 1000,
  depth: 50,
  length: 100_000,
} as const

const namePattern = String.raw`[\p{L}_][\p{L}\d.']*(?:\^(?:\{[^{}\n]{1,40}\}|[\p{L}\d]+))?(?:_(?:\{[^{}\n]{1,40}\}|[\p{L}\d]+))?`
const leafLine = new RegExp(
  `^\\s*(${namePattern})\\s*:\\s*(input|parameter)((?:\\s+\\S+)*)\\s*$`,
  'u',
)
const costLine = new RegExp(`^\\s*cost\\s*:\\s*(${namePattern})\\s*$`, 'u')
const opLine = new RegExp(`^\\s*(${namePattern})\\s*=(.*)$`, 'u')
const namedLine = /^\s*(bookCnn|leNet5)((?:\s+[A-Za-z][A-Za-z\d]*)*)\s*$/
const tokenPattern = new RegExp(
  `\\s*(?:(\\d+(?:\\.\\d+)?)|(${namePattern})|([()[\\],=+*/-]))`,
  'uy',
)

interface Token {
  readonly kind: 'number' | 'name' | 'sign'
  readonly text: string
  readonly span: Span
}

const tokensOf = (text: string, offset: number): Token[] => {
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
    tokens.push({ kind: number ? 'number' : name ? 'name' : 'sign', text: written, span })
  }
  return tokens
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

const expression: (reader: Reader) => NetworkExpression = chain('+-', chain('*/', primary))

const dimension = (word: string, span: Span): Dimension => {
  const match = /^(?:(\p{L}'*)=)?(\d{1,6})$/u.exec(word)
  const length = Number(match?.[2])
  if (!match || length < 1 || length > networkLimits.length)
    throw new ClaimError(`‘${word}’ is no length of an axis`, span)
  return match[1] ? { length, letter: match[1] } : { length }
}

const readLine = (line: string, start: number): NetworkLine => {
  const span = { start: start + line.search(/\S/), end: start + line.trimEnd().length }
  const cost = costLine.exec(line)
  if (cost) return { kind: 'cost', name: cost[1]!, span }
  const leaf = leafLine.exec(line)
  if (leaf) {
    const shape = leaf[3]!
      .split(/\s+/)
      .filter(Boolean)
      .map((word) => dimension(word, span))
    return { kind: 'leaf', name: leaf[1]!, role: leaf[2] as 'input' | 'parameter', shape, span }
  }
  const op = opLine.exec(line)
  if (!op) throw new ClaimError('A line of a network is `name: input 6 6` or `name = op(…)`', span)
  const tokens = tokensOf(op[2]!, start + line.length - op[2]!.length)
  const reader: Reader = { tokens, end: { start: span.end, end: span.end }, at: 0, depth: 0 }
  const value = expression(reader)
  const rest = tokens[reader.at]
  if (rest) throw new ClaimError(`‘${rest.text}’ is not understood here`, rest.span)
  return { kind: 'op', name: op[1]!, value, span }
}

/** @throws ClaimError at the line or the sign that is not understood. */
export const readNetwork = (text: string): NetworkText => {
  const span = { start: 0, end: text.length }
  if (text.length > networkLimits.characters)
    throw new ClaimError(`A network has at most ${networkLimits.characters} characters`, span)
  const lines: { text: string; start: number }[] = []
  let start = 0
  for (const written of text.split('\n')) {
    const line = written.replace(/#.*$/, '')
    if (line.trim() !== '') lines.push({ text: line, start })
    start += written.length + 1
  }
  if (lines.length === 0) throw new ClaimError('The network is empty', span)
  if (lines.length > networkLimits.lines)
    throw new ClaimError(`A network has at most ${networkLimits.lines} lines`, span)
  const named = namedLine.exec(lines[0]!.text)
  if (!named)
    return { kind: 'lines', lines: lines.map((line) => readLine(line.text, line.start)), span }
  const second = lines[1]
  if (second)
    throw new ClaimError('Nothing follows the name of a network', {
      start: second.start,
      end: second.start + second.text.length,
    })
  return { kind: 'named', name: named[1]!, options: named[2]!.split(/\s+/).filter(Boolean), span }
}
