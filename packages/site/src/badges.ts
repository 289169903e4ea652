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

/** Formulas where markdown has them, and not in code or comments. */
const written = /```[\s\S]*?```|`[^`\n]*`|<!--[\s\S]*?-->|\$\$([\s\S]+?)\$\$|\$([^$]+)\$/g

/** What stands behind each formula of a page, as often as it stands there; by its English text. */
export function badgesOf(markdown: string, language: string): (tex: string) => string {
  if (!/^```network$/m.test(markdown)) return () => ''
  const entries = entriesOf(markdown)
  const found = new Map<string, string[]>()
  for (const match of markdown.matchAll(written)) {
    const tex = (match[1] ?? match[2])?.trim()
    if (tex === undefined) continue
    const end = match.index + match[0].length
    const own = entries.filter(({ start }) => start >= match.index && start < end)
    const badges = new Set(own.map((entry) => badgeOf(entry, language)))
    found.set(tex, [...(found.get(tex) ?? []), [...badges].join('')])
  }
  return (tex) => found.get(tex)?.shift() ?? ''
}

function badgeOf({ verdict }: Entries[number], language: string): string {
  if (!verdict) return ''
  const { kind } = verdict
  const isAll = kind === 'proved' && verdict.scope === 'all-sizes'
  const word = verdictWord(kind, language)
  const title = format(verdict).split('\n')[0]!.replaceAll('"', '')
  const said = `${verdictSign(kind, isAll)}<span class="hidden"> ${word}</span>`
  return `<span class="badge ${kind}" title="${title}">${said}</span>`
}
