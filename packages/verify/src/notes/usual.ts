// Formulas of a document without a network: each meets the usual networks that have its names, and
// is reported with the one in which it fares best.
import type { Work } from '../arithmetic/budget.ts'
import { readNetwork } from '../document/network-text.ts'
import { resolve } from '../language/resolve/resolve.ts'
import { type Claim, ClaimError } from '../language/syntax.ts'
import { networkOf } from '../network/network.ts'
import { isTrue } from '../verdict/combine.ts'
import type { Verdict } from '../verdict/verdict.ts'
import type { Build, Judge } from './check-notes.ts'
import type { BuiltNetwork } from './network/build-network.ts'
import { usualNetworks } from './network/named-networks.ts'

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

/**
 * Of two refutations, the one that says what would be true is about the network that was meant; and
 * rather where the formula is one step from it than where the right one is another altogether.
 */
const meritOf = (verdict: Verdict): number => {
  const best = merit.indexOf(verdict.kind)
  if (verdict.kind !== 'refuted') return best
  const { diagnoses } = verdict
  if (diagnoses.some(({ name }) => name !== 'the right formula')) return best
  return best + (diagnoses.length > 0 ? 0.25 : 0.5)
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

/** Networks are built only when one is needed; `create` gives the work of one formula. */
export const usualJudge = (judge: Judge, create: () => Work, build: Build) => {
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
  return (claim: Claim, assume: readonly string[]): Checked => {
    const candidates = usualNetworks.map(candidateFor(claim))
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
}
