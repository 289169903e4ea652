// Σ, max, min, med over what stands under them, and Iverson's brackets.

import { endless, functionWords } from '../lexicon.ts'
import {
  type Binder,
  ClaimError,
  type Comparison,
  type Condition,
  type Expression,
  type Extremum,
  type ReductionOperator,
  type Span,
} from '../syntax.ts'
import { examples } from '../word-below.ts'
import { comparison, hadamard, signed, whole } from './pratt.ts'
import {
  type Cursor,
  deeper,
  finish,
  isRelation,
  isSign,
  joinSpans,
  make,
  next,
  peek,
  splitAt,
  within,
} from './tokens/cursor.ts'
import { extent, hull, type Script, type Token } from './tokens/tokens.ts'
import { noBinders, under } from './under.ts'

/** Σ_{i,j} body; Σ body, whose indices are those not free elsewhere. */
export const reduction = (cursor: Cursor, operator: ReductionOperator): Expression => {
  const sign = peek(cursor)!
  const { binders, conditions, body } = bound(cursor, operator)
  const implicit = binders.length === 0
  const span = joinSpans(sign, body)
  return make(cursor, { kind: 'reduction', operator, binders, conditions, implicit, body, span })
}

interface Bound {
  readonly binders: readonly Binder[]
  readonly conditions: readonly Comparison[]
  readonly body: Expression
}

/** Σ_{i=1}^{i=n} is Σ_{i=1}^{n}. */
const withoutLetter = (tokens: readonly Token[]): readonly Token[] =>
  tokens.length > 2 && tokens[0]!.type === 'name' && isSign(tokens[1], '=')
    ? tokens.slice(2)
    : tokens

const saysExamples = (below: Script | undefined): boolean =>
  below !== undefined && examples.has(below.tokens.map(({ text }) => text).join(''))

/** Everything that binds tighter than + belongs to the body. */
const bound = (cursor: Cursor, operator: ReductionOperator): Bound => {
  const sign = next(cursor)
  const { superscript } = sign
  const subscript = operator === 'sum' && saysExamples(sign.subscript) ? undefined : sign.subscript
  if (sign.primes) throw new ClaimError('A prime on what is no function', extent(sign))
  if (operator !== 'sum' && !subscript)
    throw new ClaimError(`‘${sign.text}’ needs an index below it`, extent(sign))
  if (superscript && !subscript)
    throw new ClaimError('An upper bound without an index', superscript.span)
  const below = subscript
    ? under(cursor, subscript, operator, superscript !== undefined)
    : noBinders
  if (superscript && operator !== 'sum' && !below.binders.some(({ lower }) => lower))
    throw new ClaimError('An upper bound without a lower one', superscript.span)
  const upper = superscript && whole(cursor, withoutLetter(superscript.tokens), superscript.span)
  const binders = (upper ? withUpper(below.binders, upper) : below.binders).map(withoutEndless)
  if (subscript && binders.length === 0)
    throw new ClaimError('No index under the sign', subscript.span)
  const body = deeper(cursor, () => signed(cursor, hadamard))
  return { binders, conditions: below.conditions, body }
}

/** [i ≤ 4, j ≤ 4], [a_{ij} = max], [first max], [u,v = argmax_{p,q} body]. */
export const iverson = (cursor: Cursor, token: Token): Expression => {
  const conditions: Condition[] = []
  // The places before the comma of u,v = argmax….
  let places: Token[][] = []
  for (const part of splitAt(token.body!, ',')) {
    if (!part.some((each) => isRelation(each) || each.type === 'keyword')) places.push(part)
    else {
      conditions.push(condition(cursor, part, places, token.span))
      places = []
    }
  }
  if (places[0]) throw needsRelation(places[0], token.span)
  return make(cursor, { kind: 'iverson', conditions, span: token.span })
}

const needsRelation = (tokens: readonly Token[], span: Span) =>
  new ClaimError('A condition needs a relation', hull(tokens, span))

const condition = (
  cursor: Cursor,
  tokens: readonly Token[],
  places: readonly Token[][],
  around: Span,
): Condition => {
  const span = hull(tokens, around)
  const equals = tokens.findIndex((token) => isSign(token, '='))
  const after = equals < 0 ? undefined : tokens[equals + 1]
  if (after?.type === 'keyword' && after.text.startsWith('arg')) {
    const which = after.text.slice('arg'.length) as Extremum
    const [only] = tokens
    const inParentheses = equals === 1 && only?.type === 'group' && only.text === '('
    const last = inParentheses ? splitAt(only.body!, ',') : [tokens.slice(0, equals)]
    const at = [...places, ...last].map((part) => whole(cursor, part, span))
    const inner = within(cursor, tokens.slice(equals + 1), span)
    const { binders, conditions, body } = bound(inner, which)
    finish(inner)
    return make(cursor, { kind: 'winner', which, at, binders, conditions, body, span })
  }
  if (places[0]) throw needsRelation(places[0], around)
  const which = bareExtremum(tokens.at(-1)!)
  const hasFirst = tokens.some((token) => token.type === 'keyword' && token.text === 'first')
  if (hasFirst) return firstCondition(cursor, tokens, which, span)
  if (which && equals > 0 && equals === tokens.length - 2) {
    const operand = whole(cursor, tokens.slice(0, equals), span)
    return make(cursor, { kind: 'extremum', which, operand, span })
  }
  const inner = within(cursor, tokens, span)
  const read = comparison(inner)
  finish(inner)
  return read
}

/** The word max alone, as in [a = max]. */
const bareExtremum = (token: Token): Extremum | undefined => {
  const word = token.type === 'function' ? functionWords.get(token.text) : undefined
  const alone = !token.subscript && !token.superscript && !token.primes
  return alone && (word === 'max' || word === 'min' || word === 'med') ? word : undefined
}

const firstCondition = (
  cursor: Cursor,
  tokens: readonly Token[],
  which: Extremum | undefined,
  span: Span,
): Condition => {
  const before = tokens.slice(0, -2)
  const operandTokens = before.slice(0, -1)
  const isFirst = tokens.at(-2)?.type === 'keyword' && tokens.at(-2)?.text === 'first'
  const isEquation = before.length === 0 || (before.length > 1 && isSign(before.at(-1), '='))
  if (!which || !isFirst || !isEquation)
    throw new ClaimError('‘first’ stands before max, as in [first max]', span)
  if (before.length === 0) return make(cursor, { kind: 'first', which, span })
  return make(cursor, { kind: 'first', which, operand: whole(cursor, operandTokens, span), span })
}

/** Σ_{i,j=1}^n bounds both. */
const withUpper = (binders: readonly Binder[], upper: Expression): Binder[] =>
  binders.map((binder) => {
    if (binder.upper) throw new ClaimError('Two upper bounds', upper.span)
    const lower = binder.lower ?? binders.at(-1)?.lower
    return { ...binder, ...(lower && { lower }), upper }
  })

const isEndless = (node: Expression | undefined): boolean =>
  (node?.kind === 'name' && node.base === endless) ||
  (node?.kind === 'negation' && isEndless(node.operand))

/** Σ_{u=−∞}^{∞} has no bounds, and runs past every axis. */
const withoutEndless = ({ lower, upper, ...binder }: Binder): Binder => ({
  ...binder,
  ...([lower, upper].some(isEndless) && { isEndless: true }),
  ...(lower && !isEndless(lower) && { lower }),
  ...(upper && !isEndless(upper) && { upper }),
})
