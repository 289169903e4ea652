// One claim in one reading, down the ladder: proved, agrees, refuted — the strongest answer that
// the budget allows. What differs at a random point is not tried to be proved.

import { createReserve, type Work } from '../arithmetic/budget.ts'
import { certified } from '../certify/certified.ts'
import { exactTest } from '../concrete/sample/exact.ts'
import { hasPieces } from '../concrete/sample/exclusions.ts'
import { hasValueSomewhere } from '../concrete/sample/has-value.ts'
import {
  identityTest,
  numericTest,
  seedOfClaim,
  type TestResult,
  tiedEverywhere,
} from '../concrete/sample/tests.ts'
import { hasPlaces } from '../concrete/sample/valid-places.ts'
import type { Excluded } from '../core/statement.ts'
import { sizeOf } from '../evaluate/machine.ts'
import type { ResolvedClaim } from '../language/resolved.ts'
import { leavesOf, type Network } from '../network/network.ts'
import { isTrivial } from '../proof/trivial.ts'
import { readInGeneral } from '../read-as/general.ts'
import type { Witness } from '../witness/at-point.ts'
import { unseenIn } from '../witness/brackets.ts'
import { unseenMask } from '../witness/masks.ts'
import { ofItsNumbers } from '../witness/of-numbers.ts'
import { findCorner, findWitness } from '../witness/witness.ts'
import { stepOf } from './by-step.ts'
import { extentOf } from './extent.ts'
import { heldOnes } from './held-ones.ts'
import { provenClaim, unseen } from './proof.ts'
import type { Proved, Reading, Verdict } from './verdict.ts'

export interface JudgeOptions {
  readonly reading?: Reading
  readonly assumptions: readonly ResolvedClaim[]
  /** As they were written. */
  readonly assumed: readonly string[]
  readonly work: Work
  /** Proofs are for the recorded lengths only. */
  readonly recordedOnly?: boolean
  /** A proof comes with a statement and a certificate of it that anyone can check. */
  readonly certify?: boolean
  /** Whether it is true is all that is asked: what is seen to differ has no counterexample. */
  readonly truthOnly?: boolean
}

/** Shares of the work that is left: for the test that looks first, and for each rung. */
const shares = { look: 0.3, witness: 0.6, only: 0.9, exact: 0.5, float: 0.9 } as const

/** Besides, for pieces and brackets: no machine is too slow to look at them. */
const kept = 0.1

/** Tests of a claim about functions with pieces (max, relu), each at points of its own. */
const morePoints = 12

export const judge = (claim: ResolvedClaim, network: Network, options: JudgeOptions): Verdict => {
  const { reading, assumptions, assumed, work } = options
  const share = (part: number): Work => work.part(work.left() * part)
  const read = reading ? { reading } : {}
  const testOptions = { ...read, assumptions }
  const keep = createReserve(work.left() * kept)
  const tried: string[] = []
  const extent = (scope: Proved['scope'], fixed: readonly string[]) => ({
    scope,
    extent: extentOf(scope, fixed, network),
  })
  const agreed = (result: Agreeing): Verdict => {
    const unseen = [unseenIn, unseenMask]
      .map((look) => look(claim, network, keep(share(shares.float)), testOptions))
      .find((each) => each !== undefined)
    if (!unseen) return agreement(result, assumed, read)
    return { kind: 'budget', tried: [...tried, unseen] }
  }
  if (work.left() === 0) return { kind: 'budget', tried: ['the time was over'] }
  const step = assumptions.length > 0 ? undefined : stepOf(claim, network)
  const ofStep = step && judge(claim, step, { ...options, work: share(shares.exact) })
  if (ofStep?.kind === 'proved') return ofStep
  const look = identityTest(claim, network, share(shares.look), testOptions)
  if (look.kind === 'meaningless') return { kind: 'ill-formed', at: claim.span, reason: look.why }
  const refuted = (witness: Witness): Verdict => ({
    kind: 'refuted',
    ...ofItsNumbers(claim, witness),
    diagnoses: [],
    ...read,
  })
  const refute = (
    part: number = shares.witness,
    recordedOnly = options.recordedOnly ?? false,
  ): Verdict | undefined => {
    const witness = (recordedOnly: boolean) =>
      findWitness(claim, network, share(part), { ...testOptions, recordedOnly })
    // Points that are looked at may read beside an array, where it has no value: what differs there
    // alone, and at other sizes, is not false.
    const isHere = recordedOnly || !hasPlaces(network) || witness(true) !== undefined
    const found =
      (isHere ? witness(recordedOnly) : undefined) ??
      (look.kind === 'unable' ? undefined : findCorner(claim, network, share(part), testOptions))
    if (found && found !== 'cut short') return refuted(found)
    tried.push('no counterexample in small whole numbers was found')
    return undefined
  }
  /** Agrees, unless it differs where pieces meet. */
  const agreedAtCorners = (result: Agreeing, isLate: boolean): Verdict => {
    const corner = findCorner(claim, network, keep(share(shares.float)), testOptions)
    const isCut = corner === 'cut short'
    if (corner && !isCut) return refuted(corner)
    if (isLate || (isCut && work.left() === 0 && hasPieces(claim, network)))
      return { kind: 'budget', tried: [...tried, notAllPieces] }
    const also = 'points with zeros, equals and large numbers speak for it too'
    const isSaid = result.pieces !== undefined && !isCut
    return agreed(isSaid ? { ...result, why: `${result.why}; ${also}` } : result)
  }
  if (look.kind === 'differs' && options.truthOnly) return unshown
  if (look.kind === 'differs')
    return refute(shares.only) ?? { kind: 'budget', tried: [look.why, ...tried] }

  const proof = provenClaim(claim, network, {
    ...testOptions,
    recordedOnly: options.recordedOnly ?? false,
    look,
    share,
  })
  if (proof.kind === 'proved') {
    const { of } = proof
    const held = proof.scope === 'shape' ? [] : heldOnes(claim, network)
    const fixed = [...new Set([...proof.fixed, ...held])]
    const scope = held.length > 0 ? 'some-sizes' : proof.scope
    const general =
      scope === 'shape'
        ? undefined
        : readInGeneral(of.stated, claim.free.length, of.symbolic, network)
    return {
      kind: 'proved',
      ...extent(scope, fixed),
      method: 'index',
      certificate: {
        kind: 'index',
        theorems: proof.theorems,
        ...(options.certify && { claims: [certified(proof, network, share(shares.only))] }),
      },
      trivial: isTrivial(claim),
      assumptions: assumed,
      ...read,
      excluded: proof.excluded,
      ...(fixed.length > 0 && { fixed }),
      ...(proof.windows.length > 0 && { windows: proof.windows }),
      ...(general && { readAs: general }),
    }
  }
  if (proof.kind === 'inapplicable') {
    return { kind: 'ill-formed', at: claim.span, reason: proof.why }
  }
  if (look.kind === 'shapes') return misfit(look, read)
  if (proof.kind === 'false') return refute() ?? refuted(proof.witness)
  if (proof.kind === 'false here')
    return refute() ?? { kind: 'budget', tried: [proof.why, ...tried] }
  if (proof.kind === 'shapes') tried.push(`shapes ${proof.shapes.join(' and ')}`)
  else tried.push(proof.why)
  const expanded = exactTest(claim, network, share(shares.exact), testOptions)
  const isSeen = look.kind === 'agrees' || (look.kind === 'unable' && look.hasValue === true)
  const hasValue = () =>
    isSeen || hasValueSomewhere(claim, network, share(shares.look), testOptions) === true
  if (expanded.kind === 'proved' && !hasValue()) tried.push(unseen)
  else if (expanded.kind === 'proved') {
    return {
      kind: 'proved',
      ...extent('shape', []),
      method: 'exact',
      certificate: expanded.certificate,
      trivial: isTrivial(claim),
      assumptions: assumed,
      ...read,
      excluded: expanded.excluded,
    }
  }
  if (look.kind === 'agrees') {
    // Two points see two of the pieces, and two branches of what x t = y t describes.
    const isBranched = assumptions.some(({ relations }) => relations.includes('='))
    if (!look.pieces && !isBranched) return agreed(look)
    const pieces = new Set(look.pieces)
    let { points } = look
    let isLate = false
    for (let k = 1; k <= morePoints; k++) {
      const seed = (seedOfClaim(claim) + k) >>> 0
      const again = identityTest(claim, network, keep(share(shares.float)), {
        ...testOptions,
        seed,
      })
      if (again.kind === 'differs')
        return refute() ?? { kind: 'budget', tried: [again.why, ...tried] }
      if (again.kind === 'unable' && again.why === tiedEverywhere)
        return { kind: 'budget', tried: [again.why, ...tried] }
      isLate = again.kind !== 'agrees' && work.left() === 0
      if (again.kind !== 'agrees') break
      points += again.points
      for (const piece of again.pieces ?? []) pieces.add(piece)
    }
    if (!look.pieces) return agreedAtCorners(look, isLate)
    const all = `of at most 2^${look.comparisons ?? 0} choices of winners and signs`
    const met = `${points} random points met ${pieces.size} ${all}`
    return agreedAtCorners({ ...look, points, why: `${look.why}; ${met}` }, isLate)
  }
  tried.push(look.why)
  // What is too large to be looked at may differ at smaller sizes. Otherwise a difference there
  // says nothing: a mean over four entries is a quarter of their sum.
  const found = refute(shares.witness, options.recordedOnly || !isLarge(network))
  if (found) return found
  const float = numericTest(claim, network, share(shares.float), testOptions)
  if (float.kind === 'agrees') return agreedAtCorners(float, false)
  if (float.kind === 'shapes') return misfit(float, read)
  tried.push(float.why)
  return { kind: 'budget', tried: [...new Set(tried)] }
}

/** What differs at a random point, where nobody sees at which: it never leaves `verify`. */
export const unshown: Verdict = {
  kind: 'refuted',
  sizes: {},
  entry: [],
  expected: '',
  got: '',
  inputs: {},
  diagnoses: [],
}

const notAllPieces = 'the time was over before enough pieces of its functions were looked at'

const large = 5_000

const isLarge = (network: Network): boolean =>
  leavesOf(network).reduce((count, { shape }) => count + sizeOf(shape), 0) > large

const misfit = (
  { shapes, of }: Extract<TestResult, { kind: 'shapes' }>,
  read: { readonly reading?: Reading },
): Verdict => ({ kind: 'refuted', shapes, ...(of && { of }), diagnoses: [], ...read })

type Agreeing = Extract<TestResult, { kind: 'agrees' }>

const agreement = (
  { method, errorBound, digits, points, why, excluded }: Agreeing,
  assumed: readonly string[],
  read: { readonly reading?: Reading },
): Verdict => ({
  kind: 'agrees',
  method,
  ...(errorBound !== undefined && { errorBound }),
  digits,
  points,
  assumptions: assumed,
  excluded: excluded satisfies readonly Excluded[],
  why,
  ...read,
})
