// Programs on several threads: the bits of one thread, before and after the workers are ready, and
// an error, not a wait without end, where a worker dies.
import { once } from 'node:events'
import type { Worker } from 'node:worker_threads'
import * as g from '@backprove/graph'
import { Graph, type Node } from '@backprove/graph'
import { expect, test } from 'vitest'
import { compile } from '../../compile.ts'
import { numbers } from '../../testing/values.ts'
import { engine, type WasmMemory } from '../engine.ts'
import { encodeProgram } from '../program.ts'
import { ThreadError } from './errors.ts'

function record() {
  const graph = new Graph()
  const x = graph.input('x', [20, 1, 12, 12])
  const t = graph.input('t', [20, 3])
  const parameter = (name: string, shape: readonly number[]): Node => graph.parameter(name, shape)
  const parameters = [
    parameter('w', [4, 1, 3, 3]),
    parameter('b', [4]),
    parameter('u', [6, 4, 3, 3]),
    parameter('v', [3, 6, 4, 4]),
  ]
  const [w, b, u, v] = parameters as [Node, Node, Node, Node]
  const h = g.maxPool2d(g.relu(g.conv2d(x, w, { bias: b, padding: 1 })), { size: 2 })
  const cost = g.crossEntropy(g.dense(g.sigmoid(g.conv2d(h, u)), v), t)
  const d = g.grad(cost, parameters)
  const state = parameters.map((p, k): [Node, Node] => [p, g.sub(p, g.mul(0.1, d[k]!))])
  return { cost, state }
}

/** A program, and what its workers are once they are ready. */
async function start(threads: number) {
  const started: Worker[] = []
  const listen = (worker: Worker) => started.push(worker)
  process.on('worker', listen)
  const { cost, state } = record()
  const program = compile({ cost }, { state, backend: 'wasm', threads })
  await new Promise((resolve) => setImmediate(resolve))
  process.off('worker', listen)
  const values = state.map(([{ name = '', shape }], k) => [name, numbers(g.sizeOf(shape), k + 1)])
  program.setState(Object.fromEntries(values))
  const ready = Promise.all(started.map((worker) => once(worker, 'message')))
  return { program, started, ready }
}
const feeds = { x: numbers(20 * 144, 8), t: numbers(60, 9, 'positive') }

test('1, 2 and 3 threads give the same bits, ready or not', async () => {
  const results: number[][] = []
  for (const threads of [1, 2, 3]) {
    const { program, started, ready } = await start(threads)
    expect(started).toHaveLength(threads - 1)
    const early = program.run(feeds).cost[0]!
    await ready
    const costs = program.runMany(feeds, 20).cost
    const { w, u } = program.getState()
    program[Symbol.dispose]()
    results.push([early, ...costs, ...w!, ...u!])
  }
  expect(results[0]!.every(Number.isFinite)).toBe(true)
  expect(results[1]).toEqual(results[0])
  expect(results[2]).toEqual(results[0])
})

test('a net too small to share starts no workers', async () => {
  const graph = new Graph()
  const started: Worker[] = []
  const listen = (worker: Worker) => started.push(worker)
  process.on('worker', listen)
  const x = graph.input('x', [8])
  expect(compile([g.neg(x)], { threads: 2 }).run({ x: numbers(8, 1) })[0]).toHaveLength(8)
  await new Promise((resolve) => setImmediate(resolve))
  process.off('worker', listen)
  expect(started).toEqual([])
})

test('a dead worker is an error from then on', async () => {
  const { program, started, ready } = await start(2)
  await ready
  program.run(feeds)
  await started[0]!.terminate()
  expect(() => program.run(feeds)).toThrow(ThreadError)
  expect(() => program.run(feeds)).toThrow('compile it again')
})

test('nobody waits for a thread that died during a run', () => {
  const limits = { pages: 1, maximumPages: 1, shared: true }
  const kernel = [{ name: 'nothing', tasks: 1, body: () => {} }]
  const bytes = encodeProgram({ kernels: [kernel], memory: limits, barrier: 0 })
  const { exports } = new engine.Instance(new engine.Module(bytes))
  const { memory, run } = exports as {
    memory: WasmMemory
    run(times: number, thread: number, threads: number): void
  }
  run(3, 0, 1)
  new Int32Array(memory.buffer)[3] = 1
  expect(() => run(1, 0, 2)).toThrow()
})

test('workers end with their program', async () => {
  const { program, started, ready } = await start(2)
  await ready
  const gone = once(started[0]!, 'exit')
  program[Symbol.dispose]()
  await gone
  expect(() => program.run(feeds)).toThrow(/disposed/)
})
