// The front door: a formula about a recorded network in, a verdict out. Text errors are verdicts.

import type { Node } from '@backprove/graph'
import { createWork } from './arithmetic/budget.ts'
import { demandNoStep, fromZero, settled } from './conventions/accumulated.ts'
import { asWritten, conventions, type Reread } from './conventions/conventions.ts'
import { demandGradients } from './conventions/differentials.ts'
import type { ConventionName } from './conventions/names.ts'
import { underConventions } from './conventions/said-at-head.ts'
import { diagnosed } from './diagnosed.ts'
import { deltaBase } from './language/names/deltas/delta.ts'
import { unknownName } from './language/names/names.ts'
import { spelled } from './language/names/spelled.ts'
import { atSaidSteps } from './language/names/steps/said-steps.ts'
import { withDefinitions } from './language/names/with-definitions.ts'
import { withSettled } from './language/names/writings.ts'
import { parseFormula } from './language/read/claim.ts'
import { continued } from './language/read/continued.ts'
import { saidIn } from './language/resolve/hypothesis.ts'
import { claimReadings } from './language/resolve/readings.ts'
import type { How } from './language/resolve/resolve.ts'
import { type Claim, ClaimError } from './language/syntax.ts'
import { networkOf, withConstants } from './network/network.ts'
import {
  type DiagnosisRequest,
  type Run,
  runUnder,
  shareOf,
  underToo,
  type VerifyOptions,
} from './run.ts'
import { answered } from './verdict/answered.ts'
import { assuming } from './verdict/assuming.ts'
import { assumedBy, demandSatisfiable, lettersOf, wordsOf } from './verdict/assumptions.ts'
import { holdsSomewhere, isCut, isTrue, overReadings } from './verdict/combine.ts'
import {
  type Under,
  underItsConditions,
  underSettings,
  withoutSettings,
} from './verdict/if-assumed.ts'
import { fromItsStart, inOneSense } from './verdict/in-one-sense.ts'
import { unshown } from './verdict/judge.ts'
import { withDefinitionsPutIn } from './verdict/put-in.ts'
import { overMeanings } from './verdict/readings/over-meanings.ts'
import {
  isMisfit,
  otherChoices,
  type ReadingVerdict,
  verifyReadings,
} from './verdict/readings/over-readings.ts'
import { secondThoughts } from './verdict/readings/second-thoughts.ts'
import { overUnnamed } from './verdict/readings/unnamed-errors.ts'
import type { Verdict } from './verdict/verdict.ts'

type DiagnosisOf = Pick<DiagnosisRequest, 'claim' | 'refuted'>

const defaultDeadline = 5000

/**
 * Proves or refutes a formula about the network of a cost. Names in the claim are the graph's.
 * Never throws for what the text says.
 */
export const verify = (cost: Node, claim: string, options: VerifyOptions = {}): Verdict =>
  answered(() => {
    const work = createWork(options.deadline ?? defaultDeadline)
    const network = networkOf(withConstants(cost, claim), options.sizes)
    const words = wordsOf(network)
    const claims = parseFormula(claim, { words, letters: lettersOf(network) })
    const run = runUnder({ network, options, work }, assumedBy(options.assume ?? [], words))
    const whole: Claim[] = []
    for (const each of claims) whole.push(continued(each, whole.at(-1)))
    return verifyAll(whole, run)
  })

/** The verdict of a claim that is already read. */
export const verifyParsed = (cost: Node, claim: Claim, options: VerifyOptions = {}): Verdict =>
  answered(() => {
    const work = options.work ?? createWork(options.deadline ?? defaultDeadline)
    const network = networkOf(cost, options.sizes)
    const assumed = assumedBy(options.assume ?? [], wordsOf(network))
    return verifyAll([claim], runUnder({ network, options, work }, assumed))
  })

const verifyAll = (claims: readonly Claim[], run: Run): Verdict =>
  overUnnamed(claims, run, verifyEach)

/** Claims and what they define, of one formula. */
const verifyEach = (written: readonly Claim[], run: Run): Verdict => {
  const { scope } = run.network
  const plain = settled(written, scope).map((claim) => withSettled(claim, scope))
  const all = withDefinitions(atSaidSteps(plain, scope), scope)
  const { kept, settings } = withoutSettings(all, run.network)
  const claims = [...kept]
  const declared = run.options.conventions ?? []
  const under = (parts: number) => (claim: Claim, name?: ConventionName) => {
    const options = { ...run.options, ...(name && { conventions: [...declared, name] }) }
    return judged(claim, shareOf({ ...run, options }, parts))
  }
  let isMeant = false
  const verdicts = claims.map((each, k) => {
    const judge = under(claims.length - k)
    const verdict = fromItsStart(each, judge(each), judge)
    if (verdict.kind !== 'refuted') return verdict
    const plain = withDefinitionsPutIn(each)
    const other = plain && judge(plain)
    if (other && (holdsSomewhere(other) || other.kind === 'holds-if')) return other
    if (settings.length === 0) return verdict
    const set = answered(() => {
      const inside = shareOf(run, claims.length - k)
      return judgedUnder(underSettings(each, settings), inside)
    })
    if (set.kind === 'refuted') return verdict
    isMeant = true
    return set
  })
  // ∂C/∂W = δ xᵀ, b = δ: what nothing needs as a condition is claimed, unless it is a number.
  const claimed = isMeant ? [] : settings.filter(({ operands }) => operands[1]?.kind !== 'numeral')
  verdicts.push(...claimed.map((each) => under(1)(each)))
  claims.push(...claimed)
  if (verdicts.length === 1) return verdicts[0]!
  return inOneSense(verdicts, (at, name) => under(claims.length - at)(claims[at]!, name))
}

/** Under what it says after `if`. */
const judged = (written: Claim, run: Run): Verdict =>
  judgedUnder(underItsConditions(written, run.network), run)

const judgedUnder = ({ claim, assumed, said }: Under, run: Run): Verdict => {
  if (assumed.length === 0) return verifyClaim(claim, run)
  return assuming(verifyClaim(claim, runUnder(run, [...run.assumed, ...assumed])), said)
}

/** What no way to read it makes sense of is ill-formed, not thrown: a convention may help. */
const tried = (claim: Claim, how: How, run: Run): ReadingVerdict => {
  let open: ReadingVerdict['open'] = []
  const verdict = answered(() => {
    const read = verifyReadings(claimReadings(claim, run.network.scope, how, run.asWritten), run)
    open = read.open
    const { verdict } = read
    const said = verdict.kind === 'refuted' ? saidIn(claim, run.network.scope) : undefined
    const isOutput =
      said?.base === 'h' || claim.word !== undefined || how.choices.predictions === 'outputs'
    if (said && (isOutput || isMisfit(verdict))) throw unknownName(said, run.network.scope)
    return verdict
  })
  return { verdict, open }
}

const verifyClaim = (claim: Claim, run: Run): Verdict => {
  if (claim.relations.length === 0) {
    throw new ClaimError('A formula without a relation claims nothing', claim.span)
  }
  demandNoStep(claim)
  if (claim.fromZero) return fromZero(claim, (plain) => verifyClaim(plain, run))
  const declared = run.options.conventions ?? []
  const written = asWritten(spelled(claim, run.network.scope))
  const given = underConventions(written, declared, run.network)
  const judge = (other: Claim) => verifyReread({ ...given.reread, claim: other }, run)
  const first = judge(given.reread.claim)
  const { verdict, open } = overMeanings(claim, first, run.network.scope, judge)
  const said = assuming(verdict, given.said)
  if (holdsSomewhere(said) || run.asWritten) return said
  demandGradients(given.reread.claim, run.network.scope)
  let meant: DiagnosisOf | undefined
  let undecided: Verdict | undefined
  for (const convention of conventions) {
    const isSaid = declared.includes(convention.name)
    const isTried =
      !convention.isDeclared &&
      !(convention.impliedBy && declared.includes(convention.impliedBy)) &&
      (convention.isWorthwhile?.(run.network.scope, isMisfit(said)) ?? true)
    const read = isSaid ? convention.ifMisfit : convention.read
    const reread = isTried && read?.(given.reread, run.network, open)
    const inside = reread && underToo(convention.name, run)
    if (!inside) continue
    const judged = (truthOnly: boolean) =>
      verifyReread(reread, { ...shareOf(inside, 2), truthOnly }).verdict
    // What fits under a convention alone, and is false there, is refuted as it is meant.
    const mayBeMeant = convention.isOfShapes === true && isMisfit(said)
    const first = judged(!mayBeMeant)
    const then = first.kind === 'ambiguous' && !mayBeMeant ? judged(false) : first
    // What was not seen without it, for want of time, is not seen under what is assumed besides.
    const isUnseen = said.kind === 'budget' && then.kind === 'agrees'
    if (isSaid && holdsSomewhere(then)) return assuming(then, [...given.said, convention.says])
    if (isTrue(then) && !isUnseen)
      return {
        kind: 'holds-if',
        convention: convention.says,
        // biome-ignore lint/suspicious/noThenProperty: an object of data, which nobody awaits.
        then: assuming(then, [...given.said, convention.says]),
        otherwise:
          said.kind === 'refuted' ? diagnosed(claim, said, shareOf(run, 4), verifyClaim) : said,
      }
    if (then.kind === 'ambiguous' && holdsSomewhere(then) && said.kind !== 'ill-formed')
      return assuming(then, [...given.said, convention.says])
    if (isCut(then)) undecided ??= then
    if (mayBeMeant && then.kind === 'refuted' && !isMisfit(then))
      meant ??= { claim: reread.claim, refuted: then }
  }
  if (undecided && said.kind === 'refuted') return undecided
  if (meant && said.kind !== 'budget')
    return diagnosed(meant.claim, meant.refuted, run, verifyClaim)
  return said.kind === 'refuted' ? diagnosed(claim, said, run, verifyClaim) : said
}

/** The verdict; where the shapes of both sides do not fit, that of a choice that makes them fit. */
const verifyReread = ({ claim, how, assumptions }: Reread, run: Run): ReadingVerdict => {
  const inside: Run = { ...run, assumptions: [...run.assumptions, ...assumptions] }
  if (assumptions.length > 0 && run.assumptions.length > 0) {
    const unmet = answered(() => {
      demandSatisfiable(inside.assumptions, run.network, run.work)
      return unshown
    })
    if (unmet.kind === 'ill-formed') return { verdict: unmet, open: [] }
  }
  const first = tried(claim, how, inside)
  let undecided: Verdict | undefined = first.open.includes('manyPairs')
    ? { kind: 'budget', tried: ['axes of its stars may go together in other ways'] }
    : undefined
  for (const { choice, value, besides, says } of secondThoughts) {
    if (!first.open.includes(choice) || holdsSomewhere(first.verdict)) continue
    const choices = { ...how.choices, ...besides, [choice]: value }
    // What neither makes true is told as it is meant.
    const isTold = choice === 'chains'
    const other = tried(
      claim,
      { ...how, choices },
      isTold ? inside : { ...inside, truthOnly: true },
    )
    if (isTold && !isMisfit(other.verdict)) return { ...other, open: first.open }
    if (other.verdict.kind === 'budget') undecided ??= other.verdict
    if (!holdsSomewhere(other.verdict)) continue
    // Where no z is there, that δ is an error was a guess.
    const isGuess = choice === 'deltas' && !/^z$/i.test(deltaBase(run.network.scope) ?? '')
    // Nobody writes (a · b) c where another dot stands before c; nor is a(a) a product.
    const isElse = !['powers', 'deltas', 'pairs', 'laterPairs', 'applied'].includes(choice)
    if (!says || isGuess || choice === 'chains' || (isElse && isMisfit(first.verdict)))
      return { ...other, open: first.open }
    const table = [first, other].map(({ verdict }) => [[], verdict] as const)
    return { ...first, verdict: overReadings(table, says) }
  }
  // What is refuted as usual may be true as it is meant.
  const isOver = !isMisfit(first.verdict) || inside.work.left() === 0
  if (undecided && isOver && first.verdict.kind === 'refuted')
    return { ...first, verdict: undecided }
  if (!isMisfit(first.verdict)) return first
  for (const choices of otherChoices(how.choices, first.open)) {
    const other = tried(claim, { ...how, choices }, inside)
    if (!isMisfit(other.verdict)) return { ...other, open: first.open }
  }
  return first
}
