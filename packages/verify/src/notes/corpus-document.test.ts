// The notes' formulas as a document: every verdict is the expected one.
import { readFileSync } from 'node:fs'
import { describe, expect, it } from 'vitest'
import { checkNotes } from './check.ts'
import { formatReport } from './format-report.ts'

describe('examples/notes.md', () => {
  it('every verdict is as the document says', () => {
    const document = new URL('../../../../examples/notes.md', import.meta.url)
    const report = checkNotes(readFileSync(document, 'utf8'), { deadline: 15_000 })
    const wrong = { ...report, entries: report.entries.filter(({ ok }) => !ok) }
    expect(formatReport(wrong).slice(0, -1).join('\n').trim()).toBe('')
    expect(report.totals.proved).toBeGreaterThan(30)
  }, 240_000)
})
