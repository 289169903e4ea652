// A line of a program as tokens of a formula: calls and methods, x**2 as a power, A @ B as
// matmul(A, B), (x > 0) as a mask.
import { ClaimError } from '../../syntax.ts'
import { isRelation, isSign, splitAt } from '../tokens/cursor.ts'
import { bare } from '../tokens/join.ts'
import { extent, type Token, token } from '../tokens/tokens.ts'
import { withCalls } from './calls.ts'
import { bracket, called, isValue, lastValue, raisedTo, touches } from './make.ts'

/** x**2, x**-0.5, (x + 1)**(1/2); x**2**3 is x**(2**3), from right to left. */
const withPowers = (tokens: readonly Token[]): Token[] => {
  const at = tokens.findLastIndex((each, k) => isSign(each, '*') && isSign(tokens[k + 1], '*'))
  if (at < 0) return [...tokens]
  const minus = isSign(tokens[at + 2], '-') ? [tokens[at + 2]!] : []
  const from = at + 2 + minus.length
  let to = from
  while (to < tokens.length && isValue(tokens[to]!)) {
    if (to > from && !touches(tokens[to - 1]!, tokens[to]!)) break
    to++
  }
  const before = tokens.slice(0, at)
  const base = lastValue(before)
  if (to === from || base.length === 0) throw new ClaimError('A power of nothing', tokens[at]!.span)
  const exponent = tokens.slice(from, to)
  const [only] = exponent
  const above =
    exponent.length === 1 && only?.type === 'group' && bare(only) ? only.body! : exponent
  return withPowers([...before, ...raisedTo(base, [...minus, ...above]), ...tokens.slice(to)])
}

const isOperator = (each: Token | undefined): boolean =>
  each?.type === 'sign' && ['*', '/', '@', '⊙'].includes(each.text)

/** A @ B: with * and / from left to right, as programs have it. */
const withProducts = (tokens: readonly Token[]): Token[] => {
  if (!tokens.some((each) => isSign(each, '@'))) return [...tokens]
  const result: Token[] = []
  let term: Token[] = []
  const close = () => result.push(...term.splice(0))
  for (let at = 0; at < tokens.length; at++) {
    const each = tokens[at]!
    const endsTerm =
      (each.type === 'sign' && ['+', '-', ',', ';'].includes(each.text) && term.length > 0) ||
      isRelation(each) ||
      each.type === 'keyword'
    if (endsTerm && !isOperator(tokens[at - 1])) {
      close()
      result.push(each)
    } else if (isSign(each, '@') && term.length > 0) {
      const right: Token[] = []
      const isPart = (next: Token | undefined) =>
        next !== undefined && next.type !== 'sign' && next.type !== 'keyword'
      while (isPart(tokens[at + 1])) right.push(tokens[++at]!)
      if (right.length === 0) throw new ClaimError('Something is missing after @', each.span)
      const minus = isSign(term[0], '-') ? term.splice(0, 1) : []
      const made = bracket(called('matmul', [term, right], each))
      const span = { start: term[0]!.span.start, end: extent(right.at(-1)!).end }
      term = [...minus, { ...made, span }]
    } else term.push(each)
  }
  close()
  return result
}

/** (x > 0) is [x > 0]. */
const asMask = (group: Token): Token =>
  group.type === 'group' &&
  group.text === '(' &&
  group.body!.some(isRelation) &&
  !group.body!.some((each) => isSign(each, ','))
    ? { ...group, text: '[' }
    : group

/** The tokens of a line of a program, brackets matched, as those of a formula. */
export const programTokens = (tokens: readonly Token[]): Token[] => {
  const inside = tokens.map((each) =>
    each.body && each.type === 'group' ? { ...each, body: innerTokens(each.body) } : each,
  )
  return withProducts(withPowers(withCalls(inside))).map(asMask)
}

/** Options keep their equals sign: only what stands between commas is a formula. */
const innerTokens = (body: readonly Token[]): Token[] =>
  splitAt(body, ',').flatMap((part, at) => [
    ...(at > 0 ? [token('sign', ',', (part[0] ?? body[0]!).span)] : []),
    ...programTokens(part),
  ])
