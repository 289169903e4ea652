// Every formula on the pages that are checked documents has the verdict that the page states.
import { checkNotes, formatReport } from '@backprove/verify'
import { expect, it } from 'vitest'
import { read } from '../house/sources.ts'

it('docs/verifying/language.md is checked', () => {
  const report = checkNotes(read('docs/verifying/language.md'), { deadline: 10_000 })
  const wrong = { ...report, entries: report.entries.filter(({ ok }) => !ok) }
  expect(formatReport(wrong).slice(0, -1).join('\n').trim()).toBe('')
  expect(report.problems).toEqual([])
  expect(report.totals.proved).toBeGreaterThan(60)
  expect(report.totals.refuted).toBeGreaterThan(8)
}, 120_000)

it('docs/verifying/getting-started.md is checked', () => {
  const report = checkNotes(read('docs/verifying/getting-started.md'), { deadline: 10_000 })
  const wrong = { ...report, entries: report.entries.filter(({ ok }) => !ok) }
  expect(formatReport(wrong).slice(0, -1).join('\n').trim()).toBe('')
  expect(report.totals).toMatchObject({ 'holds-if': 1, refuted: 2, agrees: 0 })
  expect(report.totals.proved).toBeGreaterThan(12)
}, 120_000)
