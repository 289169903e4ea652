// The first training step of W2 in this process, timed: a process of its own for cold.ts.
import { compile } from '@backprove/kernels'
import { graphs } from './graphs.ts'
import { leNetSized } from './workloads.ts'

/** In milliseconds, in the order of the work. */
export interface Times {
  readonly import: number
  readonly record: number
  readonly compile: number
  readonly run: number
}

const imported = performance.now()
const net = leNetSized()
const start = performance.now()
const { output, state, states, feeds } = graphs.w2(net)
const recorded = performance.now()
const program = compile([output], { state, views: true })
const compiled = performance.now()
program.setState(states)
program.run(feeds)
const end = performance.now()
const times: Times = {
  import: imported,
  record: recorded - start,
  compile: compiled - recorded,
  run: end - compiled,
}
console.log(JSON.stringify(times))
