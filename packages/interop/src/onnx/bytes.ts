// A module as the bytes of an ONNX file.

import type { Shape } from '@backprove/graph'
import { BinaryWriter, WireType } from '@bufbuild/protobuf/wire'
import type { Argument, DType, Manifest } from '../module/manifest.ts'
import { needed, type Value } from '../module/value.ts'
import { manifestProperty } from './metadata.ts'
import { ATTRIBUTES, ELEMENTS, FIELDS, IR_VERSION, OPSET } from './wire.ts'

const { node: NODE, attribute: ATTRIBUTE, graph: GRAPH, tensor: TENSOR } = FIELDS

/** The file of a model whose inputs and outputs have those names. */
export function modelBytes(
  inputs: readonly Argument[],
  outputs: readonly Argument[],
  manifest: Manifest,
  dtype: DType,
): Uint8Array {
  const names = new Map(inputs.map(({ value, name }) => [value, name]))
  const taken = new Set([...inputs, ...outputs].map(({ name }) => name))
  const graph = new BinaryWriter()
  for (const value of needed(outputs.map(({ value }) => value))) {
    if (names.has(value)) continue
    let name = `v${value.id}`
    while (taken.has(name)) name += '_'
    names.set(value, name)
    const made =
      value.operation === 'constant' ? constant(value, name, dtype) : node(value, name, names)
    message(graph, GRAPH.node, made)
  }
  for (const { value, name } of outputs) {
    const copy = new BinaryWriter()
    text(copy, NODE.input, names.get(value)!)
    text(copy, NODE.output, name)
    text(copy, NODE.operator, 'Identity')
    message(graph, GRAPH.node, copy)
  }
  text(graph, GRAPH.name, 'backprove')
  for (const each of inputs) message(graph, GRAPH.input, valueInfo(each, dtype))
  for (const each of outputs) message(graph, GRAPH.output, valueInfo(each, dtype))
  const opset = new BinaryWriter()
  integer(opset, FIELDS.opset.version, OPSET)
  const model = new BinaryWriter()
  integer(model, FIELDS.model.irVersion, IR_VERSION)
  text(model, FIELDS.model.producer, 'backprove')
  message(model, FIELDS.model.graph, graph)
  message(model, FIELDS.model.opset, opset)
  model.tag(FIELDS.model.property, WireType.LengthDelimited).bytes(manifestProperty(manifest))
  return model.finish()
}

const message = (into: BinaryWriter, field: number, of: BinaryWriter): BinaryWriter =>
  into.tag(field, WireType.LengthDelimited).bytes(of.finish())
const text = (into: BinaryWriter, field: number, value: string): BinaryWriter =>
  into.tag(field, WireType.LengthDelimited).string(value)
const integer = (into: BinaryWriter, field: number, value: number): BinaryWriter =>
  into.tag(field, WireType.Varint).int64(value)

function node(value: Value, name: string, names: ReadonlyMap<Value, string>): BinaryWriter {
  const into = new BinaryWriter()
  for (const input of value.inputs) text(into, NODE.input, names.get(input)!)
  text(into, NODE.output, name)
  text(into, NODE.name, name)
  text(into, NODE.operator, value.operation)
  for (const [key, setting] of Object.entries(value.attributes)) {
    message(into, NODE.attribute, attribute(key, setting))
  }
  return into
}

function attribute(name: string, setting: unknown): BinaryWriter {
  const into = new BinaryWriter()
  text(into, ATTRIBUTE.name, name)
  if (typeof setting === 'string') {
    text(into, ATTRIBUTE.string, setting)
    integer(into, ATTRIBUTE.kind, ATTRIBUTES.string)
  } else if (typeof setting === 'number') {
    integer(into, ATTRIBUTE.int, setting)
    integer(into, ATTRIBUTE.kind, ATTRIBUTES.int)
  } else {
    for (const entry of setting as readonly number[]) integer(into, ATTRIBUTE.ints, entry)
    integer(into, ATTRIBUTE.kind, ATTRIBUTES.ints)
  }
  return into
}

function elementOf({ kind, isIndex }: Value, dtype: DType): number {
  if (isIndex) return ELEMENTS.int64
  return kind === 'truth' ? ELEMENTS.bool : ELEMENTS[dtype]
}

/** A node of its own, no initialiser: those are what a reader trains. */
function constant(value: Value, name: string, dtype: DType): BinaryWriter {
  const { data } = value.attributes as { data: ArrayLike<number> }
  const tensor = new BinaryWriter()
  for (const size of value.shape) integer(tensor, TENSOR.dims, size)
  integer(tensor, TENSOR.element, elementOf(value, dtype))
  tensor.tag(TENSOR.raw, WireType.LengthDelimited).bytes(rawBytes(data, value, dtype))
  const setting = new BinaryWriter()
  text(setting, ATTRIBUTE.name, 'value')
  message(setting, ATTRIBUTE.tensor, tensor)
  integer(setting, ATTRIBUTE.kind, ATTRIBUTES.tensor)
  const into = new BinaryWriter()
  text(into, NODE.output, name)
  text(into, NODE.name, name)
  text(into, NODE.operator, 'Constant')
  return message(into, NODE.attribute, setting)
}

/** Little-endian, as the format asks. */
function rawBytes(data: ArrayLike<number>, value: Value, dtype: DType): Uint8Array {
  const element = elementOf(value, dtype)
  const size = { [ELEMENTS.bool]: 1, [ELEMENTS.float32]: 4 }[element] ?? 8
  const view = new DataView(new ArrayBuffer(data.length * size))
  for (let k = 0; k < data.length; k++) {
    const entry = data[k]!
    if (element === ELEMENTS.bool) view.setUint8(k, entry)
    else if (element === ELEMENTS.int64) view.setBigInt64(k * 8, BigInt(entry), true)
    else if (element === ELEMENTS.float64) view.setFloat64(k * 8, entry, true)
    else view.setFloat32(k * 4, entry, true)
  }
  return new Uint8Array(view.buffer)
}

function valueInfo({ value, name }: Argument, dtype: DType): BinaryWriter {
  const tensor = new BinaryWriter()
  integer(tensor, FIELDS.tensorType.element, elementOf(value, dtype))
  message(tensor, FIELDS.tensorType.shape, shapeOf(value.shape))
  const type = message(new BinaryWriter(), FIELDS.type.tensor, tensor)
  const into = new BinaryWriter()
  text(into, FIELDS.valueInfo.name, name)
  return message(into, FIELDS.valueInfo.type, type)
}

function shapeOf(shape: Shape): BinaryWriter {
  const into = new BinaryWriter()
  for (const size of shape) {
    const dim = new BinaryWriter()
    integer(dim, FIELDS.dim.value, size)
    message(into, FIELDS.shape.dim, dim)
  }
  return into
}
