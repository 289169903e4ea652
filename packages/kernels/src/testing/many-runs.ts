// A process of its own, started by a test with `--expose-gc`: trains a small net for 10,000 runs
// with `views` and prints, as JSON, what that did to its memory.
import { once } from 'node:events'
import type { Worker } from 'node:worker_threads'
import * as g from '@backprove/graph'
import { Graph, type Node } from '@backprove/graph'
import { compile } from '../compile.ts'
import { numbers } from './values.ts'

/** In bytes, after 10,000 runs. */
export interface MemoryOfRuns {
  /** Objects made in one run, on average, garbage or not. */
  readonly madePerRun: number
  /** Growth of what is in use: of objects, and of arrays. */
  readonly objects: number
  readonly arrays: number
  /** Growth of the program's own memory. */
  readonly program: number
}

const runs = 10_000

async function measure(threads: number): Promise<MemoryOfRuns> {
  const graph = new Graph()
  const x = graph.input('x', [40, 1, 16, 16])
  const t = graph.input('t', [40, 3])
  const parameters = [graph.parameter('w', [6, 1, 3, 3]), graph.parameter('v', [3, 6, 7, 7])]
  const [w, v] = parameters as [Node, Node]
  const pooled = g.maxPool2d(g.relu(g.conv2d(x, w)), { size: 2 })
  const cost = g.crossEntropy(g.dense(pooled, v), t)
  const d = g.grad(cost, parameters)
  const state = parameters.map((p, k): [Node, Node] => [p, g.sub(p, g.mul(0.001, d[k]!))])
  const program = compile({ cost }, { state, backend: 'wasm', views: true, threads })
  if (threads > 1) {
    // Workers do not keep a process alive.
    setTimeout(() => {}, 60_000)
    await once((await once(process, 'worker'))[0] as Worker, 'message')
  }
  program.setState({ w: numbers(54, 1), v: numbers(882, 2) })
  const feeds = { x: Float32Array.from(numbers(40 * 256, 3)), t: new Float32Array(120).fill(1 / 3) }
  const repeat = (times: number): number => {
    for (let turn = 0; turn < times; turn++) program.run(feeds)
    return program.run(feeds).cost.buffer.byteLength
  }
  // Functions are optimised by now, which leaves memory behind once.
  const before = repeat(3000)
  collect()
  const start = process.memoryUsage()
  const after = repeat(runs)
  const end = process.memoryUsage()
  collect()
  const rest = process.memoryUsage()
  return {
    madePerRun: (end.heapUsed - start.heapUsed) / runs,
    objects: rest.heapUsed - start.heapUsed,
    arrays: rest.arrayBuffers - start.arrayBuffers,
    program: after - before,
  }
}

function collect(): void {
  ;(globalThis as unknown as { gc(): void }).gc()
}

console.log(JSON.stringify(await measure(Number(process.argv[2]))))
process.exit(0)
