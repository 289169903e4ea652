// The pencil: an input as a sheet of cells to paint on. Every stroke writes into the leaf itself
// and runs the program; nothing else is computed here.
import { label, type Node } from '@backprove/graph'
import type { Live } from '../live.ts'
import type { Words } from '../words/en.ts'
import { h } from './h.ts'
import { paint, short, tilesOf } from './heat.ts'

export interface DrawContext {
  readonly words: Words
  readonly live: Live
  readonly dark: boolean
  readonly target: Node | undefined
  readonly output: Node | undefined
  readonly classes: readonly string[]
  changed(): void
  close(): void
}

export interface Sheet {
  readonly element: HTMLElement
  refresh(): void
}

export function sheetOf(node: Node, context: DrawContext): Sheet {
  const { words, live } = context
  const [columns = 1, rows = 1] = [...node.shape].reverse()
  const values = live.leaf(node)
  const side = Math.max(8, Math.floor(252 / Math.max(columns, rows)))
  let isErasing = false
  let cursor = { row: Math.floor(rows / 2), column: Math.floor(columns / 2) }
  const canvas = h('canvas', {
    ...{ class: 'sheet', width: columns, height: rows, tabindex: 0, role: 'application' },
    'aria-label': `${words.drawTitle} ${label(node).text}. ${words.drawHelp}`,
    style: { width: `${columns * side}px`, height: `${rows * side}px` },
    onpointerdown: (event: PointerEvent) => {
      canvas.setPointerCapture(event.pointerId)
      lift()
      stroke([event])
    },
    onpointermove: (event: PointerEvent) => {
      if (event.buttons > 0) stroke(pointsIn(event))
      else lift()
    },
    onkeydown: (event: KeyboardEvent) => onKey(event),
  })
  const mark = h('div', { class: 'cursor', 'aria-hidden': 'true' })
  const ink = (row: number, column: number, value: number): void => {
    if (row < 0 || column < 0 || row >= rows || column >= columns) return
    // Every map and every sample of the input is painted alike.
    for (let at = row * columns + column; at < values.length; at += rows * columns) {
      values[at] = isErasing ? 0 : Math.max(values[at]!, value)
    }
  }
  let pencil: Place | undefined
  const lift = () => {
    pencil = undefined
  }
  const stroke = (points: readonly { offsetX: number; offsetY: number }[]): void => {
    for (const { offsetX, offsetY } of points) {
      const to = { row: Math.floor(offsetY / side), column: Math.floor(offsetX / side) }
      for (const place of lineOf(pencil ?? to, to)) press(place)
      pencil = to
    }
    context.changed()
  }
  const press = ({ row, column }: Place): void => {
    ink(row, column, 1)
    // On fine paper a pencil is wider than a cell.
    if (columns >= 16) for (const [r, c] of Object.values(STEPS)) ink(row + r, column + c, 0.6)
  }
  const onKey = (event: KeyboardEvent): void => {
    const step = STEPS[event.key]
    if (step) {
      const row = clamp(cursor.row + step[0], rows)
      const column = clamp(cursor.column + step[1], columns)
      cursor = { row, column }
      showCursor()
    } else if (event.key === ' ') {
      press(cursor)
      context.changed()
    } else if (event.key === 'Escape') context.close()
    else return
    event.preventDefault()
    event.stopPropagation()
  }
  const showCursor = (): void => {
    mark.style.transform = `translate(${cursor.column * side}px, ${cursor.row * side}px)`
    mark.style.width = `${side}px`
    mark.style.height = `${side}px`
  }
  const bars = barsOf(context)
  const refresh = (): void => {
    paint(
      canvas,
      values.subarray(0, rows * columns),
      tilesOf([rows, columns], columns, rows),
      context.dark,
    )
    bars.refresh()
  }
  const clear = (): void => {
    values.fill(0)
    context.changed()
  }
  const eraser = h('button', { type: 'button', 'aria-pressed': 'false' }, words.erase)
  eraser.addEventListener('click', () => {
    isErasing = !isErasing
    eraser.setAttribute('aria-pressed', `${isErasing}`)
  })
  const element = h(
    'section',
    { class: 'drawing', 'aria-label': words.drawTitle },
    h(
      'div',
      { class: 'drawing-bar' },
      h('h2', {}, words.drawTitle),
      h('button', { type: 'button', onclick: clear }, words.clear),
      eraser,
      h('button', { type: 'button', 'aria-label': words.close, onclick: context.close }, '✕'),
    ),
    h('div', { class: 'paper' }, canvas, mark),
    bars.element,
    h('p', { class: 'quiet' }, words.drawHelp),
  )
  showCursor()
  refresh()
  return { element, refresh }
}

interface Place {
  readonly row: number
  readonly column: number
}

/** A pointer moves further between two events than a cell is wide. */
function pointsIn(event: PointerEvent): readonly { offsetX: number; offsetY: number }[] {
  const events = event.getCoalescedEvents?.() ?? []
  return events.length > 0 ? events : [event]
}

/** The cells between two places, both ends among them: no hand is so fast that a line has gaps. */
function lineOf(from: Place, to: Place): Place[] {
  const [down, across] = [to.row - from.row, to.column - from.column]
  const count = Math.max(1, Math.abs(down), Math.abs(across))
  return Array.from({ length: count + 1 }, (_, k) => ({
    row: from.row + Math.round((down * k) / count),
    column: from.column + Math.round((across * k) / count),
  }))
}

const STEPS: Readonly<Record<string, readonly [number, number]>> = {
  ArrowUp: [-1, 0],
  ArrowDown: [1, 0],
  ArrowLeft: [0, -1],
  ArrowRight: [0, 1],
}
const clamp = (n: number, length: number): number => Math.max(0, Math.min(length - 1, n))

/** The answer as bars, the target as a choice: t is one-hot. */
function barsOf({ output, target, classes, live, words, changed }: DrawContext): Sheet {
  if (output?.shape.length !== 1 || output.shape[0]! > 40) {
    return { element: h('div'), refresh() {} }
  }
  const count = output.shape[0]!
  const isTarget = target?.shape.join() === output.shape.join()
  const rows = Array.from({ length: count }, (_, k) => {
    const fill = h('span', { class: 'fill' })
    const number = h('span', { class: 'amount' })
    const choose = h(
      'button',
      { type: 'button', class: 'class', 'aria-pressed': 'false' },
      classes[k] ?? `${k + 1}`,
    )
    choose.addEventListener('click', () => {
      if (!target) return
      live.leaf(target).fill(0)
      live.leaf(target)[k] = 1
      changed()
    })
    if (!isTarget) choose.disabled = true
    return {
      fill,
      number,
      choose,
      row: h('li', {}, choose, h('span', { class: 'bar' }, fill), number),
    }
  })
  const answer = h('output', { class: 'answer' })
  const refresh = (): void => {
    const values = live.of(output)
    if (!values) return
    let best = 0
    for (let k = 0; k < count; k++) if (values[k]! > values[best]!) best = k
    const most = Math.max(1e-9, ...Array.from(values, Math.abs))
    rows.forEach(({ fill, number, choose, row }, k) => {
      fill.style.width = `${(100 * Math.max(0, values[k]!)) / Math.max(1, most)}%`
      number.textContent = short(values[k]!)
      row.classList.toggle('best', k === best)
      if (isTarget) choose.setAttribute('aria-pressed', `${live.leaf(target!)[k] === 1}`)
    })
    answer.textContent = `${words.answer}: ${classes[best] ?? best + 1}`
  }
  const element = h(
    'div',
    { class: 'bars' },
    answer,
    h('ul', {}, ...rows.map(({ row }) => row)),
    isTarget && h('p', { class: 'quiet' }, `${words.target} t`),
  )
  return { element, refresh }
}
