// A compiled program: feeds in, arrays out. The plan says where everything is; a backend runs it.
import { FeedError, INSPECT, JUPYTER, mediaOf, type Node, show } from '@backprove/graph'
import {
  type BackendName,
  isFiniteIn,
  type Memory,
  newMemory,
  type Runner,
  type RunnerOptions,
  type Stream,
  settleIn,
} from './backend.ts'
import { withProgramHints } from './elsewhere.ts'
import { CompileError } from './errors.ts'
import { type Explanation, explain } from './explain/explain.ts'
import type { FeedReader, Feeds } from './feeds.ts'
import type { DType, Place, Plan } from './plan/plan.ts'
import { asMemory, copyOf, lengthOf, type Views, viewOf, viewsOf, write } from './views.ts'

/** An array of the same container as the outputs: a list or a record. */
export type Results<Asked> = { [Key in keyof Asked]: Memory }

export interface ProgramParts {
  readonly plan: Plan
  readonly runner: Runner
  readonly backend: string
  readonly feeds: FeedReader
  readonly states: FeedReader
  /** Names of a record's outputs; undefined for a list. */
  readonly keys: readonly string[] | undefined
  readonly views: boolean
  readonly recorded: Recorded
}

/** What was compiled, and how: enough to compile it again and look inside. */
export interface Recorded {
  /** The outputs and the states' next values. */
  readonly roots: readonly Node[]
  readonly options: {
    readonly backend: BackendName
    readonly dtype: DType
    readonly precision: RunnerOptions['precision']
  }
}

/** What `compile` takes: a list of nodes, or a record of them. */
export type Outputs = readonly Node[] | Readonly<Record<string, Node>>

/** A compiled graph: `run` takes feeds and gives arrays. Made by `compile`. */
export class Program<Asked extends Outputs = Outputs> implements Disposable {
  readonly #parts: ProgramParts
  readonly #unset: Set<string>
  #runner: Runner | undefined
  /** With `views`: the arrays handed out, and the memory that they show. */
  #shown: { memory: Memory; results: Results<Asked> } | undefined
  #many: { times: number; results: Results<Asked> } | undefined
  #stateViews: Views | undefined
  #feedViews: Views | undefined
  /** Whether the states that runs watch are as the last one wrote them. */
  #wasWatched = false

  static {
    withProgramHints(Program.prototype)
  }

  constructor(parts: ProgramParts) {
    if (!parts?.runner) throw new CompileError('Program: compile(outputs) makes one')
    this.#parts = parts
    this.#runner = parts.runner
    this.#unset = new Set(parts.plan.states.map(({ name }) => name))
  }

  /**
   * One run. The arrays are copies; with `views` they show the program's memory and are valid until
   * the next run.
   * @throws FeedError for feeds that are missing, unknown, or of the wrong length; nothing is
   *   overwritten then
   */
  run(feeds: Feeds = {} as Feeds): Results<Asked> {
    const runner = this.#ready()
    const { feeds: reader } = this.#parts
    reader.read(feeds, 1)
    for (let k = 0; k < reader.slots.length; k++) write(runner.memory, reader.slots[k]!)
    runner.run()
    this.#wasWatched = true
    if (!this.#parts.views) return this.#outputs(runner.memory, copyOf)
    if (this.#shown?.memory !== runner.memory) {
      this.#shown = { memory: runner.memory, results: this.#outputs(runner.memory, viewOf) }
    }
    return this.#shown.results
  }

  /**
   * `times` runs in one call. A feed of the leaf's own length serves every run, one `times` as long
   * is taken in turn; each output is `times` as long.
   * @throws FeedError as `run`
   */
  runMany(feeds: Feeds, times: number): Results<Asked> {
    const runner = this.#ready()
    if (!Number.isSafeInteger(times) || times < 1) {
      const given = times === undefined ? 'their number is missing' : `${show(times)} runs`
      throw new FeedError(`runMany: ${given}; there must be at least one`)
    }
    const { feeds: reader, plan } = this.#parts
    reader.read(feeds, times)
    const streams: Stream[] = []
    for (const slot of reader.slots) {
      if (slot.given!.length === slot.length) write(runner.memory, slot)
      else streams.push({ place: slot.place, data: asMemory(plan, slot.given!) })
    }
    const results = this.#manyResults(times)
    const arrays: Memory[] = Object.values(results as object)
    const outputs = plan.outputs.map((place, k) => ({ place, data: arrays[k]! }))
    runner.runMany(times, streams, outputs)
    this.#wasWatched = true
    return results
  }

  /** Replaces the values of states, by name; those that are not given stay. */
  setState(values: Feeds): void {
    const runner = this.#alive()
    const { states } = this.#parts
    states.read(values, 1)
    this.#wasWatched = false
    for (const slot of states.slots) {
      if (!slot.given) continue
      write(runner.memory, slot)
      this.#unset.delete(slot.name)
    }
  }

  /** The values of all states, by name: copies. */
  getState(): Record<string, Memory> {
    const { memory } = this.#alive()
    const { states } = this.#parts.plan
    return Object.fromEntries(states.map(({ name, place }) => [name, copyOf(memory, place)]))
  }

  /**
   * The values of all states, by name, as arrays that show the program's memory: valid until the
   * next run or `setState`, and not to be written.
   */
  viewState(): Readonly<Record<string, Memory>> {
    this.#stateViews = viewsOf(this.#alive().memory, this.#parts.plan.states, this.#stateViews)
    return this.#stateViews.byName
  }

  /**
   * Where feeds are read, by name, as arrays that show the program's memory: what is written there
   * and given to `run` is not copied. Valid until the next `runMany`.
   */
  viewFeeds(): Readonly<Record<string, Memory>> {
    const { plan, feeds } = this.#parts
    this.#feedViews = viewsOf(this.#alive().memory, plan.feeds, this.#feedViews)
    for (const slot of feeds.slots) slot.view = this.#feedViews.byName[slot.name]
    return this.#feedViews.byName
  }

  /** Whether every number of every state is finite: no NaN, no infinity. */
  hasFiniteState(): boolean {
    const runner = this.#alive()
    this.#wasWatched &&= runner.isClear?.() ?? false
    const isKnown = (offset: number) => this.#wasWatched && runner.watched!.has(offset)
    return this.#parts.plan.states.every(
      ({ place }) => isKnown(place.offset) || isFiniteIn(runner, place.offset, lengthOf(place)),
    )
  }

  /** Sets what is below the normal numbers to 0 in every state: arithmetic with it is slow. */
  settleState(): void {
    const { plan } = this.#parts
    const runner = this.#alive()
    for (const { place } of plan.states) {
      settleIn(runner, place.offset, lengthOf(place), plan.dtype)
    }
  }

  /** The nodes that were compiled: what `diagnose` looks into. */
  get recorded(): Recorded {
    return this.#parts.recorded
  }

  /** How the program runs: plain data that prints as text. */
  explain(): Explanation {
    const { plan, backend } = this.#parts
    return explain(plan, this.#alive().kernels, backend)
  }

  /** What is fed and what comes out, in a line; `explain()` says how. */
  toString(): string {
    const { plan, backend, keys } = this.#parts
    const fed = [...plan.feeds, ...plan.states].map(({ name, place }) => shaped(name, place))
    const made = plan.outputs.map((place, k) => shaped(keys?.[k] ?? '', place))
    const end = this.#runner ? '' : ', disposed of'
    const what = `a program of ${plan.steps.length} steps on ${backend} in ${plan.dtype}${end}`
    return `${what}: ${listed(fed) || 'nothing'} → ${listed(made)}`
  }

  [INSPECT](): string {
    return this.toString()
  }

  [JUPYTER](): Record<string, string> {
    return mediaOf({ text: this.toString() })
  }

  /** Lets go of the program's memory at once. Not needed: programs are garbage-collected. */
  [Symbol.dispose](): void {
    this.#runner?.dispose?.()
    this.#runner = undefined
    this.#shown = undefined
    this.#many = undefined
    this.#stateViews = undefined
    this.#feedViews = undefined
  }

  #alive(): Runner {
    if (!this.#runner) throw new CompileError('the program has been disposed of')
    return this.#runner
  }

  #ready(): Runner {
    const runner = this.#alive()
    this.#wasWatched = false
    if (this.#unset.size === 0) return runner
    const names = [...this.#unset].join(', ')
    throw new FeedError(`states have no value yet: ${names}; give them by setState`)
  }

  #outputs(memory: Memory, show: typeof viewOf): Results<Asked> {
    return this.#contain(this.#parts.plan.outputs.map((place) => show(memory, place)))
  }

  #contain(arrays: readonly Memory[]): Results<Asked> {
    const { keys } = this.#parts
    const contained = keys ? Object.fromEntries(keys.map((key, k) => [key, arrays[k]])) : arrays
    return contained as Results<Asked>
  }

  #manyResults(times: number): Results<Asked> {
    const { plan, views } = this.#parts
    if (views && this.#many?.times === times) return this.#many.results
    const arrays = plan.outputs.map((place) => newMemory(plan.dtype, times * lengthOf(place)))
    const results = this.#contain(arrays)
    if (views) this.#many = { times, results }
    return results
  }
}

/** As many as a line takes. */
const listed = (all: readonly string[]): string =>
  [...all.slice(0, 8), ...(all.length > 8 ? [`… (${all.length})`] : [])].join(', ')

const shaped = (name: string, { shape }: Place): string =>
  `${name} [${shape.join(', ')}]`.trimStart()
