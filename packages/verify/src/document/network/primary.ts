// What an expression of a network's text is made of: numbers, names, calls, brackets, norms, Σ, and
// what stands behind them: x[1:, None], x.T, x', (a − y).sum().
import { ClaimError } from '../../language/syntax.ts'
import {
  deeper,
  expectSign,
  isNext,
  isSign,
  notHere,
  type Reader,
  separated,
  spanFrom,
  take,
} from './reader.ts'
import { sumOf } from './sum.ts'
import type { Token } from './tokens.ts'
import {
  type NetworkCall,
  type NetworkExpression,
  type NetworkOption,
  type NetworkPart,
  withParts,
} from './tree.ts'

const fractions: Readonly<Record<string, number>> = { '½': 0.5, '¼': 0.25 }

/** Whether it stands right behind what was read, as the bracket of x[0] does. */
const touches = (token: Token | undefined, before: NetworkExpression): boolean =>
  token?.span.start === before.span.end

/** (a − y).T, (a − y).sum(): after a name the point is part of the word. */
export const postfixed = (reader: Reader): NetworkExpression => {
  let read = deeper(reader, () => primary(reader))
  for (;;) {
    const sign = reader.tokens[reader.at]
    if (isSign(sign, '[') && touches(sign, read)) {
      reader.at++
      const { read: parts, close } = separated(reader, ']', partIn)
      read = { kind: 'entry', base: read, parts, span: spanFrom(read, close) }
      continue
    }
    const below = sign?.kind === 'name' && touches(sign, read) ? belowAll(read, sign) : undefined
    if (below) {
      reader.at++
      read = below
      continue
    }
    if (isSign(sign, "'")) {
      reader.at++
      read = { kind: 'transposed', operand: read, span: spanFrom(read, sign!) }
      continue
    }
    // Linear(3, 4)(x): what was made is called.
    if (isSign(sign, '(') && touches(sign, read) && read.kind === 'call') {
      const called = call(reader, { kind: 'name', text: 'apply', span: read.span })
      read = { ...called, operands: [read, ...called.operands], span: spanFrom(read, called) }
      continue
    }
    if (!isSign(sign, '.')) return read
    reader.at++
    read = method(reader, read)
  }
}

/** (a − y)_i^2 is (a_i − y_i)^2: a letter below a difference stands below each of its arrays. */
const belowAll = (read: NetworkExpression, token: Token): NetworkExpression | undefined => {
  const [, letters, power] = /^_(\{[^{}]+\}|[^{}^]+)(?:\^\{?(\d)\}?)?$/u.exec(token.text) ?? []
  const isOfArrays = (node: NetworkExpression): boolean =>
    node.kind === 'binary'
      ? '+-'.includes(node.operator) && isOfArrays(node.left) && isOfArrays(node.right)
      : node.kind === 'name' && !node.name.includes('_')
  if (letters === undefined || read.kind !== 'binary' || !isOfArrays(read)) return undefined
  const put = (node: NetworkExpression): NetworkExpression =>
    node.kind === 'name' ? { ...node, name: `${node.name}_${letters}` } : withParts(node, put)
  const span = spanFrom(read, token)
  const base = { ...put(read), span }
  const exponent = { kind: 'number' as const, value: Number(power), text: power!, span }
  return power === undefined ? base : { kind: 'power', base, exponent, span }
}

const method = (reader: Reader, owner: NetworkExpression): NetworkExpression => {
  const word = take(reader)
  if (word.kind !== 'name') throw notHere(word)
  // PyTorch's max along an axis is its values and their places.
  if (word.text === 'values') return owner
  if (word.text === 'T' || word.text === 'mT')
    return { kind: 'transposed', operand: owner, span: spanFrom(owner, word) }
  const span = spanFrom(owner, word)
  if (!isNext(reader, '('))
    return { kind: 'call', op: word.text, operands: [owner], options: [], span }
  const called = call(reader, word)
  return { ...called, operands: [owner, ...called.operands], span: spanFrom(owner, called) }
}

/** 0, :, 1:4, None, ….  */
const partIn = (reader: Reader): NetworkPart => {
  const token = reader.tokens[reader.at]
  if (isSign(token, '...')) {
    reader.at++
    return { kind: 'rest' }
  }
  if (
    token?.kind === 'name' &&
    /^(?:None|(?:np|jnp|numpy|tf)\.newaxis|newaxis)$/.test(token.text)
  ) {
    reader.at++
    return { kind: 'new' }
  }
  const isEnd = () => isNext(reader, ',', ']')
  const from = isNext(reader, ':') ? undefined : reader.whole(reader)
  if (!isNext(reader, ':')) return { kind: 'at', place: from! }
  reader.at++
  const to = isEnd() || isNext(reader, ':') ? undefined : reader.whole(reader)
  if (isNext(reader, ':'))
    throw new ClaimError('Steps through an axis are slice(x, …, step=[2])', take(reader).span)
  return { kind: 'range', ...(from && { from }), ...(to && { to }) }
}

/** log a, tanh z: functions that mathematics writes without parentheses. */
const isBare = (name: string) => /^(?:log|ln|exp|tanh|sin|cos)$/.test(name)

/** What may follow such a function: log ŷ_i. */
const isArgument = (token: Token | undefined): boolean =>
  token?.kind === 'name' || token?.kind === 'number'

const primary = (reader: Reader): NetworkExpression => {
  const token = take(reader)
  const { text, span } = token
  if (token.kind === 'number')
    return { kind: 'number', value: fractions[text] ?? Number(text), text, span }
  if (token.kind === 'text') return { kind: 'text', text, span }
  if (token.kind === 'name') return named(reader, token)
  if (text === '(') return bracketed(reader, token)
  if (text === '√') {
    const operand = deeper(reader, () => postfixed(reader))
    const whole = spanFrom(token, operand)
    return { kind: 'call', op: 'sqrt', operands: [operand], options: [], span: whole }
  }
  if (text === '|' || text === '||' || text === '‖') {
    reader.norms++
    const inner = reader.whole(reader)
    reader.norms--
    const whole = spanFrom(token, expectSign(reader, text))
    const op = text === '|' ? 'abs' : 'norm'
    const read: NetworkCall = { kind: 'call', op, operands: [inner], options: [], span: whole }
    // ‖x‖_2: the usual one.
    const below = reader.tokens[reader.at]
    if (op === 'norm' && below?.kind === 'name' && /^_\{?[2F]\}?$/.test(below.text)) reader.at++
    return read
  }
  if (text !== '[') throw notHere(token)
  const items = separated(reader, ']', reader.whole)
  const [first, second] = items.read
  // [x_i > 0]: 1 where it holds.
  if (first?.kind === 'binary' && /^[<>=!]/.test(first.operator) && !second) return first
  return { kind: 'list', items: items.read, span: spanFrom(token, items.close) }
}

const named = (reader: Reader, token: Token): NetworkExpression => {
  const { text, span } = token
  if (/^[Σ∑]/u.test(text)) return sumOf(reader, token)
  // sum_i W_i x_i; sum_x / n is of a name.
  const [, limits] = /^sum(_\{.*|_\p{L})$/u.exec(text) ?? []
  const next = reader.tokens[reader.at]
  const isPart = isSign(next, '[') && next?.span.start === span.end
  const isBeside = isArgument(next) || (isSign(next, '(', '[') && !isPart)
  if (limits && (limits[1] === '{' || isBeside))
    return sumOf(reader, { ...token, text: `Σ${limits}` })
  const [, raised] = /^e\^\{(.+)\}$/u.exec(text) ?? []
  if (raised !== undefined) {
    const exponent = deeper(reader, () => reader.nested(raised, span.start + 'e^{'.length))
    return { kind: 'power', base: { kind: 'name', name: 'e', span }, exponent, span }
  }
  if (isNext(reader, '(')) return call(reader, token)
  if (isBare(text) && isArgument(reader.tokens[reader.at])) {
    const operand = deeper(reader, () => reader.factor(reader))
    const whole = spanFrom(token, operand)
    return { kind: 'call', op: text, operands: [operand], options: [], span: whole }
  }
  return { kind: 'name', name: text, span }
}

/** (a + b), and a tuple: (3, 4). */
const bracketed = (reader: Reader, open: Token): NetworkExpression => {
  const { read, close, isOpen } = separated(reader, ')', reader.whole)
  const span = spanFrom(open, close)
  const [only] = read
  if (read.length === 1 && !isOpen) return { ...only!, span }
  if (read.length === 0) throw notHere(close)
  return { kind: 'list', items: read, isTuple: true, span }
}

const call = (reader: Reader, op: Token): NetworkCall => {
  expectSign(reader, '(')
  const operands: NetworkExpression[] = []
  const options: NetworkOption[] = []
  const { close } = separated(reader, ')', () => {
    const name = reader.tokens[reader.at]
    if (name?.kind === 'name' && isSign(reader.tokens[reader.at + 1], '=')) {
      reader.at += 2
      const value = reader.whole(reader)
      options.push({ name: name.text, value, span: spanFrom(name, value) })
    } else operands.push(reader.whole(reader))
  })
  return { kind: 'call', op: op.text, operands, options, span: spanFrom(op, close) }
}
