// A proof for as many sizes as there is one, tried before it is said: at other sizes than the
// recorded ones, and at a point at which the claim says something.
import type { Work } from '../arithmetic/budget.ts'
import { mayFill } from '../concrete/sample/exclusions.ts'
import { atOtherSizes, type OtherSizes } from '../concrete/sample/other-sizes.ts'
import { numbersIn, type TestOptions } from '../concrete/sample/point.ts'
import { asksPolicy } from '../concrete/sample/policy.ts'
import type { TestResult } from '../concrete/sample/tests.ts'
import type { ResolvedClaim } from '../language/resolved.ts'
import type { Network } from '../network/network.ts'
import { nearest, sizesOf } from '../network/sizes.ts'
import { type IndexOutcome, proveClaim } from '../proof/prove-claim.ts'
import type { Witness } from '../witness/at-point.ts'
import { findFilled } from '../witness/witness.ts'
import { meetDefect } from './defect.ts'

type Found = Extract<IndexOutcome, { kind: 'proved' }>

/** A proof, or a point at which kinks that it leaves out make the claim false. */
export type ProofOutcome =
  | IndexOutcome
  | { readonly kind: 'false'; readonly witness: Witness }
  | { readonly kind: 'false here'; readonly why: string }

export interface ProofOptions extends Omit<TestOptions, 'seed'> {
  readonly recordedOnly: boolean
  /** What was seen at the recorded sizes. */
  readonly look: TestResult
  /** A share of the work that is left. */
  readonly share: (part: number) => Work
}

const shares = { prove: 0.5, again: 0.3, sizes: 0.3 } as const

/** Sizes as a person reads them: `x.i = 2, w.u = 1`. */
const spelled = (sizes: Readonly<Record<string, number>>): string =>
  Object.entries(sizes)
    .map(([name, length]) => `${name} = ${length}`)
    .join(', ')

export const unseen = 'no point was found at which both sides have a value'
const untried = 'the time was over before other sizes were looked at'
const falseHere = 'a point was met at which the sides differ'
const unfilled = 'the time was over before kinks that fill space were looked at'
const tiedOnly = 'every point that was found is at a tie or a kink, which are not judged'

const contradicted = (
  claim: ResolvedClaim,
  { scope }: Found,
  sizes: Readonly<Record<string, number>>,
): string => {
  const { start, end } = claim.span
  const what = `proved (${scope}), and false at ${spelled(sizes)}`
  return `A defect was met: ${what}: characters ${start} to ${end}`
}

/** The strongest proof that nothing contradicts. */
export const provenClaim = (
  claim: ResolvedClaim,
  network: Network,
  { recordedOnly, look, share, ...test }: ProofOptions,
): ProofOutcome => {
  const hasValue = look.kind === 'agrees' || (look.kind === 'unable' && look.hasValue === true)
  const untied = look.kind === 'agrees' && look.untied
  const hasPieces = look.kind === 'agrees' && look.pieces !== undefined
  const looks = new Map<string, OtherSizes>()
  const elsewhere = ({ fixed, scope }: Pick<Found, 'fixed' | 'scope'>): OtherSizes => {
    const key = [scope === 'shape', ...fixed].join()
    const hereIsSeen = hasValue && untied && !hasPieces
    const options = { ...test, fixed, recordedOnly: scope === 'shape', hereIsSeen }
    const seen = looks.get(key) ?? atOtherSizes(claim, network, share(shares.sizes), options)
    looks.set(key, seen)
    return seen
  }
  // What is false at other sizes is seen sooner than not proved; what does not fit, by its lengths.
  const isFalseFor = (fixed: readonly string[]) =>
    look.kind !== 'shapes' && elsewhere({ fixed, scope: 'some-sizes' }).differs !== undefined
  const attempt = (recordedOnly: boolean, part: number): IndexOutcome => {
    const options = { ...test, recordedOnly, hasValue, isFalseFor }
    return proveClaim(claim, network, { ...options, budget: share(part) })
  }

  const first = attempt(recordedOnly, shares.prove)
  if (first.kind !== 'proved') return first
  const isSeen = hasValue && untied && first.scope === 'shape' && !hasPieces
  const seen = isSeen ? undefined : elsewhere(first)
  const isFalse = first.scope !== 'shape' && seen?.differs
  if (seen?.differs && !seen.isBent && (seen.isHere || isFalse))
    meetDefect(contradicted(claim, first, seen.differs))
  if (seen?.isHere) return { kind: 'false here', why: falseHere }
  if (seen?.held === 0 && first.scope !== 'shape' && share(1).left() === 0)
    return { kind: 'undecided', why: untried }
  const proof = isFalse ? attempt(true, shares.again) : first
  if (proof.kind !== 'proved') {
    const why = isFalse ? `it is false at other sizes: ${spelled(seen.differs!)}` : ''
    return proof.kind === 'undecided' ? { ...proof, why: `${why}; ${proof.why}` } : proof
  }
  if (!hasValue && (!seen?.held || seen.isNothingHere)) return { kind: 'undecided', why: unseen }
  if (asksPolicy(claim, network) && !untied && !seen?.untied)
    return { kind: 'undecided', why: tiedOnly }
  if (!asksPolicy(claim, network) || !mayFill(claim, network)) return proof
  const work = share(shares.sizes)
  const near = nearby(network, proof.scope, work)
  const witness = near && findFilled(claim, near, work, test)
  // The points at which kinks fill space come first. What nobody writes brackets for is not taken
  // on trust: a slope of 1 at 0.
  const isUsual = network.graph.reluAtZero === 0
  if (witness === 'cut short') return isUsual ? proof : { kind: 'undecided', why: unfilled }
  return witness ? { kind: 'false', witness } : proof
}

/** Lengths at which points cost little. */
const small = 4
const mostNumbers = 60

/** The network, or where points of it are many numbers and no proof is for it alone, a small one. */
const nearby = (network: Network, scope: Found['scope'], work: Work): Network | undefined => {
  if (scope === 'shape' || numbersIn(network) <= mostNumbers) return network
  const sizes = sizesOf(network, 'ones vary')
  const lengths = sizes.free.map(({ recorded }) => Math.min(recorded, small))
  const other = sizes.at(nearest(lengths, sizes, work))
  return other && numbersIn(other) <= mostNumbers ? other : undefined
}
