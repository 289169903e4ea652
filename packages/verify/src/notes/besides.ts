// A formula of a document under what prose beside it says, for certain or perhaps.
import type { DocumentEntry } from '../document/document.ts'
import type { Claim } from '../language/syntax.ts'
import { holdsSomewhere, overReadings } from '../verdict/combine.ts'
import type { Verdict } from '../verdict/verdict.ts'

/**
 * What is true as it stands is true under a condition too. What is not is asked for under what is
 * said of it; what only stands near may be meant, or not: both are told.
 */
export const besides = <Answer extends { readonly verdict: Verdict }>(
  { claim, beside }: DocumentEntry & { readonly claim: Claim },
  ask: (claim: Claim) => Answer,
): Answer => {
  const first = ask(claim)
  const isSaid = (answer: Answer) => holdsSomewhere(answer.verdict)
  if (!beside || isSaid(first)) return first
  const { plain, given, near, unread } = beside
  const isOut = plain && ['ill-formed', 'budget'].includes(first.verdict.kind)
  const bare = isOut ? ask(plain) : first
  const answer = isSaid(bare) ? bare : first
  if (answer.verdict.kind !== 'refuted') return answer
  const meant = given && ask(given)
  if (meant && meant.verdict.kind !== 'ill-formed') return meant
  for (const [text, other] of near) {
    const found = ask(other)
    if (!isSaid(found)) continue
    const table = [
      [[], found.verdict],
      [[], answer.verdict],
    ] as const
    const said = [`‘${text}’, which stands beside it, is meant`, 'nothing beside it is meant']
    return { ...answer, verdict: overReadings(table, said) }
  }
  if (!unread) return answer
  const reason = 'It is said to hold under a condition that is not read: write it in the formula'
  return { ...answer, verdict: { kind: 'ill-formed', at: claim.span, reason } }
}
