// Formulas for pages without scripts: MathML made before anybody reads it, without a style in
// markup.
import { BROKEN, widthOf } from './browser/elements/sides.ts'
import { mathOf } from './math/formula.ts'
import { escaped, type Mark, markup } from './math/marks.ts'

/** More letters than this do not fit a phone: such a formula is scrolled, by the keyboard too. */
const NARROW = 30

const reachable = (math: Mark, tex: string): Mark =>
  tex.split('\\\\').some((line) => widthOf(line) > NARROW)
    ? { ...math, attributes: { ...math.attributes, tabindex: '0' } }
    : math

/** The formula as MathML, in Node or a page; what cannot be set stands in its author's letters. */
export function mathMarkup(tex: string, isDisplay = false): string {
  const math = mathOf(tex, isDisplay)
  if (math && !isDisplay && widthOf(tex) > BROKEN)
    return `<span class="wide" tabindex="0">${markup(math)}</span>`
  if (math) return markup(isDisplay ? reachable(math, tex) : math)
  return `<code>${escaped(tex)}</code>`
}
