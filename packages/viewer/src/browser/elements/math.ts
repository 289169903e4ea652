// <backprove-math>: the LaTeX inside it as MathML. With `display` it stands on a line of its own.
import { adopt } from './dress.ts'
import { formula } from './formula.ts'

export class BackproveMath extends HTMLElement {
  readonly #root = this.attachShadow({ mode: 'open' })

  connectedCallback(): void {
    adopt(this.#root)
    const isDisplay = this.hasAttribute('display')
    this.style.display = isDisplay ? 'block' : 'inline'
    this.#root.replaceChildren(formula((this.textContent ?? '').trim(), isDisplay))
  }
}
