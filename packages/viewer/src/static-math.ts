// Formulas for pages without scripts: MathML made before anybody reads it. Temml's styles become
// classes, so that a policy without styles in markup is kept.
import temml from 'temml'
import { widthOf } from './browser/elements/sides.ts'
import { MOST_EXPANSIONS, readable } from './tex.ts'

/** Sets formulas for one page and gathers the rules that they need. */
export interface MathSetter {
  /** The formula as MathML; what cannot be set stands in its author's letters. */
  set(tex: string, display?: boolean): string
  /** The rules of the classes used so far. */
  styles(): string
}

const LONGEST = 12_000

/** Sets formulas as MathML in Node or a page, without a style in markup. */
export function mathSetter(): MathSetter {
  const classes = new Map<string, string>()
  const classOf = (style: string): string => {
    const known = classes.get(style) ?? `m${classes.size}`
    classes.set(style, known)
    return known
  }
  return {
    set(tex, display = false) {
      const markup = reachable(markupOf(tex, display), display ? tex : '')
      return markup.replaceAll(/<(\w+)([^>]*?) style="([^"]*)"([^>]*)>/g, (_, tag, a, style, b) => {
        const attributes = `${a}${b}`
        const name = classOf(style)
        const has = /class="/.test(attributes)
        const classed = has
          ? attributes.replace('class="', `class="${name} `)
          : `${attributes} class="${name}"`
        return `<${tag}${classed}>`
      })
    },
    styles: () => [...classes].map(([style, name]) => `.${name}{${style}}`).join(''),
  }
}

/** More letters than this do not fit a phone: such a formula is scrolled, by the keyboard too. */
const NARROW = 30

const reachable = (markup: string, tex: string): string =>
  tex.split('\\\\').some((line) => widthOf(line) > NARROW)
    ? markup.replace('<math ', '<math tabindex="0" ')
    : markup

function markupOf(tex: string, displayMode: boolean): string {
  try {
    if (tex.length > LONGEST) throw new RangeError('too long to be read')
    return temml.renderToString(readable(tex), {
      ...{ displayMode, trust: false, strict: false, throwOnError: true, annotate: false },
      ...{ maxExpand: MOST_EXPANSIONS, maxSize: [20, 20] },
    })
  } catch {
    const text = tex.replaceAll('&', '&amp;').replaceAll('<', '&lt;')
    return `<code>${text}</code>`
  }
}

/** How formulas stand in a page: what Temml's own sheet says of what is used here. */
export const MATH_STYLE = [
  'math{font-family:"Backprove Math","STIX Two Math","Cambria Math",math;font-size:1.1em;',
  'font-feature-settings:"dtls" off}',
  'math *{border-color:currentColor}',
  'math.tml-display{display:block;width:100%;overflow-x:auto;overflow-y:hidden;',
  'padding:.3em 0 .5em}',
  'mfrac>:nth-child(2),msqrt,mover>:first-child{math-shift:compact}',
  '.tml-right{text-align:right}.tml-left{text-align:left}',
  '.tml-sml-pad{padding-left:.05em}.tml-med-pad{padding-left:.1em}',
  '.tml-lrg-pad{padding-left:.15em}',
].join('')
