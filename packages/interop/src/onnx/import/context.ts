// What the operators of a model work with: nodes of the graph, and numbers that are known already.
import { type Graph, Node, type Shape } from '@backprove/graph'
import { OnnxError } from '../../errors.ts'
import type { Attribute, ModelNode } from './read.ts'
import type { TensorData } from './tensor.ts'

/** A value of the model: to be computed, or known. */
export type Value = Node | TensorData

export const isKnown = (value: Value): value is TensorData => !(value instanceof Node)

/** One operator of the model being recorded. */
export interface Call {
  readonly graph: Graph
  /** Nodes whose entries are whole numbers or truth values in the file. */
  readonly wholes: WeakSet<Node>
  readonly opset: number
  /** How many more numbers may be worked out while the model is read. */
  readonly budget: { left: number }
  readonly node: ModelNode
  /** Its inputs; one that was left out is undefined. */
  readonly inputs: readonly (Value | undefined)[]
}

/** What an operator makes of its inputs, one value for each of its outputs. */
export type Operator = (call: Call) => Value | readonly Value[]

/** Thrown where an operator is used in a way that the graph has no ops for. */
export class Unsupported extends Error {}

export const unsupported = (why: string): never => {
  throw new Unsupported(why)
}

/** The input as a node: known numbers become a constant, an initialiser a parameter. */
export function node(call: Call, k: number): Node {
  const value = call.inputs[k]
  if (!value) throw new OnnxError(`fromOnnx: ${call.node.operator} lacks its input ${k}`)
  return asNode(call.graph, value)
}

export function asNode(graph: Graph, value: Value): Node {
  if (!isKnown(value)) return value
  const { parameter, data } = value
  const shape = requireShape(value.shape)
  if (parameter === undefined) return graph.constant(data, shape)
  return graph.parameter(parameter, shape, { literal: true })
}

/** The graph has no arrays without entries. */
function requireShape(shape: Shape): Shape {
  return shape.every((length) => length >= 1) ? shape : unsupported('an array without entries')
}

export const optional = (call: Call, k: number): Node | undefined =>
  call.inputs[k] ? node(call, k) : undefined

/** Whole numbers that must be known: a shape, axes. */
export function integers(call: Call, k: number): number[] | undefined {
  const value = call.inputs[k]
  if (!value) return undefined
  if (isKnown(value)) return Array.from(value.data)
  return unsupported(`its input ${k} depends on data`)
}

/** Numbers that are made while the model is read, of which a small file may ask for many. */
export function spend(call: Pick<Call, 'budget'>, count: number): void {
  call.budget.left -= count
  if (!(call.budget.left >= 0)) throw new OnnxError('fromOnnx: too many known numbers to work out')
}

/** Whether the model has whole numbers or truth values there: what is divided is cut off. */
export function isWhole({ inputs, wholes }: Pick<Call, 'inputs' | 'wholes'>, k: number): boolean {
  const value = inputs[k]
  return value !== undefined && (isKnown(value) ? value.isInteger : wholes.has(value))
}

/** A number among the attributes. */
export function setting(call: Call, name: string, usual: number): number {
  const found = call.node.attributes.get(name)
  return found === undefined ? usual : typeof found === 'number' ? found : amiss(name, found)
}

export function list(call: Call, name: string): readonly number[] | undefined {
  const found = call.node.attributes.get(name)
  if (found === undefined) return undefined
  return isList(found) ? found : amiss(name, found)
}

export function texts(call: Call, name: string): readonly string[] | undefined {
  const found = call.node.attributes.get(name)
  if (found === undefined) return undefined
  return Array.isArray(found) && !isList(found) ? found : amiss(name, found)
}

const isList = (found: Attribute): found is readonly number[] =>
  Array.isArray(found) && typeof found[0] === 'number'

export function text(call: Call, name: string, usual: string): string {
  const found = call.node.attributes.get(name)
  return found === undefined ? usual : typeof found === 'string' ? found : amiss(name, found)
}

const amiss = (name: string, found: Attribute): never => {
  throw new OnnxError(`fromOnnx: the attribute ${name} is ${JSON.stringify(found)}`)
}

/** An axis counted from the end where it is negative. */
export function axisOf(axis: number, rank: number): number {
  const from = axis < 0 ? axis + rank : axis
  if (Number.isInteger(from) && from >= 0 && from < rank) return from
  throw new OnnxError(`fromOnnx: there is no axis ${axis} of ${rank}`)
}

/** Axes by attribute in older versions, by input in newer ones. */
export function axes(call: Call, k: number, rank: number): number[] | undefined {
  const found = integers(call, k) ?? list(call, 'axes')
  return found?.map((axis) => axisOf(axis, rank))
}
