// The bytes of an ONNX file as plain data. They are untrusted: whatever is not a model is an
// OnnxError, and nothing is made that is larger than what the file holds.
import { BinaryReader, WireType } from '@bufbuild/protobuf/wire'
import { OnnxError } from '../../errors.ts'
import { FIELDS } from '../wire.ts'
import { readTensor, type TensorData } from './tensor.ts'

export interface ModelNode {
  readonly operator: string
  readonly name: string
  readonly inputs: readonly string[]
  readonly outputs: readonly string[]
  readonly attributes: ReadonlyMap<string, Attribute>
}
export type Attribute =
  | number
  | string
  | readonly number[]
  | readonly string[]
  | TensorData
  | ModelGraph
  | undefined

/** A length, or the name of one that is left open. */
export type Dimension = number | string

export interface ModelInput {
  readonly name: string
  readonly element: number
  /** Undefined where the file does not say. */
  readonly shape: readonly Dimension[] | undefined
}
/** A graph of its own: the model's, or what an operator runs under a condition. */
export interface ModelGraph {
  readonly nodes: readonly ModelNode[]
  readonly initializers: ReadonlyMap<string, TensorData>
  readonly inputs: readonly ModelInput[]
  readonly outputs: readonly string[]
}
export interface Model extends ModelGraph {
  readonly opset: number
}

/** Of graphs within graphs. */
const DEEPEST = 16

/** A field of a message: its number, and a reader that stands before its value. */
type Take = (field: number, wire: WireType, reader: BinaryReader) => boolean

/** @throws OnnxError for bytes that are no model */
export function readModel(bytes: Uint8Array): Model {
  try {
    return modelOf(bytes)
  } catch (error) {
    if (error instanceof OnnxError) throw error
    throw new OnnxError(`fromOnnx: this is no ONNX model: ${(error as Error).message}`)
  }
}

/** Reads a message field by field; what is not taken is skipped. */
export function fields(bytes: Uint8Array, take: Take): void {
  const reader = new BinaryReader(bytes)
  while (reader.pos < reader.len) {
    const [field, wire] = reader.tag()
    if (!take(field, wire, reader)) reader.skip(wire, field)
  }
}

/** Whole numbers one by one, or packed together. */
export function integers(wire: WireType, reader: BinaryReader, into: number[]): true {
  if (wire !== WireType.LengthDelimited) into.push(Number(reader.int64()))
  else {
    const packed = new BinaryReader(reader.bytes())
    while (packed.pos < packed.len) into.push(Number(packed.int64()))
  }
  return true
}

function modelOf(bytes: Uint8Array): Model {
  let graph: Uint8Array | undefined
  // A model of none but foreign operators says no version of ONNX's own.
  let opset = -1
  fields(bytes, (field, wire, reader) => {
    if (wire !== WireType.LengthDelimited) return false
    if (field === FIELDS.model.graph) graph = reader.bytes()
    else if (field === FIELDS.model.opset) opset = Math.max(opset, opsetOf(reader.bytes()))
    else return false
    return true
  })
  if (!graph) throw new OnnxError('fromOnnx: this is no ONNX model: it holds no graph')
  if (opset < 0)
    throw new OnnxError('fromOnnx: the model does not say the version of its operators')
  return { opset, ...graphOf(graph, 0) }
}

/** The version of ONNX's own operators; 0 for another set. */
function opsetOf(bytes: Uint8Array): number {
  let domain = ''
  let version = 0
  fields(bytes, (field, wire, reader) => {
    if (field === FIELDS.opset.domain && wire === WireType.LengthDelimited) domain = reader.string()
    else if (field === FIELDS.opset.version && wire === WireType.Varint)
      version = Number(reader.int64())
    else return false
    return true
  })
  return domain === '' || domain === 'ai.onnx' ? version : 0
}

function graphOf(bytes: Uint8Array, depth: number): ModelGraph {
  if (depth > DEEPEST) throw new OnnxError(`fromOnnx: graphs within graphs, more than ${DEEPEST}`)
  const nodes: ModelNode[] = []
  const initializers = new Map<string, TensorData>()
  const inputs: ModelInput[] = []
  const outputs: string[] = []
  fields(bytes, (field, wire, reader) => {
    if (wire !== WireType.LengthDelimited) return false
    if (field === FIELDS.graph.node) nodes.push(nodeOf(reader.bytes(), depth))
    else if (field === FIELDS.graph.initializer) {
      const { name, ...tensor } = readTensor(reader.bytes())
      initializers.set(name, tensor)
    } else if (field === FIELDS.graph.input) inputs.push(inputOf(reader.bytes()))
    else if (field === FIELDS.graph.output) outputs.push(inputOf(reader.bytes()).name)
    else return false
    return true
  })
  return { nodes, initializers, inputs, outputs }
}

function nodeOf(bytes: Uint8Array, depth: number): ModelNode {
  const node = { operator: '', name: '', domain: '' }
  const inputs: string[] = []
  const outputs: string[] = []
  const attributes = new Map<string, Attribute>()
  fields(bytes, (field, wire, reader) => {
    if (wire !== WireType.LengthDelimited) return false
    if (field === FIELDS.node.input) inputs.push(reader.string())
    else if (field === FIELDS.node.output) outputs.push(reader.string())
    else if (field === FIELDS.node.name) node.name = reader.string()
    else if (field === FIELDS.node.operator) node.operator = reader.string()
    else if (field === FIELDS.node.domain) node.domain = reader.string()
    else if (field === FIELDS.node.attribute) attributes.set(...attributeOf(reader.bytes(), depth))
    else return false
    return true
  })
  const isForeign = node.domain !== '' && node.domain !== 'ai.onnx'
  const operator = isForeign ? `${node.domain}.${node.operator}` : node.operator
  return { operator, name: node.name, inputs, outputs, attributes }
}

function attributeOf(bytes: Uint8Array, depth: number): [string, Attribute] {
  const F = FIELDS.attribute
  let name = ''
  let value: Attribute
  const list: number[] = []
  const words: string[] = []
  fields(bytes, (field, wire, reader) => {
    if (field === F.name && wire === WireType.LengthDelimited) name = reader.string()
    else if (field === F.float && wire === WireType.Bit32) value = reader.float()
    else if (field === F.int && wire === WireType.Varint) value = Number(reader.int64())
    else if (field === F.string && wire === WireType.LengthDelimited) value = reader.string()
    else if (field === F.tensor && wire === WireType.LengthDelimited)
      value = readTensor(reader.bytes())
    else if (field === F.graph && wire === WireType.LengthDelimited)
      value = graphOf(reader.bytes(), depth + 1)
    else if (field === F.strings && wire === WireType.LengthDelimited) words.push(reader.string())
    else if (field === F.ints) return integers(wire, reader, list)
    else if (field === F.floats && wire === WireType.Bit32) list.push(reader.float())
    else if (field === F.floats && wire === WireType.LengthDelimited) {
      const packed = new BinaryReader(reader.bytes())
      while (packed.pos < packed.len) list.push(packed.float())
    } else return false
    return true
  })
  return [name, words.length > 0 ? words : list.length > 0 ? list : value]
}

function inputOf(bytes: Uint8Array): ModelInput {
  let name = ''
  let element = 0
  let shape: Dimension[] | undefined
  const inside = (of: Uint8Array, wanted: number, then: (bytes: Uint8Array) => void): void =>
    fields(of, (field, wire, reader) => {
      if (field !== wanted || wire !== WireType.LengthDelimited) return false
      then(reader.bytes())
      return true
    })
  const readType = (type: Uint8Array): void =>
    inside(type, FIELDS.type.tensor, (tensor) =>
      fields(tensor, (field, wire, reader) => {
        if (field === FIELDS.tensorType.element && wire === WireType.Varint) {
          element = Number(reader.int64())
        } else if (field === FIELDS.tensorType.shape && wire === WireType.LengthDelimited) {
          const found: Dimension[] = []
          inside(reader.bytes(), FIELDS.shape.dim, (dim) => found.push(dimensionOf(dim)))
          shape = found
        } else return false
        return true
      }),
    )
  fields(bytes, (field, wire, reader) => {
    if (wire !== WireType.LengthDelimited) return false
    if (field === FIELDS.valueInfo.name) name = reader.string()
    else if (field === FIELDS.valueInfo.type) readType(reader.bytes())
    else return false
    return true
  })
  return { name, element, shape }
}

function dimensionOf(bytes: Uint8Array): Dimension {
  let dimension: Dimension = '?'
  fields(bytes, (field, wire, reader) => {
    if (field === FIELDS.dim.value && wire === WireType.Varint) dimension = Number(reader.int64())
    else if (field === FIELDS.dim.parameter && wire === WireType.LengthDelimited) {
      dimension = reader.string()
    } else return false
    return true
  })
  return dimension
}
