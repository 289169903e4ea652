// The front door: a formula about a recorded network in, a verdict out. Text errors are verdicts
// too.

import type { Node } from '@backprove/graph'
import { createWork, type Work } from './arithmetic/budget.ts'
import { unmet } from './concrete/sample/tests.ts'
import { bareStars } from './elaborate/claim/bare-stars.ts'
import { isIndexLike } from './elaborate/claim/index.ts'
import { withDefinitions } from './language/names/definition.ts'
import { mayCountFromZero } from './language/names/origin.ts'
import { parseClaim, parseFormula } from './language/read/claim.ts'
import type { Origin } from './language/resolve/context.ts'
import { claimReadings } from './language/resolve/readings.ts'
import { continued, resolve } from './language/resolve/resolve.ts'
import type { Resolved, ResolvedClaim, SuperscriptReading } from './language/resolved.ts'
import { type Claim, ClaimError } from './language/syntax.ts'
import { childNodes } from './language/walk.ts'
import { type Network, networkOf, type SizeLetters } from './network/network.ts'
import { answered } from './verdict/answered.ts'
import { conjunction, overReadings } from './verdict/combine.ts'
import { judgeInstances } from './verdict/instances.ts'
import { readingsOf } from './verdict/readings.ts'
import type { Reading, Repair, Verdict } from './verdict/verdict.ts'

/** What a diagnosis may use. */
export interface DiagnosisRequest {
  readonly claim: Claim
  readonly network: Network
  readonly refuted: Extract<Verdict, { kind: 'refuted' }>
  readonly assumptions: readonly ResolvedClaim[]
  readonly assumed: readonly string[]
  /** The verdict of another claim in the same reading, without a diagnosis of its own. */
  readonly judge: (claim: Claim, work: Work) => Verdict
  readonly work: Work
}

export interface VerifyOptions {
  /** Claims that hold besides: 'Σ_i t_i = 1', 'M ≥ m'. */
  readonly assume?: readonly string[]
  /** Of the bare stars, one for each; all readings are tried without it. */
  readonly reading?: Reading
  /** Milliseconds. */
  readonly deadline?: number
  /** In the place of the deadline. */
  readonly work?: Work
  /** Letters that stand for lengths of axes. */
  readonly sizes?: SizeLetters
  /** Finds what would make a refuted claim true. */
  readonly diagnose?: (request: DiagnosisRequest) => readonly Repair[]
}

interface Run {
  readonly network: Network
  readonly options: VerifyOptions
  readonly assumptions: readonly ResolvedClaim[]
  readonly work: Work
  /** No other reading of its spelling is tried: the claim is ours. */
  readonly asWritten?: boolean
}

const defaultDeadline = 5000

/**
 * Proves or refutes a formula about the network of a cost. Names in the claim are the graph's.
 * Never throws for what the text says.
 */
export const verify = (cost: Node, claim: string, options: VerifyOptions = {}): Verdict =>
  answered(() => {
    const work = createWork(options.deadline ?? defaultDeadline)
    const network = networkOf(cost, options.sizes)
    const words = wordsOf(network)
    const claims = parseFormula(claim, { words })
    const assumptions = assumptionsOf(options.assume ?? [], network, words)
    demandSatisfiable(assumptions, network, work)
    const run: Run = { network, options, assumptions, work }
    const whole: Claim[] = []
    for (const each of claims) whole.push(continued(each, whole.at(-1)))
    return verifyAll(whole, run)
  })

/** The verdict of a claim that is already read. */
export const verifyParsed = (cost: Node, claim: Claim, options: VerifyOptions = {}): Verdict =>
  answered(() => {
    const work = options.work ?? createWork(options.deadline ?? defaultDeadline)
    const network = networkOf(cost, options.sizes)
    const assumptions = assumptionsOf(options.assume ?? [], network, wordsOf(network))
    demandSatisfiable(assumptions, network, work)
    return verifyAll([claim], { network, options, assumptions, work })
  })

/** Claims and what they define, of one formula. */
const verifyAll = (written: readonly Claim[], run: Run): Verdict => {
  const claims = withDefinitions(written, run.network.scope)
  const verdicts = claims.map((each, k) => verifyClaim(each, shareOf(run, claims.length - k)))
  return verdicts.length === 1 ? verdicts[0]! : conjunction(verdicts)
}

/** Names of more than one letter, which a formula could not tell from a product. */
const wordsOf = ({ scope }: Network): string[] =>
  scope.names.map(({ base }) => base).filter((base) => [...base].length > 1)

/** @throws ClaimError, which says which assumption it is about */
const assumptionsOf = (
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
const demandSatisfiable = (
  assumptions: readonly ResolvedClaim[],
  network: Network,
  work: Work,
): void => {
  const ofValues = assumptions.filter(({ operands }) => !operands.every(isIndexLike))
  const [first] = ofValues
  if (!first) return
  const why = unmet(ofValues, network, work.part(work.left() / 10))
  if (why) throw new ClaimError(`No point was found that meets the assumptions: ${why}`, first.span)
}

/** The run with one of `parts` equal shares of the work that is left. */
const shareOf = (run: Run, parts: number): Run => ({
  ...run,
  work: run.work.part(run.work.left() / parts),
})

const verifyClaim = (claim: Claim, run: Run): Verdict => {
  if (claim.relations.length === 0) {
    throw new ClaimError('A formula without a relation claims nothing', claim.span)
  }
  const { scope } = run.network
  const verdict = verifyFrom(1, claim, run)
  const mayDiffer = verdict.kind === 'refuted' || verdict.kind === 'ambiguous'
  if (mayDiffer && mayCountFromZero(claim, scope)) {
    const other = fromZero(verifyFrom(0, claim, run))
    if (holdsSomewhere(other) && !holdsSomewhere(verdict)) return other
  }
  return verdict.kind === 'refuted' ? diagnosed(claim, verdict, run) : verdict
}

const holdsSomewhere = (verdict: Verdict): boolean =>
  verdict.kind === 'ambiguous'
    ? verdict.table.some(([, each]) => holdsSomewhere(each))
    : verdict.kind === 'proved' || verdict.kind === 'agrees'

/** A verdict that says that arrays written as functions count from 0. */
const fromZero = (verdict: Verdict): Verdict => {
  if (verdict.kind === 'agrees') return { ...verdict, why: `${verdict.why}; ${countedFromZero}` }
  if (verdict.kind === 'proved')
    return { ...verdict, assumptions: [...verdict.assumptions, countedFromZero] }
  if (verdict.kind !== 'ambiguous') return verdict
  return { ...verdict, table: verdict.table.map(([reading, each]) => [reading, fromZero(each)]) }
}

/** As a proof states it. */
const countedFromZero = 'arrays written as functions, X(i, j), count from 0'

const verifyFrom = (origin: Origin, claim: Claim, run: Run): Verdict => {
  const readings = claimReadings(claim, run.network.scope, origin, run.asWritten)
  const table = readings.map((reading, k): readonly [Reading, Verdict] => [
    [],
    verifyReading(reading, shareOf(run, readings.length - k)),
  ])
  const descriptions = readings.map(({ description }) => description)
  return table.length === 1 ? table[0]![1] : overReadings(table, descriptions)
}

const starCount = (node: Resolved): number =>
  (node.kind === 'star' && node.ordinal !== undefined ? 1 : 0) +
  childNodes<Resolved>(node).reduce((sum, child) => sum + starCount(child), 0)

/** One reading of the superscripts; every reading of its bare stars. */
const verifyReading = (reading: SuperscriptReading, run: Run): Verdict => {
  const { network, work } = run
  const [first] = reading.instances
  const count = first!.claim.operands.reduce((sum, operand) => sum + starCount(operand), 0)
  const given = run.options.reading
  const stars = () => reading.instances.flatMap(({ claim }) => bareStars(claim, network, work))
  const readings = given ? [given] : readingsOf(count, [...new Set(stars())])
  const table = readings.map((each, k): readonly [Reading, Verdict] => {
    const share = shareOf(run, readings.length - k)
    return [each, verifyInstances(reading, count > 0 ? each : undefined, share)]
  })
  return table.length === 1 ? table[0]![1] : overReadings(table)
}

const verifyInstances = (
  reading: SuperscriptReading,
  stars: Reading | undefined,
  { network, options, assumptions, work }: Run,
): Verdict =>
  judgeInstances(reading, network, {
    ...(stars && { reading: stars }),
    assumptions,
    assumed: options.assume ?? [],
    // Half of it for what would make the claim true.
    work: options.diagnose ? work.part(work.left() / 2) : work,
  })

/** Only what no reading of the formula makes true is worth a diagnosis. */
const diagnosed = (
  claim: Claim,
  refuted: Extract<Verdict, { kind: 'refuted' }>,
  run: Run,
): Verdict => {
  const { diagnose, ...options } = run.options
  if (!diagnose) return refuted
  const judgeOther = (other: Claim, work: Work): Verdict =>
    answered(() => {
      const reading = refuted.reading && { reading: refuted.reading }
      return verifyClaim(other, {
        ...run,
        work,
        asWritten: true,
        options: { ...options, ...reading },
      })
    })
  const { network } = run
  const diagnoses = diagnose({
    claim,
    network,
    refuted,
    assumptions: run.assumptions,
    assumed: run.options.assume ?? [],
    judge: judgeOther,
    work: run.work,
  })
  return { ...refuted, diagnoses }
}
