// A worker thread of a program: waits for orders, runs its share, waits again. Node only; pool.ts
// starts it.
import { parentPort, workerData } from 'node:worker_threads'
import { barrierWords } from '../barrier.ts'
import { engine, type WasmMemory, type WasmModule } from '../engine.ts'
import { ordersOffset, orderWords } from './words.ts'

export interface WorkerData {
  readonly module: WasmModule
  readonly memory: WasmMemory
  readonly barrier: number
  readonly thread: number
}

/** Looks so often before going to sleep: training gives the next order in microseconds. */
const spins = 20_000

function serve({ module, memory, barrier, thread }: WorkerData): void {
  const { exports } = new engine.Instance(module, { env: { memory } })
  const { run } = exports as { run(times: number, thread: number, threads: number): void }
  const orders = new Int32Array(memory.buffer, barrier + ordersOffset)
  Atomics.add(orders, orderWords.ready, 1)
  parentPort?.postMessage('ready')
  for (let seen = 0; ; ) {
    let order = seen
    for (let spin = 0; spin < spins && order === seen; spin++) {
      order = Atomics.load(orders, orderWords.order)
    }
    if (order === seen) {
      Atomics.wait(orders, orderWords.order, seen)
      continue
    }
    seen = order
    const times = Atomics.load(orders, orderWords.times)
    if (times === 0) return
    const threads = Atomics.load(orders, orderWords.threads)
    if (thread < threads) run(times, thread, threads)
  }
}

const data = workerData as WorkerData
try {
  serve(data)
} finally {
  Atomics.store(new Int32Array(data.memory.buffer, data.barrier), barrierWords.dead / 4, 1)
}
