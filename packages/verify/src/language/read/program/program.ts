// A line of a program as tokens of a formula: calls and methods, x**2 as a power, A @ B as
// matmul(A, B), (x > 0) as a mask.
import { ClaimError } from '../../syntax.ts'
import { isRelation, isSign, splitAt } from '../cursor.ts'
import { bare } from '../join.ts'
import { type Token, token } from '../tokens.ts'
import { withCalls } from './calls.ts'
import { bracket, called, lastValue, raisedTo } from './make.ts'

/** x**2, x**-0.5, (x + 1)**(1/2). */
const withPowers = (tokens: readonly Token[]): Token[] => {
  const result: Token[] = []
  for (let at = 0; at < tokens.length; at++) {
    const isPower = isSign(tokens[at], '*') && isSign(tokens[at + 1], '*')
    if (!isPower) {
      result.push(tokens[at]!)
      continue
    }
    const minus = isSign(tokens[at + 2], '-') ? [tokens[at + 2]!] : []
    const exponent = tokens[at + 2 + minus.length]
    const base = lastValue(result)
    if (!exponent || base.length === 0) throw new ClaimError('A power of nothing', tokens[at]!.span)
    const above = exponent.type === 'group' && bare(exponent) ? exponent.body! : [exponent]
    result.push(...raisedTo(base, [...minus, ...above]))
    at += 2 + minus.length
  }
  return result
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
      term = [...minus, bracket(called('matmul', [term, right], each))]
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
