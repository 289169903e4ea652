// An ONNX model as a graph of this project's own ops, to be differentiated, read and trained.
import {
  Graph,
  GraphProblem,
  type Node,
  ops,
  readOptions,
  type Shape,
  show,
  sizeOf,
} from '@backprove/graph'
import { OnnxError } from '../../errors.ts'
import { asNode, type Call, isKnown, type Operator, Unsupported, type Value } from './context.ts'
import { known } from './known.ts'
import { elementwise } from './operators/elementwise.ts'
import { layers } from './operators/layers.ts'
import { normalisations } from './operators/normalisations.ts'
import { reductions } from './operators/reductions.ts'
import { shapes } from './operators/shapes.ts'
import { type Model, type ModelInput, type ModelNode, readModel } from './read.ts'
import type { TensorData } from './tensor.ts'

const OPERATORS: Readonly<Record<string, Operator>> = {
  ...elementwise,
  ...layers,
  ...normalisations,
  ...reductions,
  ...shapes,
}

/** Shapes that the file leaves open, and numbers for inputs that shapes are made from. */
export interface InputOptions {
  readonly shape?: Shape
  readonly data?: ArrayLike<number>
}
/** Options of `fromOnnx`. */
export interface FromOnnxOptions {
  readonly inputs?: Readonly<Record<string, InputOptions>>
  /** The length of every axis that neither the file nor `inputs` says. Default: none, refused. */
  readonly open?: number
}

/** An operator of the model that became no node. */
export interface UnsupportedOperator {
  readonly operator: string
  /** The node's name in the file, or its first output. */
  readonly node: string
  readonly reason: string
}
/** An ONNX model as a graph, with its numbers, and what could not be read. */
export interface ImportedModel {
  readonly graph: Graph
  readonly inputs: readonly Node[]
  /** By name; without those that need an unsupported operator. */
  readonly outputs: Readonly<Record<string, Node>>
  /** The numbers of the parameters, by name: what the model was trained to. */
  readonly values: Readonly<Record<string, Float32Array | Float64Array>>
  readonly unsupported: readonly UnsupportedOperator[]
}

/** Of values that are made, not read: a file of some bytes must not fill the memory. */
const MOST_ENTRIES = 2 ** 28
/** Of shapes, axes and places that are worked out, in all. */
const MOST_KNOWN = 2e7

/** A model of which some nodes are recorded. */
interface Reading extends Pick<Call, 'graph' | 'opset' | 'budget'> {
  readonly values: Map<string, Value>
  readonly unsupported: UnsupportedOperator[]
  /** What some node or output asks for. */
  readonly wanted: ReadonlySet<string>
  /** What an unsupported operator makes, or needs one: named already. */
  readonly lost: Set<string>
}

/**
 * The graph of a model. Its initialisers become parameters, names are those of the file. Operators
 * that have no op here are listed, and the outputs that need them left out.
 * @throws OnnxError for bytes that are no model, or a shape that is left open
 */
export function fromOnnx(bytes: Uint8Array, options: FromOnnxOptions = {}): ImportedModel {
  const { inputs: given = {}, open } = readOptions('fromOnnx', options, ['inputs', 'open'])
  if (!(bytes instanceof Uint8Array)) {
    throw new OnnxError(`fromOnnx: ${show(bytes)} is not a file's bytes, a Uint8Array`)
  }
  const model = readModel(bytes)
  const graph = new Graph()
  const values = new Map<string, Value>()
  const inputs: Node[] = []
  for (const [name, tensor] of model.initializers) {
    values.set(name, initialiser(name, tensor))
  }
  for (const input of model.inputs) {
    if (model.initializers.has(input.name)) continue
    const value = inputValue(graph, input, own(given, input.name), open)
    if (!isKnown(value)) inputs.push(value)
    values.set(input.name, value)
  }
  for (const name of Object.keys(given)) {
    if (model.inputs.some((input) => input.name === name)) continue
    throw new OnnxError(`fromOnnx: the model has no input "${name}"; ${listed(model)}`)
  }
  const unsupported: UnsupportedOperator[] = []
  const reading: Reading = {
    ...{ graph, opset: model.opset, budget: { left: MOST_KNOWN }, values, unsupported },
    wanted: new Set([...model.nodes.flatMap((node) => node.inputs), ...model.outputs]),
    lost: new Set(),
  }
  for (const node of model.nodes) record(node, reading)
  const unmade = model.outputs.find((name) => !values.has(name) && !reading.lost.has(name))
  if (unmade !== undefined) {
    throw new OnnxError(`fromOnnx: the output ${quoted(unmade)} is made by no node of the file`)
  }
  const outputs = Object.fromEntries(
    model.outputs.flatMap((name) => {
      const value = values.get(name)
      return value ? [[name, attempt(name, () => nameOutput(asNode(graph, value), name))]] : []
    }),
  )
  return { graph, inputs, outputs, values: parameterValues(graph, model), unsupported }
}

/** The numbers of the initialisers that something is computed from. */
function parameterValues(graph: Graph, { initializers }: Model): ImportedModel['values'] {
  const used = [...initializers].filter(([name]) => graph.named.get(name)?.op === ops.parameter)
  const isSingle = (data: Float64Array) =>
    data.every((entry) => Object.is(Math.fround(entry), entry))
  return Object.fromEntries(
    used.map(([name, { data }]) => [name, isSingle(data) ? Float32Array.from(data) : data]),
  )
}

/** A name of the file in a sentence: no longer than one reads. */
const quoted = (name: string): string => JSON.stringify(name.slice(0, 80))

const own = <T>(table: Readonly<Record<string, T>>, key: string): T | undefined =>
  Object.hasOwn(table, key) ? table[key] : undefined

const listed = ({ inputs }: Model): string =>
  `its inputs are ${inputs.map(({ name }) => name).join(', ') || 'none'}`

/** Numbers are trained; whole numbers are shapes and places, and a lone number is a setting. */
const initialiser = (name: string, tensor: TensorData): TensorData =>
  tensor.isInteger || tensor.shape.length === 0 ? tensor : { ...tensor, parameter: name }

function inputValue(
  graph: Graph,
  input: ModelInput,
  given: InputOptions = {},
  usual?: number,
): Value {
  const { name } = input
  const open = input.shape?.map((size) => (typeof size === 'number' && size > 0 ? size : undefined))
  const shape = given.shape ?? open?.map((size) => size ?? usual)
  if (!shape || shape.some((size) => size === undefined)) {
    const said = input.shape ? `[${input.shape.join(', ')}]` : 'not given'
    throw new OnnxError(
      `fromOnnx: the shape of the input "${name}" is ${said}; fix it by ` +
        `{ inputs: { ${JSON.stringify(name)}: { shape: […] } } }`,
    )
  }
  const known = shape as Shape
  const clash = open?.findIndex((size, axis) => size !== undefined && size !== known[axis]) ?? -1
  if (clash >= 0 || (open && open.length !== known.length)) {
    throw new OnnxError(
      `fromOnnx: the input "${name}" is [${input.shape!.join(', ')}] in the file, not [${known}]`,
    )
  }
  if (given.data) {
    const data = Float64Array.from(given.data)
    if (data.length === sizeOf(known)) return { shape: known, isInteger: true, data }
    throw new OnnxError(`fromOnnx: the input "${name}" [${known}] was given ${data.length} numbers`)
  }
  return attempt(name, () => graph.input(name, known, { literal: true }))
}

function record(node: ModelNode, reading: Reading): void {
  const { values, unsupported, wanted, lost } = reading
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
  const call: Call = { ...reading, node, inputs }
  try {
    const made = constant(node) ?? known(call) ?? own(OPERATORS, operator)?.(call)
    if (made === undefined) throw new Unsupported('there is no op for it')
    const all = Array.isArray(made) ? (made as readonly Value[]) : [made as Value]
    outputs.forEach((name, k) => {
      const value = all[k]
      if (name === '' || !wanted.has(name)) return
      if (!value) throw new Unsupported(`its output ${k}`)
      if (sizeOf(value.shape) > MOST_ENTRIES)
        throw new OnnxError(`fromOnnx: "${name}" is too large`)
      values.set(name, value)
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

/** Outputs have the names of the file, as far as those are free. */
const nameOutput = (node: Node, name: string): Node =>
  node.graph.named.has(name) ? node : node.as(name, { literal: true })

function attempt(name: string, body: () => Node): Node {
  try {
    return body()
  } catch (error) {
    const why = error instanceof GraphProblem ? error.sentence : (error as Error).message
    throw new OnnxError(`fromOnnx: ${quoted(name)}: ${why}`)
  }
}
