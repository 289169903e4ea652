// Programs on several threads: the bits of one thread, before and after the workers are ready, and
// an error, not a wait without end, where a worker dies.
import { once } from 'node:events'
import type { Worker } from 'node:worker_threads'
import * as g from '@backprove/graph'
import { Graph, type Node } from '@backprove/graph'
import fc from 'fast-check'
import { expect, test } from 'vitest'
import { compile } from '../../compile.ts'
import type { Precision } from '../../plan/plan.ts'
import { anyNet, buildNet } from '../../testing/nets.ts'
import { type RandomGraph, randomGraphsOf } from '../../testing/random-graph.ts'
import { numbers } from '../../testing/values.ts'
import { barrierFunction } from '../barrier.ts'
import { call, defineFunction, encodeModule, i32, unreachable } from '../encoder/index.ts'
import { engine, type WasmMemory } from '../engine.ts'
import { encodeProgram } from '../program.ts'
import { ThreadError } from './errors.ts'
import { newPool } from './pool.ts'

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

/** What `make` gives, and the workers that it has started. */
async function withWorkers<T>(make: () => T) {
  const started: Worker[] = []
  const listen = (worker: Worker) => started.push(worker)
  process.on('worker', listen)
  const made = make()
  await new Promise((resolve) => setImmediate(resolve))
  process.off('worker', listen)
  return { made, started }
}

/** A program, and what its workers are once they are ready. */
async function start(threads: number) {
  const { cost, state } = record()
  const options = { state, backend: 'wasm', threads } as const
  const { made: program, started } = await withWorkers(() => compile({ cost }, options))
  const values = state.map(([{ name = '', shape }], k) => [name, numbers(g.sizeOf(shape), k + 1)])
  program.setState(Object.fromEntries(values))
  const ready = Promise.all(started.map((worker) => once(worker, 'message')))
  return { program, started, ready }
}
const feeds = { x: numbers(20 * 144, 8), t: numbers(60, 9, 'positive') }

test('a place that is none stops all threads, and the next run is as it should be', async () => {
  const graph = new Graph()
  const [table, places] = [graph.input('w', [300, 200]), graph.input('p', [500])]
  const y = g.gather(table, places)
  // So many steps that the run is in parts, before the places and behind them.
  const chain = (x: Node) => Array.from({ length: 70 }).reduce<Node>((z) => g.softmax(z), x)
  const late = g.gather(chain(table), places)
  const outputs = { y, slope: g.grad(g.sum(g.square(y)), table), last: chain(late) }
  const w = numbers(60_000, 3)
  const p = Float64Array.from({ length: 500 }, (_, k) => (k * 77) % 300)
  const wrong = p.with(499, 300)
  const expected = compile(outputs, { backend: 'wasm' }).run({ w, p })
  const options = { backend: 'wasm', threads: 3 } as const
  const { made: program, started } = await withWorkers(() => compile(outputs, options))
  expect(started).toHaveLength(2)
  for (const ready of [false, true]) {
    if (ready) await Promise.all(started.map((worker) => once(worker, 'message')))
    for (let k = 0; k < 3; k++) {
      expect(() => program.run({ w, p: wrong })).toThrow('entry 499 of the places [500] is 300')
      expect(program.run({ w, p })).toEqual(expected)
    }
  }
  program[Symbol.dispose]()
})

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

/** Outputs of two runs on so many threads, all of them ready, and how many workers that took. */
async function bitsOf(
  { outputs, feeds }: RandomGraph,
  threads: number,
  precision: Precision = 'strict',
  runs = 2,
) {
  const options = { backend: 'wasm', threads, precision } as const
  const { made: program, started } = await withWorkers(() => compile(outputs, options))
  await Promise.all(started.map((worker) => once(worker, 'message')))
  for (let run = 1; run < runs; run++) program.run(feeds)
  const bits = program.run(feeds).map((array) => new Uint32Array(array.buffer))
  program[Symbol.dispose]()
  return { bits, workers: started.length }
}

async function agreeOnThreads(graph: RandomGraph): Promise<number> {
  const [one, two] = [await bitsOf(graph, 1), await bitsOf(graph, 2)]
  expect(two.bits).toEqual(one.bits)
  return two.workers
}

test('large random graphs and random nets give the same bits on 1 and 2 threads', async () => {
  let shared = 0
  const anyGraph = fc.oneof(
    randomGraphsOf(24),
    anyNet.map((description) => {
      const { cost, gradients, feeds } = buildNet({ ...description, batch: 40 })
      return { outputs: [cost, ...gradients], feeds }
    }),
  )
  const property = fc.asyncProperty(anyGraph, async (graph) => {
    shared += await agreeOnThreads(graph)
  })
  await fc.assert(property, { numRuns: 40, endOnFailure: true })
  // Else it shows nothing: so many of the programs were large enough to share.
  expect(shared).toBeGreaterThan(10)
})

test.each([
  ['one group of tiles, cut by its filters', 1, 16],
  ['many groups', 20, 12],
])('more threads than have room change no bit: %s', async (_, batch, filters) => {
  const graph = new Graph()
  const x = graph.input('x', [batch, 32, 16, 16])
  const ws = [0, 1, 2].map((k) => graph.input(`w${k}`, [filters, k === 0 ? 32 : filters, 3, 3]))
  const y = ws.reduce((z, w) => g.relu(g.conv2d(z, w, { padding: 1 })), x)
  const outputs = [y, ...g.grad(g.sum(g.square(y)), [x, ...ws])]
  const weights = ws.map(({ name, shape }, k) => [name, numbers(g.sizeOf(shape), k)])
  const feeds = { x: numbers(g.sizeOf(x.shape), 4), ...Object.fromEntries(weights) }
  const alone = await bitsOf({ outputs, feeds }, 1, 'relaxed')
  for (const threads of [2, 3]) {
    const several = await bitsOf({ outputs, feeds }, threads, 'relaxed', 15)
    expect(several.workers).toBe(threads - 1)
    const differing = several.bits.map((bits, k) =>
      bits.findIndex((each, at) => each !== alone.bits[k]![at]),
    )
    expect(differing).toEqual(outputs.map(() => -1))
  }
})

test('a net too small to share starts no workers', async () => {
  const graph = new Graph()
  const x = graph.input('x', [8])
  const { made, started } = await withWorkers(() => compile([g.neg(x)], { threads: 2 }))
  expect(made.run({ x: numbers(8, 1) })[0]).toHaveLength(8)
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

test('a worker that fails in a run is an error of that run', async () => {
  const barrier = 0
  const limits = { pages: 1, maximumPages: 1, shared: true }
  const functions = [
    defineFunction('run', ['i32', 'i32', 'i32'], (f) => {
      f.if(i32.eq(f.parameter(1, 'i32'), 1), () => f.do(unreachable))
      f.do(call(1, f.parameter(2, 'i32')))
    }),
    barrierFunction(barrier),
  ]
  const bytes = encodeModule({ functions, exports: ['run'], memory: limits, importMemory: true })
  const module = new engine.Module(bytes)
  const memory = new engine.Memory({ initial: 1, maximum: 1, shared: true })
  const { exports } = new engine.Instance(module, { env: { memory } })
  const { run } = exports as { run(times: number, thread: number, threads: number): void }
  const { made: pool, started } = await withWorkers(() => newPool(run, module, memory, barrier, 2))
  await once(started[0]!, 'message')
  expect(() => pool.run(1)).toThrow(ThreadError)
  expect(() => pool.run(1)).toThrow('compile it again')
  pool.dispose()
})

test('workers end with their program', async () => {
  const { program, started, ready } = await start(2)
  await ready
  const gone = once(started[0]!, 'exit')
  program[Symbol.dispose]()
  await gone
  expect(() => program.run(feeds)).toThrow(/disposed/)
})
