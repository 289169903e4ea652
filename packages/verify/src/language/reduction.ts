// Σ, max, min, med with what stands under them, and Iverson's brackets.
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
} from './cursor.ts'
import { functionWords } from './lexicon.ts'
import { comparison, hadamard, signed, whole } from './pratt.ts'
import { isLetter, rangeOf, withRanges } from './ranges.ts'
import {
  type Binder,
  ClaimError,
  type Comparison,
  type Condition,
  type Expression,
  type Extremum,
  type ReductionOperator,
  type RelationSign,
  type Span,
} from './syntax.ts'
import { extent, hull, type Script, type Token } from './tokens.ts'
import { childNodes } from './walk.ts'

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

/** Everything that binds tighter than + belongs to the body. */
const bound = (cursor: Cursor, operator: ReductionOperator): Bound => {
  const sign = next(cursor)
  const { subscript, superscript } = sign
  if (sign.primes) throw new ClaimError('A prime on what is no function', extent(sign))
  if (operator !== 'sum' && !subscript)
    throw new ClaimError(`‘${sign.text}’ needs an index below it`, extent(sign))
  if (superscript && !subscript)
    throw new ClaimError('An upper bound without an index', superscript.span)
  const below = subscript ? under(cursor, subscript, superscript !== undefined) : noBinders
  if (superscript && operator !== 'sum' && !below.binders.some(({ lower }) => lower))
    throw new ClaimError('An upper bound without a lower one', superscript.span)
  const upper = superscript && whole(cursor, superscript.tokens, superscript.span)
  const binders = upper ? withUpper(below.binders, upper) : below.binders
  if (subscript && binders.length === 0)
    throw new ClaimError('No index under the sign', subscript.span)
  const body = deeper(cursor, () => signed(cursor, hadamard))
  return { binders, conditions: below.conditions, body }
}

type Under = Omit<Bound, 'body'>
const noBinders: Under = { binders: [], conditions: [] }

/** What stands under Σ: i,j · ij · i=1 · 1≤i≤n · 1≤i,j≤n · i≠j. */
const under = (cursor: Cursor, { tokens, span }: Script, hasUpper: boolean): Under => {
  const binders: Binder[] = []
  const conditions: Comparison[] = []
  const begun = new Set<string>()
  const isBound = (name: string) => binders.some((binder) => binder.name === name)
  const [only, ...others] = tokens
  const wrapped = only?.type === 'group' && only.text === '(' && others.length === 0
  for (const part of partsUnder(wrapped ? only.body! : tokens)) {
    const inner = within(cursor, part, span)
    const read = comparison(inner)
    finish(inner)
    // Where i′ and u are summed over, i = i′ + u − 1 is a condition on an i that is given.
    if (!hasUpper && read.relations.join() === '=' && mentions(read.operands[1]!, isBound)) {
      conditions.push(read)
      continue
    }
    const bounds = boundsOf(read)
    if (bounds.length > 0 && !bounds.some((binder) => isBound(binder.name))) {
      binders.push(...sharing(binders, bounds, begun))
      // 1 ≤ i may go on as 1 ≤ i, j ≤ n.
      if (read.relations.join() === '≤' && bounds[0]!.lower)
        for (const { name } of bounds) begun.add(name)
      continue
    }
    if (read.relations.length === 0)
      throw new ClaimError('The same index twice under one sign', read.span)
    for (const binder of indexNames(read.operands[0]!))
      if (!isBound(binder.name)) binders.push(binder)
    conditions.push(read)
  }
  return { binders, conditions }
}

/** What commas separate, and a colon before conditions; ranges as bounds. */
const partsUnder = (tokens: readonly Token[]): Token[][] => {
  const plain = tokens.map((each) =>
    isSign(each, ':') || isSign(each, ';') ? { ...each, text: ',' } : each,
  )
  return withRanges(splitAt(plain, ',')).reduce(withBounds, [])
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

/** 1 ≤ i, j ≤ n bounds both: a chain that the comma interrupts. Changes the binders before it. */
const sharing = (
  before: Binder[],
  bounds: readonly Binder[],
  begun: ReadonlySet<string>,
): readonly Binder[] => {
  const [{ lower, upper }] = bounds as readonly [Binder]
  const isOpen = (binder: Binder) =>
    !binder.upper && (!binder.lower || (begun.has(binder.name) && !lower && upper))
  const first = before.findLastIndex((binder) => !isOpen(binder)) + 1
  const from = before[first]?.lower ?? lower
  const names = new Set(before.slice(first).map(({ name }) => name))
  if ([lower, upper].some((bound) => bound && mentions(bound, (name) => names.has(name))))
    return bounds
  const shared = { ...(from && { lower: from }), ...(upper && { upper }) }
  before.splice(
    first,
    before.length,
    ...before.slice(first).map((each) => ({ ...each, ...shared })),
  )
  return bounds.map((each) => ({ ...each, ...shared }))
}

const mentions = (node: Expression, isBound: (name: string) => boolean): boolean =>
  (node.kind === 'name' && isBound(node.base + "'".repeat(node.primes))) ||
  childNodes<Expression>(node).some((child) => mentions(child, isBound))

/** The names in a juxtaposition such as i j′. @throws ClaimError at anything else. */
const indexNames = (expression: Expression): Binder[] => {
  const factors = expression.kind === 'product' ? expression.factors : [expression]
  return factors.map((factor) => {
    if (factor.kind !== 'name' || factor.superscript || factor.subscript)
      throw new ClaimError('Only index letters stand under a sign', factor.span)
    return { name: factor.base + "'".repeat(factor.primes), span: factor.span }
  })
}

/** i, i=1, i≤n, i≥1, 1≤i, 1≤i≤n; nothing for what only restricts, as i≠j. */
const boundsOf = ({ operands, relations }: Comparison): Binder[] => {
  const [first, second, third] = operands
  const all = (named: Expression, bounds: { lower?: Expression; upper?: Expression }) =>
    indexNames(named).map((binder) => ({ ...binder, ...bounds }))
  const signs = relations.join('') as '' | RelationSign | '≤≤'
  if (signs === '') return all(first!, {})
  if (signs === '=' || signs === '≥') return all(first!, { lower: second! })
  if (signs === '≤≤') return all(second!, { lower: first!, upper: third! })
  if (signs !== '≤') return []
  return first!.kind === 'numeral'
    ? all(second!, { lower: first })
    : all(first!, { upper: second! })
}

/** Σ_{i,j=1}^n bounds both. */
const withUpper = (binders: readonly Binder[], upper: Expression): Binder[] =>
  binders.map((binder) => {
    if (binder.upper) throw new ClaimError('Two upper bounds', upper.span)
    const lower = binder.lower ?? binders.at(-1)?.lower
    return { ...binder, ...(lower && { lower }), upper }
  })

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
    const { binders, body } = bound(inner, which)
    finish(inner)
    return make(cursor, { kind: 'winner', which, at, binders, body, span })
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
