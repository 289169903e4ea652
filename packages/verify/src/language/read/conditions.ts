// What is said of the indices after a claim: ‘for i ≠ j’, ‘if z_i > 0’, ‘j = 1, …, n’, ‘for all
// i, j’. A claim under a condition is the claim with both sides times its bracket.

import { onesLetter } from '../lexicon.ts'
import { rational } from '../rational.ts'
import { ClaimError, type Expression, type Span } from '../syntax.ts'
import { whole } from './pratt.ts'
import { comma, isLetter, listOf, rangeOf, withRanges } from './ranges.ts'
import { iverson } from './reduction.ts'
import { type Budget, cursorOver, isRelation, isSign, splitAt } from './tokens/cursor.ts'
import { hull, type Token, token } from './tokens/tokens.ts'
import { commonBounds } from './under.ts'

/** for, if, ∀: a condition follows. */
export const saysWhen = (token: Token | undefined) =>
  (token?.type === 'keyword' && (token.text === 'for' || token.text === 'if')) || isSign(token, '∀')

/** Whether a clause after a claim can only be a condition: i ≠ j, 1 ≤ i ≤ n, (i = j). */
const isCondition = (clause: readonly Token[]): boolean => {
  const [only] = clause
  if (clause.length === 1 && only!.type === 'group' && only!.text === '(')
    return only!.body!.some(isRelation)
  const signs = clause.filter(isRelation).map(({ text }) => text)
  const plain = clause.every(
    (each) =>
      isRelation(each) ||
      isLetter(each) ||
      each.type === 'number' ||
      isSign(each, '+') ||
      isSign(each, '-'),
  )
  const isOfLayer = signs.join() === '=' && /^[lL]$/.test(clause[0]?.text ?? '')
  const restricts = signs.length > 0 && !signs.includes('=')
  const isRange = rangeOf(clause) !== undefined || listOf(clause) !== undefined
  return isRange || (plain && (restricts || isOfLayer))
}

/** i = 1, …, n, j = 1, …, m: nothing but conditions. */
export const areConditions = (tokens: readonly Token[]): boolean =>
  withRanges(splitAt(tokens, ',')).every(isCondition)

/** Where the conditions of a sentence begin, and where its claims end. */
const cut = (tokens: readonly Token[]): { claims: Token[]; conditions: Token[][] } => {
  const word = tokens.findIndex(saysWhen)
  const comes = word > 0 && isSign(tokens[word - 1], ',') ? word - 1 : word
  const before = word < 0 ? tokens : tokens.slice(0, comes)
  const said = word < 0 ? [] : partsAfter(tokens.slice(word))
  // (i ≠ j) at the end, where a product could not stand.
  const last = before.at(-1)
  const inBrackets =
    last?.type === 'group' &&
    last.text === '(' &&
    !last.superscript &&
    !last.subscript &&
    last.body!.some(isRelation) &&
    before.slice(0, -1).some(isRelation) &&
    // After an operator it is a mask, and after 𝟙 what it is 1 for.
    before.at(-2)?.type !== 'sign' &&
    ![onesLetter, 'I'].includes(before.at(-2)!.text)
  if (inBrackets)
    return { claims: before.slice(0, -1), conditions: [...partsAfter(last.body!), ...said] }
  const clauses = withRanges(splitAt(before, ','))
  let end = clauses.length
  while (end > 1 && isCondition(clauses[end - 1]!)) end--
  // i, j = 1, …, n: letters before their range.
  while (end > 1 && end < clauses.length && clauses[end - 1]!.every(isLetter)) end--
  const claims = clauses
    .slice(0, end)
    .flatMap((part, at) => (at === 0 ? part : [comma(part[0] ?? before[0]!), ...part]))
  return { claims, conditions: [...commonBounds(clauses.slice(end), 'sum'), ...said] }
}

const partsAfter = (tokens: readonly Token[]): Token[][] => {
  const isForAll = isSign(tokens[0], '∀')
  const rest = tokens.filter((each) => !saysWhen(each))
  if (rest.length === 0 && tokens[0])
    throw new ClaimError(
      `‘${isForAll ? 'for all’ needs index letters' : `${tokens[0].text}’ needs a condition`} after it`,
      tokens[0].span,
    )
  // 0 ≤ a, b ≤ 1 is of both.
  return commonBounds(withRanges(splitAt(rest, ',')), 'sum')
}

/** The brackets of all conditions; letters alone say once more that a claim is about all indices. */
const bracketsOf = (conditions: readonly Token[][], budget: Budget): Expression[] => {
  const brackets: Expression[] = []
  let letters: Token[] = []
  for (const written of conditions) {
    const [only] = written
    const wrapped = written.length === 1 && only!.type === 'group' && only!.text === '('
    const part = wrapped ? only!.body! : written
    const span = hull(part, { start: 0, end: 0 })
    const cursor = cursorOver([], budget, span)
    const range = rangeOf(part)
    const list = range ? undefined : listOf(part)
    if (list) {
      brackets.push(isOneOf(list, (each) => whole(cursor, [each], span), span))
      letters = []
    } else if (range) {
      for (const letter of [...letters, ...range.letters]) {
        const { from, to } = range
        const operands = [from, [letter], to].map((each) => whole(cursor, each, span))
        const relations = ['≤', '≤'] as const
        const comparison = { kind: 'comparison' as const, operands, relations, span }
        brackets.push({ kind: 'iverson', conditions: [comparison], span })
      }
      letters = []
    } else if (part.length > 0 && part.every(isLetter)) letters.push(...part)
    else {
      const group: Token = { ...token('group', '[', span), body: [...part] }
      brackets.push(iverson(cursor, group))
      letters = []
    }
  }
  return brackets
}

/** [(i − 1)(i − 3) = 0] */
const isOneOf = (
  { letter, values }: { readonly letter: Token; readonly values: readonly Token[] },
  read: (token: Token) => Expression,
  span: Span,
): Expression => {
  const factors = values.map((value): Expression => {
    const negation: Expression = { kind: 'negation', operand: read(value), span }
    return { kind: 'addition', terms: [read(letter), negation], span }
  })
  const zero: Expression = { kind: 'numeral', value: rational(0n), text: '0', span }
  const operands: Expression[] = [{ kind: 'product', factors, span }, zero]
  return {
    kind: 'iverson',
    conditions: [{ kind: 'comparison', operands, relations: ['='], span }],
    span,
  }
}

/** for all i, j: letters that the claim speaks of. @throws ClaimError at any other */
const demandMentioned = (letters: readonly Token[], claims: readonly Token[]): void => {
  const mentioned = new Set(namesIn(claims))
  const stray = letters.find((letter) => !mentioned.has(letter.text))
  if (stray) throw new ClaimError(`‘${stray.text}’ is no index of the claim`, stray.span)
}

const namesIn = (tokens: readonly Token[]): string[] =>
  tokens.flatMap(({ type, text, body, below, subscript, superscript }) => [
    ...(type === 'name' ? [text] : []),
    ...[body, below, subscript?.tokens, superscript?.tokens].flatMap((inner) =>
      inner ? namesIn(inner) : [],
    ),
  ])

/** The claims of a sentence, and the brackets that both sides of each are taken times. */
export const withoutConditions = (
  tokens: readonly Token[],
  budget: Budget,
): { tokens: Token[]; brackets: Expression[]; numbers: readonly string[] } => {
  const { claims, conditions } = cut(tokens)
  if (claims.length === 0 && tokens[0])
    throw new ClaimError('A condition without a claim before it', hull(tokens, tokens[0].span))
  for (const part of conditions)
    if (part.every(isLetter)) demandMentioned(part, claims)
    else demandMentioned(rangeOf(part)?.letters ?? [listOf(part)?.letter ?? []].flat(), claims)
  // ‘For any c’ speaks of all numbers c, and ‘for any v’ of all arrays perhaps.
  const numbers = conditions.flatMap((part) =>
    part.flatMap(({ text }) => (part.every(isLetter) && /^[abckstCα-ω]$/.test(text) ? [text] : [])),
  )
  return { tokens: claims, brackets: bracketsOf(conditions, budget), numbers }
}

/** Both sides under a condition. @throws ClaimError where sides are not equated */
export const under = <
  Chain extends { operands: readonly Expression[]; relations: readonly string[] },
>(
  chain: Chain,
  brackets: readonly Expression[],
  span: Span,
): Chain => {
  if (brackets.length === 0) return chain
  if (
    chain.relations.some((sign) => sign !== '=') ||
    chain.relations.length >= chain.operands.length
  )
    throw new ClaimError('A condition goes with an equation of its own', span)
  const operands = chain.operands.map((operand): Expression => {
    // 0 is of every shape.
    if (operand.kind === 'numeral' && operand.value.numerator === 0n) return operand
    const factors = operand.kind === 'product' ? operand.factors : [operand]
    return { kind: 'product', factors: [...brackets, ...factors], span: operand.span }
  })
  return { ...chain, operands }
}
