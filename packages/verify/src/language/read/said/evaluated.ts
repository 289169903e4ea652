// ∂a/∂z |_{z = 0} = 1/4 is the equation where z is 0: what stands at a bar is a condition.
import { isRelation, isSign } from '../tokens/cursor.ts'
import { type Token, token } from '../tokens/tokens.ts'

const isBar = (each: Token): boolean =>
  (isSign(each, '|') || (each.type === 'group' && each.text === '(')) &&
  each.subscript?.tokens.some(isRelation) === true

const names = (tokens: readonly Token[]): string[] =>
  tokens.flatMap(({ type, text, body = [], below = [] }) => [
    ...(type === 'name' ? [text] : []),
    ...names([...body, ...below]),
  ])

/** What one side is evaluated at, where the other does not speak of it. */
export const withoutBar = (
  tokens: readonly Token[],
): { tokens: readonly Token[]; at: readonly Token[] } => {
  const at = tokens.findIndex(isBar)
  const bars = tokens.filter(isBar)
  const equals = tokens.findIndex(isRelation)
  const isLeft = at >= 0 && at < equals
  const [point] = bars[0]?.subscript?.tokens ?? []
  const other = isLeft ? tokens.slice(equals) : tokens.slice(0, equals)
  const isApart = point?.type === 'name' && !names(other).includes(point.text)
  const isAll = isLeft ? at === equals - 1 : equals >= 0 && tokens.slice(at + 1).length === 0
  if (bars.length !== 1 || !isApart || !isAll) return { tokens, at: [] }
  const { subscript, ...plain } = bars[0]!
  const kept = isSign(plain, '|') ? [] : [plain]
  return {
    tokens: [...tokens.slice(0, at), ...kept, ...tokens.slice(at + 1)],
    at: [token('keyword', 'if', subscript!.span), ...subscript!.tokens],
  }
}
