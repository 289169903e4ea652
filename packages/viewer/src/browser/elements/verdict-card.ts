// A verdict for people: a sign and a word, never only a colour; the formula; then what was said.
import type { ViewVerdict } from '../../document.ts'
import type { Words } from '../words/en.ts'
import { formula } from './formula.ts'
import { h } from './h.ts'

/** ✓ this shape, ✓∞ all sizes; a refutation that the notes expect is no error. */
export function markOf({ kind, text, ok }: Pick<ViewVerdict, 'kind' | 'text' | 'ok'>): string {
  if (kind === 'proved') return text.startsWith('proved for all sizes') ? '✓∞' : '✓'
  const sign = MARKS[kind] ?? '…'
  return ok && kind !== 'agrees' ? `${sign}=` : sign
}

const MARKS: Readonly<Record<string, string>> = {
  agrees: '≈',
  refuted: '✗',
  ambiguous: '?',
  'holds-if': '?',
  'ill-formed': '!',
  budget: '…',
}

export const wordOf = (kind: string, words: Words): string =>
  (Object.hasOwn(words, kind) ? words[kind as keyof Words] : undefined) ?? kind

export function verdictCard(verdict: ViewVerdict, words: Words, source: string): HTMLElement {
  const { kind, line, text } = verdict
  const [, ...more] = text.split('\n')
  return h(
    'article',
    { class: `verdict ${kind}` },
    h(
      'p',
      { class: 'verdict-line' },
      `${markOf(verdict)} ${wordOf(kind, words)} · ${source}:${line}`,
    ),
    formula(verdict.formula, true),
    more.length > 0 && h('pre', {}, more.join('\n')),
  )
}
