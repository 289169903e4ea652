// The elements for a page that shall weigh nothing until somebody asks: `elements.js`, which stands
// beside this file, is fetched at the first press or focus. What cannot be read before (a formula,
// a graph without a text) is fetched for as soon as it is seen.

const NAMES = ['graph', 'notes', 'derivation', 'math'].map((name) => `backprove-${name}`)
const ALL = NAMES.join(',')

const isReadable = (element: Element): boolean =>
  element.localName !== 'backprove-math' && element.textContent?.trim() !== ''

const seen = new IntersectionObserver((entries) => {
  if (entries.some(({ isIntersecting }) => isIntersecting)) void load()
})
/** Elements come later too: a notebook's next cell. */
const grown = new MutationObserver(() => document.querySelectorAll(ALL).forEach(prepare))

/** Text that waits is reached by Tab, so that a keyboard wakes it as a pointer does. */
function prepare(element: Element): void {
  if (!isReadable(element)) seen.observe(element)
  else if (!element.hasAttribute('tabindex')) element.setAttribute('tabindex', '0')
}

function asked({ target }: Event): void {
  if (target instanceof Element && target.closest(ALL)) void load()
}

const KINDS = ['focusin', 'pointerdown'] as const

async function load(): Promise<void> {
  seen.disconnect()
  grown.disconnect()
  for (const kind of KINDS) removeEventListener(kind, asked)
  await import('./elements.js' as string)
  // Their own parts are reached by Tab from now on.
  for (const element of document.querySelectorAll(ALL)) element.removeAttribute('tabindex')
}

for (const kind of KINDS) addEventListener(kind, asked)
document.querySelectorAll(ALL).forEach(prepare)
grown.observe(document, { childList: true, subtree: true })
