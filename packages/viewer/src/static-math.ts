// Formulas for pages without scripts: MathML made before anybody reads it, without a style in
// markup.
import { widthOf } from './browser/elements/sides.ts'
import { mathOf } from './math/formula.ts'
import { type Mark, markup } from './math/marks.ts'

/** More letters than this do not fit a phone: such a formula is scrolled, by the keyboard too. */
const NARROW = 30
/** In a line it is broken at its signs; what is longer than this has a part that does not fit. */
const LONG = 40

const reachable = (math: Mark, tex: string): Mark =>
  tex.split('\\\\').some((line) => widthOf(line) > NARROW)
    ? { ...math, attributes: { ...math.attributes, tabindex: '0' } }
    : math

/** The formula as MathML, in Node or a page; what cannot be set stands in its author's letters. */
export function mathMarkup(tex: string, isDisplay = false): string {
  const math = mathOf(tex, isDisplay)
  if (math && !isDisplay && widthOf(tex) > LONG)
    return `<span class="wide" tabindex="0">${markup(math)}</span>`
  if (math) return markup(isDisplay ? reachable(math, tex) : math)
  return `<code>${tex.replaceAll('&', '&amp;').replaceAll('<', '&lt;')}</code>`
}
