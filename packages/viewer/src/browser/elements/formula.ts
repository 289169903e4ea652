// A formula as MathML, in elements: no markup is parsed. What cannot be set is shown as it was
// written.
import { LONGEST, mathOf } from '../../math/formula.ts'
import type { Mark } from '../../math/marks.ts'
import { partsOf } from '../../verdicts/parts.ts'
import { BROKEN, sidesBelow, widthOf } from './sides.ts'

const known = new Map<string, Element | undefined>()
const MOST_KNOWN = 2000

/**
 * New elements at each call: they may be put anywhere. Where the author's own letters cannot be set
 * (macros of theirs) what they were read as stands `instead`, if it is known.
 */
export function formula(tex: string, display = false, instead?: string): HTMLElement {
  const holder = document.createElement('span')
  holder.className = display ? 'formula display' : 'formula'
  const made = set(tex, display) ?? (instead === undefined ? undefined : set(instead, display))
  holder.append(made?.cloneNode(true) ?? asWritten(tex))
  return holder
}

function set(tex: string, isDisplay: boolean): Element | undefined {
  const key = `${isDisplay ? 1 : 0}${tex}`
  if (known.has(key)) return known.get(key)
  if (known.size > MOST_KNOWN) known.clear()
  const math = mathOf(tex, isDisplay)
  const made = math && elementOf(math)
  known.set(key, made)
  return made
}

const MATHML = 'http://www.w3.org/1998/Math/MathML'

function elementOf({ tag, attributes, content }: Mark): Element {
  const made = document.createElementNS(MATHML, tag)
  for (const [name, value] of Object.entries(attributes)) made.setAttribute(name, value)
  made.append(...(typeof content === 'string' ? [content] : content.map(elementOf)))
  return made
}

function asWritten(tex: string): Element {
  const code = document.createElement('code')
  code.textContent = tex.length > LONGEST ? `${tex.slice(0, LONGEST)} …` : tex
  return code
}

/** A sentence whose mathematics is set. */
export const sentence = (text: string): (string | HTMLElement)[] =>
  partsOf(text).map((part) => {
    if (typeof part === 'string') return part
    return widthOf(part.tex) > BROKEN ? formula(sidesBelow(part.tex), true) : formula(part.tex)
  })

/** Smaller than this nobody reads a formula. */
const SMALLEST = 0.68

/**
 * What is a little wider than its place is set smaller; what is much wider can be scrolled, says so
 * by its edge, and is reached by the keyboard.
 */
export function reachable(root: ParentNode): void {
  for (const each of root.querySelectorAll<HTMLElement>('.formula.display, .scroll')) {
    if (each.clientWidth === 0) continue
    each.style.fontSize = ''
    const fits = each.clientWidth / Math.max(1, each.scrollWidth)
    const isFormula = each.classList.contains('formula')
    if (isFormula && fits < 1) {
      const size = Number.parseFloat(getComputedStyle(each).fontSize)
      each.style.fontSize = `${size * Math.max(SMALLEST, fits * 0.99)}px`
    }
    const isWide = each.scrollWidth > each.clientWidth + 1
    each.classList.toggle('goes-on', isFormula && isWide)
    if (isWide) each.tabIndex = 0
    else each.removeAttribute('tabindex')
  }
}
