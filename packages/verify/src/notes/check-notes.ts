// A Markdown document checked: every formula gets a verdict, and each verdict is held against what
// the document expects.
import type { Node } from '@backprove/graph'
import { type DocumentEntry, type NetworkBlock, readDocument } from '../document/document.ts'
import { type Claim, ClaimError, type Expression } from '../language/syntax.ts'
import { childNodes } from '../language/walk.ts'
import { networkOf } from '../network/network.ts'
import type { Verdict } from '../verdict/verdict.ts'
import { type BuiltNetwork, buildNetwork } from './build-network.ts'
import { declarations, noScope } from './declarations.ts'
import type { Report, ReportEntry } from './report.ts'
import { type Checked, merit, usualJudge } from './usual.ts'

export interface JudgeOptions {
  readonly assume: readonly string[]
  readonly sizes: BuiltNetwork['sizes']
  /** In milliseconds. */
  readonly deadline: number
}

/** Who gives the verdicts. */
export interface Judge {
  readonly verify: (cost: Node, claim: Claim, options: JudgeOptions) => Verdict
  readonly verifySizes: (claim: Claim, options: { assume: readonly string[] }) => Verdict
}

export interface CheckOptions {
  /** For each formula, in milliseconds. Default 5000. */
  readonly deadline?: number
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
  | { kind: 'problem'; reason: string }

const subjectOf = ({ read }: NetworkBlock): Subject => {
  if (read.kind === 'ill-formed') return { kind: 'problem', reason: read.reason }
  if (read.kind === 'named' && read.name === 'sizes') return { kind: 'sizes' }
  try {
    return { kind: 'network', built: buildNetwork(read) }
  } catch (error) {
    if (error instanceof ClaimError) return { kind: 'problem', reason: error.reason }
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

/**
 * Checks every formula of a document.
 * @throws ClaimError only for a document beyond the limits of size.
 */
export const checkNotesWith = (
  given: Judge,
  markdown: string,
  { deadline = 5000, certificates = false, allow = [] }: CheckOptions = {},
): Report => {
  const judge: Judge = {
    verify: guarded(given.verify),
    verifySizes: guarded(given.verifySizes),
  }
  const { networks, entries } = readDocument(markdown)
  const subjects = networks.map(subjectOf)
  const usual = usualJudge(judge, deadline)
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
    if (subject.kind === 'sizes') return { verdict: judge.verifySizes(claim, { assume }) }
    if (subject.kind === 'usual') return usual(claim, assume)
    const { cost, sizes } = subject.built
    return { verdict: judge.verify(cost, claim, { assume, sizes, deadline }) }
  }
  const report = entries.map((entry): ReportEntry => {
    const { formula, line, column } = entry
    const expected = expectedOf(entry)
    const common = { formula: formula.trim(), line, column, expected }
    if (entry.kind === 'mention' || entry.kind === 'declaration')
      return { ...common, kind: entry.kind, ok: entry.expect === undefined }
    if (entry.kind === 'ill-formed') {
      const { at, reason } = entry
      const verdict: Verdict = { kind: 'ill-formed', at, reason }
      return { ...common, kind: 'claim', verdict, ok: isExpected(verdict, expected, allow) }
    }
    if (isSetting(entry, subjects)) return { ...common, kind: 'declaration', ok: true }
    if (declares(entry)) {
      const ok = entry.expect === undefined || isBesideClaim(entry)
      return { ...common, kind: 'declaration', ok }
    }
    const { verdict, ...rest } = judged(withKnown(entry))
    const shown = certificates ? verdict : withoutCertificate(verdict)
    const ok = isExpected(verdict, expected, allow)
    return { ...common, formula: shownFormula(entry), kind: 'claim', verdict: shown, ok, ...rest }
  })
  const problems = networks.flatMap(({ place }, at) => {
    const subject = subjects[at]!
    return subject.kind === 'problem' ? [{ ...place, reason: subject.reason }] : []
  })
  return summed(report, problems)
}

/** Of several claims in one formula, the part that this one is. */
const shownFormula = ({ formula, claim }: DocumentEntry & { claim: Claim }): string =>
  formula.slice(claim.span.start, claim.span.end).trim() || formula.trim()

const isExpected = (verdict: Verdict, expected: readonly string[], allow: readonly string[]) =>
  expected.includes(verdict.kind) || allow.includes(verdict.kind)

const summed = (entries: readonly ReportEntry[], problems: Report['problems']): Report => {
  const totals = Object.fromEntries(merit.map((kind) => [kind, 0])) as Record<
    Verdict['kind'],
    number
  >
  for (const { verdict } of entries) if (verdict) totals[verdict.kind]++
  const ok = problems.length === 0 && entries.every((entry) => entry.ok)
  return { entries, problems, totals, ok }
}
