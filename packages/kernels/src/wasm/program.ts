// Puts kernels in sequence into one module: a function per phase, one function that runs them all.

import { barrierFunction } from './barrier.ts'
import {
  type Body,
  call,
  defineFunction,
  encodeModule,
  type FunctionDefinition,
  type I32,
  i32,
  type Label,
  type MemorySpecification,
  type Relocation,
} from './encoder/index.ts'
import type { Kernel, Phase } from './kernel.ts'
import { copyBytes, inTurn, shareTasks } from './shares.ts'

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
 * function's size matters to the engine's optimiser, so every phase is a function of its own. Where
 * phases are long, `call()` calls their functions many times, with nothing to do.
 */
export function encodeProgram(specification: ProgramSpecification): Uint8Array<ArrayBuffer> {
  const { kernels, memory, importMemory = false } = specification
  const phases = kernels.flat()
  const functions: FunctionDefinition[] = []
  const known = new Map<FunctionDefinition, number>()
  const long = new Map<FunctionDefinition, number>()
  const positions = phases.map((phase, k) => {
    const code = phase.common?.code ?? phaseFunction(phase, `${k}:${phase.name}`)
    const position = known.get(code) ?? functions.push(code) - 1
    known.set(code, position)
    if (phase.long) long.set(code, position)
    return position
  })
  functions.push(...runFunctions(specification, phases, positions, functions.length))
  if (specification.barrier !== undefined) functions.push(barrierFunction(specification.barrier))
  const exports = ['run']
  if (long.size > 0) {
    functions.push(callFunction(long))
    exports.push('call')
  }
  return encodeModule({ functions, exports, memory, importMemory })
}

/**
 * Engines compile in haste what is called first, and anew, beside what runs, what is called often:
 * so often. Of more functions than this is enough for, too many would wait to be compiled.
 */
const CALLS = 4000
const ALL_CALLS = 1 << 20

const callFunction = (functions: ReadonlyMap<FunctionDefinition, number>) =>
  defineFunction('call', [], (f) => {
    f.repeat(Math.min(CALLS, Math.floor(ALL_CALLS / functions.size)), () => {
      for (const [{ parameters }, position] of functions) {
        f.do(call(position, ...parameters.map(() => i32.constant(0))))
      }
    })
  })

/** Of a phase's function: which tasks, and where it asks for that, on which thread. */
export const ownParameters = (rooms: number | undefined): number => (rooms ? 3 : 2)

/**
 * (from, to, thread?, …) → runs the tasks from ≤ task < to, of an array at each of the further
 * parameters.
 */
export function phaseFunction(
  { tasks, rooms, body }: Pick<Phase, 'tasks' | 'rooms' | 'body'>,
  name: string,
  bases = 0,
  relocation?: Relocation,
): FunctionDefinition {
  const parameters = Array.from({ length: ownParameters(rooms) + bases }, () => 'i32' as const)
  const write = (f: Body) => {
    const task = f.parameter(0, 'i32')
    const end = f.parameter(1, 'i32')
    const thread = rooms ? f.parameter(2, 'i32') : i32.constant(0)
    if (tasks === 1) {
      f.if(i32.ltU(task, end), () => body(f, i32.constant(0), thread))
      return
    }
    f.repeat(i32.sub(end, task), () => {
      body(f, task, thread)
      f.bump(task, 1)
    })
  }
  return defineFunction(name, parameters, write, [], relocation)
}

/** A part of a run: by the first thread alone, or by each thread its share. */
interface Section {
  readonly alone: boolean
  readonly stops?: number | undefined
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
  const meet = (f: Body, { threads }: Team) => {
    if (threaded) f.do(call(barrierAt, threads))
  }
  const sectionsFrom = (from: number) => sections.slice(from, from + mostSections)
  /** Where some of these sections may stop the run, the word by which they do. */
  const stopOf = (some: readonly Section[]) => some.find(({ stops }) => stops !== undefined)?.stops
  const write = (f: Body, team: Team, from: number, leave: (() => void) | undefined) => {
    sectionsFrom(from).forEach(({ alone, stops, write }, k) => {
      if (threaded && alone) f.if(i32.eqz(team.thread), () => write(f, team))
      else write(f, team)
      // The next run's first section comes after the last one.
      const next = sections[(from + k + 1) % sections.length]!
      if (stops !== undefined || !(alone && next.alone)) meet(f, team)
      // All read the word.
      if (stops !== undefined && leave) f.if(i32.load(0, stops), leave)
    })
  }
  /** The body, which may be left from within. */
  const leaving = (f: Body, may: boolean, body: (leave: Label | undefined) => void) =>
    may ? f.block(body) : body(undefined)
  const teamOf = (f: Body, first: number): Team => ({
    thread: threaded ? f.parameter(first, 'i32') : i32.constant(0),
    threads: threaded ? f.parameter(first + 1, 'i32') : i32.constant(1),
  })
  const parameters = threaded ? (['i32', 'i32'] as const) : []
  const parts = Array.from({ length: count > 1 ? count : 0 }, (_, k) =>
    defineFunction(`part ${k}`, parameters, (f) => {
      const from = k * mostSections
      leaving(f, stopOf(sectionsFrom(from)) !== undefined, (leave) =>
        write(f, teamOf(f, 0), from, leave && (() => f.branch(leave))),
      )
    }),
  )
  const run = defineFunction('run', ['i32', ...parameters], (f) => {
    const team = teamOf(f, 1)
    const operands = threaded ? [team.thread, team.threads] : []
    leaving(f, stopOf(sections) !== undefined, (leave) => {
      /** Nobody goes before all have read the word. */
      const stop = () => {
        meet(f, team)
        f.branch(leave!)
      }
      f.repeat(f.parameter(0, 'i32'), () => {
        if (parts.length === 0) write(f, team, 0, leave && stop)
        for (const k of parts.keys()) {
          f.do(call(before + k, ...operands))
          const stops = stopOf(sectionsFrom(k * mostSections))
          if (stops !== undefined) f.if(i32.load(0, stops), stop)
        }
      })
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
  const work = (phase: Phase, k: number): Section => {
    const { tasks, alone = false, rooms, when, stops, common } = phase
    const bases = (common?.bases ?? []).map(i32.constant)
    const write = (f: Body, { thread }: Team) => {
      const own = rooms ? [thread] : []
      const run = (from: I32, to: I32) => f.do(call(positions[k]!, from, to, ...own, ...bases))
      const share = () => shareTasks(f, barrier!, { thread, tasks }, run)
      const always = () => {
        if (barrier === undefined || alone) inTurn(f, tasks, run)
        else if (!rooms) share()
        else f.if(i32.ltU(thread, rooms), share)
      }
      // All threads read the same word: what wrote it ended before the barrier.
      if (when === undefined) always()
      else f.if(i32.load(0, when), always)
    }
    return { alone, stops, write }
  }
  return [...feeds.map(feed), ...phases.map(work), ...outputs.map(output)]
}
