// What is assumed besides a claim: read like a claim, and met at some point.

import type { Work } from '../arithmetic/budget.ts'
import { unmet } from '../concrete/sample/tests.ts'
import { accentWords } from '../language/names/accents.ts'

import { parseClaim } from '../language/read/claim.ts'
import { resolve } from '../language/resolve/resolve.ts'
import type { ResolvedClaim } from '../language/resolved.ts'
import { ClaimError } from '../language/syntax.ts'
import { isIndexValue } from '../lower/indices.ts'
import type { Network } from '../network/network.ts'

/** Names of more than one letter, which a formula could not tell from a product. */
export const basesOf = ({ scope }: Network): string[] => scope.names.map(({ base }) => base)

/** Those that stand alone too: y of a y, and not of y_pred and y_true. */
export const lettersOf = ({ scope }: Network): string[] =>
  scope.names.flatMap(({ base, tag, isBelow }) => (isBelow && tag.length > 2 ? [] : [base]))

export const wordsOf = (network: Network): string[] => {
  const bases = basesOf(network)
  const named = [...bases, ...(network.scope.functions?.keys() ?? [])]
  const words = named.filter((base) => [...base.replace(/\p{M}/gu, '')].length > 1)
  return [...words, ...accentWords(bases)]
}

/** @throws ClaimError, which says which assumption it is about */
export const assumptionsOf = (
  texts: readonly string[],
  network: Network,
  words: readonly string[],
): ResolvedClaim[] =>
  texts.flatMap((text) => {
    try {
      const [reading] = resolve(parseClaim(text, { words }), network.scope)
      return reading!.instances.map(({ claim }) => claim)
    } catch (error) {
      if (!(error instanceof ClaimError)) throw error
      throw new ClaimError(`In the assumption ‘${text}’: ${error.reason}`, error)
    }
  })

/**
 * From what contradicts itself everything follows: some point must meet all assumptions. Those
 * about lengths alone may exclude the recorded ones, and are looked at where they are used.
 * @throws ClaimError where none is found
 */
export const demandSatisfiable = (
  assumptions: readonly ResolvedClaim[],
  network: Network,
  work: Work,
): void => {
  const ofValues = assumptions.filter(({ operands }) => !operands.every(isIndexValue))
  const [first] = ofValues
  if (!first) return
  const why = unmet(ofValues, network, work.part(work.left() / 10))
  if (why) throw new ClaimError(`No point was found that meets the assumptions: ${why}`, first.span)
}
