// What every page does to LaTeX before it is set.

const CHARACTER = /\{\\char(\d+)\}/g
const fromCode = (code: string): string => String.fromCodePoint(Number(code))
/** Signs beyond what LaTeX means something by: those of one picture belong together. */
const PICTURES = /(?:\{\\char\d{4,}\}\p{M}*)+/gu
const JOINING = ['Arabic', 'Hebrew', 'Syriac', 'Devanagari', 'Bengali', 'Tamil', 'Thai', 'Cyrillic']
const SQUARE = ['Han', 'Hiragana', 'Katakana', 'Hangul']
/** Names in scripts whose letters are no variables one by one: as words, in their direction. */
const WORDS = new RegExp(
  `[${[...JOINING, ...SQUARE].map((script) => `\\p{Script=${script}}`).join('')}\\p{M}ー]{2,}`,
  'gu',
)

/**
 * A hyphen between indices is no minus: w_{k-ij}, w_{1-23}; in h_{t-1} it is one. The font has no
 * letters of a typewriter: names that are no mathematics are upright.
 */
export const readable = (tex: string): string =>
  tex
    .replaceAll('\\mathtt', '\\mathrm')
    .replaceAll(
      PICTURES,
      (found) => `\\text{${found.replaceAll(CHARACTER, (_, code) => fromCode(code))}}`,
    )
    .replaceAll(WORDS, '\\text{$&}')
    .replaceAll(/_\{(?:([a-z]+)-((?:[a-z]'*){2,})|(\d+)-(\d{2,}))\}/g, '_{$1$3\\text{-}$2$4}')

/** The chain rule with what the next line replaces underlined: its last derivative. */
export function underlined(chain: string): string {
  const from = chain.lastIndexOf('\\frac{\\partial')
  const end = from > 0 ? groupEnd(chain, groupEnd(chain, from + 5)) : -1
  if (end < 0) return chain
  return `${chain.slice(0, from)}\\underline{${chain.slice(from, end)}}${chain.slice(end)}`
}

/** Behind the braces that open here; −1 where none do. */
function groupEnd(tex: string, from: number): number {
  if (tex[from] !== '{') return -1
  let depth = 0
  for (let k = from; k < tex.length; k++) {
    if (tex[k] === '\\') k++
    else if (tex[k] === '{') depth++
    else if (tex[k] === '}' && --depth === 0) return k + 1
  }
  return -1
}
