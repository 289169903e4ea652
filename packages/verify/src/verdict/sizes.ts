// Verdicts on claims about lengths alone.

import { createWork, type Work } from '../arithmetic/budget.ts'
import { DegreeError } from '../arithmetic/polynomial.ts'
import { formatRational } from '../arithmetic/rational.ts'
import { UnsupportedError } from '../core/errors.ts'
import { RejectedCertificateError } from '../index-terms/verified.ts'
import { proveSizes, type SizeOutcome } from '../integers/claims.ts'
import { isPadding } from '../integers/fractions.ts'
import { type SizeWitness, sizeWitness } from '../integers/witness.ts'
import { raisesAgain, raisesToLength, type SizeReading } from '../language/names/size-powers.ts'
import { writingsOf } from '../language/names/writings.ts'
import { parseClaim, parseFormula } from '../language/read/claim.ts'
import { continued } from '../language/read/continued.ts'
import { resolveSizes } from '../language/resolve/resolve.ts'
import type { ResolvedClaim } from '../language/resolved.ts'
import { type Claim, ClaimError } from '../language/syntax.ts'
import { isTrivial } from '../proof/trivial.ts'
import { conjunction, overReadings } from './combine.ts'
import type { Verdict } from './verdict.ts'

/** Options of `verifySizes`. */
export interface SizeOptions {
  /** Equations and inequalities that hold: 'p = (m − 1)/2', 's = 1'. */
  readonly assume?: readonly string[]
  /** Milliseconds. */
  readonly deadline?: number
  /** In the place of the deadline. */
  readonly work?: Work
}

/**
 * Proves or refutes a claim about integers: every name is a length, at least 1, and p, q, r a
 * padding or remainder, at least 0.
 */
export const verifySizes = (claim: string, options: SizeOptions = {}): Verdict => {
  const { assume = [], deadline = 5000 } = options
  const work = options.work ?? createWork(deadline)
  try {
    const given = assume.map((text) => parseClaim(text))
    demandNoRemainder(claim)
    const claims: Claim[] = []
    for (const each of parseFormula(claim)) claims.push(continued(each, claims.at(-1)))
    return conjunction(
      claims.map(({ where, ...each }, k) => {
        if (each.relations.length === 0) {
          throw new ClaimError('A formula without a relation claims nothing', each.span)
        }
        const share = work.part(work.left() / (claims.length - k))
        const plain: Claim = { ...each, where: [] }
        const own = where.map(({ left, value, span }): Claim => {
          return { ...plain, operands: [left, value], relations: ['='], span }
        })
        return judgeReadings(plain, [...given, ...own], assume, share)
      }),
    )
  } catch (error) {
    if (!(error instanceof ClaimError)) throw error
    const { start, end, reason } = error
    return { kind: 'ill-formed', at: { start, end }, reason }
  }
}

/** n mod m is no product of n, m, o, d and m. */
const demandNoRemainder = (text: string): void => {
  const found = /(?<!\p{L})(?:mod|bmod|pmod)(?!\p{L})/u.exec(text)
  if (!found) return
  const span = { start: found.index, end: found.index + found[0].length }
  throw new ClaimError('‘mod’ is not understood: n mod m is n - m⌊n/m⌋', span)
}

/**
 * n^1 and n^2 are lengths of several layers. Of (n^1)^3 ≤ n^3 nobody knows: where it is false of
 * lengths and true of powers, both are told.
 */
const judgeReadings = (
  claim: Claim,
  given: readonly Claim[],
  assumed: readonly string[],
  work: Work,
): Verdict => {
  const judged = (reading: SizeReading) => judgeWritings(claim, given, assumed, reading, work)
  const asLengths = judged('lengths')
  if (asLengths.kind === 'refuted' && raisesToLength(claim))
    throw new ClaimError('power in a claim about lengths', claim.span)
  if (asLengths.kind !== 'refuted' || !raisesAgain(claim)) return asLengths
  const asPowers = powersOf(() => judged('powers'))
  if (!asPowers || asPowers.kind === 'refuted') return asLengths
  return overReadings(
    [
      [[], asPowers],
      [[], asLengths],
    ],
    ['what stands above a length is a power', 'what stands above tells lengths apart'],
  )
}

/** Undefined where powers make no sense. */
const powersOf = (judged: () => Verdict): Verdict | undefined => {
  try {
    return judged()
  } catch (error) {
    if (error instanceof ClaimError) return undefined
    throw error
  }
}

/** In every usual reading of its spelling: n/m k is (n/m) k, or n/(m k). */
const judgeWritings = (
  claim: Claim,
  given: readonly Claim[],
  assumed: readonly string[],
  reading: SizeReading,
  work: Work,
): Verdict => {
  const assumptions = given.map((each) => resolveSizes(each, reading))
  const writings = writingsOf(claim, { names: [] })
  const verdicts = writings.map(({ claim: each }, k) => {
    const share = work.part(work.left() / (writings.length - k))
    return judgeSizes(resolveSizes(each, reading), assumptions, assumed, share)
  })
  if (verdicts.length === 1) return verdicts[0]!
  const table = verdicts.map((verdict) => [[], verdict] as const)
  return overReadings(
    table,
    writings.map(({ description }) => description),
  )
}

const operationsForWitness = 300_000

const judgeSizes = (
  claim: ResolvedClaim,
  assumptions: readonly ResolvedClaim[],
  assumed: readonly string[],
  work: Work,
): Verdict => {
  const attempted = <R>(body: () => R): R => {
    try {
      return body()
    } catch (error) {
      if (error instanceof UnsupportedError) throw new ClaimError(error.message, claim.span)
      throw error
    }
  }
  const searched = work.part(operationsForWitness)
  const tried = (among: 'small' | 'larger') =>
    attempted(() => sizeWitness(claim, assumptions, isPadding, searched, among))
  const small = tried('small')
  if (small.witness) return refutedBy(small.witness)
  const outcome = proved(() => proveSizes(claim, assumptions, work))
  // There are thousands of larger ones, and none where there is a proof.
  const isProved = outcome.kind === 'proved' && small.isMet
  const { witness, isMet } = isProved ? small : tried('larger')
  if (witness) return refutedBy(witness)
  if (outcome.kind === 'unsatisfiable') {
    throw new ClaimError('The assumptions contradict one another', claim.span)
  }
  if (outcome.kind === 'undecided') return { kind: 'budget', tried: [outcome.why] }
  if (!isMet && !small.isMet) {
    // From what nothing meets, everything follows.
    return { kind: 'budget', tried: ['no numbers were found at which the claim says something'] }
  }
  return {
    kind: 'proved',
    scope: 'all-sizes',
    extent: 'all sizes',
    method: 'index',
    certificate: { kind: 'index', theorems: outcome.theorems },
    trivial: isTrivial(claim),
    assumptions: assumed,
    excluded: outcome.hasPoles ? ['poles'] : [],
  }
}

const refutedBy = ({ sizes, left, right }: SizeWitness): Verdict => {
  const [expected, got] = [formatRational(left), formatRational(right)]
  return { kind: 'refuted', sizes, entry: [], expected, got, inputs: {}, diagnoses: [] }
}

/** What arithmetic cannot say is no verdict on the claim. */
const proved = (body: () => SizeOutcome): SizeOutcome => {
  try {
    return body()
  } catch (error) {
    const isUnsaid = error instanceof UnsupportedError || error instanceof DegreeError
    if (isUnsaid || error instanceof RejectedCertificateError)
      return { kind: 'undecided', why: error.message }
    throw error
  }
}
