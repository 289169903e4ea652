// <backprove-notes>: notes with formulas at the left, a verdict in the gutter of each, and help at
// the right. Takes the text of a <pre> inside it; without scripts that text remains.
import { examplesIn, translatedExample } from '../examples/index.ts'
import { type NotesBar, notesBar } from '../notes/bar.ts'
import { downloadPage, downloadText } from '../notes/download.ts'
import { type Editor, editorOf, type Mark } from '../notes/editor.ts'
import { notesPanel, problemPanel, stepsList } from '../notes/panel.ts'
import { type SharedLink, sharedLink } from '../notes/shared-link.ts'
import style from '../style/notes.css'
import { languageOf, type Words, wordsOf } from '../words/index.ts'
import type { FromWorker, ShownFormula, ShownProblem } from '../worker/protocol.ts'
import { newWorker } from '../worker/use.ts'
import { adopt } from './dress.ts'
import { BackproveGraph } from './graph.ts'
import { h } from './h.ts'
import { markOf, wordOf } from './verdict-card.ts'

/** Milliseconds of rest after a key before proofs begin anew. */
const REST = 60

export class BackproveNotes extends HTMLElement {
  readonly #root = this.attachShadow({ mode: 'open' })
  #worker: Worker | undefined
  #words: Words = wordsOf('en')
  #editor: Editor | undefined
  #bar: NotesBar | undefined
  #panel = h('div', { class: 'notes-panel', tabindex: '0' })
  #graph: BackproveGraph | undefined
  #formulas: readonly ShownFormula[] = []
  #problems: readonly ShownProblem[] = []
  #chosen = -1
  #rest: ReturnType<typeof setTimeout> | undefined
  /** Of a page whose address says what is written. */
  #link: SharedLink | undefined

  connectedCallback(): void {
    adopt(this.#root, style)
    this.#root.replaceChildren(h('slot'))
    if (this.hasAttribute('address')) this.#link = sharedLink(() => void this.#openLink())
    this.#start().catch((error: Error) => this.#fail(error.message))
  }

  disconnectedCallback(): void {
    this.#link?.close()
    this.#worker?.terminate()
    clearTimeout(this.#rest)
  }

  get text(): string {
    return this.#editor?.text ?? ''
  }

  async #start(): Promise<void> {
    this.#worker = await newWorker()
    this.#worker.addEventListener('message', ({ data }) => this.#hear(data))
    this.#worker.addEventListener('error', ({ message }) => this.#fail(message))
    const given = await this.#link?.read()
    // An element that a page moves keeps what was written in it.
    const light = this.text || this.textContent?.trim()
    this.#dress(given?.text ?? (light || examplesIn(languageOf(this)).examples[0]!.text))
    if (given?.broken) this.#refuseLink()
  }

  async #openLink(): Promise<void> {
    const { text, broken } = await this.#link!.read()
    if (broken) this.#refuseLink()
    else if (text !== undefined && text !== this.text) this.#open(text)
    else this.#bar?.say('')
  }

  #refuseLink(): void {
    this.#link?.keep()
    this.#bar?.say(this.#words.badLink)
  }

  /** Without its worker nothing is checked: a page's policy may refuse it. */
  #fail(reason: string): void {
    const said = h('p', { class: 'failure', role: 'alert' }, `${this.#words.noWorker} ${reason}`)
    if (this.#editor) this.#panel.replaceChildren(said)
    else this.#root.replaceChildren(said, h('slot'))
  }

  #dress(text: string): void {
    const words = wordsOf(languageOf(this))
    this.#words = words
    this.#editor = editorOf(words.editor, {
      changed: () => this.#changed(),
      moved: () => this.#follow(),
      choose: (at) => this.#choose(at, true),
      key: (event) => this.#key(event),
    })
    this.#bar = notesBar({
      words,
      open: (example) => this.#open(example),
      ...(this.#link && {
        own: { share: () => this.#share(), savePage: () => downloadPage(this.text) },
      }),
      saveText: () => downloadText('notes.md', 'text/markdown', this.text),
      setLanguage: () => {
        this.lang = words.languageCode === 'en' ? 'zh-CN' : 'en'
        this.#dress(translatedExample(this.text, this.lang))
      },
    })
    this.#panel.setAttribute('aria-label', words.panel)
    this.#panel.setAttribute('role', 'group')
    this.#panel.setAttribute('aria-live', 'polite')
    this.#graph = new BackproveGraph()
    this.#graph.setAttribute('lang', words.languageCode)
    this.#graph.setAttribute('embedded', '')
    this.#root.replaceChildren(
      h(
        'div',
        { class: 'notes-page' },
        this.#bar.element,
        h('div', { class: 'notes-columns' }, this.#editor.element, this.#panel),
        h('section', { class: 'notes-mirror', 'aria-label': words.mirror }, this.#graph),
      ),
    )
    this.#open(text)
  }

  #open(text: string): void {
    this.#editor!.text = text
    ;[this.#formulas, this.#problems, this.#chosen] = [[], [], -1]
    this.#panel.replaceChildren(h('p', { class: 'quiet' }, this.#words.checking))
    this.#check()
    this.#link?.remember(text)
  }

  #changed(): void {
    clearTimeout(this.#rest)
    this.#rest = setTimeout(() => this.#check(), REST)
    this.#link?.remember(this.text)
  }

  #check(): void {
    const { text } = this
    this.#worker?.postMessage({ kind: 'view', text, at: this.#editor!.caret || text.length })
    this.#worker?.postMessage({ kind: 'check', text, language: this.#words.languageCode })
  }

  async #share(): Promise<string> {
    await this.#link?.write(this.text)
    try {
      await navigator.clipboard.writeText(location.href)
      return this.#words.shared
    } catch {
      return this.#words.sharedFailed
    }
  }

  #hear(message: FromWorker): void {
    if (message.kind === 'read') {
      // What was judged of the same text stays until the new verdict comes.
      const known = new Map(this.#formulas.map((each) => [each.formula, each.verdict]))
      this.#formulas = message.formulas.map((each) => {
        const verdict = known.get(each.formula)
        return verdict ? { ...each, verdict } : each
      })
      this.#problems = message.problems
      if (this.#chosen >= this.#formulas.length) this.#chosen = -1
      this.#show()
      if (this.#formulas.length === 0 && this.#problems.length === 0) {
        this.#panel.replaceChildren(h('p', { class: 'quiet' }, this.#words.noFormulas))
      }
    } else if (message.kind === 'formula') {
      this.#formulas = this.#formulas.with(message.at, message.formula)
      this.#show()
      if (message.at === this.#chosen) this.#showPanel()
    } else if (message.kind === 'report') {
      this.#bar!.count(this.#formulas)
      if (this.#chosen < 0) this.#choose(this.#firstAmiss(), false)
      this.dispatchEvent(new CustomEvent('checked'))
    } else if (message.kind === 'view') {
      this.#graph!.hidden = message.view === undefined
      if (message.view) this.#graph!.view = message.view
    } else if (message.kind === 'steps') {
      this.#panel.querySelector('.steps')?.replaceChildren(stepsList(message.steps, this.#words))
    } else {
      this.#panel.querySelector('.steps')?.replaceChildren(h('p', {}, message.message))
    }
  }

  /** The first refuted formula, else the first claim: what a reader came for. */
  #firstAmiss(): number {
    const wrong = this.#formulas.findIndex(({ verdict }) => verdict && !verdict.ok)
    return wrong >= 0 ? wrong : this.#formulas.findIndex(({ verdict }) => verdict)
  }

  #show(): void {
    const marks = this.#formulas.map((shown): Mark => {
      const { verdict, isClaim, line } = shown
      const sign = verdict ? markOf(verdict) : isClaim ? '◌' : ''
      const word = verdict ? wordOf(verdict.kind, this.#words) : this.#words.checking
      return {
        ...{ formula: shown, sign, kind: verdict?.kind ?? 'waiting' },
        isAmiss: verdict !== undefined && !verdict.ok,
        title: `${this.#words.line.replace('{}', `${line}`)}: ${word}`,
      }
    })
    this.#editor!.show(marks, this.#problems, this.#chosen)
    this.#bar!.count(this.#formulas)
  }

  /** The panel shows the formula at the caret. */
  #follow(): void {
    const { caret } = this.#editor!
    const at = this.#formulas.findIndex(({ start, end }) => start - 2 <= caret && caret <= end + 2)
    const problem = this.#problems.find(({ start, end }) => start <= caret && caret <= end)
    if (at >= 0 && at !== this.#chosen) this.#choose(at, false)
    else if (at < 0 && problem) this.#panel.replaceChildren(problemPanel(problem, this.#words))
  }

  #choose(at: number, go: boolean): void {
    this.#chosen = at
    this.#show()
    const chosen = this.#formulas[at]
    if (chosen && go) this.#editor!.goTo(chosen.start)
    if (!chosen && this.#problems[0]) {
      this.#panel.replaceChildren(problemPanel(this.#problems[0], this.#words))
      return
    }
    this.#showPanel()
    if (chosen) this.#worker?.postMessage({ kind: 'view', text: this.text, at: chosen.start })
  }

  #showPanel(): void {
    const chosen = this.#formulas[this.#chosen]
    if (!chosen) return
    this.#panel.replaceChildren(
      notesPanel(chosen, {
        words: this.#words,
        use: (formula) => this.#editor!.replace(chosen.start, chosen.end, formula),
        derive: (by) => {
          const wait = h('p', { class: 'quiet' }, this.#words.checking)
          this.#panel.querySelector('.steps')?.replaceChildren(wait)
          const { text } = this
          const language = this.#words.languageCode
          this.#worker?.postMessage({ kind: 'derive', text, at: chosen.start, by, language })
        },
      }),
    )
  }

  #key(event: KeyboardEvent): void {
    if (event.key === 'F8') this.#nextAmiss()
    else if (event.key === '.' && (event.ctrlKey || event.metaKey)) {
      this.#panel.querySelector<HTMLElement>('button.primary, summary, button')?.focus()
    } else if (event.key === 'Escape') this.#panel.focus()
    else return
    event.preventDefault()
  }

  #nextAmiss(): void {
    const wrong = this.#formulas.flatMap(({ verdict }, at) => (verdict && !verdict.ok ? [at] : []))
    const next = wrong.find((at) => at > this.#chosen) ?? wrong[0]
    if (next !== undefined) this.#choose(next, true)
  }
}
