// A formula as MathML, by Temml's renderer of elements: no markup is parsed. What Temml refuses is
// shown as it was written.
import temml from 'temml'

const OPTIONS = {
  trust: false,
  strict: false,
  throwOnError: true,
  maxExpand: 200,
  maxSize: [20, 20] as [number, number],
  wrap: 'none' as const,
}

/** Temml takes time that grows with the text, and nobody reads a formula of pages. */
const LONGEST = 12_000
const known = new Map<string, Element>()
const MOST_KNOWN = 2000

/** New elements at each call: they may be put anywhere. */
export function formula(tex: string, display = false): HTMLElement {
  const holder = document.createElement('span')
  holder.className = display ? 'formula display' : 'formula'
  const key = `${display ? 1 : 0}${tex}`
  let made = known.get(key)
  if (!made) {
    made = made_(tex, display)
    if (known.size > MOST_KNOWN) known.clear()
    known.set(key, made)
  }
  holder.append(made.cloneNode(true))
  return holder
}

function made_(tex: string, display: boolean): Element {
  if (tex.length <= LONGEST) {
    try {
      const holder = document.createElement('span')
      temml.render(readable(tex), holder, { ...OPTIONS, displayMode: display })
      return holder
    } catch {
      // What follows says it in the author's own letters.
    }
  }
  const code = document.createElement('code')
  code.textContent = tex.length > LONGEST ? `${tex.slice(0, LONGEST)} …` : tex
  return code
}

/**
 * A hyphen between indices is no minus: w_{k-ij}. The font has no letters of a typewriter: names
 * that are no mathematics are upright.
 */
const readable = (tex: string): string =>
  tex
    .replaceAll('\\mathtt', '\\mathrm')
    .replaceAll(/_\{([a-z\d]+)-([a-z\d]+)\}/g, '_{$1\\text{-}$2}')

/** What is wider than its place can be scrolled, and so must be reached by the keyboard. */
export function reachable(root: ParentNode): void {
  for (const each of root.querySelectorAll<HTMLElement>('.formula.display, .scroll')) {
    if (each.scrollWidth > each.clientWidth) each.tabIndex = 0
  }
}
