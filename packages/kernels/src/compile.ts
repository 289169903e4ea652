// From nodes to a program: checks what was asked, plans it, and hands the plan to a backend.
import {
  bareName,
  bareNameIn,
  describeNode,
  formatShape,
  Graph,
  isOp,
  Node,
  OptionError,
  readOptions,
  sameShape,
  show,
} from '@backprove/graph'
import type { Backend, BackendName, Runner, RunnerOptions } from './backend.ts'
import { chooseBackend } from './backends.ts'
import { CompileError, MemoryError } from './errors.ts'
import { feedReader } from './feeds.ts'
// Dropped by bundlers, which take this package for free of side effects.
import './js/linked.ts'
import { buildPlan } from './plan/build.ts'
import type { Law } from './plan/laws/law.ts'
import { bytesPerEntry, type DType, type Plan } from './plan/plan.ts'
import { type Outputs, Program } from './program.ts'
import './wasm/seldom/seldom.ts'
import './wasm/winograd/relaxed.ts'

/** Options of `compile`. */
export interface CompileOptions {
  /** Of all arrays in the program. Default 'float32'. */
  readonly dtype?: DType
  readonly backend?: 'auto' | BackendName
  readonly threads?: number
  /**
   * 'strict': the same bits for any number of threads, on any machine. Default. 'relaxed': fused
   * multiply-adds and Winograd's algorithm, whose errors are 2 to 5 times as large.
   */
  readonly precision?: 'strict' | 'relaxed'
  /** [leaf, its next value]: such leaves live in the program and are replaced after each run. */
  readonly state?: readonly (readonly [Node, Node])[]
  /** Hand out arrays that show the program's memory, valid until the next run. Default false. */
  readonly views?: boolean
  /** The laws to rewrite by, to measure what one of them is worth. Default: the backend's. */
  readonly laws?: readonly Law[]
  /** Fill memory with NaN as soon as the plan says that nobody reads it: for tests of plans. */
  readonly poison?: boolean
}

/**
 * A program that computes `outputs`, a list or a record of nodes, from feeds. Shapes are fixed and
 * memory is laid out here, once.
 * @throws CompileError for outputs or states that make no program; OptionError for options out of
 *   range; MemoryError where the arrays do not fit in memory
 */
export function compile<const Asked extends Outputs>(
  outputs: Asked,
  options: CompileOptions = {},
): Program<Asked> {
  const { dtype, threads, precision, backend: wanted } = checkOptions(options)
  if (outputs instanceof Node) {
    throw new CompileError(
      `compile: ${describeNode(outputs)} is one node; give a list or a record: compile([node])`,
    )
  }
  if (typeof outputs !== 'object' || outputs === null) {
    throw new CompileError(
      `compile: the outputs are ${show(outputs)}, neither a list nor a record of nodes, such as [C] or { C }`,
    )
  }
  const keys = Array.isArray(outputs) ? undefined : Object.keys(outputs)
  const nodes: Node[] = Object.values(outputs)
  const states = options.state ?? []
  if (nodes.length === 0 && states.length === 0) {
    throw new CompileError('compile: there is nothing to compile; give a list or a record')
  }
  checkOutputs(outputs)
  checkNodes(nodes, states)

  const backend = chooseBackend(wanted, dtype, precision)
  const plan = buildPlan({
    outputs: nodes,
    states,
    dtype,
    precision,
    laws: options.laws ?? backend.laws,
    alignment: backend.alignment,
    scratch: (node) => backend.scratch(node, dtype, precision),
    finishes: (node) => backend.finishes?.(node, dtype, precision) ?? false,
  })
  const runner = start(backend, plan, { threads, precision, poison: options.poison ?? false })
  const isState = new Set(plan.states.map(({ name }) => name))
  const graph = [...nodes, ...states.map(([leaf]) => leaf)][0]?.graph
  const bare = (text: string): string => (graph ? bareNameIn(graph.named, text) : bareName(text))
  return new Program<Asked>({
    plan,
    runner,
    backend: backend.name,
    keys,
    views: options.views ?? false,
    recorded: {
      roots: [...nodes, ...states.map(([, next]) => next)],
      options: { backend: backend.name, dtype, precision },
    },
    feeds: feedReader(plan.feeds, {
      bare,
      every: true,
      unknown: (bare) => {
        if (isState.has(bare)) return 'a state lives in the program and is given by setState:'
        // A feed for a leaf of the graph that these outputs do not need is no mistake.
        const known = graph?.named.get(bare)?.op.traits?.leaf
        return known ? undefined : 'no input or parameter is named'
      },
    }),
    states: feedReader(plan.states, { bare, every: false, unknown: () => 'no state is named' }),
  })
}

function start(backend: Backend, plan: Plan, options: RunnerOptions): Runner {
  const bytes = plan.length * bytesPerEntry[plan.dtype]
  if (bytes > backend.limit) throw new MemoryError(bytes, backend.limit)
  try {
    return backend.start(plan, options)
  } catch (error) {
    // Engines answer with a RangeError when the machine has less than they would allow.
    if (error instanceof RangeError) throw new MemoryError(bytes, backend.limit)
    throw error
  }
}

const OPTIONS = [
  ...(['dtype', 'backend', 'threads', 'precision', 'state', 'views'] as const),
  ...(['laws', 'poison'] as const),
] as const

function checkOptions(options: CompileOptions) {
  readOptions('compile', options, OPTIONS)
  const { dtype = 'float32', backend = 'auto', threads = 1, precision = 'strict' } = options
  const oneOf = (option: string, value: unknown, allowed: readonly unknown[]): void => {
    if (allowed.includes(value)) return
    throw new OptionError(`compile: ${option} is ${show(value)}; it may be ${allowed.join(', ')}`)
  }
  oneOf('dtype', dtype, ['float32', 'float64'])
  oneOf('backend', backend, ['auto', 'js', 'wasm'])
  oneOf('precision', precision, ['strict', 'relaxed'])
  oneOf('views', options.views ?? false, [true, false])
  if (!Number.isSafeInteger(threads) || threads < 1) {
    throw new OptionError(`compile: threads is ${show(threads)}; it must be a whole number from 1`)
  }
  return { dtype, backend, threads, precision } as const
}

/** @throws CompileError naming the output that is no node */
function checkOutputs(outputs: Outputs): void {
  if (outputs instanceof Graph) {
    throw new CompileError("compile: that is a graph; its nodes are compiled: [g.node('C')]")
  }
  const { cost, spec } = outputs as { cost?: unknown; spec?: unknown }
  if (cost instanceof Node && spec !== undefined && !(spec instanceof Node)) {
    throw new CompileError('compile: that is a model; its nodes are compiled: { y: model.y }')
  }
  for (const [key, value] of Object.entries(outputs as Record<string, unknown>)) {
    if (value instanceof Node) continue
    throw new CompileError(`compile: the output ${key} is ${show(value)}, which is no node`)
  }
}

function checkNodes(nodes: readonly Node[], states: readonly (readonly [Node, Node])[]): void {
  if (!Array.isArray(states) || !states.every((pair) => Array.isArray(pair) && pair.length === 2)) {
    throw new OptionError(`compile: state is ${show(states)}; it must be pairs [leaf, next value]`)
  }
  const all = [...nodes, ...states.flat()]
  for (const node of all) {
    if (!(node instanceof Node)) throw new CompileError(`compile: ${show(node)} is no node`)
    if (node.graph !== all[0]!.graph) {
      throw new CompileError(
        `compile: ${describeNode(node)} and ${describeNode(all[0]!)} belong to different graphs`,
      )
    }
  }
  const seen = new Set<Node>()
  for (const [leaf, next] of states) {
    if (!isOp(leaf.op, 'input') && !isOp(leaf.op, 'parameter')) {
      throw new CompileError(`compile: the state ${describeNode(leaf)} is no input or parameter`)
    }
    if (seen.has(leaf)) {
      throw new CompileError(`compile: the state ${describeNode(leaf)} has two next values`)
    }
    if (!sameShape(leaf.shape, next.shape)) {
      throw new CompileError(
        `compile: the state ${describeNode(leaf)} ${formatShape(leaf.shape)} cannot become ` +
          `${describeNode(next)} ${formatShape(next.shape)}`,
      )
    }
    seen.add(leaf)
  }
}
