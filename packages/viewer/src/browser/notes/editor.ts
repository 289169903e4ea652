// The editor: a text area, which every device knows how to write in, over a copy of its text that
// carries marks. The gutter's buttons stand at the lines of their formulas.
import { h } from '../elements/h.ts'
import type { ShownFormula, ShownProblem } from '../worker/protocol.ts'

export interface EditorEvents {
  changed(): void
  /** The caret moved. */
  moved(): void
  /** A mark in the gutter was pressed. */
  choose(at: number): void
  key(event: KeyboardEvent): void
}

export interface Mark {
  readonly formula: ShownFormula
  readonly sign: string
  /** Of the verdict, for colours; and whether the formula is wrong unexpectedly. */
  readonly kind: string
  readonly isAmiss: boolean
  readonly title: string
}

export interface Editor {
  readonly element: HTMLElement
  text: string
  readonly caret: number
  /** Marks stand at the offsets of `text`. */
  show(marks: readonly Mark[], problems: readonly ShownProblem[], chosen: number): void
  replace(start: number, end: number, text: string): void
  goTo(offset: number): void
}

export function editorOf(label: string, events: EditorEvents): Editor {
  const gutter = h('div', { class: 'gutter' })
  const copy = h('div', { class: 'copy', 'aria-hidden': 'true' })
  const area = h('textarea', {
    ...{ class: 'text', spellcheck: 'false', autocapitalize: 'off', autocomplete: 'off' },
    ...{ 'aria-label': label, wrap: 'soft' },
    oninput: () => {
      shift()
      events.changed()
    },
    onkeydown: (event: KeyboardEvent) => events.key(event),
    onkeyup: () => events.moved(),
    onclick: () => events.moved(),
  })
  let marks: readonly Mark[] = []
  let problems: readonly ShownProblem[] = []
  let chosen = -1
  let shownText = ''

  /** Until the worker has read the new text, marks below a change keep their formulas. */
  const shift = (): void => {
    const text = area.value
    let same = 0
    while (same < text.length && text[same] === shownText[same]) same++
    const by = text.length - shownText.length
    const moved = <T extends { start: number; end: number }>(place: T): T => {
      const at = (offset: number) => (offset > same ? Math.max(same, offset + by) : offset)
      return { ...place, start: at(place.start), end: at(place.end) }
    }
    marks = marks.map((mark) => ({ ...mark, formula: moved(mark.formula) }))
    problems = problems.map(moved)
    draw()
  }
  const draw = (): void => {
    shownText = area.value
    const spans: { start: number; end: number; className: string; mark?: number }[] = [
      ...marks.map(({ formula: { start, end }, kind, isAmiss }, mark) => ({
        ...{ start, end, mark },
        className: ['formula-text', kind, isAmiss && 'amiss', mark === chosen && 'chosen']
          .filter(Boolean)
          .join(' '),
      })),
      ...problems.map(({ start, end }) => ({ start, end, className: 'formula-text amiss' })),
    ].sort((a, b) => a.start - b.start)
    const parts: (Node | string)[] = []
    const anchors = new Map<number, HTMLElement>()
    let at = 0
    for (const { start, end, className, mark } of spans) {
      if (start < at || end > shownText.length) continue
      parts.push(shownText.slice(at, start))
      const anchor = h('span', { class: className }, shownText.slice(start, end))
      if (mark !== undefined) anchors.set(mark, anchor)
      parts.push(anchor)
      at = end
    }
    copy.replaceChildren(...parts, `${shownText.slice(at)}\n `)
    placeMarks(anchors)
  }
  const placeMarks = (anchors: ReadonlyMap<number, HTMLElement>): void => {
    const inLine = new Map<number, number>()
    const buttons: HTMLElement[] = []
    for (const [k, anchor] of anchors) {
      const mark = marks[k]!
      if (mark.sign === '') continue
      const top = anchor.offsetTop
      const before = inLine.get(top) ?? 0
      inLine.set(top, before + 1)
      if (before > 2) continue
      buttons.push(
        h(
          'button',
          {
            ...{ type: 'button', class: `mark ${mark.kind}${k === chosen ? ' chosen' : ''}` },
            ...{ title: mark.title, 'aria-label': mark.title, tabindex: '-1' },
            style: { top: `${top}px`, right: `${4 + before * 26}px` },
            onclick: () => events.choose(k),
          },
          mark.sign,
        ),
      )
    }
    gutter.replaceChildren(...buttons)
  }
  new ResizeObserver(() => draw()).observe(area)
  const paper = h('div', { class: 'paper-text' }, copy, area)
  return {
    element: h('div', { class: 'editor' }, gutter, paper),
    get text() {
      return area.value
    },
    set text(text) {
      area.value = text
      ;[marks, problems, chosen] = [[], [], -1]
      draw()
    },
    get caret() {
      return area.selectionStart
    },
    show(next, wrong, at) {
      ;[marks, problems, chosen] = [next, wrong, at]
      draw()
    },
    replace(start, end, text) {
      area.focus()
      area.setSelectionRange(start, end)
      // Only so does the browser's own undo know of it.
      const isDone = document.execCommand('insertText', false, text)
      if (isDone) return
      area.setRangeText(text, start, end, 'end')
      shift()
      events.changed()
    },
    goTo(offset) {
      area.focus()
      area.setSelectionRange(offset, offset)
      const anchor = copy.querySelector('.chosen')
      anchor?.scrollIntoView({ block: 'center' })
    },
  }
}
