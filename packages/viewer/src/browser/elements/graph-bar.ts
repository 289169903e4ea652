// The bar above a graph: search, halves, blocks, the pencil, the link, the language, the theme.
import type { Side } from '../../mirror/cells.ts'
import type { Words } from '../words/en.ts'
import { toggleTheme } from './dress.ts'
import { h } from './h.ts'

export interface GraphBarOptions {
  readonly words: Words
  readonly title: string
  readonly sides: readonly Side[]
  readonly canDraw: boolean
  readonly hasBlocks: boolean
  /** Inside another page, which has its own title, link, theme and language. */
  readonly embedded: boolean
  names(): readonly string[]
  find(text: string): boolean
  setSides(sides: readonly Side[]): void
  draw(): void
  /** In a page whose address says what is chosen. */
  readonly share?: () => Promise<string>
  zoom(steps: number): void
  openAll(): void
  closeAll(): void
  setLanguage(): void
}

export interface GraphBar {
  readonly element: HTMLElement
  /** The halves that are shown now, whoever chose them. */
  showSides(sides: readonly Side[]): void
  readonly search: HTMLInputElement
}

/** Characters that turn the direction of what follows them. */
const TURNS = /[\u202a-\u202e\u2066-\u2069]/g

const HALVES: readonly (readonly [keyof Words, readonly Side[]])[] = [
  ['forward', ['forward']],
  ['both', ['forward', 'derivative']],
  ['derivative', ['derivative']],
]

export function graphBar(options: GraphBarOptions): GraphBar {
  const { words } = options
  const said = h('span', { class: 'said', role: 'status' })
  const names = h('datalist', { id: 'names' })
  const search = h('input', {
    ...{ type: 'search', list: 'names', placeholder: words.search, 'aria-label': words.search },
    ...{ title: words.searchKey, autocomplete: 'off', spellcheck: 'false' },
    onfocus: () => {
      if (names.childElementCount > 0) return
      names.append(
        ...options
          .names()
          .slice(0, 3000)
          .map((value) => h('option', { value })),
      )
    },
    onchange: () => {
      search.setAttribute('aria-invalid', `${!options.find(search.value) && search.value !== ''}`)
    },
    onkeydown: (event: KeyboardEvent) => {
      if (event.key === 'Enter') search.dispatchEvent(new Event('change'))
    },
  })
  const halves = HALVES.map(([word, sides]) => {
    const half = h(
      'button',
      { type: 'button', 'aria-pressed': `${sides.join() === options.sides.join()}` },
      words[word],
    )
    half.addEventListener('click', () => options.setSides(sides))
    if (word === 'both') half.classList.add('wide-only')
    return half
  })
  const showSides = (shown: readonly Side[]): void => {
    HALVES.forEach(([, sides], k) => {
      halves[k]!.setAttribute('aria-pressed', `${sides.join() === shown.join()}`)
    })
  }
  const element = h(
    'div',
    { class: 'bar' },
    !options.embedded && h('h1', {}, options.title.replaceAll(TURNS, '')),
    search,
    names,
    h('div', { class: 'halves', role: 'group' }, ...halves),
    options.hasBlocks && button('▾', words.openAll, options.openAll),
    options.hasBlocks && button('▸', words.closeAll, options.closeAll),
    options.canDraw &&
      h('button', { type: 'button', class: 'primary', onclick: options.draw }, `✎ ${words.draw}`),
    h('span', { class: 'space' }),
    said,
    ...zoomButtons(options),
    ...(options.embedded ? [] : ownParts(options, said)),
  )
  return { element, search, showSides }
}

const button = (text: string, title: string, press: () => void): HTMLElement =>
  h('button', { type: 'button', title, 'aria-label': title, onclick: press }, text)

/** A phone has fingers for it. */
function zoomButtons({ words, zoom }: GraphBarOptions): HTMLElement[] {
  const both = [
    button('−', words.zoomOut, () => zoom(-1)),
    button('+', words.zoomIn, () => zoom(1)),
  ]
  for (const each of both) each.classList.add('wide-only')
  return both
}

/** What a page of its own has beside. */
function ownParts(options: GraphBarOptions, said: HTMLElement): HTMLElement[] {
  const { words, share } = options
  const other = words.languageCode === 'en' ? 'zh-CN' : 'en'
  return [
    ...(share
      ? [
          h(
            'button',
            {
              type: 'button',
              onclick: async () => {
                said.textContent = await share()
              },
            },
            words.share,
          ),
        ]
      : []),
    button('◐', words.theme, toggleTheme),
    h('button', { type: 'button', onclick: options.setLanguage, lang: other }, words.language),
  ]
}
