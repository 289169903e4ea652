// Letters that mean what they usually do, where the graph has no arrays called so.
// δE/δw, as physicists write ∂E/∂w: a δ above and one below a line, each before what it is of.
// E[x²] − E[x]², where the graph has no E: the mean of a batch. An entry E[i] is of an array E.

import { isRelation, isSign } from './tokens/cursor.ts'
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

/** ∇γ, of what is no cost. */
const isBareGradient = (sign: Token, name: Token | undefined): name is Token =>
  isSign(sign, '∇') && bare(sign) && name?.type === 'name' && !/^[CJLEℒFGfghuv]$/.test(name.text)

const gradientsIn = (tokens: readonly Token[]): string[] =>
  tokens.flatMap((each, at) => [
    ...(isBareGradient(each, tokens[at + 1]) ? [tokens[at + 1]!.text] : []),
    ...[each.body, each.below].flatMap((inner) => gradientsIn(inner ?? [])),
  ])

/** ∇γ = Σ ∇y ⊙ x̂, of several names: dγ and dy. */
const withBareGradients = (tokens: readonly Token[]): Token[] =>
  tokens.map((each, at) => {
    const name = tokens[at + 1]
    if (isBareGradient(each, name)) {
      const { start } = name.span
      return { ...each, type: 'name', text: 'd', span: { start: start - 1, end: start } }
    }
    return {
      ...each,
      ...(each.body && { body: withBareGradients(each.body) }),
      ...(each.below && { below: withBareGradients(each.below) }),
    }
  })

/** Σ'(z) is no sum: a function, or a matrix that the formula defines. */
const withPrimedNames = (tokens: readonly Token[]): Token[] =>
  tokens.map((each) => {
    const isName = isSign(each, 'Σ') && each.primes > 0 && !each.subscript
    const body = each.body && withPrimedNames(each.body)
    if (isName) return { ...each, type: 'name' as const }
    return body ? { ...each, body } : each
  })

/** Letters that mean what they usually do, where the graph has no such arrays: δE/δw and E[x]. */
export const asUsual = (given: readonly Token[], letters: readonly string[]): Token[] => {
  const marked = new Set(gradientsIn(given)).size > 1 ? withBareGradients(given) : given
  // i = 1, …, n : j = 1, …, c
  const from = marked.findIndex(isRelation)
  const written = marked.map((each, at) =>
    from >= 0 && at > from && isSign(each, ':') ? { ...each, text: ',' } : each,
  )
  const tokens = letters.includes('δ') ? [...written] : withDeltasAsPartials(written)
  return withPrimedNames(withExpectations(tokens, !letters.includes('E')))
}
