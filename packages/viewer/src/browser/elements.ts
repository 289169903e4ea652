// The elements for anybody's page, as one module: <backprove-graph>, <backprove-notes>,
// <backprove-derivation>, <backprove-math>. The worker of the notes is a part of it.
import { BackproveDerivation } from './elements/derivation.ts'
import { BackproveGraph } from './elements/graph.ts'
import { BackproveMath } from './elements/math.ts'
import { BackproveNotes } from './elements/notes.ts'
import { useEngine } from './live.ts'
import { byProgram } from './live-program.ts'
import { workerFrom } from './worker/from-text.ts'
import { useWorker } from './worker/use.ts'

useEngine(byProgram)
// A worker of another origin is refused by browsers; one made of its text is this page's own.
useWorker(() => workerFrom($worker()))
for (const [name, element] of Object.entries({
  'backprove-graph': BackproveGraph,
  'backprove-notes': BackproveNotes,
  'backprove-derivation': BackproveDerivation,
  'backprove-math': BackproveMath,
})) {
  if (!customElements.get(name)) customElements.define(name, element)
}
