// The script of the graph page: the document stands beside it as data.
import { BackproveGraph } from './elements/graph.ts'
import { useEngine } from './live.ts'
import { byProgram } from './live-program.ts'

useEngine(byProgram)
const element = document.querySelector('backprove-graph')
if (element?.getAttribute('data-language') === 'auto' && /^zh/i.test(navigator.language)) {
  document.documentElement.lang = 'zh-CN'
}
customElements.define('backprove-graph', BackproveGraph)
const data = document.getElementById('data')?.textContent
if (data && element instanceof BackproveGraph) element.view = JSON.parse(data)
