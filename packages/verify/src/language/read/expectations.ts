// E[x²] − E[x]², where the graph has no E: the mean of a batch. An entry E[i] is of an array E.
import { withDeltasAsPartials } from './deltas.ts'
import { bare } from './tokens/join.ts'
import type { Token } from './tokens/tokens.ts'

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
