// What each kind of verdict is called, and its sign: a sign and a word, never only a colour.

const KINDS: Readonly<Record<string, { sign: string; en: string; zh: string }>> = {
  proved: { sign: '✓', en: 'proved', zh: '已证明' },
  agrees: { sign: '≈', en: 'agrees', zh: '数值一致' },
  refuted: { sign: '✗', en: 'refuted', zh: '已证伪' },
  ambiguous: { sign: '?', en: 'ambiguous', zh: '有歧义' },
  'holds-if': { sign: '?', en: 'holds under a condition', zh: '有条件成立' },
  'ill-formed': { sign: '!', en: 'not understood', zh: '无法理解' },
  budget: { sign: '…', en: 'not decided', zh: '未判定' },
}

/** The word for a kind of verdict, in English or, for `zh…`, in Chinese. */
export const verdictWord = (kind: string, language: string): string =>
  known(kind)?.[/^zh/i.test(language) ? 'zh' : 'en'] ?? kind

/** ✓ for this shape, ✓∞ for all sizes, a sign of its own for each other kind. */
export const verdictSign = (kind: string, isForAllSizes = false): string =>
  `${known(kind)?.sign ?? '…'}${isForAllSizes ? '∞' : ''}`

const known = (kind: string) => (Object.hasOwn(KINDS, kind) ? KINDS[kind] : undefined)
