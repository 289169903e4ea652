// The verdict beside each formula of a page that has a network: proved before anybody reads it.
import { checkNotes, format } from '@backprove/verify'
import { verdictSign, verdictWord } from '@backprove/viewer'

type Entries = ReturnType<typeof checkNotes>['entries']
const known = new Map<string, Entries>()

/** Both languages of a page hold the same formulas. A badge says what is so, and no repair. */
function entriesOf(markdown: string): Entries {
  const entries = known.get(markdown) ?? checkNotes(markdown, { diagnose: () => [] }).entries
  known.set(markdown, entries)
  return entries
}

/** What stands behind a formula of a page, by its English text; nothing without a network. */
export function badgesOf(markdown: string, language: string): (tex: string) => string {
  if (!/^```network$/m.test(markdown)) return () => ''
  const found = new Map<string, string>()
  for (const { formula, verdict } of entriesOf(markdown)) {
    if (!verdict) continue
    const { kind } = verdict
    const isAll = kind === 'proved' && verdict.scope === 'all-sizes'
    const word = verdictWord(kind, language)
    const title = format(verdict).split('\n')[0]!.replaceAll('"', '')
    const sign = verdictSign(kind, isAll)
    const said = `${sign}<span class="hidden"> ${word}</span>`
    found.set(formula, `<span class="badge ${kind}" title="${title}">${said}</span>`)
  }
  return (tex) => found.get(tex) ?? ''
}
