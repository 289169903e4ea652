// The bar above notes: examples, what came of the formulas, the link, the files, the language.
import { toggleTheme } from '../elements/dress.ts'
import { h } from '../elements/h.ts'
import { markOf, wordOf } from '../elements/verdict-card.ts'
import { examplesIn } from '../examples/index.ts'
import type { Words } from '../words/en.ts'
import type { ShownFormula } from '../worker/protocol.ts'

export interface NotesBarOptions {
  readonly words: Words
  open(text: string): void
  /** In a page whose address and whose file hold the notes. */
  readonly own?: { share(): Promise<string>; savePage(): boolean }
  saveText(): void
  setLanguage(): void
}

export interface NotesBar {
  readonly element: HTMLElement
  count(formulas: readonly ShownFormula[]): void
  say(text: string): void
}

const COUNTED = 'proved agrees holds-if refuted ambiguous ill-formed budget'.split(' ')

export function notesBar(options: NotesBarOptions): NotesBar {
  const { words, own } = options
  const { examples, empty } = examplesIn(words.languageCode)
  const isChinese = words.languageCode !== 'en'
  const said = h('span', { class: 'said', role: 'status' })
  const counts = h('span', { class: 'counts', role: 'status' })
  const choice = h(
    'select',
    {
      'aria-label': words.examples,
      onchange: () => {
        const example = examples[Number(choice.value)]
        if (example) options.open(example.text)
        choice.value = ''
      },
    },
    h('option', { value: '' }, words.examples),
    ...examples.map(({ title }, k) => h('option', { value: k }, title)),
  )
  const button = (text: string, press: () => void, label?: string): HTMLElement =>
    h('button', { type: 'button', onclick: press, 'aria-label': label, title: label }, text)
  const element = h(
    'div',
    { class: 'bar' },
    h('h1', {}, words.notes),
    choice,
    button(words.newNotes, () => options.open(empty)),
    counts,
    h('span', { class: 'space' }),
    said,
    ...(own
      ? [
          button(words.share, async () => {
            said.textContent = await own.share()
          }),
          button(words.save, () => {
            if (!own.savePage()) said.textContent = words.saveFailed
          }),
        ]
      : []),
    button(words.saveText, options.saveText),
    button('◐', toggleTheme, words.theme),
    h(
      'button',
      { type: 'button', onclick: options.setLanguage, lang: isChinese ? 'en' : 'zh-CN' },
      words.language,
    ),
  )
  return {
    element,
    say(text) {
      said.textContent = text
    },
    count(formulas) {
      const numbers = COUNTED.map((kind) => ({
        kind,
        count: formulas.filter(({ verdict }) => verdict?.kind === kind).length,
      }))
      const waiting = formulas.filter(({ verdict, isClaim }) => isClaim && !verdict).length
      counts.replaceChildren(
        ...numbers
          .filter(({ count }) => count > 0)
          .map(({ kind, count }) =>
            h(
              'span',
              { class: `count ${kind}`, title: wordOf(kind, words) },
              `${count} ${markOf({ kind, ok: false })}`,
              h('span', { class: 'hidden' }, ` ${wordOf(kind, words)}`),
            ),
          ),
        ...(waiting > 0
          ? [h('span', { class: 'count', 'aria-hidden': 'true' }, `${waiting} ◌`)]
          : []),
      )
    },
  }
}
