// The mirror on the page: a button for every cell, lines below them. Built anew when blocks open
// or close; a stroke of the pencil only repaints its pictures.
import { label } from '@backprove/graph'
import { BOX, type Cell, type Mirror, type Side } from '../../mirror/cells.ts'
import type { Point } from '../../mirror/place.ts'
import type { Row } from '../../mirror/rows.ts'
import type { Live } from '../live.ts'
import type { Words } from '../words/en.ts'
import { labelIn, roomIn, widthOf } from './cell-label.ts'
import { formula } from './formula.ts'
import { type Child, h, svg } from './h.ts'
import { paint, rangeOf, short, tilesOf } from './heat.ts'

export interface MirrorView {
  readonly element: HTMLElement
  readonly buttons: ReadonlyMap<string, HTMLButtonElement>
  paint(live: Live, dark: boolean): void
  select(cell: Cell | undefined): void
  light(rows: ReadonlySet<Row>): void
}

export interface MirrorEvents {
  choose(cell: Cell): void
  key(event: KeyboardEvent, cell: Cell): void
}

export function mirrorView(mirror: Mirror, words: Words, events: MirrorEvents): MirrorView {
  const pictures: (readonly [Cell, HTMLCanvasElement | HTMLElement, HTMLButtonElement])[] = []
  const buttons = new Map<string, HTMLButtonElement>()
  const parts = mirror.cells.map((cell) => {
    const picture = pictureFor(cell)
    const button = h(
      'button',
      {
        ...{ type: 'button', class: `cell ${cell.kind} ${cell.side}`, id: cell.id },
        ...{ tabindex: '-1', onclick: () => events.choose(cell) },
        onkeydown: (event: KeyboardEvent) => events.key(event, cell),
        ...(cell.kind === 'block' && { 'aria-expanded': 'false' }),
        style: {
          ...{ left: `${cell.x}px`, top: `${cell.y}px` },
          ...{ width: `${cell.width}px`, height: `${cell.height}px` },
        },
      },
      ...contentOf(cell, picture, words),
    )
    buttons.set(cell.id, button)
    if (picture) pictures.push([cell, picture, button])
    return button
  })
  const first = parts[0]
  if (first) first.tabIndex = 0
  const titles = mirror.titles.map(({ side, x }) =>
    h(
      'p',
      { class: `half-title ${side}`, style: { left: `${x}px` } },
      words[side === 'forward' ? 'forward' : 'derivative'],
    ),
  )
  const element = h(
    'div',
    {
      ...{ class: 'mirror', role: 'group', 'aria-label': words.mirror },
      style: { width: `${mirror.width}px`, height: `${mirror.height}px` },
    },
    linesOf(mirror),
    ...titles,
    ...parts,
  )
  return {
    ...{ element, buttons },
    paint(live, dark) {
      for (const [cell, picture, button] of pictures) show(cell, picture, button, live, dark)
    },
    select(chosen) {
      for (const cell of mirror.cells) {
        const button = buttons.get(cell.id)!
        const isChosen = cell === chosen
        button.tabIndex = isChosen || (!chosen && button === first) ? 0 : -1
        button.classList.toggle('same', !isChosen && isSame(cell, chosen))
        if (isChosen) button.setAttribute('aria-current', 'true')
        else button.removeAttribute('aria-current')
      }
    },
    light(rows) {
      element.classList.toggle('lit', rows.size > 0)
      for (const cell of mirror.cells) {
        const isLit = cell.row
          ? rows.has(cell.row)
          : (cell.block?.rows.some((row) => rows.has(row)) ?? false)
        buttons.get(cell.id)!.classList.toggle('on-path', isLit && cell.kind !== 'chip')
      }
    },
  }
}

/** `residual 2`: the kinds of blocks that layers make have words; other titles are anybody's. */
export const titleIn = (title: string, words: Words): string =>
  title.replace(/^(residual|inception)(?= \d+$)/, (kind) => words[kind as 'residual'])

/** The cell in the middle of a picture that is wider than its place. */
export function centre(holder: HTMLElement, cell: Cell | undefined, zoom: number): void {
  if (cell) holder.scrollLeft = (cell.x + cell.width / 2) * zoom - holder.clientWidth / 2
}

const isSame = (cell: Cell, chosen: Cell | undefined): boolean =>
  chosen?.node !== undefined &&
  (cell.node === chosen.node || cell.of === chosen.node || cell.node === chosen.of)

const isPictured = ({ node }: Cell): boolean => node !== undefined

function pictureFor(cell: Cell): HTMLCanvasElement | HTMLElement | undefined {
  if (!isPictured(cell)) return undefined
  if (cell.node!.shape.length === 0) return h('span', { class: 'number', 'aria-hidden': 'true' })
  return h('canvas', { class: 'heat', width: 1, height: 1, 'aria-hidden': 'true' })
}

function contentOf(cell: Cell, picture: Child, words: Words): Child[] {
  const { block, of } = cell
  if (block) {
    const name = `${titleIn(block.title, words)} · ${block.rows.length}\u00a0${words.arrays}`
    return [h('span', { class: 'caret', 'aria-hidden': 'true' }, '▸'), h('span', {}, name)]
  }
  const own = labelIn(cell)
  const { latex, text } = labelIn(cell, roomIn(cell))
  const math = formula(latex)
  const fits = cell.kind === 'chip' ? 9 : 7
  math.classList.toggle('long', !/[\^_∂]/.test(text) && widthOf(text) > fits)
  math.setAttribute('aria-hidden', 'true')
  const role = of
    ? `, ${words.gradientBefore} ${label(of).text} ${words.gradientAfter}`.trimEnd()
    : ''
  return [math, h('span', { class: 'hidden' }, own.text + role), picture]
}

function show(
  cell: Cell,
  picture: HTMLCanvasElement | HTMLElement,
  button: HTMLElement,
  live: Live,
  dark: boolean,
): void {
  const values = live.of(cell.node!)
  if (!values) return
  button.classList.toggle('amiss', !rangeOf(values).finite)
  if (!(picture instanceof HTMLCanvasElement)) {
    picture.textContent = short(values[0]!)
    return
  }
  const isChip = cell.kind === 'chip'
  const [room, tall] = isChip ? [34, 16] : [52, 36]
  paint(picture, values, tilesOf(cell.node!.shape, room, tall), dark)
  const scale = Math.min(room / picture.width, tall / picture.height, 8)
  picture.style.width = `${Math.max(2, picture.width * scale)}px`
  picture.style.height = `${Math.max(2, picture.height * scale)}px`
}

function linesOf({ lanes, ties, width, height }: Mirror): SVGElement {
  return svg(
    'svg',
    { width, height, class: 'lines', 'aria-hidden': 'true' },
    svg('defs', {}, ...(['forward', 'derivative'] as const).map(arrow)),
    ...ties.map(([a, b]) => svg('path', { class: 'tie', d: `M${a.x} ${a.y}H${b.x}` })),
    ...lanes.map(({ points, side }) =>
      svg('path', {
        ...{ class: `lane ${side}`, d: curve(trimmed(points, side)) },
        'marker-end': `url(#arrow-${side})`,
      }),
    ),
  )
}

const arrow = (side: Side): SVGElement =>
  svg(
    'marker',
    {
      ...{ id: `arrow-${side}`, viewBox: '0 0 8 8', refX: 7, refY: 4 },
      ...{ markerWidth: 7, markerHeight: 7, orient: 'auto' },
    },
    svg('path', { class: `arrow ${side}`, d: 'M0 0L8 4L0 8Z' }),
  )

/** From the edge of one box to the edge of the next: down at the left, up at the right. */
function trimmed(points: readonly Point[], side: Side): readonly Point[] {
  const half = BOX.node.height / 2
  const [first, last] = [points[0]!, points.at(-1)!]
  const down = first.y < last.y ? 1 : -1
  const ends = [
    { x: first.x, y: first.y + down * half },
    ...points.slice(1, -1),
    { x: last.x, y: last.y - down * half },
  ]
  return side === 'forward' ? ends : ends.reverse()
}

/** Upright where it passes a rank. */
function curve(points: readonly Point[]): string {
  return points
    .map(({ x, y }, k) => {
      const before = points[k - 1]
      if (!before) return `M${round(x)} ${round(y)}`
      const half = round((before.y + y) / 2)
      return `C${round(before.x)} ${half} ${round(x)} ${half} ${round(x)} ${round(y)}`
    })
    .join('')
}

const round = (n: number): number => Math.round(n * 10) / 10
