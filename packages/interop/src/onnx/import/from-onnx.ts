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
import { asNode, isKnown, type Value } from './context.ts'
import { type Model, type ModelInput, readModel } from './read.ts'
import {
  type MadeArray,
  own,
  quoted,
  readingOf,
  record,
  type UnsupportedOperator,
} from './record.ts'
import type { TensorData } from './tensor.ts'
import { isWholeType } from './types.ts'

export type { MadeArray, UnsupportedOperator } from './record.ts'

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

/** An ONNX model as a graph, with its numbers, and what could not be read. */
export interface ImportedModel {
  readonly graph: Graph
  readonly inputs: readonly Node[]
  /** By name; without those that need an unsupported operator. */
  readonly outputs: Readonly<Record<string, Node>>
  /** The names of the outputs in the order of the file, which a record of `12` and `y` is not in. */
  readonly outputNames: readonly string[]
  /** The numbers of the parameters, by name: what the model was trained to. */
  readonly values: Readonly<Record<string, Float32Array | Float64Array>>
  readonly unsupported: readonly UnsupportedOperator[]
  /** What the operators make, in their order: arrays that have no name here unless one is given. */
  readonly made: readonly MadeArray[]
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
  const reading = readingOf(model, graph, bytes.length)
  const { values, wholes, unsupported, made } = reading
  const inputs: Node[] = []
  for (const [name, tensor] of model.initializers) {
    values.set(name, initialiser(name, tensor))
  }
  for (const input of model.inputs) {
    if (model.initializers.has(input.name)) continue
    const value = inputValue(graph, input, own(given, input.name), open)
    if (!isKnown(value)) inputs.push(value)
    if (!isKnown(value) && isWholeType(input.element)) wholes.add(value)
    values.set(input.name, value)
  }
  for (const name of Object.keys(given)) {
    if (model.inputs.some((input) => input.name === name)) continue
    throw new OnnxError(`fromOnnx: the model has no input "${name}"; ${listed(model)}`)
  }
  for (const node of model.nodes) record(node, reading)
  const unmade = model.outputs.find((name) => !values.has(name) && !reading.lost.has(name))
  if (unmade !== undefined) {
    throw new OnnxError(`fromOnnx: the output ${quoted(unmade)} is made by no node of the file`)
  }
  const outputs = Object.fromEntries(
    model.outputs.flatMap((name) => {
      const value = values.get(name)
      if (!value) return []
      if (sizeOf(value.shape) > 0)
        return [[name, attempt(name, () => nameOutput(asNode(graph, value), name))]]
      unsupported.push({ operator: 'output', node: name, reason: 'an array without entries' })
      return []
    }),
  )
  const outputNames = model.outputs.filter((name) => Object.hasOwn(outputs, name))
  const numbers = parameterValues(graph, model)
  return { graph, inputs, outputs, outputNames, values: numbers, unsupported, made }
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

const listed = ({ inputs }: Model): string =>
  `its inputs are ${inputs.map(({ name }) => name).join(', ') || 'none'}`

/** Numbers are trained; whole numbers are shapes and places, and a lone number is a setting. */
const initialiser = (name: string, tensor: TensorData): TensorData =>
  tensor.isInteger || tensor.shape.length === 0 || tensor.data.length === 0
    ? tensor
    : { ...tensor, parameter: name }

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
    if (data.length === sizeOf(known)) return { shape: known, ...numbersOf(input, data) }
    throw new OnnxError(`fromOnnx: the input "${name}" [${known}] was given ${data.length} numbers`)
  }
  // Of an array without entries everything is known.
  if (sizeOf(known) === 0) return { shape: known, ...numbersOf(input, new Float64Array(0)) }
  return attempt(name, () => graph.input(name, known, { literal: true }))
}

/** What an input is given; one of no type that the file says is of shapes, whole numbers. */
function numbersOf({ element }: ModelInput, data: Float64Array): Omit<TensorData, 'shape'> {
  return { isInteger: element === 0 || isWholeType(element), element, data }
}

/** Outputs have the names of the file, as far as those are free: `9`, a number, is none. */
const nameOutput = (node: Node, name: string): Node =>
  node.graph.named.has(name) || /^\d+$/.test(name) ? node : node.as(name, { literal: true })

function attempt(name: string, body: () => Node): Node {
  try {
    return body()
  } catch (error) {
    const why = error instanceof GraphProblem ? error.sentence : (error as Error).message
    throw new OnnxError(`fromOnnx: ${quoted(name)}: ${why}`)
  }
}
