// What the parts of the panel share: what they know, what they are, and how one is headed.
import type { Node } from '@backprove/graph'
import type { ViewDocument } from '../../document.ts'
import type { Row } from '../../mirror/rows.ts'
import type { Live } from '../live.ts'
import type { Words } from '../words/en.ts'
import { type Child, h } from './h.ts'

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

export function section(title: string, form: string, ...children: Child[]): HTMLElement {
  return h('section', { class: `part ${form}`, 'data-form': form }, h('h3', {}, title), ...children)
}
