// Puts kernels in sequence into one module: a function per phase, one function that runs them all.

import { barrierFunction, barrierWords } from './barrier.ts'
import {
  type Body,
  call,
  defineFunction,
  encodeModule,
  type FunctionDefinition,
  type I32,
  i32,
  type MemorySpecification,
  memory,
  select,
  v128,
} from './encoder/index.ts'
import type { Kernel, Phase } from './kernel.ts'

/** A feed or output that moves on with every run: its place outside the loop, and inside. */
export interface Stream {
  /**
   * The address of an i32: where the next run's values are (feeds) or go (outputs), moved on by
   * each run; 0 where nothing is to be moved.
   */
  readonly pointer: number
  readonly inside: number
  readonly bytes: number
}

export interface ProgramSpecification {
  readonly kernels: readonly Kernel[]
  readonly memory: MemorySpecification
  readonly importMemory?: boolean
  /** Copied in before each run. */
  readonly feeds?: readonly Stream[]
  /** Copied out after each run. */
  readonly outputs?: readonly Stream[]
  /**
   * Where the words of a barrier stand (see barrier.ts), for several threads; without it the module
   * is for one. `run(k, thread, threads)` is then called once on every thread.
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
  if (specification.barrier !== undefined) functions.push(barrierFunction(specification.barrier))
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

/** A part of a run: by the first thread alone, or by each thread its share. */
interface Section {
  readonly alone: boolean
  readonly write: () => void
}

function runFunction(specification: ProgramSpecification, phases: readonly Phase[]) {
  const { feeds = [], outputs = [], barrier } = specification
  const threaded = barrier !== undefined
  return defineFunction('run', threaded ? ['i32', 'i32', 'i32'] : ['i32'], (f) => {
    const thread = threaded ? f.parameter(1, 'i32') : i32.constant(0)
    const threads = threaded ? f.parameter(2, 'i32') : i32.constant(1)
    const outside = f.local('i32')
    const move = (stream: Stream, copy: (outside: I32) => void) => {
      f.set(outside, i32.load(0, stream.pointer))
      f.if(outside, () => {
        copy(outside)
        f.do(i32.store(0, i32.add(outside, stream.bytes), stream.pointer))
      })
    }
    const feed = (stream: Stream): Section => {
      const { inside, bytes } = stream
      const copy = (from: I32) => copyBytes(f, i32.constant(inside), from, bytes)
      return { alone: true, write: () => move(stream, copy) }
    }
    const output = (stream: Stream): Section => {
      const { inside, bytes } = stream
      const copy = (to: I32) => copyBytes(f, to, i32.constant(inside), bytes)
      return { alone: true, write: () => move(stream, copy) }
    }
    const work = ({ tasks, alone = false, when }: Phase, position: number): Section => {
      const run = (from: I32, to: I32) => f.do(call(position, from, to))
      const always = () => {
        if (!threaded || alone) inTurn(f, tasks, run)
        else shareTasks(f, barrier, { thread, tasks }, run)
      }
      // All threads read the same word: what wrote it ended before the barrier.
      const write = () => (when === undefined ? always() : f.if(i32.load(0, when), always))
      return { alone, write }
    }
    const sections = [...feeds.map(feed), ...phases.map(work), ...outputs.map(output)]
    f.repeat(f.parameter(0, 'i32'), () => {
      sections.forEach(({ alone, write }, k) => {
        if (threaded && alone) f.if(i32.eqz(thread), write)
        else write()
        // The next run's first section comes after the last one.
        const next = sections[(k + 1) % sections.length]!
        if (threaded && !(alone && next.alone)) f.do(call(phases.length + 1, threads))
      })
    })
  })
}

/** Engines compile a function anew when it has been busy: it is called often enough to notice. */
function inTurn(f: Body, tasks: number, run: (from: I32, to: I32) => void): void {
  const size = Math.ceil(tasks / portions)
  const from = f.local('i32')
  f.set(from, i32.constant(0))
  f.repeat(Math.floor(tasks / size), () => {
    run(from, i32.add(from, size))
    f.bump(from, size)
  })
  if (tasks % size > 0) run(from, i32.constant(tasks))
}

/** A thread takes so many portions of a phase at least, if it has them: the last ones even out. */
const portions = 32

/**
 * Threads take portions of the tasks until none is left, even threads from the front, odd ones
 * from the back: two threads work on the same samples in every phase, and whoever is done early
 * takes from the other. `taken` counts all portions, so that front and back never cross.
 */
function shareTasks(
  f: Body,
  barrier: number,
  { thread, tasks }: { readonly thread: I32; readonly tasks: number },
  run: (from: I32, to: I32) => void,
): void {
  const size = Math.ceil(tasks / portions)
  const count = Math.ceil(tasks / size)
  const next = (name: 'taken' | 'front' | 'back') =>
    i32.atomicAdd(0, 1, barrier + barrierWords[name])
  const from = f.local('i32')
  const to = f.local('i32')
  f.loop((again) => {
    f.if(i32.ltU(next('taken'), count), () => {
      f.if(
        i32.and(thread, 1),
        () => f.set(from, i32.mul(i32.sub(count - 1, next('back')), size)),
        () => f.set(from, i32.mul(next('front'), size)),
      )
      f.set(to, i32.add(from, size))
      if (tasks % size > 0) {
        f.set(to, select(i32.ltU(to, tasks), to, i32.constant(tasks)))
      }
      run(from, to)
      f.branch(again)
    })
  })
}

/** A call to the engine's copy costs more than a few loads and stores. */
const mostUnrolledBytes = 256

function copyBytes(f: Body, to: I32, from: I32, bytes: number): void {
  if (bytes > mostUnrolledBytes || bytes % 4 !== 0) {
    f.do(memory.copy(to, from, bytes))
    return
  }
  let at = 0
  for (; at + 16 <= bytes; at += 16) f.do(v128.store(to, v128.load(from, at), at))
  for (; at < bytes; at += 4) f.do(i32.store(to, i32.load(from, at), at))
}
