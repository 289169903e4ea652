// The five notes as they were given, typographic signs and all: every formula gets a report.
import { existsSync, readdirSync, readFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { describe, expect, it } from 'vitest'
import { checkNotes } from './check.ts'

const folder = fileURLToPath(new URL('../../../../../shared/notes/', import.meta.url))
const files = existsSync(folder)
  ? readdirSync(folder).filter((name) => /^\d+_.*\.txt$/.test(name))
  : []
if (files.length === 0) console.log('The notes are not beside this repository: nothing to read.')

describe('notes as they were given', () => {
  it.skipIf(files.length === 0)(
    'are read to the end, without an error inside',
    () => {
      for (const file of files) {
        const report = checkNotes(readFileSync(folder + file, 'utf8'), { deadline: 300 })
        if (report.entries.length > 0) expect(report.problems).toEqual([])
        for (const { kind, verdict, formula } of report.entries) {
          if (kind === 'claim') expect(verdict, formula).toBeDefined()
          const tried = verdict?.kind === 'budget' ? verdict.tried.join() : ''
          expect(tried, formula).not.toContain('an error inside')
        }
      }
    },
    120_000,
  )
})
