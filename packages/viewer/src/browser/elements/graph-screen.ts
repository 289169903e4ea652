// A graph on the screen: the mirror, the chosen cell with its panel, the sheet to draw on. The
// element around it has the bar, the keys and the address.
import { label, type Node } from '@backprove/graph'
import { type Cell, type Mirror, mirrorOf, neighbour, type Side } from '../../mirror/cells.ts'
import { rowsBetween } from '../../mirror/paths.ts'
import type { Row } from '../../mirror/rows.ts'
import { allBlocks, type Block, itemsOf } from '../../mirror/scopes.ts'
import type { Words } from '../words/index.ts'
import { type Sheet, sheetOf } from './draw.ts'
import { isDark } from './dress.ts'
import { amissNote, placeOf } from './first-amiss.ts'
import {
  firstOfInterest,
  type GraphModel,
  nodeCalled,
  rowHolding,
  targetOf,
} from './graph-model.ts'
import type { State } from './graph-state.ts'
import { h } from './h.ts'
import { centre, type MirrorView, mirrorView } from './mirror-view.ts'
import { openBlockButtons } from './open-blocks.ts'
import { panelOf } from './panel.ts'
import type { Panel } from './panel-parts.ts'

export interface ScreenParts {
  readonly model: GraphModel
  readonly words: Words
  readonly mirrorHolder: HTMLElement
  readonly panelHolder: HTMLElement
  /** Called when the state has changed. */
  remember(): void
}

export class GraphScreen {
  readonly #parts: ScreenParts
  #state: State
  #mirror: Mirror | undefined
  #drawn: MirrorView | undefined
  #chosen: Cell | undefined
  #panel: Panel | undefined
  #sheet: Sheet | undefined
  /** Where numbers first go wrong. It is looked for when the pencil rests. */
  readonly #amiss = h('div', { class: 'first-amiss', role: 'status' })
  #rest: ReturnType<typeof setTimeout> | undefined

  constructor(parts: ScreenParts, state: State) {
    this.#parts = parts
    this.#state = state
    this.#build()
    const named = nodeCalled(parts.model.rows, state.node ?? '')
    const chosen = this.#cellNamed(state.node) ?? (named && this.#revealed(named))
    this.#choose(chosen ?? firstOfInterest(this.#mirror!))
  }

  get state(): State {
    return this.#state
  }

  get mirror(): Mirror {
    return this.#mirror!
  }

  change(state: Partial<State>): void {
    this.#state = { ...this.#state, ...state }
    const name = this.#chosen?.node && label(this.#chosen.node).text
    const blockId = this.#chosen?.block?.id
    this.#build()
    const again = this.#mirror!.cells.find(({ block }) => block && block.id === blockId)
    this.#choose(again ?? this.#cellNamed(name))
    this.compute()
  }

  #build(): void {
    const items = itemsOf(this.#parts.model.rows, this.#parts.model.blocks, this.#state.open)
    this.#mirror = mirrorOf(items, { sides: this.#state.sides })
    this.#drawn = mirrorView(this.#mirror, this.#parts.words, {
      choose: (cell) => (cell.block ? this.#openBlock(cell.block) : this.#choose(cell, true)),
      key: (event, cell) => this.#key(event, cell),
    })
    this.#drawn.element.style.setProperty('zoom', `${this.#state.zoom}`)
    const keys = h('p', { class: 'hidden' }, this.#parts.words.keys)
    const openBlocks = openBlockButtons(
      this.#parts.model.blocks,
      this.#state.open,
      this.#parts.words,
      (open) => this.change({ open }),
    )
    this.#parts.mirrorHolder.replaceChildren(keys, this.#amiss, ...openBlocks, this.#drawn.element)
  }

  #openBlock(block: Block): void {
    this.change({ open: new Set([...this.#state.open, block.id]) })
    const cell = this.#mirror!.cells.find(({ row }) => row && block.rows.includes(row))
    if (cell) this.#choose(cell, true)
  }

  compute(): void {
    const nodes = this.#mirror!.cells.flatMap(({ node }) => node ?? [])
    const { output } = this.#parts.model.view
    const shown = this.#chosen?.row ? [...this.#chosen.row.sources.map(({ node }) => node)] : []
    this.#parts.model.live.watch([...nodes, ...shown, ...(output ? [output] : [])])
    this.#parts.model.live.run()
    this.repaint()
  }

  repaint(): void {
    this.#drawn?.paint(this.#parts.model.live, isDark())
    this.#panel?.refresh()
    this.#sheet?.refresh()
    clearTimeout(this.#rest)
    this.#rest = setTimeout(() => this.#diagnose(), 100)
  }

  #diagnose(): void {
    const { live, rows } = this.#parts.model
    const found = live.diagnose()
    const node = found && placeOf(found.node, rows)
    this.#amiss.replaceChildren(
      ...(found ? amissNote(found, node, this.#parts.words, (at) => this.#show(at)) : []),
    )
  }

  #show(node: Node): void {
    this.#choose(this.#cellOf(node) ?? this.#revealed(node), true)
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
    this.#parts.remember()
  }

  #showPanel(): void {
    this.#panel = panelOf(this.#chosen, {
      ...{
        words: this.#parts.words,
        document: this.#parts.model.view.document,
        live: this.#parts.model.live,
      },
      ...{
        rows: this.#parts.model.rows,
        dark: isDark(),
        at: this.#state.at,
        paths: this.#state.paths ?? false,
      },
      goTo: (node) => this.#show(node),
      setAt: (at) => {
        this.#state = { ...this.#state, at }
        this.#showPanel()
        this.#parts.remember()
      },
      setPaths: (paths) => {
        this.#state = { ...this.#state, paths }
        this.#showPanel()
        this.#showPaths()
        this.#parts.remember()
      },
      draw: (node) => this.draw(node),
    })
    // Whoever draws looks at an array below the sheet, which keeps the pencil.
    const { panelHolder } = this.#parts
    while (panelHolder.lastChild && panelHolder.lastChild !== this.#sheet?.element) {
      panelHolder.lastChild.remove()
    }
    panelHolder.append(this.#panel.element)
  }

  #showPaths(): void {
    const { row } = this.#chosen ?? {}
    const cost = this.#parts.model.rows.find(({ node }) => node === this.#parts.model.view.cost)
    const lit =
      this.#state.paths && row && cost
        ? rowsBetween(this.#parts.model.rows, row, cost)
        : new Set<Row>()
    this.#drawn!.light(lit)
  }

  draw(node: Node): void {
    this.#sheet?.element.remove()
    const { output, document } = this.#parts.model.view
    const target = targetOf(this.#parts.model.rows, output)
    this.#sheet = sheetOf(node, {
      ...{ words: this.#parts.words, live: this.#parts.model.live, dark: isDark(), target, output },
      classes: document.classes ?? [],
      changed: () => {
        this.#parts.model.live.run()
        this.repaint()
      },
      close: () => {
        this.#sheet?.element.remove()
        this.#sheet = undefined
        this.#drawn?.buttons.get(this.#chosen?.id ?? '')?.focus()
      },
    })
    this.#parts.panelHolder.prepend(this.#sheet.element)
    this.#parts.panelHolder.scrollTop = 0
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
    const row = rowHolding(this.#parts.model.rows, node)
    if (!row) return undefined
    const around = allBlocks(this.#parts.model.blocks).filter(({ rows }) => rows.includes(row))
    const isForward = row.node === node || row.chips.includes(node)
    const side: Side = isForward ? 'forward' : 'derivative'
    const sides = this.#state.sides.includes(side) ? this.#state.sides : [side]
    this.change({ open: new Set([...this.#state.open, ...around.map(({ id }) => id)]), sides })
    return this.#cellOf(node)
  }

  find(text: string): boolean {
    const node = nodeCalled(this.#parts.model.rows, text)
    if (!node) return false
    const cell = this.#cellOf(node) ?? this.#revealed(node)
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

  /** As large as there is room, within what is pleasant to read; whether all of it is seen then. */
  fit(): boolean {
    const room = this.#parts.mirrorHolder.clientWidth - 24
    if (room <= 0) return true
    const all = room / this.#mirror!.width
    // A little smaller than pleasant is better than a part of it.
    const zoom = Math.min(1.25, all > 0.6 ? all : 0.7)
    this.#state = { ...this.#state, zoom }
    this.#drawn!.element.style.setProperty('zoom', `${zoom}`)
    centre(this.#parts.mirrorHolder, this.#chosen, zoom)
    return all >= zoom
  }
}
