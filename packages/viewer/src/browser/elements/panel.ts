// The panel: what is chosen, as a formula in three forms, one entry with its numbers, its values,
// where it was made, what notes say of it, and where it leads.
import { label, latex, type Node, sizeOf } from '@backprove/graph'
import type { ViewDocument } from '../../document.ts'
import type { Cell } from '../../mirror/cells.ts'
import type { Row } from '../../mirror/rows.ts'
import type { Live } from '../live.ts'
import type { Words } from '../words/en.ts'
import { labelIn } from './cell-label.ts'
import { formula, reachable } from './formula.ts'
import { type Child, h } from './h.ts'
import { cellAt, paint, pictureSize, rangeOf, short, tilesOf } from './heat.ts'
import { sidesBelow } from './sides.ts'
import { verdictCard } from './verdict-card.ts'

export interface PanelContext {
  readonly words: Words
  readonly document: ViewDocument
  readonly live: Live
  readonly rows: readonly Row[]
  readonly dark: boolean
  /** The chosen entry, counted from 1; undefined: the first. */
  readonly at: readonly number[] | undefined
  readonly paths: boolean
  goTo(node: Node): void
  setAt(at: readonly number[]): void
  setPaths(on: boolean): void
  draw(node: Node): void
}

export interface Panel {
  readonly element: HTMLElement
  /** Numbers have changed. */
  refresh(): void
}

export function panelOf(cell: Cell | undefined, context: PanelContext): Panel {
  const { words } = context
  if (!cell?.node) {
    return { element: h('div', {}, h('p', { class: 'quiet' }, words.nothingChosen)), refresh() {} }
  }
  const node = cell.node
  const entry = h('div', { class: 'entry' })
  const values = valuesOf(node, context)
  const refresh = (): void => {
    entry.replaceChildren(h('div', {}, ...entryParts(node, context)))
    values.refresh()
    requestAnimationFrame(() => reachable(element))
  }
  const element = h(
    'div',
    {},
    heading(cell, node, context),
    section(
      words.layers,
      'layer',
      display(() => latex(node)),
    ),
    section(
      words.indices,
      'index',
      display(() => latex(node, { form: 'index' })),
    ),
    section(words.entry, 'element', entry),
    section(words.values, 'values', values.element),
    ...verdicts(cell, context),
    ...ways(cell, context),
  )
  refresh()
  return { element, refresh }
}

/** A formula as wide as the panel is: one side to a line where it is long. */
function display(text: () => string): HTMLElement {
  try {
    return formula(sidesBelow(text()), true)
  } catch (error) {
    return h('p', { class: 'quiet' }, (error as Error).message)
  }
}

function section(title: string, form: string, ...children: Child[]): HTMLElement {
  return h('section', { class: `part ${form}`, 'data-form': form }, h('h3', {}, title), ...children)
}

function heading(cell: Cell, node: Node, context: PanelContext): HTMLElement {
  const {
    words,
    document: { lines },
  } = context
  const own = labelIn(cell)
  const title = formula(own.latex)
  title.setAttribute('aria-hidden', 'true')
  const { of } = cell
  const what = of
    ? `${words.gradientOf} C ${words.by} ${label(of).text}`
    : node.op.name === 'input' || node.op.name === 'parameter'
      ? words[node.op.name]
      : `${words.made} ${node.op.name}`
  const line = lines[(of ?? node).name ?? '']
  const shape = node.shape.length === 0 ? words.one : node.shape.join(' × ')
  const isImage = node.op.name === 'input' && node.shape.length >= 2
  return h(
    'header',
    {},
    h('h2', {}, title, h('span', { class: 'hidden' }, own.text)),
    h('p', { class: 'quiet' }, [what, shape, line].filter(Boolean).join(' · ')),
    isImage &&
      h(
        'button',
        { type: 'button', class: 'pencil', onclick: () => context.draw(node) },
        `✎ ${words.draw}`,
      ),
  )
}

/** The axes that a reader gives an index for, as `latex` counts them. */
function entryParts(node: Node, { at, live, words, setAt }: PanelContext): Child[] {
  const place = entryOf(node, at)
  const shown = display(() =>
    latex(node, { form: 'element', at: place, values: (each) => live.of(each) }),
  )
  const value = live.of(node)?.[positionOf(node, place)]
  const pickers = node.shape.map((length, axis) =>
    length === 1
      ? null
      : h('input', {
          ...{ type: 'number', min: 1, max: length, value: place[axis]! },
          'aria-label': `${words.entry} ${axis + 1}`,
          onchange: ({ target }: Event) => {
            const chosen = Math.round(Number((target as HTMLInputElement).value))
            setAt(place.with(axis, Math.min(length, Math.max(1, chosen || 1))))
          },
        }),
  )
  return [
    pickers.some(Boolean) && h('p', { class: 'pickers' }, ...pickers),
    shown,
    value !== undefined && h('p', { class: 'result' }, `= ${short(value)}`),
  ]
}

const entryOf = (node: Node, at: readonly number[] | undefined): readonly number[] =>
  at?.length === node.shape.length && at.every((n, k) => n >= 1 && n <= node.shape[k]!)
    ? at
    : node.shape.map(() => 1)

const positionOf = (node: Node, at: readonly number[]): number =>
  node.shape.reduce((sum, length, axis) => sum * length + at[axis]! - 1, 0)

function valuesOf(node: Node, context: PanelContext): Panel {
  const { words, live, document } = context
  const readout = h('p', { class: 'quiet readout' })
  const tiles = tilesOf(node.shape, 30)
  const size = sizeOf(node.shape)
  const { width, height } = pictureSize(tiles)
  const scale = Math.max(1, Math.min(28, Math.floor(340 / width), Math.floor(240 / height)))
  const canvas = h('canvas', {
    ...{ class: 'heat large', width: 1, height: 1, role: 'img', 'aria-label': words.values },
    style: { width: `${width * scale}px`, height: `${height * scale}px` },
    onclick: (event: MouseEvent) => {
      const position = pointed(event)
      if (position >= 0) context.setAt(placeOf(node, position))
    },
    onpointermove: (event: MouseEvent) => {
      const position = pointed(event)
      const value = position < 0 ? undefined : live.of(node)?.[position]
      if (value !== undefined) {
        readout.textContent = `(${placeOf(node, position).join(', ')}) = ${short(value)}`
      }
    },
    onpointerleave: () => refresh(),
  })
  const pointed = ({ offsetX, offsetY }: MouseEvent): number =>
    cellAt(tiles, Math.floor(offsetX / scale), Math.floor(offsetY / scale), size)
  const refresh = (): void => {
    const numbers = live.of(node)
    if (!numbers) {
      readout.textContent = live.problem ?? words.noValues
      return
    }
    const { least, most, finite } = rangeOf(numbers)
    if (node.shape.length > 0) paint(canvas, numbers, tiles, context.dark)
    const range =
      size === 1 ? short(numbers[0]!) : `${words.range} ${short(least)} ${words.to} ${short(most)}`
    readout.textContent = finite ? range : `${range} · ${words.notFinite}`
  }
  const drawn = live.drawn.filter((name) => name !== '')
  const health = document.health?.find(({ name }) => name === node.name)
  const element = h(
    'div',
    {},
    node.shape.length > 0 && h('div', { class: 'scroll' }, canvas),
    readout,
    health && h('p', { class: 'quiet' }, `${words.health}: ${health.text}`),
    drawn.length > 0 && h('p', { class: 'quiet' }, `${words.drawnValues} ${drawn.join(', ')}`),
  )
  return { element, refresh }
}

function placeOf(node: Node, position: number): number[] {
  let rest = position
  return [...node.shape]
    .reverse()
    .map((length) => {
      const index = (rest % length) + 1
      rest = Math.floor(rest / length)
      return index
    })
    .reverse()
}

function verdicts({ node, of }: Cell, { document, words }: PanelContext): HTMLElement[] {
  const names = [node, of].flatMap((each) => (each ? [plain(label(each).text)] : []))
  const found = (document.notes?.verdicts ?? []).filter(({ formula: written }) => {
    const [left = ''] = plain(written).split('=')
    return left !== '' && names.includes(left)
  })
  if (found.length === 0) return []
  return [
    section(
      words.verdicts,
      'verdicts',
      ...found.map((each) => verdictCard(each, words, document.notes!.name)),
    ),
  ]
}

/** A name without letters for axes, in whatever way it was written. */
const plain = (text: string): string =>
  text
    .replaceAll(
      /\\(?:[dt]?frac)\s*\{([^{}]*(?:\{[^{}]*\}[^{}]*)*)\}\s*\{([^{}]*(?:\{[^{}]*\}[^{}]*)*)\}/g,
      '$1/$2',
    )
    .replaceAll(/\\partial\b/g, '∂')
    .replaceAll(/\\delta\b/g, 'δ')
    .replaceAll(/_(?:\{[^{}]*\}|\S)/g, '')
    .replaceAll(/\^\{?([A-Z\d]*)[a-z]*\}?/g, (_, tag: string) => (tag ? `^${tag}` : ''))
    .replaceAll(/[\s{}]/g, '')

function ways(cell: Cell, context: PanelContext): Child[] {
  const { words, rows, goTo } = context
  const { row } = cell
  const link = (node: Node): HTMLElement => {
    const math = formula(label(node).latex)
    math.setAttribute('aria-hidden', 'true')
    const hidden = h('span', { class: 'hidden' }, label(node).text)
    return h('button', { type: 'button', class: 'way', onclick: () => goTo(node) }, math, hidden)
  }
  const list = (title: string, nodes: readonly Node[]): Child =>
    nodes.length > 0 &&
    h('p', { class: 'ways' }, h('span', { class: 'quiet' }, title), ...nodes.slice(0, 24).map(link))
  if (!row) return []
  const users = rows.filter(({ sources }) => sources.includes(row))
  const isForward = cell.side === 'forward'
  const adjoint = cell.kind === 'chip' ? gradientOfChip(cell, row) : row.adjoint
  return [
    h(
      'section',
      { class: 'part ways-part' },
      isForward &&
        cell.kind === 'node' &&
        list(words.computedFrom, [...row.sources.map((each) => each.node), ...row.chips]),
      isForward &&
        cell.kind === 'node' &&
        list(
          words.usedBy,
          users.map((each) => each.node),
        ),
      isForward && adjoint && list(words.gradientIs, [adjoint]),
      cell.of && list(`${words.gradientOf} C ${words.by}`, [cell.of]),
      h(
        'button',
        {
          type: 'button',
          'aria-pressed': `${context.paths}`,
          onclick: () => context.setPaths(!context.paths),
        },
        context.paths ? words.pathsOff : words.pathsOn,
      ),
    ),
  ]
}

const gradientOfChip = ({ node }: Cell, row: Row): Node | undefined =>
  row.gradients[row.chips.filter((chip) => chip.op.name === 'parameter').indexOf(node!)]
