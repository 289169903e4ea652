// The panel: what is chosen, as a formula in three forms, one entry with its numbers, its values,
// where it was made, what notes say of it, and where it leads.
import { label, latex, type Node } from '@backprove/graph'
import type { Cell } from '../../mirror/cells.ts'
import type { Words } from '../words/en.ts'
import { labelIn } from './cell-label.ts'
import { formula, reachable } from './formula.ts'
import { type Child, h } from './h.ts'
import { short } from './heat.ts'
import { type Panel, type PanelContext, section } from './panel-parts.ts'
import { valuesOf } from './panel-values.ts'
import { verdicts, ways } from './panel-ways.ts'
import { sidesBelow } from './sides.ts'

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
    isOfLayers(node) &&
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

/** False where no formula over whole arrays says it, and the entry stands for it. */
function isOfLayers(node: Node): boolean {
  try {
    return latex(node) !== latex(node, { form: 'index' })
  } catch {
    return true
  }
}

/** A formula as wide as the panel is: one side to a line where it is long. */
function display(text: () => string): HTMLElement {
  try {
    return formula(sidesBelow(text()), true)
  } catch (error) {
    return h('p', { class: 'quiet' }, (error as Error).message)
  }
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
  const isLeaf = node.op.name === 'input' || node.op.name === 'parameter'
  const made = isLeaf
    ? words[node.op.name as 'input' | 'parameter']
    : `${words.made} ${node.op.name}`
  const line = lines[(of ?? node).name ?? '']
  const shape = node.shape.length === 0 ? words.one : node.shape.join(' × ')
  const isImage = node.op.name === 'input' && node.shape.length >= 2
  return h(
    'div',
    { class: 'heading' },
    h('h2', {}, title, h('span', { class: 'hidden' }, own.text)),
    h(
      'p',
      { class: 'quiet' },
      ...(of ? gradientOf(of, words) : [made]),
      [' ', shape, line].filter(Boolean).join(' · '),
    ),
    isImage &&
      h(
        'button',
        { type: 'button', class: 'pencil', onclick: () => context.draw(node) },
        `✎ ${words.draw}`,
      ),
  )
}

/** `gradient by z^F`, the array as mathematics. */
function gradientOf(forward: Node, words: Words): Child[] {
  const { latex: tex, text } = label(forward)
  const math = formula(tex)
  math.setAttribute('aria-hidden', 'true')
  const hidden = h('span', { class: 'hidden' }, text)
  return [`${words.gradientBefore} `, math, hidden, ` ${words.gradientAfter}`.trimEnd()]
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
