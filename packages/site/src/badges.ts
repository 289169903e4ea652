// The verdict beside each formula of a page that has a network: proved before anybody reads it.
import { checkNotes, format } from '@backprove/verify'

const SIGNS: Readonly<Record<string, string>> = {
  proved: '✓',
  agrees: '≈',
  refuted: '✗',
  ambiguous: '?',
  'ill-formed': '!',
  budget: '…',
}
const ZH: Readonly<Record<string, string>> = {
  proved: '已证明',
  agrees: '数值一致',
  refuted: '已证伪',
  ambiguous: '有歧义',
  'ill-formed': '无法理解',
  budget: '未判定',
}

type Entries = ReturnType<typeof checkNotes>['entries']
const known = new Map<string, Entries>()

/** Both languages of a page hold the same formulas. */
function entriesOf(markdown: string): Entries {
  const entries = known.get(markdown) ?? checkNotes(markdown).entries
  known.set(markdown, entries)
  return entries
}

/** What stands behind a formula; nothing on pages without a network. */
export function badgesOf(markdown: string, language: string): (tex: string) => string {
  if (!/^```network$/m.test(markdown)) return () => ''
  const found = new Map<string, string>()
  for (const { formula, verdict } of entriesOf(markdown)) {
    if (!verdict) continue
    const { kind } = verdict
    const isAll = kind === 'proved' && verdict.scope === 'all-sizes'
    const word = language === 'en' ? kind : (ZH[kind] ?? kind)
    const title = format(verdict).split('\n')[0]!.replaceAll('"', '')
    const sign = `${SIGNS[kind] ?? '?'}${isAll ? '∞' : ''}`
    const said = `${sign}<span class="hidden"> ${word}</span>`
    found.set(formula, `<span class="badge ${kind}" title="${title}">${said}</span>`)
  }
  return (tex) => found.get(tex) ?? ''
}
