// What binds tightest: names, numerals, brackets, calls, fractions, and the scripts on them.
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
} from './cursor.ts'
import { derivative, fractionDerivative, isTotalDerivative } from './differential.ts'
import { functionWords, vulgarFractions } from './lexicon.ts'
import { addition, whole } from './pratt.ts'
import { rational, readRational } from './rational.ts'
import { iverson, reduction } from './reduction.ts'
import {
  ClaimError,
  type Expression,
  type Name,
  type Rational,
  type Span,
  type Subscript,
  type Superscript,
  type Word,
} from './syntax.ts'
import { extent, type Script, type Token } from './tokens.ts'

export const startsFactor = (cursor: Cursor): boolean => {
  const token = peek(cursor)
  if (!token) return false
  if (token.type === 'sign')
    return '∂Σ√½¼¾'.includes(token.text) || (token.text === '|' && cursor.bars === 0)
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

const quotientOf = (a: Rational, b: Rational): Rational =>
  rational(a.numerator * b.denominator, a.denominator * b.numerator)

const isPlainNumber = (token: Token | undefined): token is Token =>
  token?.type === 'number' && !token.superscript && !token.subscript && !token.primes

const number = (cursor: Cursor, folds: boolean): Expression => {
  const token = next(cursor)
  const { text, span } = token
  const vulgar = vulgarFractions.get(text)
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

/** The scripts of a bracket, a call, a numeral: first the entry, then the power or transpose. */
export const scripted = (cursor: Cursor, base: Expression, token: Token): Expression => {
  if (token.primes) throw new ClaimError('A prime on what is no function', extent(token))
  const { subscript: under, superscript: over } = token
  let result = base
  if (under) {
    const { parts: indices } = subscript(cursor, under)
    result = make(cursor, { kind: 'entry', array: result, indices, span: reach(base, under) })
  }
  return over ? raised(cursor, result, over) : result
}

const reach = (base: Expression, script: Script): Span => ({
  start: base.span.start,
  end: Math.max(base.span.end, script.span.end),
})

const raised = (cursor: Cursor, base: Expression, script: Script): Expression => {
  const span = reach(base, script)
  const [only, ...others] = script.tokens
  const isTranspose = only?.type === 'name' && only.text === 'T' && others.length === 0
  if (isTranspose && !only.subscript && !only.superscript && !only.primes)
    return make(cursor, { kind: 'transposed', operand: base, span })
  const exponent = whole(cursor, unparenthesised(script).tokens, script.span)
  return make(cursor, { kind: 'power', base, exponent, span })
}

const unparenthesised = (script: Script): Script => {
  const [only, ...others] = script.tokens
  const wrapped = only?.type === 'group' && only.text === '(' && others.length === 0
  if (!wrapped || only.superscript || only.subscript || only.primes) return script
  return { tokens: only.body!, span: script.span }
}

const partsOf = (cursor: Cursor, tokens: readonly Token[], span: Span): Expression[] =>
  splitAt(tokens, ',').map((part) => whole(cursor, part, span))

const superscript = (cursor: Cursor, script: Script): Superscript => {
  const inner = unparenthesised(script)
  const parts = partsOf(cursor, inner.tokens, script.span)
  return { parts, parenthesised: inner !== script, span: script.span }
}

const subscript = (cursor: Cursor, script: Script): Subscript => ({
  parts: partsOf(cursor, unparenthesised(script).tokens, script.span),
  span: script.span,
})

export const bareName = (cursor: Cursor): Name => {
  const token = next(cursor)
  return make(cursor, {
    kind: 'name',
    base: token.text,
    primes: token.primes,
    ...(token.superscript && { superscript: superscript(cursor, token.superscript) }),
    ...(token.subscript && { subscript: subscript(cursor, token.subscript) }),
    span: extent(token),
  })
}

/** A name, and parentheses directly after it. */
export const nameOrApplication = (cursor: Cursor): Expression => {
  const head = bareName(cursor)
  const group = peek(cursor)
  if (group?.type !== 'group' || group.text !== '(') return head
  cursor.at++
  const body = group.body!
  const bar = body.filter((token) => isSign(token, '|')).length === 1
  const operands = splitAt(body, bar ? '|' : ',').map((part) => whole(cursor, part, group.span))
  const span = { start: head.span.start, end: group.span.end }
  const made = make(cursor, { kind: 'application' as const, head, operands, bar, span })
  return scripted(cursor, made, group)
}

const name = (cursor: Cursor): Expression =>
  isTotalDerivative(cursor) ? derivative(cursor) : nameOrApplication(cursor)

const isReducing = (word: Word): word is 'sum' | 'max' | 'min' | 'med' =>
  word === 'sum' || word === 'max' || word === 'min' || word === 'med'

/** rot180(W), rot180 W, log^2(x), and max_{u,v} body. */
const functionWord = (cursor: Cursor): Expression => {
  const token = peek(cursor)!
  const word = functionWords.get(token.text)!
  if (token.subscript && isReducing(word)) return reduction(cursor, word)
  cursor.at++
  const group = peek(cursor)
  if (token.primes || token.subscript) withoutScripts(token)
  if (group?.type !== 'group' || group.text !== '(') {
    withoutScripts(token)
    const operand = factor(cursor, false)
    return call(cursor, word, [operand], joinSpans(token, operand))
  }
  cursor.at++
  const operands = partsOf(cursor, group.body!, group.span)
  const made = scripted(cursor, call(cursor, word, operands, joinSpans(token, group)), group)
  return token.superscript ? raised(cursor, made, token.superscript) : made
}

const call = (
  cursor: Cursor,
  word: Word,
  operands: readonly Expression[],
  span: Span,
): Expression => make(cursor, { kind: 'call', word, operands, span })

const bracketWords: ReadonlyMap<string, Word> = new Map([
  ['⌊', 'floor'],
  ['⌈', 'ceil'],
])

const group = (cursor: Cursor): Expression => {
  const token = next(cursor)
  const { span } = token
  const body = token.body!
  const word = bracketWords.get(token.text)
  if (word) return scripted(cursor, call(cursor, word, [whole(cursor, body, span)], span), token)
  if (token.text === '[' && body.some((each) => isRelation(each) || each.type === 'keyword'))
    return scripted(cursor, iverson(cursor, token), token)
  const parts = partsOf(cursor, body, span)
  if (parts.length === 1) return entryRead(cursor, scripted(cursor, { ...parts[0]!, span }, token))
  if (token.text !== '[') throw new ClaimError('A list of values in parentheses', span)
  return scripted(cursor, make(cursor, { kind: 'list', items: parts, span }), token)
}

/** (X * W)(i, j): at least two operands, for (a)(b) is a product. */
const entryRead = (cursor: Cursor, array: Expression): Expression => {
  const group = peek(cursor)
  if (group?.type !== 'group' || group.text !== '(') return array
  if (splitAt(group.body!, ',').length < 2) return array
  cursor.at++
  const indices = partsOf(cursor, group.body!, group.span)
  const span = joinSpans(array, group)
  return scripted(cursor, make(cursor, { kind: 'entry', array, indices, span }), group)
}

const fraction = (cursor: Cursor): Expression => {
  const asDerivative = fractionDerivative(cursor)
  if (asDerivative) return asDerivative
  const token = next(cursor)
  const { span } = token
  const numerator = whole(cursor, token.body!, span)
  const denominator = whole(cursor, token.below!, span)
  const isNumber =
    numerator.kind === 'numeral' &&
    denominator.kind === 'numeral' &&
    denominator.value.numerator !== 0n
  const made: Expression = isNumber
    ? {
        kind: 'numeral',
        value: quotientOf(numerator.value, denominator.value),
        text: `${numerator.text}/${denominator.text}`,
        span,
      }
    : { kind: 'quotient', numerator, denominator, span }
  return scripted(cursor, make(cursor, made), token)
}

const root = (cursor: Cursor): Expression => {
  const token = next(cursor)
  const under = whole(cursor, token.body!, token.span)
  return scripted(cursor, call(cursor, 'sqrt', [under], token.span), token)
}

/** √(…) and √x. */
const prefixRoot = (cursor: Cursor): Expression => {
  const sign = next(cursor)
  withoutScripts(sign)
  const operand = factor(cursor, false)
  return call(cursor, 'sqrt', [operand], joinSpans(sign, operand))
}

const absolute = (cursor: Cursor): Expression => {
  const open = next(cursor)
  withoutScripts(open)
  cursor.bars++
  const inner = addition(cursor)
  cursor.bars--
  const close = peek(cursor)
  if (!isSign(close, '|')) throw new ClaimError('‘|’ is never closed', open.span)
  cursor.at++
  return scripted(cursor, call(cursor, 'abs', [inner], joinSpans(open, close!)), close!)
}

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
  ['∂', (cursor: Cursor) => derivative(cursor)],
  ['|', absolute],
])

/** The name without its superscript, for ∂a². */
export const nameWithoutSuperscript = (cursor: Cursor, token: Token): Name => {
  const { superscript: _, ...rest } = token
  return { ...bareName(within(cursor, [rest], token.span)), span: extent(token) }
}
