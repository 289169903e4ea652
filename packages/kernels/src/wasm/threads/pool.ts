// The workers of one program in Node. Until all are ready the main thread works alone, and so it
// does wherever there are no workers: results do not depend on how many take part.
import type { Worker } from 'node:worker_threads'
import { barrierWords } from '../barrier.ts'
import type { WasmMemory, WasmModule } from '../engine.ts'
import { ThreadError } from './errors.ts'
import { ordersOffset, orderWords } from './words.ts'
import type { WorkerData } from './worker.ts'

type Run = (times: number, thread: number, threads: number) => void

export interface Pool {
  /** Runs on all threads that are ready. @throws ThreadError where one has died */
  run(times: number): void
  dispose(): void
}

type WorkerThreads = typeof import('node:worker_threads')

/** Asked of the process, so that a browser's bundle has no import of it. */
function workerThreads(): WorkerThreads | undefined {
  const { process } = globalThis as { process?: { getBuiltinModule?(name: string): unknown } }
  return process?.getBuiltinModule?.('node:worker_threads') as WorkerThreads | undefined
}

export const hasThreads = (): boolean => workerThreads() !== undefined

const workerFile = (): URL => {
  const here = import.meta.url
  return new URL(here.endsWith('.ts') ? './worker.ts' : './worker.js', here)
}

/** Workers end with the program that they belong to: nothing else holds it. */
const orphans = new FinalizationRegistry<() => void>((end) => end())

export function newPool(
  run: Run,
  module: WasmModule,
  memory: WasmMemory,
  barrier: number,
  threads: number,
): Pool {
  const words = new Int32Array(memory.buffer, barrier)
  const orders = new Int32Array(memory.buffer, barrier + ordersOffset)
  const workers = startWorkers(words, orders, { module, memory, barrier }, threads)
  const order = (times: number): void => {
    Atomics.store(orders, orderWords.times, times)
    Atomics.store(orders, orderWords.threads, threads)
    Atomics.add(orders, orderWords.order, 1)
    Atomics.notify(orders, orderWords.order)
  }
  const end = (): void => {
    order(0)
    for (const worker of workers) void worker.terminate()
  }
  const died = (): boolean => Atomics.load(words, barrierWords.dead / 4) !== 0
  const pool: Pool = {
    run: (times) => {
      if (died()) throw new ThreadError()
      if (Atomics.load(orders, orderWords.ready) < threads - 1) {
        run(times, 0, 1)
        return
      }
      order(times)
      try {
        run(times, 0, threads)
      } catch (error) {
        // Those that still wait are not to wait for ever.
        Atomics.store(words, barrierWords.dead / 4, 1)
        throw new ThreadError(error)
      }
    },
    dispose: () => {
      orphans.unregister(pool)
      end()
    },
  }
  orphans.register(pool, end, pool)
  return pool
}

function startWorkers(
  words: Int32Array,
  orders: Int32Array,
  shared: Omit<WorkerData, 'thread'>,
  threads: number,
): Worker[] {
  const { Worker } = workerThreads()!
  return Array.from({ length: threads - 1 }, (_, k) => {
    const workerData: WorkerData = { ...shared, thread: k + 1 }
    const worker = new Worker(workerFile(), { workerData })
    worker.unref()
    // One that never got ready is not waited for; the loss of one that was is an error.
    const gone = () => {
      if (Atomics.load(orders, orderWords.ready) === threads - 1) {
        Atomics.store(words, barrierWords.dead / 4, 1)
      }
    }
    worker.on('error', gone)
    worker.on('exit', gone)
    return worker
  })
}
