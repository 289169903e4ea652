// What stands between a plan and the machine that runs it. A backend takes a plan as data and gives
// back something that runs; `compile` knows no more of it than this.
import type { Node } from '@backprove/graph'
import type { Law } from './plan/laws/law.ts'
import type { DType, Finishing, Place, Plan } from './plan/plan.ts'

/** `auto` takes WebAssembly where it is allowed, else JavaScript. */
export type BackendName = 'js' | 'wasm'
/** Numbers of a program, row-major, in the dtype it was compiled for. */
export type Memory = Float32Array | Float64Array

/** What a backend is told beside the plan. */
export interface RunnerOptions {
  readonly threads: number
  readonly precision: 'strict' | 'relaxed'
  /** Fill memory with NaN as soon as the plan says that nobody reads it: for tests of plans. */
  readonly poison: boolean
}

/** A feed or output of several runs: run r reads or writes the r-th stretch of `data`. */
export interface Stream {
  readonly place: Place
  readonly data: Memory
}

/** How one step of the plan is run. */
export interface StepKernel {
  /** The backend whose code it is; 'interpreter' where there is no kernel. */
  readonly backend: BackendName | 'interpreter'
  readonly kernel: string
}

/** A plan ready to run on a backend, with its memory. */
export interface Runner {
  /** The arena, `plan.length` entries at least. Ask anew after every call: it may have moved. */
  readonly memory: Memory
  /** One for each step of the plan. */
  readonly kernels: readonly StepKernel[]
  run(): void
  /** `times` runs. Before each the next stretch of every feed is brought to its place. */
  runMany(times: number, feeds: readonly Stream[], outputs: readonly Stream[]): void
  /** Offsets of states that each run writes whole, and looks at as it writes. */
  readonly watched?: ReadonlySet<number>
  /** Whether no NaN and no infinity was written to them since it was asked last. */
  isClear?(): boolean
  /** Whether entries from ≤ k < from + length are all finite; without it somebody looks himself. */
  isFinite?(from: number, length: number): boolean
  /** `settle` below, of this memory; without it somebody does it himself. */
  settle?(from: number, length: number): void
  dispose?(): void
}

/** An engine that runs plans; one of `js` and `wasm`. */
export interface Backend {
  readonly name: BackendName
  /** The laws that a graph is rewritten by before it is planned. */
  readonly laws: readonly Law[]
  /** Blocks start on multiples of so many bytes. */
  readonly alignment: number
  /** The largest arena, in bytes. */
  readonly limit: number
  /** Whether the backend can run here at all, and with this dtype. */
  available(dtype: DType): boolean
  /** Memory of its own that a node's kernel wants during its step, in entries. */
  scratch(node: Node, dtype: DType, precision?: RunnerOptions['precision']): number
  /** Whether the node's kernel can do an epilogue; without it none can. */
  finishes?(node: Node, dtype: DType, precision?: RunnerOptions['precision']): Finishing
  /** Allocates the arena, writes the constants, and makes the steps ready. */
  start(plan: Plan, options: RunnerOptions): Runner
}

/** Whether entries from ≤ k < from + length are all finite. */
export function areFinite(memory: Memory, from: number, length: number): boolean {
  // x − x is 0 of finite numbers, NaN of others; two sums do not wait for each other.
  let [a, b, k] = [0, 0, from]
  for (const end = from + length - 1; k < end; k += 2) {
    a += memory[k]! - memory[k]!
    b += memory[k + 1]! - memory[k + 1]!
  }
  for (; k < from + length; k++) a += memory[k]! - memory[k]!
  return a + b === 0
}

/** Fewer numbers are looked at here before a backend has been asked. */
const MOST_LOOKED_AT = 512

export const isFiniteIn = (runner: Runner, from: number, length: number): boolean =>
  runner.isFinite && length > MOST_LOOKED_AT
    ? runner.isFinite(from, length)
    : areFinite(runner.memory, from, length)

/** Below these numbers are denormal: fewer digits, and arithmetic that is many times as slow. */
export const smallestNormal = { float32: 2 ** -126, float64: 2 ** -1022 } as const

/** What is below the smallest normal number becomes 0. */
export function settle(memory: Memory, from: number, length: number, dtype: DType): void {
  const least = smallestNormal[dtype]
  for (let k = from; k < from + length; k++) {
    if (memory[k]! < least && memory[k]! > -least) memory[k] = 0
  }
}

export function settleIn(runner: Runner, from: number, length: number, dtype: DType): void {
  if (runner.settle && length > MOST_LOOKED_AT) runner.settle(from, length)
  else settle(runner.memory, from, length, dtype)
}

export const newMemory = (dtype: DType, length: number): Memory =>
  dtype === 'float32' ? new Float32Array(length) : new Float64Array(length)

/** `runMany` for a backend that has nothing better: run by run. */
export function runOneByOne(
  runner: Pick<Runner, 'memory' | 'run'>,
  times: number,
  feeds: readonly Stream[],
  outputs: readonly Stream[],
): void {
  for (let turn = 0; turn < times; turn++) {
    for (const { place, data } of feeds) {
      const length = data.length / times
      runner.memory.set(data.subarray(turn * length, (turn + 1) * length), place.offset)
    }
    runner.run()
    for (const { place, data } of outputs) {
      const length = data.length / times
      data.set(runner.memory.subarray(place.offset, place.offset + length), turn * length)
    }
  }
}
