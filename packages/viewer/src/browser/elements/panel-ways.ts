// What notes say of the chosen array, and the ways that lead from it.
import { label, type Node } from '@backprove/graph'
import type { Cell } from '../../mirror/cells.ts'
import type { Row } from '../../mirror/rows.ts'
import { formula } from './formula.ts'
import { type Child, h } from './h.ts'
import { type PanelContext, section } from './panel-parts.ts'
import { verdictCard } from './verdict-card.ts'

export function verdicts({ node, of }: Cell, { document, words }: PanelContext): HTMLElement[] {
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
    .replaceAll(/\\partial(?![A-Za-z])/g, '∂')
    .replaceAll(/\\delta(?![A-Za-z])/g, 'δ')
    .replaceAll(/_(?:\{[^{}]*\}|\S)/g, '')
    .replaceAll(/\^\{?([A-Z\d]*)[a-z]*\}?/g, (_, tag: string) => (tag ? `^${tag}` : ''))
    .replaceAll(/[\s{}]/g, '')

export function ways(cell: Cell, context: PanelContext): Child[] {
  const { words, rows, goTo } = context
  const { row } = cell
  const link = (node: Node): HTMLElement => {
    const math = formula(label(node).latex)
    math.setAttribute('aria-hidden', 'true')
    const hidden = h('span', { class: 'hidden' }, label(node).text)
    return h('button', { type: 'button', class: 'way', onclick: () => goTo(node) }, math, hidden)
  }
  const quiet = (text: string): Child => text !== '' && h('span', { class: 'quiet' }, text)
  const list = (title: string, nodes: readonly Node[], after = ''): Child =>
    nodes.length > 0 &&
    h('p', { class: 'ways' }, quiet(title), ...nodes.slice(0, 24).map(link), quiet(after))
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
      cell.of && list(words.gradientBefore, [cell.of], words.gradientAfter),
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
