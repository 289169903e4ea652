// The nodes of a model, one after another, as nodes of a graph.
import {
  type Graph,
  GraphProblem,
  type Node,
  reshape,
  sameShape,
  sizeOf,
  where,
} from '@backprove/graph'
import { OnnxError } from '../../errors.ts'
import { AskedFor } from './asked-for.ts'
import {
  asNode,
  type Call,
  isKnown,
  isWhole,
  type Operator,
  Unsupported,
  unsupported,
  type Value,
} from './context.ts'
import { known } from './known/operators.ts'
import { attentions } from './operators/attention.ts'
import { choices } from './operators/choices.ts'
import { summed } from './operators/einsum.ts'
import { elementwise } from './operators/elementwise.ts'
import { layers } from './operators/layers.ts'
import { losses } from './operators/losses.ts'
import { normalisations } from './operators/normalisations.ts'
import { places } from './operators/places.ts'
import { quantised } from './operators/quantised.ts'
import { recurrent } from './operators/recurrent.ts'
import { reductions } from './operators/reductions.ts'
import { rounding } from './operators/rounding.ts'
import { shapes } from './operators/shapes.ts'
import type { Attribute, Model, ModelGraph, ModelNode } from './read.ts'
import type { TensorData } from './tensor.ts'
import { isWholeOutput } from './types.ts'

const OPERATORS: Readonly<Record<string, Operator>> = {
  ...attentions,
  ...choices,
  Einsum: summed,
  ...elementwise,
  ...layers,
  ...losses,
  ...normalisations,
  ...places,
  ...quantised,
  ...recurrent,
  ...reductions,
  ...rounding,
  ...shapes,
}

/** An operator of the model that became no node. */
export interface UnsupportedOperator {
  readonly operator: string
  /** The node's name in the file, or its first output. */
  readonly node: string
  readonly reason: string
}

/** An array that an operator of the file makes. */
export interface MadeArray {
  readonly operator: string
  /** The operator's name in the file, or else the array's. */
  readonly name: string
  readonly node: Node
}
/** Of values that are made, not read: a file of some bytes must not fill the memory. */
const MOST_ENTRIES = 2 ** 28
/** Of shapes, axes, places and masks that are worked out, in all, beside one for each byte. */
const MOST_KNOWN = 4e6

/** A model of which some nodes are recorded. */
export interface Reading extends Pick<Call, 'graph' | 'wholes' | 'opset' | 'budget'> {
  readonly values: Map<string, Value>
  readonly unsupported: UnsupportedOperator[]
  readonly made: MadeArray[]
  /** What some node or output asks for. */
  readonly wanted: ReadonlySet<string>
  /** What an unsupported operator makes, or needs one: named already. */
  readonly lost: Set<string>
}

/** A name of the file in a sentence: no longer than one reads. */
export const quoted = (name: string): string => JSON.stringify(name.slice(0, 80))

export const own = <T>(table: Readonly<Record<string, T>>, key: string): T | undefined =>
  Object.hasOwn(table, key) ? table[key] : undefined

/** A model of which nothing is recorded yet. */
export function readingOf(model: Model, graph: Graph, bytes: number): Reading {
  const budget = { left: MOST_KNOWN + bytes }
  return {
    ...{ graph, wholes: new WeakSet<Node>(), opset: model.opset, budget },
    ...{
      values: new Map(),
      unsupported: [],
      made: [],
      wanted: wantedNames(model),
      lost: new Set(),
    },
  }
}

/** @throws OnnxError where the node cannot be; what is not supported is listed */
export function record(node: ModelNode, reading: Reading): void {
  const { values, unsupported, wanted, wholes, lost } = reading
  const { operator, outputs } = node
  const lose = () => {
    for (const name of outputs) lost.add(name)
  }
  const at = `${operator} ${quoted(node.name || (outputs[0] ?? ''))}`
  const twice = outputs.find((name) => name !== '' && (values.has(name) || lost.has(name)))
  if (twice !== undefined) {
    throw new OnnxError(`fromOnnx: ${quoted(twice)} is made twice, the second time by ${at}`)
  }
  const missing = node.inputs.filter((name) => name !== '' && !values.has(name))
  const unmade = missing.find((name) => !lost.has(name))
  if (unmade !== undefined) {
    const why = 'which is no input, no initialiser and made by no node before it'
    throw new OnnxError(`fromOnnx: ${at} takes ${quoted(unmade)}, ${why}`)
  }
  if (missing.length > 0) {
    lose()
    return
  }
  const inputs = node.inputs.map((name) => (name === '' ? undefined : values.get(name)))
  const attributes = new AskedFor(node.attributes)
  const call: Call = { ...reading, node: { ...node, attributes }, inputs }
  try {
    const made =
      constant(node) ?? known(call) ?? branch(call, reading) ?? own(OPERATORS, operator)?.(call)
    if (made === undefined) throw new Unsupported('there is no op for it')
    const ignored = attributes.ignored()
    if (ignored !== undefined && operator !== 'Constant')
      throw new Unsupported(`its attribute ${ignored}`)
    const all = Array.isArray(made) ? (made as readonly Value[]) : [made as Value]
    outputs.forEach((name, k) => {
      const value = all[k]
      if (name === '' || !wanted.has(name)) return
      if (!value) throw new Unsupported(`its output ${k}`)
      if (sizeOf(value.shape) > MOST_ENTRIES)
        throw new OnnxError(`fromOnnx: "${name}" is too large`)
      values.set(name, value)
      if (isKnown(value)) return
      reading.made.push({ operator, name: node.name || name, node: value })
      if (isWholeOutput(call, k)) wholes.add(value)
    })
  } catch (error) {
    if (error instanceof Unsupported) {
      unsupported.push({ operator, node: node.name || (outputs[0] ?? ''), reason: error.message })
      lose()
      return
    }
    if (error instanceof OnnxError) throw new OnnxError(`${error.sentence} (${at})`)
    const why = error instanceof GraphProblem ? error.sentence : (error as Error).message
    throw new OnnxError(`fromOnnx: ${at}: ${why}`)
  }
}

/** Every name that a node takes, in graphs within graphs too, and the outputs. */
function wantedNames(graph: ModelGraph, into = new Set<string>()): Set<string> {
  for (const { inputs, attributes } of graph.nodes) {
    for (const name of inputs) into.add(name)
    for (const value of attributes.values()) if (isGraph(value)) wantedNames(value, into)
  }
  for (const name of graph.outputs) into.add(name)
  return into
}

const isGraph = (value: Attribute): value is ModelGraph =>
  typeof value === 'object' && 'nodes' in value

/** The branch that a known condition takes; both, entry by entry, where it depends on data. */
function branch(call: Call, reading: Reading): Value[] | undefined {
  if (call.node.operator !== 'If') return undefined
  const [condition] = call.inputs
  if (!condition) throw new OnnxError('fromOnnx: If lacks its condition')
  const run = (name: string): Value[] => {
    const graph = call.node.attributes.get(name)
    if (!isGraph(graph)) throw new OnnxError(`fromOnnx: If has no ${name}`)
    return within(graph, reading)
  }
  if (isKnown(condition)) return run(condition.data[0] === 0 ? 'else_branch' : 'then_branch')
  const [those, others] = [run('then_branch'), run('else_branch')]
  return those.map((value, k) => {
    const [a, b] = [value, others[k]].map((each) => each && asNode(call.graph, each))
    if (!a || !b || !sameShape(a.shape, b.shape)) unsupported('branches of different shapes')
    const made = where(reshape(asNode(call.graph, condition), []), a!, b!)
    if (isWhole({ inputs: [value], wholes: call.wholes }, 0)) call.wholes.add(made)
    return made
  })
}

/** What a graph within the graph gives; its names are its own. */
function within(graph: ModelGraph, reading: Reading): Value[] {
  const { values, lost } = reading
  const before = new Set(values.keys())
  for (const [name, tensor] of graph.initializers) {
    if (before.has(name)) throw new OnnxError(`fromOnnx: ${quoted(name)} is made twice`)
    values.set(name, tensor)
  }
  for (const node of graph.nodes) record(node, reading)
  const made = graph.outputs.map((name) => values.get(name))
  const missing = graph.outputs.find((name, k) => !made[k] && !lost.has(name))
  for (const name of values.keys()) if (!before.has(name)) values.delete(name)
  if (missing !== undefined)
    throw new OnnxError(`fromOnnx: ${quoted(missing)} is made by no node of its branch`)
  if (made.includes(undefined)) throw new Unsupported('a branch needs an operator that is not')
  return made as Value[]
}

/** A constant in the file: of numbers or whole numbers, a tensor or one of the short forms. */
function constant({ operator, attributes }: ModelNode): TensorData | undefined {
  if (operator !== 'Constant') return undefined
  for (const [name, value] of attributes) {
    if (typeof value === 'object' && 'data' in value) return value
    const list = typeof value === 'number' ? [value] : Array.isArray(value) ? value : undefined
    if (!list) continue
    const shape = typeof value === 'number' ? [] : [list.length]
    return { shape, isInteger: /^value_ints?$/.test(name), data: Float64Array.from(list) }
  }
  throw new Unsupported('a constant that is no tensor of numbers')
}
