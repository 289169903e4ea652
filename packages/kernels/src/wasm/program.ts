// Puts kernels in sequence into one module: a function per phase, one function that runs them all.
import {
  type Body,
  call,
  defineFunction,
  encodeModule,
  type FunctionDefinition,
  i32,
  type MemorySpecification,
  memory,
} from './encoder/index.ts'
import type { Kernel, Phase } from './kernel.ts'

/** A feed or output that moves on with every run: its place outside the loop, and inside. */
export interface Stream {
  /** Where the first run's values are (feeds) or go (outputs). */
  readonly outside: number
  readonly inside: number
  readonly bytes: number
}

export interface ProgramSpecification {
  readonly kernels: readonly Kernel[]
  readonly memory: MemorySpecification
  readonly importMemory?: boolean
  /** Copied in before each run, the next stretch of `bytes` every time. */
  readonly feeds?: readonly Stream[]
  /** Copied out after each run. */
  readonly outputs?: readonly Stream[]
  /**
   * Where two zeroed i32 stand for the barrier of several threads; without it the module is for
   * one thread. `run(k, thread, threads)` is then called once on every thread.
   */
  readonly barrier?: number
}

/**
 * The bytes of a module that exports `run(k)`: k runs of all kernels in their order. A compiled
 * function's size matters to the engine's optimiser, so every phase is a function of its own.
 */
export function encodeProgram(specification: ProgramSpecification): Uint8Array<ArrayBuffer> {
  const { kernels, memory, importMemory = false } = specification
  const phases = kernels.flat()
  const functions = phases.map(phaseFunction)
  functions.push(runFunction(specification, phases))
  return encodeModule({ functions, exports: ['run'], memory, importMemory })
}

/** (from, to) → runs the tasks from ≤ task < to. */
function phaseFunction({ name, tasks, body }: Phase, position: number): FunctionDefinition {
  return defineFunction(`${position}:${name}`, ['i32', 'i32'], (f) => {
    const task = f.parameter(0, 'i32')
    const end = f.parameter(1, 'i32')
    if (tasks === 1) {
      f.if(i32.ltU(task, end), () => body(f, i32.constant(0)))
      return
    }
    f.repeat(i32.sub(end, task), () => {
      body(f, task)
      f.bump(task, 1)
    })
  })
}

function runFunction(specification: ProgramSpecification, phases: readonly Phase[]) {
  const { feeds = [], outputs = [], barrier } = specification
  const threaded = barrier !== undefined
  return defineFunction('run', threaded ? ['i32', 'i32', 'i32'] : ['i32'], (f) => {
    const turn = f.local('i32')
    const thread = threaded ? f.parameter(1, 'i32') : i32.constant(0)
    const threads = threaded ? f.parameter(2, 'i32') : i32.constant(1)
    const wait = () => threaded && waitForAll(f, barrier, threads)
    const alone = (work: () => void) => (threaded ? f.if(i32.eqz(thread), work) : work())
    const at = ({ outside, bytes }: Stream) => i32.add(i32.mul(turn, bytes), outside)
    f.repeat(f.parameter(0, 'i32'), () => {
      alone(() => {
        for (const feed of feeds) f.do(memory.copy(feed.inside, at(feed), feed.bytes))
      })
      if (feeds.length > 0) wait()
      phases.forEach(({ tasks }, position) => {
        const share = (part: typeof thread) => i32.divU(i32.mul(part, tasks), threads)
        const all = [i32.constant(0), i32.constant(tasks)]
        const mine = [share(thread), share(i32.add(thread, 1))]
        f.do(call(position, ...(threaded ? mine : all)))
        wait()
      })
      alone(() => {
        for (const output of outputs) f.do(memory.copy(at(output), output.inside, output.bytes))
      })
      f.bump(turn, 1)
    })
  })
}

/**
 * A barrier that spins: the last thread to arrive moves the generation on, the others look at it
 * until it moves.
 */
function waitForAll(f: Body, barrier: number, threads: ReturnType<typeof i32.constant>): void {
  const generation = f.let(i32.atomicLoad(0, barrier + 4))
  const arrived = i32.add(i32.atomicAdd(0, 1, barrier), 1)
  f.if(
    i32.eq(arrived, threads),
    () => {
      f.do(i32.atomicStore(0, i32.constant(0), barrier))
      f.do(i32.atomicStore(0, i32.add(generation, 1), barrier + 4))
    },
    () => f.loop((again) => f.branchIf(again, i32.eq(i32.atomicLoad(0, barrier + 4), generation))),
  )
}
