// The script of the notes page: its worker is a part of its own text, and becomes a worker by
// the page's one policy.
import { BackproveGraph } from './elements/graph.ts'
import { BackproveNotes } from './elements/notes.ts'
import { useEngine } from './live.ts'
import { byInterpreter } from './live-interpreter.ts'
import { workerFrom } from './worker/from-text.ts'
import { useWorker } from './worker/use.ts'

useEngine(byInterpreter)
const element = document.querySelector('backprove-notes')
if (element?.getAttribute('data-language') === 'auto' && /^zh/i.test(navigator.language)) {
  document.documentElement.lang = 'zh-CN'
  document.title = 'Backprove 笔记'
}
useWorker(() => workerFrom($worker()))
customElements.define('backprove-graph', BackproveGraph)
customElements.define('backprove-notes', BackproveNotes)
