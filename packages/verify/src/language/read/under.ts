// What stands under Σ, max, min and med: the letters that are bound, their bounds, and conditions.

import { rational } from '../rational.ts'
import {
  type Binder,
  ClaimError,
  type Comparison,
  type Expression,
  type ReductionOperator,
} from '../syntax.ts'
import { childNodes } from '../walk.ts'
import { comparison } from './pratt.ts'
import { isLetter, rangeOf, withRanges } from './ranges.ts'
import { type Cursor, finish, isRelation, isSign, splitAt, within } from './tokens/cursor.ts'
import type { Script, Token } from './tokens/tokens.ts'

export interface Under {
  readonly binders: readonly Binder[]
  readonly conditions: readonly Comparison[]
}

export const noBinders: Under = { binders: [], conditions: [] }

/** What stands under Σ: i,j · ij · i=1 · 1≤i≤n · 1≤i,j≤n · i≠j. */
export const under = (
  cursor: Cursor,
  { tokens, span }: Script,
  operator: ReductionOperator | 'product',
  hasUpper: boolean,
): Under => {
  const binders: Binder[] = []
  const conditions: Comparison[] = []
  const isBound = (name: string) => binders.some((binder) => binder.name === name)
  const [only, ...others] = tokens
  const wrapped = only?.type === 'group' && only.text === '(' && others.length === 0
  for (const part of partsUnder(wrapped ? only.body! : tokens, operator)) {
    const inner = within(cursor, part, span)
    const read = comparison(inner)
    finish(inner)
    // Where i′ and u are summed over, i = i′ + u − 1 is a condition on an i that is given.
    const isEquation = !hasUpper && read.relations.join() === '='
    const [left] = read.operands
    if (isEquation && (!isLone(left!) || read.operands.some((each) => mentions(each, isBound)))) {
      conditions.push(read)
      continue
    }
    // i : y_i s_i < 1, of the i that meet it.
    const isAboutValues = !isOfLetters(read.operands[0]!)
    if (isAboutValues && read.operands.some((each) => mentions(each, isBound))) {
      conditions.push(read)
      continue
    }
    const bounds = boundsOf(isOfSet(read) ? { ...read, relations: [] } : read, operator)
    if (bounds.length > 0 && !bounds.some((binder) => isBound(binder.name))) {
      binders.push(...bounds)
      continue
    }
    if (narrowed(binders, bounds)) continue
    if (read.relations.length === 0)
      throw new ClaimError('The same index twice under one sign', read.span)
    for (const binder of indexNames(read.operands[0]!))
      if (!isBound(binder.name)) binders.push(binder)
    conditions.push(read)
  }
  return { binders, conditions }
}

/** w ∈ V, of a set that has a name and nothing else: all that there are. */
const isOfSet = ({ operands, relations }: Comparison): boolean =>
  relations.join() === '∈' && isLone(operands[1]!) && operands[0]!.kind !== 'list'

/** i ≤ 7 of an i that was named before: its bounds are these. */
const narrowed = (binders: Binder[], bounds: readonly Binder[]): boolean => {
  const places = bounds.map(({ name }) => binders.findIndex((each) => each.name === name))
  const isFree = ({ lower, upper }: Binder) => !lower && !upper
  const isNew = bounds.every(
    (bound, k) => !isFree(bound) && places[k]! >= 0 && isFree(binders[places[k]!]!),
  )
  if (bounds.length === 0 || !isNew) return false
  for (const [k, bound] of bounds.entries()) binders[places[k]!] = bound
  return true
}

const isOfLetters = (node: Expression): boolean => {
  const factors = node.kind === 'product' ? node.factors : [node]
  return factors.every((each) => each.kind === 'numeral' || isLone(each))
}

const isLone = (node: Expression): boolean =>
  node.kind === 'name' && !node.superscript && !node.subscript
/** ‘such that’ between letters and conditions: : ; | s.t. */
const separates = (tokens: readonly Token[], at: number): boolean => {
  const token = tokens[at]!
  if (isSign(token, ':') || isSign(token, ';') || isSign(token, '|')) return true
  return (
    token.type === 'prose' && /^(?:s\.?\s*t\.?|such that|with|and|where)[:,]?$/.test(token.text)
  )
}

/** What commas separate, and a colon before conditions; ranges as bounds. */
const partsUnder = (
  tokens: readonly Token[],
  operator: ReductionOperator | 'product',
): Token[][] => {
  // s.t. in a line of its own, between \\ and \\.
  const isApart = (at: number) => tokens[at] && separates(tokens, at)
  const isBeside = (at: number) => isSign(tokens[at], ',') && [at - 1, at + 1].some(isApart)
  const plain = tokens.flatMap((each, at) => {
    if (isBeside(at)) return []
    return separates(tokens, at) ? [{ ...each, type: 'sign' as const, text: ',' }] : [each]
  })
  const parts = withRanges(splitAt(plain, ',').map(withoutWords)).flatMap(inOrder)
  return commonBounds(parts.reduce(withBounds, []), operator)
}

/** Sets of which nothing is left out, unlike the active units or the support vectors. */
const wholeSet =
  /^(?:vocab(?:ulary)?|words|data(?:set)?|(?:mini-?)?batch|(?:training )?(?:examples|samples|set)|classes|labels|(?:in|out)puts?|units|pixels)$/i

/** ∀ i, all i, and w ∈ Vocabulary: all that there are. */
const withoutWords = (part: Token[]): Token[] => {
  const [first, ...rest] = part
  if (
    rest.length > 0 &&
    (isSign(first, '∀') || (first?.type === 'prose' && /^all$/.test(first.text)))
  )
    return withoutWords(rest)
  const set = part.at(-1)
  const isWhole = set?.type === 'prose' && wholeSet.test(set.text)
  return isWhole && isSign(part.at(-2), '∈') ? part.slice(0, -2) : part
}

/** 1 ≤ i < j ≤ n as 1 ≤ i ≤ n, 1 ≤ j ≤ n, i < j. */
const inOrder = (part: Token[]): Token[][] => {
  const signs = part.filter(isRelation)
  const [first, ...rest] = piecesOf(part)
  const last = rest.at(-1)
  const letters = rest.slice(0, -1)
  const isChain = letters.length > 1 && letters.every((each) => each.length === 1)
  const isOrdered = signs.every(({ text }) => text === '≤' || text === '<')
  const [from, to] = [signs[0], signs.at(-1)]
  if (!isChain || !letters.flat().every(isLetter) || !isOrdered) return [part]
  if (!isSign(from, '≤') || !isSign(to, '≤')) return [part]
  const bounded = letters.map((letter) => [...first!, from!, ...letter, to!, ...last!])
  const orders = letters.slice(1).map((letter, k) => [...letters[k]!, signs[k + 1]!, ...letter])
  return [...bounded, ...orders]
}

/** What relations separate. */
const piecesOf = (part: readonly Token[]): Token[][] => {
  const pieces: Token[][] = [[]]
  for (const token of part)
    if (isRelation(token)) pieces.push([])
    else pieces.at(-1)!.push(token)
  return pieces
}

/** u, v ∈ {1, …, n} as 1 ≤ u ≤ n, 1 ≤ v ≤ n. */
const withBounds = (before: readonly Token[][], part: Token[]): Token[][] => {
  const range = rangeOf(part)
  const sign = part.find(isRelation)
  if (!range || !sign) return [...before, part]
  const open = before.findLastIndex((each) => !each.every(isLetter)) + 1
  const letters = [...before.slice(open).flat(), ...range.letters]
  const to = { ...sign, text: '≤' }
  const bounded = letters.map((letter) => [...range.from, to, letter, to, ...range.to])
  return [...before.slice(0, open), ...bounded]
}

/**
 * 1 ≤ u, v ≤ 2 is 1 ≤ u ≤ 2, 1 ≤ v ≤ 2; of an extremum u, v ≤ 2 is u ≤ 2, v ≤ 2, for there is no
 * largest of all. Σ_{i,j,u ≤ 2} runs through all i and j.
 */
export const commonBounds = (
  parts: readonly Token[][],
  operator: ReductionOperator | 'product',
): Token[][] => {
  const isLower = (part: readonly Token[]) => {
    const [number, sign, name, ...rest] = isSign(part[0], '-') ? part.slice(1) : part
    const isEnd = number?.type === 'number' || (isSign(part[0], '-') && isLetter(number))
    return isEnd && isBelow(sign) && isLetter(name) && rest.length === 0
  }
  const isOpen = (part: readonly Token[]) => operator !== 'sum' && part.every(isLetter)
  const from = parts.findIndex((part) => isLower(part) || isOpen(part))
  const to = parts.findIndex((part, at) => at > from && part.length > 1)
  const [first, last] = [parts[from], parts[to]]
  const lower = first && isLower(first) ? first.slice(0, -1) : []
  const isUpper = lower.length > 0 ? isBelow(last?.[1]) : isSign(last?.[1], '≤')
  if (!first || !last || !isLetter(last[0]) || !isUpper || last.filter(isRelation).length > 1)
    return [...parts]
  const upper = last.slice(1)
  const between = parts.slice(from + 1, to)
  const letters = [...first.slice(lower.length), ...between.flat(), last[0]!]
  if (upper.some((token) => letters.some(({ text }) => text === token.text))) return [...parts]
  const bounded = letters.map((letter) => [...lower, letter, ...upper])
  return [...parts.slice(0, from), ...bounded, ...parts.slice(to + 1)]
}

const isBelow = (token: Token | undefined): boolean => isSign(token, '≤') || isSign(token, '<')

const mentions = (node: Expression, isBound: (name: string) => boolean): boolean =>
  (node.kind === 'name' && isBound(node.base + "'".repeat(node.primes))) ||
  childNodes<Expression>(node).some((child) => mentions(child, isBound))

/** The names in a juxtaposition such as i j′. @throws ClaimError at anything else. */
const indexNames = (expression: Expression): Binder[] => {
  const { kind } = expression
  const several = kind === 'list' ? expression.items : kind === 'product' && expression.factors
  const factors = several || [expression]
  return factors.map((factor) => {
    if (factor.kind !== 'name' || factor.superscript || factor.subscript)
      throw new ClaimError('Only index letters stand under a sign', factor.span)
    return { name: factor.base + "'".repeat(factor.primes), span: factor.span }
  })
}

/** n − 1 of i < n, and 1 of 0 < i. */
const moved = (end: Expression, by: 1n | -1n): Expression => {
  const { span } = end
  if (end.kind === 'numeral' && end.value.denominator === 1n) {
    const numerator = end.value.numerator + by
    if (numerator >= 0n) return { ...end, value: { ...end.value, numerator }, text: `${numerator}` }
  }
  const one: Expression = { kind: 'numeral', value: rational(1n), text: '1', span }
  const term: Expression = by > 0 ? one : { kind: 'negation', operand: one, span }
  return { kind: 'addition', terms: [end, term], span }
}

/** i, i=1, i≤n, i≥1, 1≤i, 1≤i≤n, 0≤i<n; nothing for what only restricts, as i≠j. */
const boundsOf = (
  { operands, relations, ...rest }: Comparison,
  operator: ReductionOperator | 'product',
): Binder[] => {
  const [first, second, third] = operands
  const all = (named: Expression, bounds: { lower?: Expression; upper?: Expression }) =>
    indexNames(named).map((binder) => ({ ...binder, ...bounds }))
  const signs = relations.join('')
  if (signs === '') return all(first!, {})
  if (signs === '=' || signs === '≥') return all(first!, { lower: second! })
  if (/^[>≥]{2}$/.test(signs)) {
    // t ≥ i > k is k < i ≤ t.
    const turned = relations.map((sign) => (sign === '>' ? '<' : '≤')).reverse()
    const read = { ...rest, operands: [...operands].reverse(), relations: turned }
    return boundsOf(read, operator)
  }
  // Of k < i ≤ t a sum may be over both; a product is from one to the other.
  const isFrom = signs === '≤≤' || operator === 'product' || !(first && isLone(first))
  if (third && /^[<≤]{2}$/.test(signs) && isFrom)
    return all(second!, {
      lower: relations[0] === '<' ? moved(first!, 1n) : first!,
      upper: relations[1] === '<' ? moved(third, -1n) : third,
    })
  if (signs !== '≤') return []
  return first!.kind === 'numeral'
    ? all(second!, { lower: first })
    : all(first!, { upper: second! })
}
