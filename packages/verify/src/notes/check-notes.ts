// A Markdown document checked: every formula gets a verdict, and each verdict is held against what
// the document expects.
import type { Node } from '@backprove/graph'
import { createOperations, createWork, type Work } from '../arithmetic/budget.ts'
import type { ConventionName } from '../conventions/names.ts'
import { type DocumentEntry, type NetworkBlock, readDocument } from '../document/document.ts'
import type { NetworkText } from '../document/network/lines.ts'
import { parseFormula } from '../language/read/claim.ts'
import type { Scope } from '../language/resolved.ts'
import { type Claim, ClaimError, type Span } from '../language/syntax.ts'
import { mapped } from '../language/walk.ts'
import { networkOf } from '../network/network.ts'
import { withReasons } from '../sentences/reasons.ts'
import type { Verdict } from '../verdict/verdict.ts'
import { declarations, noScope } from './declarations.ts'
import { errorsSaid } from './errors-said.ts'
import { isEquation, isExpected, isSetting, settings, speaksOf } from './judged.ts'
import { type BuiltNetwork, buildNetwork } from './network/build-network.ts'
import { ownNetwork } from './own/own-network.ts'
import { placeOf, shownFormula, wrongPart } from './place.ts'
import type { FormulaPlace, Report, ReportEntry } from './report.ts'
import { conflictsOf, summed } from './summary.ts'
import { isUpdate } from './updates.ts'
import { type Checked, usualJudge } from './usual.ts'

export interface JudgeOptions {
  readonly assume: readonly string[]
  /** What the document says at its head about how formulas are written. */
  readonly conventions: readonly ConventionName[]
  readonly sizes: BuiltNetwork['sizes']
  readonly work: Work
}

/** Who gives the verdicts. */
export interface Judge {
  readonly verify: (cost: Node, claim: Claim, options: JudgeOptions) => Verdict
  readonly verifySizes: (claim: Claim, options: Pick<JudgeOptions, 'assume' | 'work'>) => Verdict
}

/** The network of a text, which may be remembered. Throws ClaimError. */
export type Build = (text: string, read: () => NetworkText) => BuiltNetwork

/** Who reads a document: each part may be remembered from the document before. */
export interface Reader {
  readonly parse: typeof parseFormula
  readonly build: Build
  readonly judge: Judge
}

/** Options of `checkNotes`. */
export interface CheckOptions {
  /** For each formula, in milliseconds. Default 5000. */
  readonly deadline?: number
  /** For each formula, in the place of the deadline: the same verdicts on every machine. */
  readonly operations?: number
  /** Verdicts keep their certificates, which may be long. Default false. */
  readonly certificates?: boolean
  /** Verdicts that are right although nothing says so: `ambiguous`, `budget`. */
  readonly allow?: readonly string[]
  /** What holds only under a convention, or is not judged, is not as expected. */
  readonly strict?: boolean
}

/** What a formula is about. */
type Subject =
  | { kind: 'network'; built: BuiltNetwork }
  | { kind: 'sizes' }
  | { kind: 'usual' }
  | { kind: 'problem'; reason: string; at: Span }

const spanOf = ({ start, end }: ClaimError): Span => ({ start, end })

const subjectOf = ({ read, text }: NetworkBlock, build: Build): Subject => {
  if (read.kind === 'ill-formed') return { kind: 'problem', reason: read.reason, at: read.at }
  if (read.kind === 'named' && read.name === 'sizes') return { kind: 'sizes' }
  try {
    return { kind: 'network', built: build(text, () => read) }
  } catch (error) {
    if (error instanceof ClaimError)
      return { kind: 'problem', reason: error.reason, at: spanOf(error) }
    throw error
  }
}

/** A defect met at one formula does not take the verdicts of all others with it; it is named. */
const guarded =
  <Args extends unknown[]>(give: (...args: Args) => Verdict) =>
  (...args: Args): Verdict => {
    try {
      return give(...args)
    } catch (error) {
      return { kind: 'budget', tried: [`an error inside: ${(error as Error).message}`] }
    }
  }

const expectedOf = ({ expect }: DocumentEntry, strict: boolean): string[] =>
  expect === undefined
    ? ['proved', 'agrees', ...(strict ? [] : ['holds-if'])]
    : expect.split(',').map((each) => each.trim())

/** Those of readings and of what holds if go too. */
const withoutCertificate = (verdict: Verdict): Verdict =>
  mapped(verdict, (node) => {
    if (!('certificate' in node)) return undefined
    const { certificate: _, ...rest } = node
    return rest
  })

/** What has been found so far: where the formulas are, and then each in order. */
export type CheckEvent =
  | {
      readonly kind: 'read'
      readonly formulas: readonly FormulaPlace[]
      readonly problems: Report['problems']
    }
  | { readonly kind: 'formula'; readonly at: number; readonly entry: ReportEntry }

/**
 * Checks the formulas of a document, one at each step.
 * @throws ClaimError only for a document beyond the limits of size.
 */
export function* checking(
  reader: Reader,
  markdown: string,
  {
    deadline = 5000,
    operations,
    certificates = false,
    allow = [],
    strict = false,
  }: CheckOptions = {},
): Generator<CheckEvent, Report, void> {
  const { build } = reader
  const judge: Judge = {
    verify: guarded(reader.judge.verify),
    verifySizes: guarded(reader.judge.verifySizes),
  }
  const create = () =>
    operations === undefined ? createWork(deadline) : createOperations(operations)
  const { networks, entries, conventions } = readDocument(markdown, reader.parse)
  const subjects = networks.map((block) => subjectOf(block, build))
  const problems = networks.flatMap(({ place, offset }, k) => {
    const subject = subjects[k]!
    if (subject.kind !== 'problem') return []
    const { reason, at } = subject
    return [
      { ...place, reason: `network: ${reason}`, start: offset + at.start, end: offset + at.end },
    ]
  })
  yield { kind: 'read', formulas: entries.map(placeOf), problems }
  const usual = usualJudge(judge, create, build, entries)
  const about = ({ cost, sizes }: BuiltNetwork, claim: Claim, assume: readonly string[] = []) =>
    judge.verify(cost, claim, { assume, sizes, conventions, work: create() })
  const own = networks.length === 0 ? ownNetwork(entries, build, about) : undefined
  const builtFor = (network: number | undefined): BuiltNetwork | undefined => {
    const subject = network === undefined ? undefined : subjects[network]
    if (network === undefined) return own?.built
    return subject?.kind === 'network' ? subject.built : undefined
  }
  const scopeFor = (network: number | undefined): Scope => {
    const built = builtFor(network)
    return built ? networkOf(built.cost, built.sizes).scope : noScope
  }
  const { declares, isBesideClaim, asked } = declarations(entries, conventions, scopeFor)
  const given = settings((claim, assume) => judge.verifySizes(claim, { assume, work: create() }))
  const judged = ({ claim, ...entry }: DocumentEntry & { claim: Claim }): Checked => {
    const subject: Subject =
      entry.network === undefined ? { kind: 'usual' } : subjects[entry.network]!
    const { assume } = entry
    if (subject.kind === 'problem') {
      const reason = `The network of this formula is ill-formed: ${subject.reason}`
      return { verdict: { kind: 'ill-formed', at: claim.span, reason } }
    }
    if (subject.kind === 'sizes') return { verdict: given.judge({ ...entry, claim }) }
    if (subject.kind === 'network') return { verdict: about(subject.built, claim, assume) }
    const found = own?.fits(claim) ? undefined : usual(claim, assume)
    if (!own || (found && found.verdict.kind !== 'ill-formed')) return found!
    const verdict = own.unsaid(claim) ?? about(own.built, claim, assume)
    return found && verdict.kind !== 'ill-formed' ? found : { verdict }
  }
  const errors = errorsSaid(judged)
  const entryOf = (entry: DocumentEntry): ReportEntry => {
    const expected = expectedOf(entry, strict)
    const common = { ...placeOf(entry), expected }
    // What is displayed is judged, or somebody says that it is not.
    const unjudged = (reason: string): ReportEntry => {
      const isSaid = entry.source === 'inline' && !strict
      return { ...common, kind: 'mention', reason, ok: isSaid && entry.expect === undefined }
    }
    if (entry.skip) return { ...common, kind: 'skipped', ok: true }
    if (entry.kind === 'mention') return unjudged('a formula without a relation claims nothing')
    if (entry.kind === 'declaration')
      return { ...common, kind: entry.kind, ok: entry.expect === undefined }
    if (entry.kind === 'ill-formed') {
      const { at, reason } = entry
      if (entry.source === 'inline' && !isEquation(entry.formula)) return unjudged(reason)
      const verdict: Verdict = { kind: 'ill-formed', at, reason }
      const ok = isExpected(verdict, expected, allow)
      const said = withReasons(verdict)
      return { ...common, kind: 'claim', verdict: said, ok, ...wrongPart(entry, verdict) }
    }
    const { names } = scopeFor(entry.network)
    const isKnown = (name: string) => names.some(({ base }) => base === name)
    const isGiven = isSetting(entry, (network) => subjects[network]!.kind, isKnown)
    if (isGiven) given.meets(entry)
    const isNext = entry.expect === undefined && isUpdate(entry.claim, isKnown)
    if (own?.said.has(entry.claim) || isGiven || isNext || entry.isCondition)
      return { ...common, formula: shownFormula(entry), kind: 'declaration', ok: true }
    if (declares(entry)) {
      errors.meets(entry)
      const ok = entry.expect === undefined || isBesideClaim(entry)
      return { ...common, kind: 'declaration', ok }
    }
    const { verdict, ...rest } = asked(entry, errors.judge)
    if (verdict.kind === 'ill-formed' && entry.source === 'inline' && !isAbout(entry))
      return unjudged(verdict.reason)
    const shown = withReasons(certificates ? verdict : withoutCertificate(verdict))
    const ok = isExpected(verdict, expected, allow)
    const found = { verdict: shown, ok, ...rest, ...wrongPart(entry, verdict) }
    return { ...common, formula: shownFormula(entry), kind: 'claim', ...found }
  }
  const isAbout = ({ claim, network }: DocumentEntry & { claim: Claim }): boolean => {
    const isOfNames = claim.operands.some((side) => speaksOf(side, scopeFor(network).names))
    return claim.relations.includes('=') && (isOfNames || !builtFor(network))
  }
  const report: ReportEntry[] = []
  for (const [at, each] of entries.entries()) {
    const entry = entryOf(each)
    report.push(entry)
    yield { kind: 'formula', at, entry }
  }
  const numbers = entries.map(({ network }) => network)
  return {
    ...summed(report, problems, conflictsOf(report, numbers)),
    ...(own && { network: own.text }),
  }
}

/** Reads and judges anew, but for networks that the document has twice. */
const readerOf = (judge: Judge): Reader => {
  const known = new Map<string, BuiltNetwork>()
  const build: Build = (text, read) => {
    const network = known.get(text) ?? buildNetwork(read())
    known.set(text, network)
    return network
  }
  return { parse: parseFormula, build, judge }
}

/**
 * Checks every formula of a document.
 * @throws ClaimError only for a document beyond the limits of size.
 */
export const checkNotesWith = (judge: Judge, markdown: string, options?: CheckOptions): Report => {
  const steps = checking(readerOf(judge), markdown, options)
  for (;;) {
    const { done, value } = steps.next()
    if (done) return value
  }
}
