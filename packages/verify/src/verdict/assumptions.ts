// What is assumed besides a claim: read like a claim, and met at some point.

import type { Work } from '../arithmetic/budget.ts'
import { feasibility } from '../concrete/sample/feasible.ts'
import { unmet } from '../concrete/sample/tests.ts'
import { isMore, isNotLess } from '../conditions/differences.ts'
import { asWritten } from '../conventions/conventions.ts'
import type { ConventionName } from '../conventions/names.ts'
import { underConventions } from '../conventions/said-at-head.ts'
import { ConcreteError } from '../core/errors.ts'
import { accentWords } from '../language/names/accents.ts'

import { parseClaim } from '../language/read/claim.ts'
import { claimReadings } from '../language/resolve/readings.ts'
import type { ResolvedClaim } from '../language/resolved.ts'
import { type Claim, ClaimError } from '../language/syntax.ts'
import { boxesOf } from '../lower/boxes.ts'
import { emptySite } from '../lower/claims/claim.ts'
import { isIndexValue } from '../lower/indices.ts'
import { unsaidIn } from '../lower/ranges/beyond.ts'
import type { Network } from '../network/network.ts'

/** Names of more than one letter, which a formula could not tell from a product. */
export const basesOf = ({ scope }: Network): string[] => scope.names.map(({ base }) => base)

/** Those that stand alone too: y of a y, and not of y_pred and y_true, which are whole names. */
export const lettersOf = ({ scope }: Network): string[] =>
  scope.names.map(({ base, tag, isBelow }) => (isBelow && tag.length > 2 ? `${base}_${tag}` : base))

export const wordsOf = (network: Network): string[] => {
  const bases = basesOf(network)
  const named = [...bases, ...(network.scope.functions?.keys() ?? [])]
  const words = named.filter((base) => [...base.replace(/\p{M}/gu, '')].length > 1)
  return [...words, ...accentWords(bases)]
}

/** An assumption with the text that is quoted where it has no meaning. */
export interface Assumed {
  readonly claim: Claim
  readonly text: string
}

/** @throws ClaimError, which says which assumption it is about */
export const assumedBy = (texts: readonly string[], words: readonly string[]): Assumed[] =>
  texts.map((text) => about(text, () => ({ claim: parseClaim(text, { words }), text })))

/**
 * What is assumed, read as the document reads its claims, and under one more convention where that
 * is tried.
 * @throws ClaimError, which says which assumption it is about
 */
export const assumptionsOf = (
  assumed: readonly Assumed[],
  network: Network,
  budget: Work,
  declared: readonly ConventionName[] = [],
): ResolvedClaim[] =>
  assumed.flatMap(({ claim, text }) =>
    about(text, () => {
      const { reread } = underConventions(asWritten(claim), declared, network)
      const [reading, ...others] = claimReadings(reread.claim, network.scope, reread.how)
      if (others.length > 0)
        throw new ClaimError('It may be read in more than one way', reread.claim.span)
      return reading!.instances.map(({ claim: resolved }) => {
        const site = emptySite(resolved.operands, { network, budget, reading: undefined })
        const name = unsaidIn(resolved, boxesOf(site))
        if (name === undefined) return resolved
        throw new ClaimError(`It does not say which ${name} it is of`, resolved.span)
      })
    }),
  )

const about = <R>(text: string, body: () => R): R => {
  try {
    return body()
  } catch (error) {
    if (!(error instanceof ClaimError)) throw error
    throw new ClaimError(`In the assumption ‘${text}’: ${error.reason}`, error)
  }
}

/** By the signs of what is written: σ(x) = 1 and x² < 0. */
const neverHolds = ({ operands, relations }: ResolvedClaim, network: Network): boolean =>
  relations.some((relation, k) => {
    const [left, right] = [operands[k]!, operands[k + 1]!]
    switch (relation) {
      case '=':
        return isMore(left, right, network) || isMore(right, left, network)
      case '<':
        return isNotLess(left, right, network)
      case '≤':
        return isMore(left, right, network)
      case '>':
        return isNotLess(right, left, network)
      case '≥':
        return isMore(right, left, network)
      default:
        return false
    }
  })

/**
 * From what contradicts itself everything follows: some point must meet all assumptions. Those
 * about lengths alone may exclude the recorded ones, and are looked at where they are used.
 * @throws ClaimError where there is none; ConcreteError where none is found, and one may be
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
  if (!why) return
  const found = feasibility(ofValues, network, work.part(work.left() / 10))
  const said = `No point was found that meets the assumptions: ${why}`
  if (found === 'unmet' || ofValues.some((each) => neverHolds(each, network)))
    throw new ClaimError(said, first.span)
  if (found === 'curved') throw new ConcreteError(said)
}
