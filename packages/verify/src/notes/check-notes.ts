// A Markdown document checked: every formula gets a verdict, and each verdict is held against what
// the document expects.
import type { Node } from '@backprove/graph'
import { createOperations, createWork, type Work } from '../arithmetic/budget.ts'
import { type DocumentEntry, type NetworkBlock, readDocument } from '../document/document.ts'
import type { NetworkText } from '../document/network-text.ts'
import { parseFormula } from '../language/read/claim.ts'
import { type Claim, ClaimError, type Expression, type Span } from '../language/syntax.ts'
import { childNodes } from '../language/walk.ts'
import { networkOf } from '../network/network.ts'
import type { Verdict } from '../verdict/verdict.ts'
import { type BuiltNetwork, buildNetwork } from './build-network.ts'
import { declarations, noScope } from './declarations.ts'
import { placeOf, shownFormula, wrongPart } from './place.ts'
import type { FormulaPlace, Report, ReportEntry } from './report.ts'
import { type Checked, merit, usualJudge } from './usual.ts'

export interface JudgeOptions {
  readonly assume: readonly string[]
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

export interface CheckOptions {
  /** For each formula, in milliseconds. Default 5000. */
  readonly deadline?: number
  /** For each formula, in the place of the deadline: the same verdicts on every machine. */
  readonly operations?: number
  /** Verdicts keep their certificates, which may be long. Default false. */
  readonly certificates?: boolean
  /** Verdicts that are right although nothing says so: `ambiguous`, `budget`. */
  readonly allow?: readonly string[]
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

/**
 * `n = 3`, `p = m − 1`: a letter is given its value, as in ‘with stride s = 1’. Only where lengths
 * are spoken of, and nothing is expected or assumed of it.
 */
const isSetting = (
  { claim, expect, assume, network }: DocumentEntry & { claim: Claim },
  subjects: readonly Subject[],
): boolean => {
  const [left, right] = claim.operands
  const isLetter = left?.kind === 'name' && !left.superscript && !left.subscript
  const isLength = isLetter && /^[a-z]$/.test(left.base) && right !== undefined && isSize(right)
  const aboutSizes = network === undefined || subjects[network]!.kind === 'sizes'
  return aboutSizes && isLength && claim.relations.join() === '=' && !expect && assume.length === 0
}

/** Whole numbers, bare letters and what + − · / make of them. */
const isSize = (node: Expression): boolean => {
  if (node.kind === 'numeral') return true
  if (node.kind === 'name')
    return !node.superscript && !node.subscript && /^[a-zA-Z]$/.test(node.base)
  return (
    ['addition', 'negation', 'product', 'quotient'].includes(node.kind) &&
    childNodes<Expression>(node).every(isSize)
  )
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

const expectedOf = ({ expect }: DocumentEntry): string[] =>
  expect === undefined ? ['proved', 'agrees'] : expect.split(',').map((each) => each.trim())

const withoutCertificate = (verdict: Verdict): Verdict => {
  if (verdict.kind === 'ambiguous') {
    const table = verdict.table.map(
      ([reading, each]) => [reading, withoutCertificate(each)] as const,
    )
    return { ...verdict, table }
  }
  if (verdict.kind !== 'proved') return verdict
  const { certificate: _, ...rest } = verdict
  return rest as Verdict
}

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
  { deadline = 5000, operations, certificates = false, allow = [] }: CheckOptions = {},
): Generator<CheckEvent, Report, void> {
  const { build } = reader
  const judge: Judge = {
    verify: guarded(reader.judge.verify),
    verifySizes: guarded(reader.judge.verifySizes),
  }
  const create = () =>
    operations === undefined ? createWork(deadline) : createOperations(operations)
  const { networks, entries } = readDocument(markdown, reader.parse)
  const subjects = networks.map((block) => subjectOf(block, build))
  const problems = networks.flatMap(({ place, offset }, k) => {
    const subject = subjects[k]!
    if (subject.kind !== 'problem') return []
    const { reason, at } = subject
    return [{ ...place, reason, start: offset + at.start, end: offset + at.end }]
  })
  yield { kind: 'read', formulas: entries.map(placeOf), problems }
  const usual = usualJudge(judge, create, build)
  const { declares, isBesideClaim, withKnown } = declarations(entries, (network) => {
    const subject = network === undefined ? undefined : subjects[network]
    return subject?.kind === 'network'
      ? networkOf(subject.built.cost, subject.built.sizes).scope
      : noScope
  })
  const judged = ({ claim, ...entry }: DocumentEntry & { claim: Claim }): Checked => {
    const subject: Subject =
      entry.network === undefined ? { kind: 'usual' } : subjects[entry.network]!
    const { assume } = entry
    if (subject.kind === 'problem') {
      const reason = `The network of this formula is ill-formed: ${subject.reason}`
      return { verdict: { kind: 'ill-formed', at: claim.span, reason } }
    }
    if (subject.kind === 'sizes')
      return { verdict: judge.verifySizes(claim, { assume, work: create() }) }
    if (subject.kind === 'usual') return usual(claim, assume)
    const { cost, sizes } = subject.built
    return { verdict: judge.verify(cost, claim, { assume, sizes, work: create() }) }
  }
  const entryOf = (entry: DocumentEntry): ReportEntry => {
    const expected = expectedOf(entry)
    const common = { ...placeOf(entry), expected }
    if (entry.kind === 'mention' || entry.kind === 'declaration')
      return { ...common, kind: entry.kind, ok: entry.expect === undefined }
    if (entry.kind === 'ill-formed') {
      const { at, reason } = entry
      const verdict: Verdict = { kind: 'ill-formed', at, reason }
      const ok = isExpected(verdict, expected, allow)
      return { ...common, kind: 'claim', verdict, ok, ...wrongPart(entry, verdict) }
    }
    if (isSetting(entry, subjects)) return { ...common, kind: 'declaration', ok: true }
    if (declares(entry)) {
      const ok = entry.expect === undefined || isBesideClaim(entry)
      return { ...common, kind: 'declaration', ok }
    }
    const { verdict, ...rest } = judged(withKnown(entry))
    const shown = certificates ? verdict : withoutCertificate(verdict)
    const ok = isExpected(verdict, expected, allow)
    const found = { verdict: shown, ok, ...rest, ...wrongPart(entry, verdict) }
    return { ...common, formula: shownFormula(entry), kind: 'claim', ...found }
  }
  const report: ReportEntry[] = []
  for (const [at, each] of entries.entries()) {
    const entry = entryOf(each)
    report.push(entry)
    yield { kind: 'formula', at, entry }
  }
  return summed(report, problems)
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

const isExpected = (verdict: Verdict, expected: readonly string[], allow: readonly string[]) =>
  expected.includes(verdict.kind) || allow.includes(verdict.kind)

/** The report of so many entries. */
export const summed = (entries: readonly ReportEntry[], problems: Report['problems']): Report => {
  const totals = Object.fromEntries(merit.map((kind) => [kind, 0])) as Record<
    Verdict['kind'],
    number
  >
  for (const { verdict } of entries) if (verdict) totals[verdict.kind]++
  const ok = problems.length === 0 && entries.every((entry) => entry.ok)
  return { entries, problems, totals, ok }
}
