// A verdict, a report and a derivation's step as consoles and notebooks show them.
import { displayed, withoutProperties } from '@backprove/graph'
import type { DerivationStep } from '../derivation/derivation.ts'
import { linesOf, saidOf } from '../derivation/format.ts'
import { formatReport } from '../notes/format-report.ts'
import type { Report } from '../notes/report.ts'
import { withReasons } from '../sentences/reasons.ts'
import { format } from './format.ts'
import type { Verdict } from './verdict.ts'

/** What a public function gives: with the codes of its reasons, and shown as lines. */
export const answer = (verdict: Verdict): Verdict => shownVerdict(withReasons(verdict))

/** What a condition would ask in vain, and go on as if it were false. */
const HINTS = Object.fromEntries(
  ['ok', 'valid', 'result', 'status', 'proved', 'isProved', 'refuted', 'isRefuted'].map((name) => [
    name,
    "its kind says it: verdict.kind === 'proved'",
  ]),
)

const shownVerdict = <V extends Verdict>(verdict: V): V =>
  displayed(withoutProperties(verdict, 'verdict', HINTS), () => {
    const text = format(verdict)
    const [kind = '', ...more] = text.split('\n')
    const readAs = 'readAs' in verdict ? verdict.readAs : undefined
    return {
      text,
      ...(readAs && { latex: readAs.latex }),
      rows: [
        ['verdict', kind],
        ...(readAs ? [['read as', readAs.text] as const] : []),
        ...more.map((line) => ['', line.trim()] as const),
      ],
    }
  })

export const shownReport = (report: Report): Report => {
  for (const { verdict } of report.entries) if (verdict) shownVerdict(verdict)
  return displayed(report, () => ({ text: formatReport(report).join('\n') }))
}

export const shownStep = (step: DerivationStep): DerivationStep => {
  const { latex, rule } = step
  const verdict = answer(step.verdict)
  return displayed({ ...step, verdict }, () => ({
    text: [...linesOf(step), `  ${rule}; ${saidOf(verdict)}`].join('\n'),
    latex,
    rows: [
      ['rule', rule],
      ['verdict', saidOf(verdict)],
    ],
  }))
}
