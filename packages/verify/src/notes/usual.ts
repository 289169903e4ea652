// Formulas of a document without a network: each meets the usual networks that have its names, and
// is reported with the one in which it fares best.
import type { Work } from '../arithmetic/budget.ts'
import type { DocumentEntry } from '../document/document.ts'
import { readNetwork } from '../document/network-text.ts'
import { isOfAnyNumber } from '../language/resolve/functions/of-numbers.ts'
import { resolve } from '../language/resolve/resolve.ts'
import { type Claim, ClaimError } from '../language/syntax.ts'
import { networkOf } from '../network/network.ts'
import { isTrue } from '../verdict/combine.ts'
import type { Verdict } from '../verdict/verdict.ts'
import type { Build, Judge } from './check-notes.ts'
import type { BuiltNetwork } from './network/build-network.ts'
import { functionsAlone, usualNetworks } from './network/named-networks.ts'
import { isForward } from './own/equations.ts'
import { forwardIn } from './own/own-network.ts'

/** The best first. */
export const merit: readonly Verdict['kind'][] = [
  'proved',
  'agrees',
  'holds-if',
  'ambiguous',
  'refuted',
  'budget',
  'ill-formed',
]

/** Whether the formula is one step from a true one. */
const isNear = ({ diagnoses }: Verdict & { kind: 'refuted' }): boolean =>
  diagnoses.some(({ name }) => name !== 'the right formula')

/**
 * Of two refutations, the one that says what would be true is about the network that was meant; and
 * rather where the formula is one step from it than where the right one is another altogether.
 */
const meritOf = (verdict: Verdict): number => {
  const best = merit.indexOf(verdict.kind)
  if (verdict.kind !== 'refuted' || isNear(verdict)) return best
  return best + (verdict.diagnoses.length > 0 ? 0.25 : 0.5)
}

export interface Checked {
  readonly verdict: Verdict
  readonly network?: string
}

interface Candidate {
  readonly name: string
  readonly built: BuiltNetwork
  /** Where the formula is ill-formed in this network, if it is. */
  readonly illFormed?: Verdict & { readonly kind: 'ill-formed' }
}

/** How far into the formula it makes sense. */
const reach = ({ illFormed }: Candidate): number => illFormed?.at.start ?? Number.POSITIVE_INFINITY

/**
 * Networks are built only when one is needed; `create` gives the work of one formula. Where what
 * the document says of how arrays are made is true in no usual network, it is about another, and
 * nothing is refuted.
 */
export const usualJudge = (
  judge: Judge,
  create: () => Work,
  build: Build,
  entries: readonly DocumentEntry[],
) => {
  const forward = forwardIn(entries)
  const candidateFor =
    (claim: Claim) =>
    ({ name, text }: (typeof usualNetworks)[number]): Candidate => {
      const built = build(text, () => readNetwork(text))
      try {
        resolve(claim, networkOf(built.cost, built.sizes).scope)
        return { name, built }
      } catch (error) {
        if (!(error instanceof ClaimError)) throw error
        const { start, end, reason } = error
        return { name, built, illFormed: { kind: 'ill-formed', at: { start, end }, reason } }
      }
    }
  const checked = (claim: Claim, assume: readonly string[]): Checked => {
    const candidates = isOfAnyNumber(claim)
      ? [candidateFor(claim)(functionsAlone)]
      : usualNetworks.map(candidateFor(claim))
    const fitting = candidates.filter(({ illFormed }) => !illFormed)
    let best: Checked | undefined
    const offer = (verdict: Verdict, network: string) => {
      if (!best || meritOf(verdict) < meritOf(best.verdict)) best = { verdict, network }
      return verdict.kind === 'proved'
    }
    const whole = create()
    for (const [k, { name, built }] of fitting.entries()) {
      const { cost, sizes } = built
      const work = whole.part(whole.left() / (fitting.length - k))
      if (offer(judge.verify(cost, claim, { assume, sizes, conventions: [], work }), name))
        return best!
    }
    const [nearest] = candidates.toSorted((a, b) => reach(b) - reach(a))
    if (fitting.length === 0) {
      const { at, reason } = nearest!.illFormed!
      const sizes = judge.verifySizes(claim, { assume, work: create() })
      if (isTrue(sizes)) return { verdict: sizes, network: 'whole numbers' }
      const why = `No network fits this formula; in ${nearest!.name}: ${reason}`
      return { verdict: { kind: 'ill-formed', at, reason: why } }
    }
    offer(judge.verifySizes(claim, { assume, work: create() }), 'whole numbers')
    return best!
  }
  const isMeant = new Map<string, boolean>()
  /**
   * Whether all that the document says of how arrays are made is true in that network, and it says
   * something: of one that nobody wrote nothing is refuted.
   */
  const areTrueIn = (name: string): boolean => {
    const network = usualNetworks.find((each) => each.name === name)
    if (!network) return true
    const known = isMeant.get(name)
    if (known !== undefined) return known
    const isTrueThere = (claim: Claim): boolean => {
      const { built, illFormed } = candidateFor(claim)(network)
      if (illFormed) return false
      const { cost, sizes } = built
      const work = create()
      return isTrue(judge.verify(cost, claim, { assume: [], sizes, conventions: [], work }))
    }
    const found = forward.length > 0 && forward.every(isTrueThere)
    isMeant.set(name, found)
    return found
  }
  let isOther: boolean | undefined
  // What is asked for to see whether another network is meant is judged once.
  const known = new Map<Claim, Checked>()
  const plainly = (claim: Claim): Checked => {
    const found = known.get(claim) ?? checked(claim, [])
    known.set(claim, found)
    return found
  }
  return (claim: Claim, assume: readonly string[]): Checked => {
    const found = assume.length === 0 ? plainly(claim) : checked(claim, assume)
    if (found.network === functionsAlone.name) return found
    const isOfNone = !('network' in found) || found.network === 'whole numbers'
    // How an array is made may be so there too; what a derivative is hangs on all of the network.
    if ((isOfNone || claim.operands.every(isForward)) && isTrue(found.verdict)) return found
    // z = W x + b says how z is made: in a network where it is made otherwise another is meant.
    isOther ??= forward.some((each) => !isKnown(plainly(each).verdict))
    const isRefuted = found.verdict.kind === 'refuted' && found.network !== undefined
    if (!isOther && !(isRefuted && !areTrueIn(found.network!))) return found
    const reason = 'No network fits this formula: write one above it, in a ```network block'
    return { verdict: { kind: 'ill-formed', at: claim.span, reason } }
  }
}

/** True in some reading, or one step from it that is no other array in its place. */
const isKnown = (verdict: Verdict): boolean =>
  verdict.kind === 'refuted'
    ? verdict.diagnoses.some(({ name }) => name !== 'the right formula' && name !== 'wrong array')
    : verdict.kind !== 'ill-formed'
