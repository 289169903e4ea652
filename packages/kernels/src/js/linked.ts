// Fills in the JavaScript back end where this module is loaded: the one that does something then.
import { byLine } from '../line/by-line.ts'
import { linked } from '../linked.ts'
import { lines } from '../needed.ts'
import { bindStep, jsBackend } from './backend.ts'

/**
 * Puts the JavaScript back end into a bundled page: for `backend: 'js'`, and for pages that may not
 * run WebAssembly. Where packages are not bundled it always is there.
 */
export function linkJavaScript(): void {
  linked.backend = jsBackend
  linked.bindStep = bindStep
  lines.known = byLine
}

linkJavaScript()
