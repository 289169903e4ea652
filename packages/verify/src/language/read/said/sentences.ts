// Where each claim of a formula ends, and what is said of its indices before it.
import { areConditions, saysWhen } from '../conditions.ts'
import { comma } from '../ranges.ts'
import { withoutStop } from '../remarks.ts'
import { isRelation, isSign } from '../tokens/cursor.ts'
import type { Token } from '../tokens/tokens.ts'
import { inRanges } from './in-ranges.ts'

const isConnective = (token: Token | undefined) =>
  isSign(token, '∴') || (token?.type === 'keyword' && token.text === '∴')

/** Cut where a claim ends: ; ⇒ ∴, and a wide space between two relations. A comma comes later. */
export const sentences = (written: readonly Token[]): Token[][] => {
  const tokens = conditionsLast(inRanges(written))
  const parts: Token[][] = [[]]
  tokens.forEach((token, at) => {
    const part = parts.at(-1)!
    if (isConnective(token) || isSign(token, ';')) parts.push([])
    else if (token.type === 'gap' && part.some(isRelation) && startsClaim(tokens, at + 1))
      parts.push([])
    else part.push(token)
  })
  return parts.filter((part) => part.some((token) => token.type !== 'gap'))
}

const withoutGaps = (tokens: readonly Token[]) => tokens.filter(({ type }) => type !== 'gap')

/** After a wide space: something, then a relation before the claim ends. */
const startsClaim = (tokens: readonly Token[], from: number): boolean => {
  const goesOn = tokens[from]?.type === 'sign' && !'∂∇Σ∏√|‖½¼¾'.includes(tokens[from]!.text)
  if (goesOn || isRelation(tokens[from - 2]) || saysWhen(tokens[from])) return false
  const relation = tokens.findIndex((token, at) => at >= from && isRelation(token))
  const end = tokens.findIndex(
    (token, at) => at >= from && (isConnective(token) || isSign(token, ';')),
  )
  const rest = tokens.slice(from, end < 0 ? tokens.length : end)
  if (areConditions(withoutStop(withoutGaps(rest)))) return false
  return relation >= 0 && (end < 0 || relation < end)
}

/** For i = 1, …, n: y_i = …, where the condition stands first: behind the one claim that it is of. */
const conditionsLast = (written: readonly Token[]): readonly Token[] => {
  const tokens = written.slice(written.findIndex(({ type }) => type !== 'gap'))
  if (!saysWhen(tokens[0]) || tokens.some((each) => isConnective(each) || isSign(each, ';')))
    return written
  const colon = tokens.findIndex((each) => isSign(each, ':'))
  const end = tokens.findIndex((each, at) => {
    if (at < 2 || colon > 1) return at > 1 && at === colon
    if (!isSign(each, ',') && each.type !== 'gap') return false
    const rest = withoutGaps(tokens.slice(at + 1))
    const next = rest.findIndex((other) => isSign(other, ','))
    const clause = next < 0 ? rest : rest.slice(0, next)
    return clause.length > 1 && clause.some(isRelation) && !areConditions(withoutStop(clause))
  })
  const claim = withoutStop(tokens.slice(end + 1))
  if (end < 0 || !claim.some(isRelation) || claim.some(saysWhen)) return written
  return [...claim, comma(tokens[end]!), ...withoutStop(withoutGaps(tokens.slice(0, end)))]
}
