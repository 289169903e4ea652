// <backprove-graph>: a network with its derivative beside it. Takes a view document: set as
// `view`, or fetched from `src`; until then, and without scripts, its light text stands.
import { allBlocks } from '../../mirror/scopes.ts'
import { languageOf, wordsOf } from '../words/index.ts'
import { adopt, onTheme } from './dress.ts'
import { type GraphBar, graphBar } from './graph-bar.ts'
import { type GraphModel, graphModel, namesIn, sheetsIn } from './graph-model.ts'
import { GraphScreen } from './graph-screen.ts'
import { readState, type State, writeState } from './graph-state.ts'
import { h } from './h.ts'

/** Blocks begin closed where their rows would be more than a screen or three. */
const MOST_OPEN_ROWS = 60
/** Milliseconds before the address changes: browsers stop what changes it with each held key. */
const REST = 200
const ZOOM = { step: 1.15, least: 0.4, most: 2.5 }

export class BackproveGraph extends HTMLElement {
  static readonly observedAttributes = ['src']
  readonly #root = this.attachShadow({ mode: 'open' })
  #model: GraphModel | undefined
  #screen: GraphScreen | undefined
  #bar: GraphBar | undefined
  #panelHolder: HTMLElement | undefined
  #forget: (() => void) | undefined
  #rest: ReturnType<typeof setTimeout> | undefined

  connectedCallback(): void {
    adopt(this.#root)
    const forget = onTheme(() => this.#screen?.repaint())
    addEventListener('hashchange', this.#follows)
    this.#forget = () => {
      forget()
      removeEventListener('hashchange', this.#follows)
      clearTimeout(this.#rest)
    }
    if (!this.#model) this.#root.append(h('slot'))
  }

  disconnectedCallback(): void {
    this.#forget?.()
  }

  attributeChangedCallback(_: string, before: string | null, src: string | null): void {
    if (src === null || src === before) return
    fetch(src)
      .then((answer) => {
        if (!answer.ok) throw new Error(`${src}: ${answer.status} ${answer.statusText}`)
        return answer.json()
      })
      .then((document) => {
        this.view = document
      })
      .catch((error: Error) => this.#fail(error))
  }

  /** A view document, as `backprove view --json` writes it. */
  set view(given: unknown) {
    try {
      this.#model = graphModel(given)
      this.#start(this.#model)
    } catch (error) {
      this.#fail(error as Error)
    }
  }

  #fail(error: Error): void {
    const { cannotShow } = wordsOf(languageOf(this))
    const said = h('p', { class: 'failure', role: 'alert' }, `${cannotShow} ${error.message}`)
    this.#root.replaceChildren(said, h('slot'))
  }

  /** Whether the address of the page says what is chosen, and is kept up to date. */
  get #ownsAddress(): boolean {
    return this.hasAttribute('address')
  }

  get #isNarrow(): boolean {
    return this.getBoundingClientRect().width < 700 || matchMedia('(max-width: 700px)').matches
  }

  #start({ rows, blocks }: GraphModel): void {
    const open = rows.length <= MOST_OPEN_ROWS ? allBlocks(blocks) : []
    const given = this.#ownsAddress ? readState(location.hash) : {}
    this.#dress({
      ...{ open: new Set(open.map(({ id }) => id)), zoom: 1 },
      sides: this.#isNarrow ? ['forward'] : ['forward', 'derivative'],
      ...given,
    })
    if (!this.#screen!.fit() && given.open === undefined) {
      this.#screen!.change({ open: new Set() })
      this.#screen!.fit()
    }
    // Numbers come after the first picture: a cold engine takes its time to compile.
    setTimeout(() => {
      this.#screen!.compute()
      this.dispatchEvent(new CustomEvent('ready'))
    }, 0)
  }

  /** Another link, opened in the same tab. What the page itself wrote there changes nothing. */
  readonly #follows = (): void => {
    if (!this.#ownsAddress || !this.#screen) return
    if (location.hash === writeState(this.#screen.state)) return
    this.#dress({ ...this.#screen.state, ...readState(location.hash) })
    this.#screen.compute()
  }

  #dress(state: State): void {
    const model = this.#model!
    const { rows, blocks, view } = model
    const words = wordsOf(languageOf(this))
    const sheet = sheetsIn(rows)[0]
    const screen = () => this.#screen!
    this.#bar = graphBar({
      ...{ words, title: view.document.title, sides: state.sides },
      ...{ canDraw: sheet !== undefined, hasBlocks: blocks.length > 0 },
      embedded: this.hasAttribute('embedded'),
      names: () => namesIn(rows),
      find: (text) => screen().find(text),
      setSides: (sides) => screen().change({ sides }),
      draw: () => screen().draw(sheet!),
      ...(this.#ownsAddress && { share: () => this.#share() }),
      zoom: (steps) => this.#zoom(steps),
      openAll: () => screen().change({ open: new Set(allBlocks(blocks).map(({ id }) => id)) }),
      closeAll: () => screen().change({ open: new Set() }),
      setLanguage: () => {
        this.lang = words.languageCode === 'en' ? 'zh-CN' : 'en'
        this.#dress(screen().state)
        screen().compute()
      },
    })
    const mirrorHolder = h('div', { class: 'mirror-holder' })
    const panelHolder = h('div', { class: 'panel-body' })
    const panel = { class: 'panel', role: 'group', 'aria-label': words.panel, tabindex: '0' }
    this.#panelHolder = panelHolder
    this.#root.replaceChildren(
      h(
        'div',
        {
          class: `graph-page${this.hasAttribute('embedded') ? ' embedded' : ''}`,
          onkeydown: (event: KeyboardEvent) => this.#shortcut(event),
        },
        this.#bar.element,
        h('div', { class: 'columns' }, mirrorHolder, h('div', panel, panelHolder)),
      ),
    )
    const remember = () => this.#remember()
    this.#screen = new GraphScreen({ model, words, mirrorHolder, panelHolder, remember }, state)
  }

  #zoom(steps: number): void {
    const zoom = this.#screen!.state.zoom * ZOOM.step ** steps
    this.#screen!.change({ zoom: Math.min(ZOOM.most, Math.max(ZOOM.least, zoom)) })
  }

  #shortcut(event: KeyboardEvent): void {
    const target = event.composedPath()[0] as HTMLElement
    if (event.ctrlKey || event.metaKey || event.altKey || target.tagName === 'INPUT') return
    const { key } = event
    const sheet = sheetsIn(this.#model!.rows)[0]
    if (key === '/') this.#bar?.search.focus()
    else if (key === 'd' && sheet) this.#screen!.draw(sheet)
    else if (key === '+' || key === '-') this.#zoom(key === '+' ? 1 : -1)
    else if (FORMS[key]) {
      const part = this.#panelHolder!.querySelector(`[data-form=${FORMS[key]}]`)
      part?.scrollIntoView({ block: 'start' })
    } else return
    event.preventDefault()
  }

  #remember(): void {
    if (this.#screen) this.#bar!.showSides(this.#screen.state.sides)
    clearTimeout(this.#rest)
    if (this.#ownsAddress) this.#rest = setTimeout(() => this.#write(), REST)
  }

  #write(): void {
    if (this.#screen) history.replaceState(null, '', writeState(this.#screen.state))
  }

  async #share(): Promise<string> {
    const words = wordsOf(languageOf(this))
    this.#write()
    try {
      await navigator.clipboard.writeText(location.href)
      return words.shared
    } catch {
      return words.sharedFailed
    }
  }
}

const FORMS: Readonly<Record<string, string>> = { 1: 'layer', 2: 'index', 3: 'element' }
