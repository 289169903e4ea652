// What every page does to LaTeX before it is set.

/** How much Temml may expand: `\,` and `\operatorname` are macros of its own, and count. */
export const MOST_EXPANSIONS = 2000

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
 * A hyphen between indices is no minus: w_{k-ij}. The font has no letters of a typewriter: names
 * that are no mathematics are upright. A prime is a sign of its own and stands high already: raised
 * once more, as an exponent, it would be a speck.
 */
export const readable = (tex: string): string =>
  tex
    .replaceAll('\\mathtt', '\\mathrm')
    .replaceAll(
      PICTURES,
      (found) => `\\text{${found.replaceAll(CHARACTER, (_, code) => fromCode(code))}}`,
    )
    .replaceAll(WORDS, '\\text{$&}')
    .replaceAll(/_\{([a-z\d]+)-([a-z\d]+)\}/g, '_{$1\\text{-}$2}')
    .replaceAll(/\\operatorname\{([a-z]+)\}'|\\(tanh|sin|cos|exp|log)'/g, (_, name, known) => {
      return `\\operatorname{${name ?? known}′}`
    })
    .replaceAll(/\\text\{[^{}]*\}|(?<=[\p{L}\d)}\]′])'+/gu, (found) =>
      found.startsWith('\\') ? found : '′'.repeat(found.length),
    )

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
