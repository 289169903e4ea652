// A verdict for people: a sign and a word, never only a colour; the formula; then what was said.
import type { ViewVerdict } from '../../document.ts'
import { verdictSign, verdictWord } from '../../verdicts/words.ts'
import type { Words } from '../words/en.ts'
import { formula, sentence } from './formula.ts'
import { h } from './h.ts'

export interface Marked {
  readonly kind: string
  readonly ok: boolean
  readonly isForAll?: boolean
}

/** A refutation that the notes expect is no error. */
export function markOf({ kind, isForAll, ok }: Marked): string {
  const sign = verdictSign(kind, isForAll)
  return ok && kind !== 'proved' && kind !== 'agrees' ? `${sign}=` : sign
}

export const wordOf = (kind: string, { languageCode }: Words): string =>
  verdictWord(kind, languageCode)

export function verdictCard(verdict: ViewVerdict, words: Words, source: string): HTMLElement {
  const { kind, line } = verdict
  const isForAll = verdict.text.startsWith('proved for all sizes')
  const text = verdict.translated?.[words.languageCode] ?? verdict.text
  const [, ...more] = text.split('\n')
  return h(
    'article',
    { class: `verdict ${kind}` },
    h(
      'p',
      { class: 'verdict-line' },
      `${markOf({ ...verdict, isForAll })} ${wordOf(kind, words)} · ${source}:${line}`,
    ),
    formula(verdict.formula, true),
    ...more.map((each) =>
      /\\[a-z]/i.test(each) && /^\s*[^\p{Script=Han}]+$/u.test(each)
        ? formula(each.trim(), true)
        : h('div', { class: 'said-line' }, ...sentence(each.trim())),
    ),
  )
}
