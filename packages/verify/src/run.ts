// What one verification has at hand: the network, the options, what is assumed and the work left.
import type { Work } from './arithmetic/budget.ts'
import type { ConventionName } from './conventions/names.ts'
import type { ResolvedClaim } from './language/resolved.ts'
import type { Claim } from './language/syntax.ts'
import type { Network, SizeLetters } from './network/network.ts'
import { answered } from './verdict/answered.ts'
import { type Assumed, assumptionsOf, demandSatisfiable } from './verdict/assumptions.ts'
import type { Reading, Repair, Verdict } from './verdict/verdict.ts'

/** What a diagnosis may use. */
export interface DiagnosisRequest {
  readonly claim: Claim
  readonly network: Network
  readonly refuted: Extract<Verdict, { kind: 'refuted' }>
  readonly assumptions: readonly ResolvedClaim[]
  /** Of another claim in the same reading, under more if that is said, without a diagnosis. */
  readonly judge: (claim: Claim, work: Work, assume?: string) => Verdict
  readonly work: Work
}

/** Options of `verify`. */
export interface VerifyOptions {
  /** Claims that hold besides: 'Σ_i t_i = 1', 'M ≥ m'. */
  readonly assume?: readonly string[]
  /** Of the bare stars, one for each; all readings are tried without it. */
  readonly reading?: Reading
  /** Milliseconds. */
  readonly deadline?: number
  /** A proof carries its statement and a certificate of it, for `check`. Default false. */
  readonly certify?: boolean
  /** Conventions that the document declares: a verdict holds under them. */
  readonly conventions?: readonly ConventionName[]
  /** In the place of the deadline. */
  readonly work?: Work
  /** Letters that stand for lengths of axes. */
  readonly sizes?: SizeLetters
  /** Finds what would make a refuted claim true. */
  readonly diagnose?: (request: DiagnosisRequest) => readonly Repair[]
}

export interface Run {
  readonly network: Network
  readonly options: VerifyOptions
  /** As it is written; a convention is one of what is assumed too. */
  readonly assumed: readonly Assumed[]
  readonly assumptions: readonly ResolvedClaim[]
  readonly work: Work
  /** No other reading of its spelling is tried, and no convention: the claim is ours. */
  readonly asWritten?: boolean
  /** Whether it is true is all that is asked: nobody sees a counterexample. */
  readonly truthOnly?: boolean
}

/** Under what is assumed, which some point meets. */
export const runUnder = (
  run: Omit<Run, 'assumed' | 'assumptions'>,
  assumed: Run['assumed'],
): Run => {
  const assumptions = assumptionsOf(assumed, run.network, run.work, run.options.conventions)
  demandSatisfiable(assumptions, run.network, run.work)
  return { ...run, assumed, assumptions }
}

/** What is assumed is read under the convention too; undefined where nothing meets it then. */
export const underToo = (name: ConventionName, run: Run): Run | undefined => {
  if (run.assumed.length === 0) return run
  const conventions = [...(run.options.conventions ?? []), name]
  let inside: Run | undefined
  answered(() => {
    inside = runUnder({ ...run, options: { ...run.options, conventions } }, run.assumed)
    return { kind: 'budget', tried: [] }
  })
  return inside
}

/** The run with one of `parts` equal shares of the work that is left. */
export const shareOf = (run: Run, parts: number): Run => ({
  ...run,
  work: run.work.part(run.work.left() / parts),
})
