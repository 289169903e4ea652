// One module of many kernels: order, repeated runs, streams of feeds and outputs, threads.
import { Worker } from 'node:worker_threads'
import { expect, test } from 'vitest'
import { type ConvShape, conv2d, conv2dFilter } from './conv/conv2d.ts'
import { elementwise } from './elementwise/elementwise.ts'
import { apply, input } from './elementwise/formula.ts'
import { engine, type WasmMemory } from './engine.ts'
import { alignUp, type Kernel, scratchBytes } from './kernel.ts'
import { lanesOf } from './lanes.ts'
import { encodeProgram } from './program.ts'

const lanes = lanesOf('float32')

/** to[0…3] = a[0…3] + b[0…3] */
const add = (a: number, b: number, to: number): Kernel =>
  elementwise(lanes, 'add', {
    shape: [4],
    inputs: [a, b].map((address) => ({ address, strides: [1] })),
    outputs: [{ to: { address: to, strides: [1] }, formula: apply('add', input(0), input(1)) }],
  })

test('state accumulates over runs, feeds and outputs move on', () => {
  const [state, feed, feeds, outputs] = [64, 128, 192, 320]
  const bytes = encodeProgram({
    kernels: [add(state, feed, state)],
    memory: { pages: 1 },
    feeds: [{ pointer: 0, inside: feed, bytes: 16 }],
    outputs: [{ pointer: 4, inside: state, bytes: 16 }],
  })
  const { exports } = new engine.Instance(new engine.Module(bytes))
  const { memory, run } = exports as { memory: WasmMemory; run(k: number): void }
  const floats = new Float32Array(memory.buffer)
  floats.set([1, 2, 3, 4, 10, 20, 30, 40, 100, 200, 300, 400], feeds / 4)
  new Int32Array(memory.buffer).set([feeds, outputs])
  run(3)
  expect([...floats.subarray(outputs / 4, outputs / 4 + 12)]).toEqual([
    1, 2, 3, 4, 11, 22, 33, 44, 111, 222, 333, 444,
  ])
  run(0)
  expect(floats[state / 4]).toBe(111)
})

test('functions of long phases are called with nothing to do, the others are not', () => {
  const [a, b, to] = [64, 128, 192]
  const moduleOf = (kernel: Kernel) => {
    const bytes = encodeProgram({ kernels: [kernel, add(a, b, b)], memory: { pages: 1 } })
    const { exports } = new engine.Instance(new engine.Module(bytes))
    return exports as { memory: WasmMemory; run(k: number): void; call?(): void }
  }
  const tasks = (long: boolean): Kernel =>
    elementwise(lanes, 'sum', {
      shape: [3, 4],
      inputs: [a, b].map((address) => ({ address, strides: [0, 1] })),
      outputs: [
        { to: { address: to, strides: [8, 1] }, formula: apply('add', input(0), input(1)) },
      ],
    }).map((phase) => ({ ...phase, long }))
  expect(moduleOf(tasks(false)).call).toBeUndefined()
  for (const kernel of [tasks(true), add(a, b, to).map((phase) => ({ ...phase, long: true }))]) {
    const { memory, run, call } = moduleOf(kernel)
    const floats = new Float32Array(memory.buffer).fill(1)
    call!()
    expect(floats.every((value) => value === 1)).toBe(true)
    run(1)
    expect([...floats.subarray(to / 4, to / 4 + 4)]).toEqual([2, 2, 2, 2])
  }
})

test('two threads over one memory compute the bits of one', async () => {
  const shape: ConvShape = {
    batch: 2,
    channels: 5,
    filters: 9,
    groups: 1,
    image: [11, 10],
    window: [3, 3],
    output: [11, 10],
    stride: [1, 1],
    dilation: [1, 1],
    padding: [1, 1],
  }
  const barrier = 64
  const x = 128
  const w = x + alignUp(4 * 2 * 5 * 110)
  const y = w + alignUp(4 * 9 * 45)
  const dw = y + alignUp(4 * 2 * 9 * 110)
  const scratch = dw + alignUp(4 * 9 * 45)
  const writers = [
    (scratch: number) => conv2d(lanes, shape, { x, w, y, scratch }),
    (scratch: number) => conv2dFilter(lanes, shape, { x, w: dw, y, scratch }),
  ]
  const end = scratch + Math.max(...writers.map(scratchBytes)) + 64
  const kernels = writers.map((write) => write(scratch))
  const pages = Math.ceil(end / 65536)
  const limits = { pages, maximumPages: pages, shared: true }
  const bytes = encodeProgram({ kernels, memory: limits, importMemory: true, barrier })

  const runWith = async (threads: number): Promise<number[]> => {
    const memory = new engine.Memory({ initial: pages, maximum: pages, shared: true })
    const floats = new Float32Array(memory.buffer)
    for (let k = x / 4; k < y / 4; k++) floats[k] = Math.fround(Math.sin(k))
    const module = new engine.Module(bytes)
    const instance = new engine.Instance(module, { env: { memory } })
    const helpers = Array.from({ length: threads - 1 }, (_, k) => {
      const workerData = { module, memory, thread: k + 1, threads }
      return new Worker(
        `const { workerData: d, parentPort } = require('node:worker_threads')
         const { exports } = new WebAssembly.Instance(d.module, { env: { memory: d.memory } })
         parentPort.postMessage('ready')
         exports.run(5, d.thread, d.threads)`,
        { eval: true, workerData },
      )
    })
    const ready = (worker: Worker) => new Promise((resolve) => worker.once('message', resolve))
    const gone = (worker: Worker) => new Promise((resolve) => worker.once('exit', resolve))
    await Promise.all(helpers.map(ready))
    const ends = helpers.map(gone)
    const { run } = instance.exports as { run(k: number, thread: number, threads: number): void }
    run(5, 0, threads)
    await Promise.all(ends)
    return [...new Int32Array(memory.buffer, y, (scratch - y) / 4)]
  }
  const alone = await runWith(1)
  expect(alone.some((bits) => bits !== 0)).toBe(true)
  expect(await runWith(2)).toEqual(alone)
  expect(await runWith(3)).toEqual(alone)
})
