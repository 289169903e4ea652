// Letters that mean what they usually do, where the graph has no arrays called so.
// δE/δw, as physicists write ∂E/∂w: a δ above and one below a line, each before what it is of.
// E[x²] − E[x]², where the graph has no E: the mean of a batch. An entry E[i] is of an array E.

import { isSign } from './tokens/cursor.ts'
import { bare } from './tokens/join.ts'
import type { Token } from './tokens/tokens.ts'

/** δ, or δ² of a second derivative, before something else. */
const isDifferential = (tokens: readonly Token[], at: number): boolean => {
  const [delta, next] = [tokens[at], tokens[at + 1]]
  const above = delta?.superscript?.tokens ?? []
  const isOrder = above.length === 0 || (above.length === 1 && above[0]!.type === 'number')
  const isDelta = delta?.type === 'name' && delta.text === 'δ' && !delta.subscript && isOrder
  return isDelta && delta.primes === 0 && (next?.type === 'name' || next?.type === 'group')
}

const partial = (token: Token): Token => ({ ...token, type: 'sign', text: '∂' })

const withFirst = ([first, ...others]: readonly Token[]): Token[] => [partial(first!), ...others]

/** Every δ below the line, of δx δy too. */
const withAll = (tokens: readonly Token[]): Token[] =>
  tokens.map((each, at) => (isDifferential(tokens, at) ? partial(each) : each))

const ofFraction = (token: Token): Token => {
  const { body, below } = token
  const isOne = body && below && isDifferential(body, 0) && isDifferential(below, 0)
  return isOne ? { ...token, body: withFirst(body), below: withAll(below) } : token
}

/** δE/δw in one line. */
const isQuotient = (tokens: readonly Token[], at: number): boolean =>
  isDifferential(tokens, at) && isSign(tokens[at + 2], '/') && isDifferential(tokens, at + 3)

/** The formula of a graph that has no array δ, with its derivatives as others write them. */
const withDeltasAsPartials = (tokens: readonly Token[]): Token[] =>
  tokens.map((each, at) => {
    if (isQuotient(tokens, at) || isQuotient(tokens, at - 3)) return partial(each)
    return ofFraction({
      ...each,
      ...(each.body && { body: withDeltasAsPartials(each.body) }),
      ...(each.below && { below: withDeltasAsPartials(each.below) }),
    })
  })

/** x, x², x − μ and ∂L/∂y: more than an index could be. */
const isBatch = (body: readonly Token[]): boolean =>
  body.length > 0 &&
  !body.every(({ type, text }) => type === 'number' || /^[,:+-]$|^[i-n]$/.test(text))

const isExpectation = (each: Token | undefined, next: Token | undefined): boolean => {
  if (!each || !bare(each) || next?.type !== 'group' || next.text !== '[') return false
  const isWord = each.type === 'function' && (each.text === 'mean' || each.text === 'Var')
  return isWord || (each.type === 'name' && each.text === 'E' && isBatch(next.body!))
}

/** E[x]² is (E[x])²: the brackets are those of a function. */
const withExpectations = (tokens: readonly Token[], isFree: boolean): Token[] =>
  tokens.map((each, at) => {
    const [before, after] = [tokens[at - 1], tokens[at + 1]]
    const isMeant = (word: Token | undefined, group: Token | undefined) =>
      isExpectation(word, group) && (isFree || word!.type === 'function')
    return {
      ...each,
      ...(isMeant(each, after) && each.type === 'name' && { type: 'function', text: 'mean' }),
      ...(isMeant(before, each) && { text: '(' }),
      ...(each.body && { body: withExpectations(each.body, isFree) }),
      ...(each.below && { below: withExpectations(each.below, isFree) }),
    } as Token
  })

/** Letters that mean what they usually do, where the graph has no such arrays: δE/δw and E[x]. */
export const asUsual = (written: readonly Token[], letters: readonly string[]): Token[] => {
  const tokens = letters.includes('δ') ? [...written] : withDeltasAsPartials(written)
  return withExpectations(tokens, !letters.includes('E'))
}
