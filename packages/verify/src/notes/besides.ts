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
  entry: DocumentEntry & { readonly claim: Claim },
  ask: (claim: Claim) => Answer,
  isGiven: (base: string) => boolean,
): Answer => {
  const { claim, beside } = entry
  /** f = 0 of an f that is computed is no condition that can be put in. */
  const isRead = ({ where }: Claim) =>
    where.every(({ left }) => left.kind !== 'name' || isGiven(left.base))
  if (beside?.plain && !isRead(claim))
    return besides(
      { ...entry, claim: beside.plain, beside: { near: [], unread: true } },
      ask,
      isGiven,
    )
  const first = ask(claim)
  const isSaid = (answer: Answer) => holdsSomewhere(answer.verdict)
  if (!beside || isSaid(first)) return first
  const { plain, given, near } = beside
  const unread = beside.unread || (given && !isRead(given))
  const isOut = plain && ['ill-formed', 'budget'].includes(first.verdict.kind)
  const bare = isOut ? ask(plain) : first
  const answer = isSaid(bare) ? bare : first
  if (answer.verdict.kind !== 'refuted') return answer
  const meant = given && isRead(given) ? ask(given) : undefined
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
