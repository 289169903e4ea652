// <backprove-derivation by="w">: the network inside its <pre>, derived by one array step by step.
// Proofs begin when somebody asks for them: on the first focus or click.
import { stepsList } from '../notes/panel.ts'
import style from '../style/notes.css'
import { languageOf, wordsOf } from '../words/index.ts'
import type { FromWorker } from '../worker/protocol.ts'
import { newWorker } from '../worker/use.ts'
import { adopt } from './dress.ts'
import { h } from './h.ts'

export class BackproveDerivation extends HTMLElement {
  readonly #root = this.attachShadow({ mode: 'open' })
  #worker: Worker | undefined

  connectedCallback(): void {
    adopt(this.#root, style)
    const words = wordsOf(languageOf(this))
    const by = this.getAttribute('by') ?? ''
    const steps = h('div', { 'aria-live': 'polite' })
    const ask = h('button', { type: 'button' }, `${words.step} ∂C/∂${by}`)
    ask.addEventListener('click', () => void this.#derive(by, steps))
    this.#root.replaceChildren(h('slot'), ask, steps)
  }

  disconnectedCallback(): void {
    this.#worker?.terminate()
    this.#worker = undefined
  }

  async #derive(by: string, steps: HTMLElement): Promise<void> {
    const words = wordsOf(languageOf(this))
    steps.replaceChildren(h('p', { class: 'quiet' }, words.checking))
    const refuse = (reason: string) =>
      steps.replaceChildren(h('p', { class: 'failure' }, `${words.noWorker} ${reason}`))
    try {
      this.#worker ??= await newWorker()
    } catch (error) {
      refuse((error as Error).message)
      return
    }
    this.#worker.onerror = ({ message }) => refuse(message)
    this.#worker.onmessage = ({ data }: MessageEvent<FromWorker>) => {
      if (data.kind === 'steps') steps.replaceChildren(stepsList(data.steps, words))
      if (data.kind === 'problem') steps.replaceChildren(h('p', {}, data.message))
    }
    const language = words.languageCode
    const network = `\`\`\`network\n${(this.textContent ?? '').trim()}\n\`\`\`\n`
    this.#worker.postMessage({ kind: 'derive', text: network, at: network.length, by, language })
  }
}
