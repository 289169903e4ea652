// What is read once both sides of a claim are there: winners of nothing said, derivatives that are
// taken entry by entry, the lengths of 𝟙, and δ ⊗ a.
import { byEntries, isUndone } from './by-entries.ts'
import { isOpen } from './lengths.ts'
import { isStar, withLengths, withOuterProducts } from './ones.ts'
import { programEntries } from './programs/programs.ts'
import { asColumns } from './programs/said.ts'
import type { Resolved, Scope } from './resolved.ts'
import type { Claim } from './syntax.ts'
import { holding } from './walk.ts'
import { isBareFirst, withWinners } from './winners.ts'

const holdsUnread = holding(
  (node) => isBareFirst(node) || isUndone(node) || isOpen(node) || isStar(node),
)

/** The sides as they are meant beside each other; most are so already. */
export const readTogether = (
  sides: readonly Resolved[],
  claim: Claim,
  scope: Scope,
): readonly Resolved[] => {
  if (!claim.program && !sides.some(holdsUnread)) return sides
  const won = withWinners(sides)
  const entries = claim.program
    ? programEntries(won, asColumns(claim, scope))
    : byEntries(won, scope)
  return withLengths(withOuterProducts(entries, scope), scope)
}
