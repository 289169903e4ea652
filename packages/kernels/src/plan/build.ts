// From nodes to a plan: laws, fusion, arrays, order, memory, in that order, each in a file of its
// own. Plain data in, plain data out; nothing is allocated.
import { type Node, stridesOf, topologicalOrder } from '@backprove/graph'
import { type Finishes, layArrays, type Scratch } from './arrays.ts'
import { type Assignment, type Draft, enter, type Located, type Value } from './draft.ts'
import { joinEpilogues } from './epilogues.ts'
import { fuse } from './fuse.ts'
import type { Law } from './laws/law.ts'
import { laws as allLaws } from './laws/laws.ts'
import { lower } from './laws/lower.ts'
import { homes, layMemory } from './memory/memory.ts'
import { orderSteps } from './memory/order.ts'
import {
  type Block,
  bytesPerEntry,
  type DType,
  type Place,
  type Plan,
  type Precision,
  type Step,
} from './plan.ts'
import { joinSweeps } from './sweeps.ts'

export interface PlanRequest {
  readonly outputs: readonly Node[]
  /** [leaf, its next value]. */
  readonly states: readonly (readonly [Node, Node])[]
  readonly dtype: DType
  /** Default 'strict'. */
  readonly precision?: Precision
  readonly laws?: readonly Law[]
  /** Blocks start on multiples of so many bytes. Default 16. */
  readonly alignment?: number
  readonly scratch?: Scratch
  readonly finishes?: Finishes
}

export function buildPlan(request: PlanRequest): Plan {
  const { outputs, states, dtype, laws = allLaws, alignment = 16 } = request
  const { precision = 'strict', scratch = () => 0, finishes = () => false } = request
  const asked = [...outputs, ...states.map(([, next]) => next)]
  const order = topologicalOrder([...asked, ...states.map(([leaf]) => leaf)])
  const lowered = lower(order, asked, laws, { dtype, precision })
  const leaves = new Set(states.map(([leaf]) => lowered.become(leaf)))
  const groups = fuse(lowered.order, lowered.roots)
  const arrays = layArrays(leaves, groups, { scratch, finishes }, lowered.labels)
  for (const node of lowered.order) arrays.add(node)

  const results = lowered.roots.slice(0, outputs.length).map((node) => {
    const made = arrays.dense(arrays.locate(node))
    const result = made.value.role === 'temporary' ? made : arrays.copy(made, made.value.label)
    return result
  })
  const assignments = states.flatMap(([leaf], k): Assignment[] => {
    const state = arrays.locate(lowered.become(leaf)).value
    const next = arrays.dense(arrays.locate(lowered.roots[outputs.length + k]!))
    if (next.value === state) return []
    // A state's old value is read before any state is written.
    const kept = next.value.role === 'state' ? arrays.copy(next, next.value.label) : next
    return [{ state, next: kept }]
  })
  for (const { value } of results) value.role = 'output'

  const kept = new Set([...results, ...assignments.map(({ next }) => next)].map((x) => x.value))
  const drafts = joinEpilogues(joinSweeps(arrays.drafts, kept), kept)
  const steps = orderSteps(drafts, overwrites(assignments))
  const home = homes(steps, assignments)
  for (const { state, next } of assignments) {
    if (home.get(next.value) !== state) steps.push(assign(state, next))
  }
  const leafValues = [...arrays.leaves.values()]
  const layout = layMemory(steps, leafValues, home, alignment / bytesPerEntry[dtype])
  return { dtype, ...emit(steps, layout, arrays.leaves, results), laws: lowered.applied }
}

/** Steps that would best write over a state's old value. */
function overwrites(assignments: readonly Assignment[]): Map<Draft, Value> {
  const found = new Map<Draft, Value>()
  for (const { state, next } of assignments) {
    const [writer, ...others] = next.value.writers
    if (writer && others.length === 0 && !found.has(writer)) found.set(writer, state)
  }
  return found
}

function assign(state: Value, next: Located): Draft {
  const writes = { value: state, view: { ...next.view, offset: 0 } }
  const label = `${state.label} ←`
  const { shape } = next.view
  return enter([], { kind: 'elementwise', label, reads: [next], writes, shape, code: [] })
}

function emit(
  steps: readonly Draft[],
  layout: ReturnType<typeof layMemory>,
  leaves: ReadonlyMap<Node, Value>,
  results: readonly Located[],
): Omit<Plan, 'dtype' | 'laws'> {
  const blocks: Block[] = []
  const numbers = new Map<Value, number>()
  for (const [value, offset] of layout.offsets) {
    numbers.set(value, blocks.length)
    blocks.push({ role: value.role, offset, length: value.length })
  }
  const place = ({ value, view }: Located): Place => ({
    block: numbers.get(value)!,
    offset: layout.offsets.get(value)! + view.offset,
    shape: view.shape,
    strides: view.strides,
  })
  const emitStep = (draft: Draft, position: number): Step => {
    const reads = draft.reads.map(place)
    const output = place(draft.writes)
    const dies = (layout.dies.get(position) ?? []).map((value) => numbers.get(value)!)
    const { reads: _reads, writes: _writes, ...rest } = draft
    if (rest.kind !== 'kernel') return { ...rest, inputs: reads, output, dies }
    const { scratch: length, finishes: _finishes, epilogue, ...plain } = rest
    const own = reads.length - (epilogue?.arrays ?? 0)
    const inputs = reads.slice(0, own)
    const kernel = epilogue
      ? { ...plain, epilogue: { code: epilogue.code, inputs: reads.slice(own) } }
      : plain
    const offset = layout.scratch.get(draft)
    if (offset === undefined) return { ...kernel, inputs, output, dies }
    const scratch = { block: blocks.length, offset, shape: [length], strides: [1] }
    blocks.push({ role: 'temporary', offset, length })
    return { ...kernel, inputs, output, scratch, dies: [...dies, scratch.block] }
  }
  const places = [...leaves].map(([node, value]) => {
    const view = { offset: 0, shape: node.shape, strides: stridesOf(node.shape) }
    return { name: value.label, kind: node.op.name, place: place({ value, view }), value }
  })
  const named = (role: string) =>
    places
      .filter(({ value }) => value.role === role)
      .map(({ name, kind, place }) => ({ name, kind, place }))
  return {
    steps: steps.map(emitStep),
    blocks,
    length: layout.length,
    largestLive: layout.largestLive,
    feeds: named('feed'),
    states: named('state'),
    constants: places.flatMap(({ place, value: { data } }) => (data ? [{ place, data }] : [])),
    outputs: results.map(place),
  }
}
