// A place in a list of grouped tokens, with the budget of the whole formula. No grammar.
import { ClaimError, limits, type Span } from '../../syntax.ts'
import { extent, type Token } from './tokens.ts'

/** Counts nodes and levels over the whole of one formula. */
export interface Budget {
  nodes: number
  level: number
}

export interface Cursor {
  readonly tokens: readonly Token[]
  readonly budget: Budget
  /** Of what encloses the tokens: where an error is when there are none. */
  readonly span: Span
  at: number
  /** How many `|` are open: inside, the next one closes. */
  bars: number
}

export const cursorOver = (tokens: readonly Token[], budget: Budget, span: Span): Cursor => ({
  tokens,
  budget,
  span,
  at: 0,
  bars: 0,
})

/** A cursor over part of the formula, on the same budget. */
export const within = (cursor: Cursor, tokens: readonly Token[], span: Span): Cursor =>
  cursorOver(tokens, cursor.budget, span)

export const peek = (cursor: Cursor, ahead = 0): Token | undefined =>
  cursor.tokens[cursor.at + ahead]

/** Where the tokens end, as an empty span. */
export const endOf = (cursor: Cursor): Span => {
  const last = cursor.tokens.at(-1)
  return last ? { start: extent(last).end, end: extent(last).end } : cursor.span
}

export const missing = (cursor: Cursor): ClaimError =>
  new ClaimError('Something is missing here', endOf(cursor))

/** @throws ClaimError at the end of the tokens. */
export const next = (cursor: Cursor): Token => {
  const token = cursor.tokens[cursor.at]
  if (!token) throw missing(cursor)
  cursor.at++
  return token
}

/** @throws ClaimError where a token is left over. */
export const finish = (cursor: Cursor): void => {
  const rest = peek(cursor)
  if (rest) throw new ClaimError(`‘${rest.text}’ is not understood here`, rest.span)
}

/** @throws ClaimError over the limit of nodes. */
export const make = <Node extends { readonly span: Span }>(cursor: Cursor, node: Node): Node => {
  if (++cursor.budget.nodes > limits.nodes)
    throw new ClaimError(`A formula has at most ${limits.nodes} parts`, node.span)
  return node
}

/** One level of recursion. @throws ClaimError over the limit of depth. */
export const deeper = <Result>(cursor: Cursor, read: () => Result): Result => {
  if (++cursor.budget.level > limits.levels)
    throw new ClaimError(
      `A formula nests at most ${limits.depth} deep`,
      peek(cursor)?.span ?? cursor.span,
    )
  const result = read()
  cursor.budget.level--
  return result
}

export const isSign = (token: Token | undefined, text: string): boolean =>
  token?.type === 'sign' && token.text === text

const relationSigns: ReadonlySet<string> = new Set(['=', ':=', '≠', '<', '≤', '>', '≥', '∈'])
export const isRelation = (token: Token | undefined): boolean =>
  token?.type === 'sign' && relationSigns.has(token.text)

/** A sign of the grammar has no scripts; brackets, names and Σ have. @throws ClaimError */
export const withoutScripts = (token: Token): void => {
  if (token.subscript || token.superscript || token.primes)
    throw new ClaimError(`A script on ‘${token.text}’`, extent(token))
}

export const splitAt = (tokens: readonly Token[], separator: string): Token[][] => {
  const parts: Token[][] = [[]]
  for (const token of tokens)
    if (isSign(token, separator)) parts.push([])
    else parts.at(-1)!.push(token)
  return parts
}

export const joinSpans = (from: { span: Span }, to: { span: Span }): Span => ({
  start: from.span.start,
  end: to.span.end,
})
