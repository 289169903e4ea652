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
  type Relocation,
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
  const functions: FunctionDefinition[] = []
  const known = new Map<FunctionDefinition, number>()
  const positions = phases.map((phase, k) => {
    const code = phase.common?.code ?? phaseFunction(phase, `${k}:${phase.name}`)
    const position = known.get(code) ?? functions.push(code) - 1
    known.set(code, position)
    return position
  })
  functions.push(...runFunctions(specification, phases, positions, functions.length))
  if (specification.barrier !== undefined) functions.push(barrierFunction(specification.barrier))
  return encodeModule({ functions, exports: ['run'], memory, importMemory })
}

/** Of a phase's function: the first two say which tasks. */
export const ownParameters = 2

/** (from, to, …) → runs the tasks from ≤ task < to, of an array at each of the further parameters. */
export function phaseFunction(
  { tasks, body }: Pick<Phase, 'tasks' | 'body'>,
  name: string,
  bases = 0,
  relocation?: Relocation,
): FunctionDefinition {
  const parameters = Array.from({ length: ownParameters + bases }, () => 'i32' as const)
  const write = (f: Body) => {
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
  }
  return defineFunction(name, parameters, write, [], relocation)
}

/** A part of a run: by the first thread alone, or by each thread its share. */
interface Section {
  readonly alone: boolean
  readonly write: (f: Body, team: Team) => void
}

interface Team {
  readonly thread: I32
  readonly threads: I32
}

/** Engines take very long over functions of very many calls, and much memory. */
const mostSections = 64

/**
 * What runs all sections, `run` last: from so many functions before it, those of the phases at
 * their positions. The barrier's function comes behind.
 */
function runFunctions(
  specification: ProgramSpecification,
  phases: readonly Phase[],
  positions: readonly number[],
  before: number,
): FunctionDefinition[] {
  const { barrier } = specification
  const threaded = barrier !== undefined
  const sections = sectionsOf(specification, phases, positions)
  const count = Math.ceil(sections.length / mostSections)
  const barrierAt = before + (count > 1 ? count : 0) + 1
  const write = (f: Body, team: Team, from: number) => {
    sections.slice(from, from + mostSections).forEach(({ alone, write }, k) => {
      if (threaded && alone) f.if(i32.eqz(team.thread), () => write(f, team))
      else write(f, team)
      // The next run's first section comes after the last one.
      const next = sections[(from + k + 1) % sections.length]!
      if (threaded && !(alone && next.alone)) f.do(call(barrierAt, team.threads))
    })
  }
  const teamOf = (f: Body, first: number): Team => ({
    thread: threaded ? f.parameter(first, 'i32') : i32.constant(0),
    threads: threaded ? f.parameter(first + 1, 'i32') : i32.constant(1),
  })
  const parameters = threaded ? (['i32', 'i32'] as const) : []
  const parts = Array.from({ length: count > 1 ? count : 0 }, (_, k) =>
    defineFunction(`part ${k}`, parameters, (f) => write(f, teamOf(f, 0), k * mostSections)),
  )
  const run = defineFunction('run', ['i32', ...parameters], (f) => {
    const team = teamOf(f, 1)
    const operands = threaded ? [team.thread, team.threads] : []
    f.repeat(f.parameter(0, 'i32'), () => {
      if (parts.length === 0) write(f, team, 0)
      else for (const k of parts.keys()) f.do(call(before + k, ...operands))
    })
  })
  return [...parts, run]
}

/** Feeds in, phases, outputs out. */
function sectionsOf(
  { feeds = [], outputs = [], barrier }: ProgramSpecification,
  phases: readonly Phase[],
  positions: readonly number[],
): Section[] {
  const move = ({ pointer, bytes }: Stream, copy: (f: Body, outside: I32) => void): Section => {
    const write = (f: Body) => {
      const outside = f.let(i32.load(0, pointer))
      f.if(outside, () => {
        copy(f, outside)
        f.do(i32.store(0, i32.add(outside, bytes), pointer))
      })
    }
    return { alone: true, write }
  }
  const feed = (stream: Stream): Section =>
    move(stream, (f, from) => copyBytes(f, i32.constant(stream.inside), from, stream.bytes))
  const output = (stream: Stream): Section =>
    move(stream, (f, to) => copyBytes(f, to, i32.constant(stream.inside), stream.bytes))
  const work = ({ tasks, alone = false, when, common }: Phase, k: number): Section => {
    const bases = (common?.bases ?? []).map(i32.constant)
    const write = (f: Body, { thread }: Team) => {
      const run = (from: I32, to: I32) => f.do(call(positions[k]!, from, to, ...bases))
      const always = () => {
        if (barrier === undefined || alone) inTurn(f, tasks, run)
        else shareTasks(f, barrier, { thread, tasks }, run)
      }
      // All threads read the same word: what wrote it ended before the barrier.
      if (when === undefined) always()
      else f.if(i32.load(0, when), always)
    }
    return { alone, write }
  }
  return [...feeds.map(feed), ...phases.map(work), ...outputs.map(output)]
}

/** Engines compile a function anew when it has been busy: it is called often enough to notice. */
function inTurn(f: Body, tasks: number, run: (from: I32, to: I32) => void): void {
  const size = Math.ceil(tasks / portions)
  if (size === tasks) {
    run(i32.constant(0), i32.constant(tasks))
    return
  }
  const from = f.let(i32.constant(0))
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
