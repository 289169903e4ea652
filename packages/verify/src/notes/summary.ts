// The report of a document, from what each formula came to.
import { countsFromZero } from '../conventions/conventions.ts'
import { isTrue } from '../verdict/combine.ts'
import type { Verdict } from '../verdict/verdict.ts'
import type { Report, ReportEntry } from './report.ts'
import { merit } from './usual.ts'

/** Formulas that count from 0 beside others that count from 1: both cannot be meant. */
export const conflictsOf = (
  report: readonly ReportEntry[],
  networks: readonly (number | undefined)[],
): string[] =>
  [...new Set(networks)].flatMap((network) =>
    conflictsIn(report.filter((_, at) => networks[at] === network)),
  )

const conflictsIn = (entries: readonly ReportEntry[]): string[] => {
  const fromZero = entries.filter(
    ({ verdict, expected }) =>
      verdict?.kind === 'holds-if' &&
      verdict.convention === countsFromZero &&
      // Where the document says itself that it holds if, it knows.
      expected.length > 1,
  )
  const fromOne = entries.filter(
    ({ verdict, formula }) => isTrueVerdict(verdict) && isShifted(formula),
  )
  const [zero, one] = [fromZero[0], fromOne[0]]
  if (!zero || !one) return []
  return [
    `line ${zero.line} is true where indices count from 0, line ${one.line} where they count from 1`,
  ]
}

const isTrueVerdict = (verdict: Verdict | undefined): boolean =>
  verdict !== undefined && isTrue(verdict)

/** An index moved by a constant, i+u-1, or counted from 1, says what is counted from. */
const isShifted = (formula: string): boolean =>
  /[_(,{[][^=]{0,40}[a-z]'?\s*[+-]\s*[a-z]'?\s*[+-]\s*\d/.test(formula)

/** The report of so many entries. */
export const summed = (
  entries: readonly ReportEntry[],
  problems: Report['problems'],
  conflicts: Report['conflicts'] = [],
): Report => {
  const totals = Object.fromEntries(merit.map((kind) => [kind, 0])) as Record<
    Verdict['kind'],
    number
  >
  for (const { verdict } of entries) if (verdict) totals[verdict.kind]++
  // Where nothing was read nothing is as it should be.
  const ok = problems.length === 0 && entries.length > 0 && entries.every((entry) => entry.ok)
  return { entries, problems, conflicts, totals, ok }
}
