// What binds tightest: names, numerals, calls, and the table of what a factor begins with.

import { elementwiseWords, functionWords, vulgarFractions } from '../lexicon.ts'
import { programWords } from '../program-words.ts'
import { rational, readRational } from '../rational.ts'
import {
  ClaimError,
  type Expression,
  type Name,
  type Rational,
  type ReductionOperator,
  type Span,
  type Word,
} from '../syntax.ts'
import { absolute, fraction, group, kept, norm, prefixRoot, root } from './brackets.ts'
import { indicator, isCases } from './cases.ts'
import { derivative, gradient, isTotalDerivative } from './differential.ts'
import { whole } from './pratt.ts'
import { reduction } from './reduction.ts'
import { bareName, indicesIn, partsOf, raised, scripted } from './scripts.ts'
import { softmaxAlong } from './softmax-along.ts'
import { splitApplication } from './split-application.ts'
import {
  type Cursor,
  deeper,
  isRelation,
  isSign,
  joinSpans,
  make,
  missing,
  next,
  peek,
  splitAt,
  within,
  withoutScripts,
} from './tokens/cursor.ts'
import { extent, type Token } from './tokens/tokens.ts'
import { sumOfLogs, writtenProduct } from './written-product.ts'

export const startsFactor = (cursor: Cursor): boolean => {
  const token = peek(cursor)
  if (!token) return false
  if (token.type === 'sign')
    return (
      '∂∇Σ∏√½¼¾'.includes(token.text) ||
      (token.text === '|' && cursor.bars === 0) ||
      token.text === '‖'
    )
  return !['keyword', 'prose', 'gap'].includes(token.type)
}

/** `folds`: a numeral over a numeral may be read as one number. */
export const factor = (cursor: Cursor, folds: boolean): Expression => {
  const token = peek(cursor)
  if (!token) throw missing(cursor)
  const read = primaries.get(token.type === 'sign' ? token.text : token.type)
  if (!read) throw new ClaimError(`‘${token.text}’ is not understood here`, extent(token))
  return deeper(cursor, () => read(cursor, folds))
}

export const quotientOf = (a: Rational, b: Rational): Rational =>
  rational(a.numerator * b.denominator, a.denominator * b.numerator)

const isPlainNumber = (token: Token | undefined): token is Token =>
  token?.type === 'number' && !token.superscript && !token.subscript && !token.primes

const number = (cursor: Cursor, folds: boolean): Expression => {
  const condition = indicator(cursor)
  if (condition) return condition
  const token = next(cursor)
  const { text, span } = token
  const vulgar = vulgarFractions.get(text)
  const mixed = vulgar ? undefined : mixedNumber(cursor, token)
  if (mixed) return mixed
  const value = vulgar ? rational(...vulgar) : readRational(text, span)
  const below = peek(cursor, 1)
  if (folds && isPlainNumber(token) && isSign(peek(cursor), '/') && isPlainNumber(below)) {
    const over = readRational(below.text, below.span)
    if (over.numerator !== 0n) {
      withoutScripts(next(cursor))
      cursor.at++
      return make(cursor, {
        kind: 'numeral',
        value: quotientOf(value, over),
        text: `${text}/${below.text}`,
        span: joinSpans(token, below),
      })
    }
  }
  return scripted(cursor, make(cursor, { kind: 'numeral', value, text, span }), token)
}

/** 2½, written without a space, is two and a half. */
const mixedNumber = (cursor: Cursor, whole: Token): Expression | undefined => {
  const after = peek(cursor)
  const part = after && vulgarFractions.get(after.text)
  if (!part || !isPlainNumber(whole) || after.span.start !== whole.span.end) return undefined
  const { numerator, denominator } = readRational(whole.text, whole.span)
  if (denominator !== 1n) return undefined
  cursor.at++
  const [above, below] = part
  const numeral = make(cursor, {
    kind: 'numeral' as const,
    value: rational(numerator * below + above, below),
    text: whole.text + after.text,
    span: joinSpans(whole, after),
  })
  return scripted(cursor, numeral, after)
}

/** A name, and parentheses directly after it. */
export const nameOrApplication = (cursor: Cursor): Expression => {
  const head = bareName(cursor)
  const group = peek(cursor)
  if (group?.type !== 'group') return head
  return group.text === '(' || isSubscripting(head, group) ? application(cursor, head) : head
}

/** x[i, j], as programs have it: the bracket touches the name, and is no condition. */
const isSubscripting = (head: Name, { text, body = [], span }: Token): boolean =>
  text === '[' &&
  head.span.end === span.start &&
  body.length > 0 &&
  !body.some((each) => isRelation(each) || each.type === 'keyword' || isSign(each, ';'))

/** x[i] is x_i: an entry, or a row. */
const rowOf = (cursor: Cursor, head: Name, group: Token): Expression => {
  const { span } = group
  const parts = indicesIn(cursor, group.body!, span)
  const subscript = { parts, span }
  const name: Name = { ...head, subscript, span: { start: head.span.start, end: span.end } }
  return scripted(cursor, make(cursor, name), group)
}

const application = (cursor: Cursor, head: Name): Expression => {
  const group = next(cursor)
  if (group.text === '[' && !head.subscript && head.primes === 0) return rowOf(cursor, head, group)
  const body = group.body!.map((each) => (isSign(each, ';') ? { ...each, text: ',' } : each))
  const bar = body.filter((token) => isSign(token, '|')).length === 1
  const given = bar ? splitAt(body, '|').flatMap((side) => splitAt(side, ',')) : splitAt(body, ',')
  const operands = given.map((part) => kept(cursor, whole(cursor, part, group.span), group))
  const span = { start: head.span.start, end: group.span.end }
  const made = make(cursor, { kind: 'application' as const, head, operands, bar, span })
  return scripted(cursor, made, group)
}

export const name = (cursor: Cursor): Expression =>
  isTotalDerivative(cursor) ? derivative(cursor) : (indicator(cursor) ?? nameOrApplication(cursor))

const isReducing = (word: Word): word is ReductionOperator =>
  ['sum', 'max', 'min', 'med', 'lomed', 'himed'].includes(word)

/** rot180(W), rot180 W, log^2(x), and max_{u,v} body. */
const functionWord = (cursor: Cursor): Expression => {
  const token = peek(cursor)!
  const word = functionWords.get(token.text) ?? programWords.get(token.text)!
  if (token.subscript && isReducing(word)) return reduction(cursor, word)
  if (token.subscript && word === 'softmax') return softmaxAlong(cursor)
  cursor.at++
  const group = peek(cursor)
  const hasOperands = group?.type === 'group' && group.text === '('
  // tanh′(z), and tanh′ = 1 − tanh².
  const isAlone = !token.subscript && !startsFactor(cursor)
  if (elementwiseWords.has(word) && (isAlone || (token.primes > 0 && hasOperands))) {
    const head = bareName(within(cursor, [{ ...token, text: word }], token.span))
    return isAlone ? head : application(cursor, head)
  }
  const times = word === 'up' && hasOperands ? token.subscript : undefined
  if (token.primes || (token.subscript && !times)) withoutScripts(token)
  // max{a, b} of a set.
  const isSet = isReducing(word) && group?.type === 'group' && group.text === '{'
  if (group?.type !== 'group' || (group.text !== '(' && !isSet)) {
    if (token.primes || !token.superscript) withoutScripts(token)
    const operand = factor(cursor, false)
    const made = sumOfLogs(cursor, call(cursor, word, [operand], joinSpans(token, operand)))
    if (token.superscript) return powerOfCall(cursor, made, token)
    return made.kind === 'call' && splitApplication(operand) ? { ...made, bare: true } : made
  }
  cursor.at++
  // max({a, b}).
  const [set, ...beside] = group.body!
  const isOneSet = isReducing(word) && set?.type === 'group' && set.text === '{'
  const inside = isOneSet && beside.length === 0 && !isCases(set) ? set : group
  const given = partsOf(cursor, inside.body!, group.span)
  // up_2(δ)
  const operands = times ? [...given, ...partsOf(cursor, times.tokens, times.span)] : given
  const plain = sumOfLogs(cursor, call(cursor, word, operands, joinSpans(token, group)))
  const { along } = token
  const made = scripted(cursor, along && plain.kind === 'call' ? { ...plain, along } : plain, group)
  return token.superscript ? powerOfCall(cursor, made, token) : made
}

/** tanh² x is (tanh x)²; tanh⁻¹ is another function. */
const powerOfCall = (cursor: Cursor, made: Expression, { superscript, text }: Token) => {
  if (superscript!.tokens[0]?.text === '-')
    throw new ClaimError(
      `‘${text}’ with a negative power: the inverse function is not read; write 1/${text}(x)`,
      superscript!.span,
    )
  return raised(cursor, made, superscript!)
}

export const call = (
  cursor: Cursor,
  word: Word,
  operands: readonly Expression[],
  span: Span,
): Expression & { kind: 'call' } => make(cursor, { kind: 'call' as const, word, operands, span })

/** What a factor begins with → how it is read. */
const primaries: ReadonlyMap<string, (cursor: Cursor, folds: boolean) => Expression> = new Map([
  ['number', number],
  ['½', number],
  ['¼', number],
  ['¾', number],
  ['name', name],
  ['function', functionWord],
  ['group', group],
  ['fraction', fraction],
  ['root', root],
  ['√', prefixRoot],
  ['Σ', (cursor: Cursor) => reduction(cursor, 'sum')],
  ['∏', writtenProduct],
  ['∂', (cursor: Cursor) => (peek(cursor)!.subscript ? gradient(cursor) : derivative(cursor))],
  ['∇', (cursor: Cursor) => gradient(cursor)],
  ['|', absolute],
  ['‖', (cursor: Cursor) => norm(cursor)],
])
