// What holds in some cases only: `{ a if c; b otherwise }`, \begin{cases}, and indicators 1[c],
// 𝟙{c}, 1_{c}. All of it becomes Iverson's brackets.

import { onesLetter } from '../lexicon.ts'
import { rational } from '../rational.ts'
import { ClaimError, type Expression, type RelationSign, type Span } from '../syntax.ts'
import { spellingOf } from '../walk.ts'
import { whole } from './pratt.ts'
import { iverson } from './reduction.ts'
import { type Cursor, isRelation, isSign, joinSpans, make, peek, splitAt } from './tokens/cursor.ts'
import { extent, hull, type Token } from './tokens/tokens.ts'

const isKeyword = (token: Token | undefined, text: string) =>
  token?.type === 'keyword' && token.text === text

/** Whether a group in braces tells cases apart. */
export const isCases = ({ text, body = [] }: Token): boolean =>
  text === '{' && body.some((token) => isKeyword(token, 'if') || isKeyword(token, 'otherwise'))

type Bracket = Expression & { readonly kind: 'iverson' }

const withoutStop = (tokens: readonly Token[]): readonly Token[] =>
  isSign(tokens.at(-1), ',') || isSign(tokens.at(-1), '.') ? tokens.slice(0, -1) : tokens

const bracketOf = (cursor: Cursor, tokens: readonly Token[], span: Span): Bracket =>
  iverson(cursor, {
    type: 'group',
    text: '[',
    primes: 0,
    body: [...tokens],
    span: hull(tokens, span),
  }) as Bracket

/** Pairs of relations that never hold together. */
const exclusive: ReadonlySet<string> = new Set(
  ['=≠', '=<', '=>', '<>', '<≥', '>≤'].flatMap(([a, b]) => [`${a}${b}`, `${b}${a}`]),
)

/** i = j and i ≠ j: what needs no word on which comes first. */
const areExclusive = (a: Bracket, b: Bracket): boolean =>
  a.conditions.some((one) =>
    b.conditions.some(
      (other) =>
        one.kind === 'comparison' &&
        other.kind === 'comparison' &&
        exclusive.has(`${one.relations.join('')}${other.relations.join('')}` as RelationSign) &&
        spellingOf(one.operands) === spellingOf(other.operands),
    ),
  )

const not = (cursor: Cursor, bracket: Bracket): Expression => {
  const { span } = bracket
  const one: Expression = { kind: 'numeral', value: rational(1n), text: '1', span }
  const minus = make(cursor, { kind: 'negation' as const, operand: bracket, span })
  return make(cursor, { kind: 'addition', terms: [one, minus], span })
}

/** The first case that applies counts; `otherwise` is what no case before it was. */
export const cases = (cursor: Cursor, token: Token): Expression => {
  const before: Bracket[] = []
  const terms: Expression[] = []
  for (const row of splitAt(token.body!, ';')) {
    const word = row.findIndex((each) => isKeyword(each, 'if') || isKeyword(each, 'otherwise'))
    // W, 1 ≤ i ≤ 3: a comma does for the word.
    const comma = row.findIndex((each) => isSign(each, ','))
    const at = word < 0 && row.slice(comma + 1).some(isRelation) ? comma : word
    if (at < 0) throw new ClaimError('A case without its condition', hull(row, token.span))
    const span = hull(row, token.span)
    const value = whole(cursor, withoutStop(row.slice(0, at)), span)
    const rest = withoutStop(row.slice(at + 1))
    const isLast = isKeyword(row[at], 'otherwise')
    if (isLast && rest.length > 0)
      throw new ClaimError('Nothing follows ‘otherwise’', hull(rest, span))
    const own = isLast ? undefined : bracketOf(cursor, rest, span)
    const others = before.filter((each) => !own || !areExclusive(each, own))
    const factors = [...(own ? [own] : []), ...others.map((each) => not(cursor, each)), value]
    terms.push(make(cursor, { kind: 'product' as const, factors, span }))
    if (own) before.push(own)
  }
  const [only, second] = terms
  if (only && !second) return only
  return make(cursor, { kind: 'addition', terms, span: token.span })
}

const hasRelation = (tokens: readonly Token[] | undefined): boolean =>
  tokens?.some((token) => isRelation(token)) ?? false

/** max of 1_max: the cell of its pooling window that the policy picks. */
const winnerOf = (tokens: readonly Token[]): 'max' | 'min' | undefined => {
  const [only, ...others] = tokens
  const text = only?.type === 'function' && others.length === 0 ? only.text : ''
  return text === 'max' || text === 'min' ? text : undefined
}

const isWrapped = (tokens: readonly Token[]): boolean =>
  tokens.length === 1 && tokens[0]!.type === 'group' && hasRelation(tokens[0]!.body)

/**
 * 𝟙{c}, 𝟙[c], 𝟙(c) and 𝟙_{c}; 1 and I do as well. Undefined where there is no condition: then it
 * is the vector of ones, the number, the identity.
 */
export const indicator = (cursor: Cursor): Expression | undefined => {
  const sign = peek(cursor)!
  if (![onesLetter, '1', 'I'].includes(sign.text) || sign.superscript || sign.primes)
    return undefined
  const under = sign.subscript?.tokens
  if (under) {
    const tokens = isWrapped(under) ? under[0]!.body! : under
    const winner = winnerOf(tokens)
    if (winner) {
      cursor.at++
      const conditions = [{ kind: 'first', which: winner, span: extent(sign) } as const]
      return make(cursor, { kind: 'iverson' as const, conditions, span: extent(sign) })
    }
    if (!hasRelation(tokens)) return undefined
    cursor.at++
    return { ...bracketOf(cursor, tokens, sign.subscript!.span), span: extent(sign) }
  }
  const group = peek(cursor, 1)
  if (group?.type !== 'group' || !hasRelation(group.body) || isCases(group)) return undefined
  if (group.subscript || group.superscript || group.primes) return undefined
  cursor.at += 2
  return { ...bracketOf(cursor, group.body!, group.span), span: joinSpans(sign, group) }
}
