// The WebAssembly backend: a plan becomes one module over one memory. Steps without a kernel run in
// JavaScript between two modules, and say so.
import type { Backend, Runner, RunnerOptions, StepKernel, Stream } from '../../backend.ts'
import { runOneByOne } from '../../backend.ts'
import { flopsOf, trafficOf } from '../../explain/flops.ts'
import { checkOf } from '../../js/check-values.ts'
import { interpreted } from '../../js/interpret.ts'
import { stretch } from '../../js/task.ts'
import { type BoundStep, linked } from '../../linked.ts'
import type { KernelStep, Plan, Step } from '../../plan/plan.ts'
import { poisonedRun } from '../../poison.ts'
import { TooManyLocals } from '../encoder/index.ts'
import { engine, type WasmModule } from '../engine.ts'
import { hasVectors } from '../features.ts'
import type { Kernel } from '../kernel.ts'
import { lanesOf } from '../lanes.ts'
import { wasmLaws } from '../laws/index.ts'
import { encodeProgram, type ProgramSpecification } from '../program.ts'
import { type Stretch, straightKernel, stretchBytes, stretchesOf } from '../straight/arrange.ts'
import { hasThreads, newPool } from '../threads/pool.ts'
import { sharedWords } from '../threads/words.ts'
import { type Arena, headerBytes, newArena, scratchStart } from './arena.ts'
import { writeSteps } from './common.ts'
import { finishes, scratchOf } from './steps.ts'
import { streamsOf, streamWords } from './streams.ts'
import { clears, scansIn, watchedSteps } from './watch.ts'

/** 4 GiB less a page for header and slack: what 32 bits can address. */
const largest = 2 ** 32 - 65536

let vectors: boolean | undefined
const available = (): boolean => {
  vectors ??= engine !== undefined && hasVectors()
  return vectors
}

export const wasmBackend: Backend = {
  name: 'wasm',
  laws: wasmLaws,
  alignment: 64,
  limit: largest,
  available,
  scratch: (node, dtype, precision) => scratchOf(lanesOf(dtype, precision), node),
  finishes: (node, dtype, precision) => finishes(lanesOf(dtype, precision), node),
  start,
}

function start(plan: Plan, options: RunnerOptions): Runner {
  const lanes = lanesOf(plan.dtype, options.precision)
  try {
    return startWith(plan, options, options.poison ? [] : stretchesOf(plan, lanes))
  } catch (error) {
    if (!(error instanceof TooManyLocals)) throw error
    return startWith(plan, options, [])
  }
}

function startWith(plan: Plan, options: RunnerOptions, stretches: readonly Stretch[]): Runner {
  const lanes = lanesOf(plan.dtype, options.precision)
  const words = headerWords(plan)
  const base = headerBytes(words)
  const isInside = insideOf(plan, stretches)
  const watched = watchedSteps(plan, isInside)
  const doubtOf = (step: number) => (watched.has(step) ? doubtAddress(plan) : undefined)
  const header = { base, refused: refusalAddress(plan), doubtOf }
  const kernels = writeSteps(lanes, plan.steps, header, isInside).map((kernel, k) =>
    shared(plan.steps[k]!, kernel),
  )
  const names = kernels.map((kernel) => (kernel ? describe(kernel) : undefined))
  for (const stretch of stretches) {
    const at = { base, scratch: scratchStart(plan, base) }
    kernels.fill([], stretch.from, stretch.to)
    kernels[stretch.to - 1] = straightKernel(plan, lanes, stretch, at)
    for (let k = stretch.from; k < stretch.to; k++) names[k] = stretchStep(stretch, k)
  }
  const isWhole = kernels.every((kernel) => kernel !== null) && !options.poison
  const canShare = isWhole && kernels.flat().some(({ alone, tasks }) => !alone && tasks > 1)
  const threads = options.threads > 1 && canShare && hasThreads() ? options.threads : 1
  const scratchBytes = Math.max(0, ...stretches.map((stretch) => stretchBytes(plan, stretch)))
  const arena = newArena(plan, words, threads > 1, scratchBytes)
  for (const { place, data } of plan.constants) arena.entries().set(data, place.offset)
  return isWhole
    ? wholeRunner(plan, arena, kernels, threads, names as StepKernel[], new Set(watched.values()))
    : mixedRunner(plan, arena, kernels, options, names)
}

/** Which steps are written out as straight-line code. */
function insideOf({ steps }: Plan, stretches: readonly Stretch[]): (step: number) => boolean {
  const inside = new Uint8Array(steps.length)
  for (const { from, to } of stretches) inside.fill(1, from, to)
  return (step) => inside[step] === 1
}

const stretchStep = ({ batch }: Stretch, step: number): StepKernel => ({
  backend: 'wasm',
  kernel: batch?.slices.has(step) ? 'straight-line code over samples' : 'straight-line code',
})

/** Less arithmetic and memory than this is done before another thread has noticed. */
const leastShared = 1 << 15

/** As much as the time in which engines make better code. */
const leastLong = 1 << 20

const shared = (step: Step, kernel: Kernel | null): Kernel | null => {
  const effort = flopsOf(step) + trafficOf(step)
  if (!kernel || (effort >= leastShared && effort < leastLong)) return kernel
  const how = effort < leastShared ? { alone: true } : { long: true }
  return kernel.map((phase) => ({ ...phase, ...how }))
}

/** What a kernel's code does, in order: 'pack · matmul'. */
const describe = (kernel: Kernel): StepKernel => ({
  backend: 'wasm',
  kernel: [...new Set(always(kernel).map(({ name }) => name))].join(' · ') || 'nothing',
})

const always = (kernel: Kernel): Kernel => kernel.filter(({ when }) => when === undefined)

/** Pointers of streams, then what threads share, on cache lines of its own. */
const barrierAddress = (plan: Plan): number => headerBytes(streamWords(plan))
/** Then the number of the step, from 1, that has refused a value. */
const refusalAddress = (plan: Plan): number => barrierAddress(plan) + 4 * sharedWords
/** Then what is 1 where a watched step has written a NaN or an infinity. */
const doubtAddress = (plan: Plan): number => refusalAddress(plan) + 4
const headerWords = (plan: Plan): number => doubtAddress(plan) / 4 + 1

type Run = (times: number, thread?: number, threads?: number) => void
type Parts = Omit<ProgramSpecification, 'memory' | 'importMemory'>

function instantiate(arena: Arena, parts: Parts): { module: WasmModule; run: Run } {
  const bytes = encodeProgram({ ...parts, memory: arena.limits, importMemory: true })
  const module = new engine.Module(bytes)
  const { exports } = new engine.Instance(module, { env: { memory: arena.wasm } })
  const { run, call } = exports as { run: Run; call?: () => void }
  // Before there is work for it, the engine learns what will be called often.
  call?.()
  return { module, run }
}

/** The same run; what a step refuses is asked again here, where there are words for it. */
function refusing(plan: Plan, arena: Arena, run: (times: number) => void): (times: number) => void {
  if (!plan.steps.some((step) => step.kind === 'kernel' && step.op.values)) return run
  const at = refusalAddress(plan) / 4
  return (times) => {
    run(times)
    const words = arena.words()
    const code = words[at]!
    if (code === 0) return
    words[at] = 0
    const step = plan.steps[code - 1] as KernelStep
    const values = step.inputs.map((place) => stretch(arena.entries(), place))
    checkOf(step, values)?.()
    throw new RangeError(`${step.op.name} ${step.label} refuses what it is given`)
  }
}

/** Every step is in one module: many runs are one call. */
function wholeRunner(
  plan: Plan,
  arena: Arena,
  kernels: readonly Kernel[],
  threads: number,
  names: readonly StepKernel[],
  watched: ReadonlySet<number>,
): Runner {
  const streams = streamsOf(plan, arena)
  const barrier = barrierAddress(plan)
  const isShared = threads > 1
  const parts = { kernels, ...streams.specification, ...(isShared ? { barrier } : {}) }
  const { module, run: alone } = instantiate(arena, parts)
  const pool = isShared ? newPool(alone, module, arena.wasm, barrier, threads) : undefined
  const run = refusing(plan, arena, pool ? pool.run : (times) => alone(times))
  return {
    get memory() {
      return arena.entries()
    },
    kernels: names,
    run: () => run(1),
    ...scansIn(plan, arena),
    watched,
    isClear: () => clears(arena, doubtAddress(plan)),
    runMany: (times, feeds, outputs) => {
      const done = streams.runMany(run, times, feeds, outputs)
      if (!done) throw new RangeError('no room for one run of the streams')
    },
    dispose: () => pool?.dispose(),
  }
}

/** Stretches of steps in WebAssembly, and between them steps in JavaScript over the same memory. */
function mixedRunner(
  plan: Plan,
  arena: Arena,
  kernels: readonly (Kernel | null)[],
  { poison }: RunnerOptions,
  names: readonly (StepKernel | undefined)[],
): Runner {
  const memory = arena.entries()
  // Only an op's line can be without code of this backend.
  const bind = linked.bindStep ?? ((step) => interpreted(step as KernelStep, memory))
  const bound: BoundStep[] = []
  const tasks: (() => void)[] = []
  let together: Kernel[] = []
  const flush = () => {
    if (together.length === 0) return
    const { run } = instantiate(arena, { kernels: together })
    const checked = refusing(plan, arena, (times) => run(times))
    tasks.push(() => checked(1))
    together = []
  }
  plan.steps.forEach((step, k) => {
    const kernel = kernels[k]
    if (kernel) together.push(kernel)
    const inJs = kernel ? undefined : bind(step, memory)
    bound.push(inJs ?? { ...names[k]!, task: () => {} })
    if (inJs || poison) flush()
    if (inJs) tasks.push(inJs.task)
  })
  flush()
  const runAll = () => {
    for (const task of tasks) task()
  }
  const run = poison ? poisonedRun(plan, memory, tasks) : runAll
  return {
    memory,
    ...scansIn(plan, arena),
    kernels: bound.map(({ backend, kernel }) => ({ backend, kernel })),
    run,
    runMany: (times: number, feeds: readonly Stream[], outputs: readonly Stream[]) =>
      runOneByOne({ memory, run }, times, feeds, outputs),
  }
}
