// δE/δw, as physicists write ∂E/∂w: a δ above and one below a line, each before what it is of.
import { isSign } from './tokens/cursor.ts'
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
export const withDeltasAsPartials = (tokens: readonly Token[]): Token[] =>
  tokens.map((each, at) => {
    if (isQuotient(tokens, at) || isQuotient(tokens, at - 3)) return partial(each)
    return ofFraction({
      ...each,
      ...(each.body && { body: withDeltasAsPartials(each.body) }),
      ...(each.below && { below: withDeltasAsPartials(each.below) }),
    })
  })
