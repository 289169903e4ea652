// <backprove-graph>: a network with its derivative beside it. Takes a view document: set as
// `view`, or fetched from `src`; until then, and without scripts, its light text stands.
import { label, type Node } from '@backprove/graph'
import { readView, type View } from '../../document.ts'
import { type Cell, type Mirror, mirrorOf, neighbour, type Side } from '../../mirror/cells.ts'
import { rowsBetween } from '../../mirror/paths.ts'
import { type Row, rowsOf } from '../../mirror/rows.ts'
import { allBlocks, type Block, blocksOf, itemsOf } from '../../mirror/scopes.ts'
import { type Live, liveOf } from '../live.ts'
import { languageOf, type Words, wordsOf } from '../words/index.ts'
import { type Sheet, sheetOf } from './draw.ts'
import { adopt, isDark, onTheme } from './dress.ts'
import { type GraphBar, graphBar } from './graph-bar.ts'
import { readState, type State, writeState } from './graph-state.ts'
import { h } from './h.ts'
import { type MirrorView, mirrorView } from './mirror-view.ts'
import { type Panel, panelOf } from './panel.ts'

/** Blocks begin closed where their rows would be more than a screen or three. */
const MOST_OPEN_ROWS = 60

export class BackproveGraph extends HTMLElement {
  static readonly observedAttributes = ['src']
  readonly #root = this.attachShadow({ mode: 'open' })
  readonly #mirrorHolder = h('div', { class: 'mirror-holder' })
  readonly #panelHolder = h('div', { class: 'panel-body' })
  readonly #status = h('p', { class: 'hidden', role: 'status', 'aria-live': 'polite' })
  #view: View | undefined
  #rows: readonly Row[] = []
  #blocks: readonly Block[] = []
  #live: Live = liveOf(new Map())
  #state: State = { open: new Set(), sides: ['forward', 'derivative'], zoom: 1 }
  #words: Words = wordsOf('en')
  #mirror: Mirror | undefined
  #drawn: MirrorView | undefined
  #chosen: Cell | undefined
  #panel: Panel | undefined
  #sheet: Sheet | undefined
  #bar: GraphBar | undefined
  #forget: (() => void) | undefined

  connectedCallback(): void {
    adopt(this.#root)
    this.#forget = onTheme(() => this.#repaint())
    if (!this.#view) this.#root.append(h('slot'))
  }

  disconnectedCallback(): void {
    this.#forget?.()
  }

  attributeChangedCallback(_: string, before: string | null, src: string | null): void {
    if (src === null || src === before) return
    fetch(src)
      .then((answer) => answer.json())
      .then((document) => {
        this.view = document
      })
      .catch((error: Error) => this.#fail(error))
  }

  /** A view document, as `backprove view --json` writes it. */
  set view(given: unknown) {
    try {
      const view = readView(given)
      this.#rows = rowsOf(view.cost, view.output)
      this.#view = view
      this.#blocks = blocksOf(this.#rows, view.document.scopes)
      this.#live = liveOf(view.values)
      this.#start()
    } catch (error) {
      this.#fail(error as Error)
    }
  }

  /** Whether the address of the page says what is chosen, and is kept up to date. */
  get #ownsAddress(): boolean {
    return this.hasAttribute('address')
  }

  #fail(error: Error): void {
    this.#root.replaceChildren(
      h('p', { class: 'failure', role: 'alert' }, error.message),
      h('slot'),
    )
  }

  #start(): void {
    const open = this.#rows.length <= MOST_OPEN_ROWS ? allBlocks(this.#blocks) : []
    const given = this.#ownsAddress ? readState(location.hash) : {}
    this.#state = {
      ...{ open: new Set(open.map(({ id }) => id)), zoom: 1 },
      sides: this.#narrow ? ['forward'] : ['forward', 'derivative'],
      ...given,
    }
    this.#words = wordsOf(languageOf(this))
    this.#dress()
    this.#build()
    this.#fit()
    const wanted = this.#state.node
    this.#choose(this.#cellNamed(wanted) ?? this.#firstOfInterest())
    // Numbers come after the first picture: a cold engine takes its time to compile.
    setTimeout(() => {
      this.#compute()
      this.dispatchEvent(new CustomEvent('ready'))
    }, 0)
  }

  /** As large as there is room, within what is pleasant to read. */
  #fit(): void {
    const room = this.#mirrorHolder.clientWidth - 24
    if (room <= 0) return
    const zoom = Math.min(1.25, Math.max(0.7, room / this.#mirror!.width))
    this.#state = { ...this.#state, zoom }
    this.#drawn!.element.style.setProperty('zoom', `${zoom}`)
  }

  get #narrow(): boolean {
    return this.getBoundingClientRect().width < 700 || matchMedia('(max-width: 700px)').matches
  }

  #dress(): void {
    const words = this.#words
    this.#bar = graphBar({
      ...{ words, title: this.#view!.document.title, names: () => this.#names() },
      ...{ sides: this.#state.sides, canDraw: this.#inputs().length > 0 },
      hasBlocks: this.#blocks.length > 0,
      find: (text) => this.#find(text),
      setSides: (sides) => this.#change({ sides }),
      draw: () => this.#draw(this.#inputs()[0]!),
      share: () => this.#share(),
      zoom: (factor) =>
        this.#change({ zoom: Math.min(2.5, Math.max(0.4, this.#state.zoom * factor)) }),
      openAll: () => this.#change({ open: new Set(allBlocks(this.#blocks).map(({ id }) => id)) }),
      closeAll: () => this.#change({ open: new Set() }),
      setLanguage: () => {
        this.lang = words.languageCode === 'en' ? 'zh-CN' : 'en'
        this.#words = wordsOf(languageOf(this))
        this.#dress()
        this.#build()
        this.#choose(this.#chosen && this.#cellNamed(label(this.#chosen.node!).text))
      },
    })
    this.#panelHolder.replaceChildren()
    const panel = h(
      'aside',
      { class: 'panel', 'aria-label': words.panel, tabindex: '0' },
      this.#panelHolder,
    )
    const main = h(
      'div',
      { class: 'graph-page', onkeydown: (event: KeyboardEvent) => this.#shortcut(event) },
      this.#bar.element,
      h('div', { class: 'columns' }, this.#mirrorHolder, panel),
      this.#status,
    )
    this.#root.replaceChildren(main)
  }

  #inputs(): Node[] {
    return this.#rows
      .map(({ node }) => node)
      .filter((node) => {
        const [columns = 1, rows = 1] = [...node.shape].reverse()
        return node.op.name === 'input' && node.shape.length >= 2 && Math.max(columns, rows) <= 64
      })
  }

  #names(): string[] {
    const nodes = this.#rows.flatMap(({ node, chips, adjoint, gradients }) => [
      ...[node, ...chips],
      ...(adjoint ? [adjoint] : []),
      ...gradients,
    ])
    return [...new Set(nodes.map((node) => label(node).text))]
  }

  #change(state: Partial<State>): void {
    this.#state = { ...this.#state, ...state }
    const name = this.#chosen?.node && label(this.#chosen.node).text
    const blockId = this.#chosen?.block?.id
    this.#build()
    const again = this.#mirror!.cells.find(({ block }) => block && block.id === blockId)
    this.#choose(again ?? this.#cellNamed(name))
    this.#compute()
  }

  #build(): void {
    const items = itemsOf(this.#rows, this.#blocks, this.#state.open)
    this.#mirror = mirrorOf(items, { sides: this.#state.sides })
    this.#drawn = mirrorView(this.#mirror, this.#words, {
      choose: (cell) => (cell.block ? this.#openBlock(cell.block) : this.#choose(cell, true)),
      key: (event, cell) => this.#key(event, cell),
    })
    this.#drawn.element.style.setProperty('zoom', `${this.#state.zoom}`)
    const keys = h('p', { class: 'hidden' }, this.#words.keys)
    this.#mirrorHolder.replaceChildren(keys, ...this.#openBlocks(), this.#drawn.element)
  }

  /** The open blocks, each with a button that closes it. */
  #openBlocks(): HTMLElement[] {
    const open = allBlocks(this.#blocks).filter(({ id }) => this.#state.open.has(id))
    if (open.length === 0) return []
    const buttons = open.slice(0, 40).map((block) =>
      h(
        'button',
        {
          ...{ type: 'button', class: 'open-block', 'aria-expanded': 'true' },
          onclick: () => {
            const rest = new Set(this.#state.open)
            rest.delete(block.id)
            this.#change({ open: rest })
          },
        },
        `▾ ${block.title}`,
      ),
    )
    return [h('p', { class: 'open-blocks' }, ...buttons)]
  }

  #openBlock(block: Block): void {
    this.#change({ open: new Set([...this.#state.open, block.id]) })
    const cell = this.#mirror!.cells.find(({ row }) => row && block.rows.includes(row))
    if (cell) this.#choose(cell, true)
  }

  #compute(): void {
    const nodes = this.#mirror!.cells.flatMap(({ node }) => node ?? [])
    const { output } = this.#view!
    const shown = this.#chosen?.row ? [...this.#chosen.row.sources.map(({ node }) => node)] : []
    this.#live.watch([...nodes, ...shown, ...(output ? [output] : [])])
    this.#live.run()
    this.#repaint()
  }

  #repaint(): void {
    this.#drawn?.paint(this.#live, isDark())
    this.#panel?.refresh()
    this.#sheet?.refresh()
  }

  #choose(cell: Cell | undefined, focus = false): void {
    this.#chosen = cell
    this.#drawn!.select(cell)
    const button = cell && this.#drawn!.buttons.get(cell.id)
    if (focus && button) button.focus({ preventScroll: false })
    if (focus && button) button.scrollIntoView({ block: 'nearest', inline: 'nearest' })
    if (cell?.node) this.#state = { ...this.#state, node: label(cell.node).text }
    this.#showPanel()
    this.#showPaths()
    this.#remember()
  }

  #showPanel(): void {
    this.#panel = panelOf(this.#chosen, {
      ...{ words: this.#words, document: this.#view!.document, live: this.#live },
      ...{
        rows: this.#rows,
        dark: isDark(),
        at: this.#state.at,
        paths: this.#state.paths ?? false,
      },
      goTo: (node) => this.#choose(this.#cellOf(node) ?? this.#revealed(node), true),
      setAt: (at) => {
        this.#state = { ...this.#state, at }
        this.#showPanel()
        this.#remember()
      },
      setPaths: (paths) => {
        this.#state = { ...this.#state, paths }
        this.#showPanel()
        this.#showPaths()
        this.#remember()
      },
      draw: (node) => this.#draw(node),
    })
    if (!this.#sheet) this.#panelHolder.replaceChildren(this.#panel.element)
  }

  #showPaths(): void {
    const { row } = this.#chosen ?? {}
    const cost = this.#rows.find(({ node }) => node === this.#view!.cost)
    const lit =
      this.#state.paths && row && cost ? rowsBetween(this.#rows, row, cost) : new Set<Row>()
    this.#drawn!.light(lit)
  }

  #draw(node: Node): void {
    const { output, document } = this.#view!
    const target = this.#rows
      .flatMap(({ chips }) => chips)
      .find((chip) => chip.op.name === 'input' && chip.shape.join() === output?.shape.join())
    this.#sheet = sheetOf(node, {
      ...{ words: this.#words, live: this.#live, dark: isDark(), target, output },
      classes: document.classes ?? [],
      changed: () => {
        this.#live.run()
        this.#repaint()
      },
      close: () => {
        this.#sheet = undefined
        this.#showPanel()
        this.#drawn?.buttons.get(this.#chosen?.id ?? '')?.focus()
      },
    })
    this.#panelHolder.replaceChildren(this.#sheet.element)
    this.#sheet.element.querySelector<HTMLElement>('canvas')?.focus({ preventScroll: true })
  }

  #cellNamed(name: string | undefined): Cell | undefined {
    if (name === undefined) return undefined
    return this.#mirror!.cells.find(({ node }) => node && label(node).text === name)
  }

  #cellOf(node: Node): Cell | undefined {
    return this.#mirror!.cells.find((cell) => cell.node === node)
  }

  /** Opens the blocks around a node, and the other half, until it is there. */
  #revealed(node: Node): Cell | undefined {
    const row = this.#rows.find(({ node: own, chips, adjoint, gradients }) =>
      [own, adjoint, ...chips, ...gradients].includes(node),
    )
    if (!row) return undefined
    const around = allBlocks(this.#blocks).filter(({ rows }) => rows.includes(row))
    const isForward = row.node === node || row.chips.includes(node)
    const side: Side = isForward ? 'forward' : 'derivative'
    const sides = this.#state.sides.includes(side) ? this.#state.sides : [side]
    this.#change({ open: new Set([...this.#state.open, ...around.map(({ id }) => id)]), sides })
    return this.#cellOf(node)
  }

  #firstOfInterest(): Cell | undefined {
    const cells = this.#mirror!.cells.filter(({ kind }) => kind === 'node')
    const errors = cells.filter(
      ({ side, node }) => side === 'derivative' && label(node!).text.startsWith('δ'),
    )
    return errors[0] ?? cells[0] ?? this.#mirror!.cells[0]
  }

  #find(text: string): boolean {
    const wanted = normal(text)
    if (wanted === '') return false
    const nodes = this.#rows.flatMap(({ node, chips, adjoint, gradients }) => [
      ...[node, ...chips, ...(adjoint ? [adjoint] : []), ...gradients],
    ])
    const texts = nodes.map((node) => normal(label(node).text))
    const exact = texts.indexOf(wanted)
    const at = exact >= 0 ? exact : texts.findIndex((each) => each.includes(wanted))
    if (at < 0) return false
    const cell = this.#cellOf(nodes[at]!) ?? this.#revealed(nodes[at]!)
    this.#choose(cell)
    const button = cell && this.#drawn!.buttons.get(cell.id)
    button?.scrollIntoView({ block: 'center', inline: 'center' })
    return true
  }

  #key(event: KeyboardEvent, cell: Cell): void {
    const { key } = event
    if (key.startsWith('Arrow')) {
      this.#choose(neighbour(this.#mirror!.cells, cell, key as 'ArrowUp'), true)
    } else if (key === ' ' && cell.block) this.#openBlock(cell.block)
    else if (key === 'Escape') this.#choose(undefined)
    else return
    event.preventDefault()
  }

  #shortcut(event: KeyboardEvent): void {
    const target = event.composedPath()[0] as HTMLElement
    if (event.ctrlKey || event.metaKey || event.altKey || /INPUT|TEXTAREA/.test(target.tagName))
      return
    const { key } = event
    if (key === '/') this.#bar?.search.focus()
    else if (key === 'd' && this.#inputs()[0]) this.#draw(this.#inputs()[0]!)
    else if (key === '+' || key === '-')
      this.#change({ zoom: this.#state.zoom * (key === '+' ? 1.15 : 1 / 1.15) })
    else if (FORMS[key]) {
      this.#panelHolder
        .querySelector(`[data-form=${FORMS[key]}]`)
        ?.scrollIntoView({ block: 'start' })
    } else return
    event.preventDefault()
  }

  #remember(): void {
    if (this.#ownsAddress) history.replaceState(null, '', writeState(this.#state))
  }

  async #share(): Promise<string> {
    this.#remember()
    try {
      await navigator.clipboard.writeText(location.href)
      return this.#words.shared
    } catch {
      return this.#words.sharedFailed
    }
  }
}

const FORMS: Readonly<Record<string, string>> = { 1: 'layer', 2: 'index', 3: 'element' }

const normal = (text: string): string => text.toLowerCase().replaceAll(/[\s{}^_\\]/g, '')
