// Tensors as ONNX stores them: raw bytes, or lists of the fields of their kind.

import { bfloatOf, halfOf } from '@backprove/nn'
import { BinaryReader, WireType } from '@bufbuild/protobuf/wire'
import { OnnxError } from '../../errors.ts'
import { FIELDS } from '../wire.ts'

export interface TensorData {
  readonly shape: readonly number[]
  /** Whole numbers and truth values stay apart from the numbers that networks compute with. */
  readonly isInteger: boolean
  readonly data: Float64Array
  /** ONNX's number of the type, where the file says it. */
  readonly element?: number
  /** The name of the initialiser that it is, where it is one that may be trained. */
  readonly parameter?: string
}

interface Element {
  readonly bytes: number
  readonly isInteger: boolean
  read(view: DataView, at: number): number
}

const element = (bytes: number, isInteger: boolean, read: Element['read']): Element => {
  return { bytes, isInteger, read }
}

/** By ONNX's number of the type: read from raw bytes, little-endian. */
const ELEMENTS: ReadonlyMap<number, Element> = new Map([
  [1, element(4, false, (view, at) => view.getFloat32(at, true))],
  [2, element(1, true, (view, at) => view.getUint8(at))],
  [3, element(1, true, (view, at) => view.getInt8(at))],
  [4, element(2, true, (view, at) => view.getUint16(at, true))],
  [5, element(2, true, (view, at) => view.getInt16(at, true))],
  [6, element(4, true, (view, at) => view.getInt32(at, true))],
  [7, element(8, true, (view, at) => Number(view.getBigInt64(at, true)))],
  [9, element(1, true, (view, at) => view.getUint8(at))],
  [10, element(2, false, (view, at) => halfOf(view.getUint16(at, true)))],
  [11, element(8, false, (view, at) => view.getFloat64(at, true))],
  [12, element(4, true, (view, at) => view.getUint32(at, true))],
  [13, element(8, true, (view, at) => Number(view.getBigUint64(at, true)))],
  [16, element(2, false, (view, at) => bfloatOf(view.getUint16(at, true)))],
])

/** @throws OnnxError where the numbers do not fill the shape, or are not in the file */
export function readTensor(bytes: Uint8Array): TensorData & { readonly name: string } {
  const F = FIELDS.tensor
  const shape: number[] = []
  const listed: number[] = []
  let kind = 0
  let name = ''
  let raw: Uint8Array | undefined
  let isElsewhere = false
  const reader = new BinaryReader(bytes)
  const numbers = (
    wire: WireType,
    single: WireType,
    into: number[],
    read: (r: BinaryReader) => number,
  ) => {
    if (wire === single) into.push(read(reader))
    else if (wire === WireType.LengthDelimited) {
      const packed = new BinaryReader(reader.bytes())
      while (packed.pos < packed.len) into.push(read(packed))
    } else return false
    return true
  }
  const whole = (r: BinaryReader) => Number(r.int64())
  const take = (field: number, wire: WireType): boolean => {
    if (field === F.dims) return numbers(wire, WireType.Varint, shape, whole)
    if (field === F.int32s || field === F.int64s)
      return numbers(wire, WireType.Varint, listed, whole)
    if (field === F.floats) return numbers(wire, WireType.Bit32, listed, (r) => r.float())
    if (field === F.doubles) return numbers(wire, WireType.Bit64, listed, (r) => r.double())
    if (field === F.element && wire === WireType.Varint) kind = whole(reader)
    else if (field === F.location && wire === WireType.Varint) isElsewhere = whole(reader) === 1
    else if (field === F.name && wire === WireType.LengthDelimited) name = reader.string()
    else if (field === F.raw && wire === WireType.LengthDelimited) raw = reader.bytes()
    else return false
    return true
  }
  while (reader.pos < reader.len) {
    const [field, wire] = reader.tag()
    if (!take(field, wire)) reader.skip(wire, field)
  }
  const refuse = (why: string): never => {
    throw new OnnxError(`fromOnnx: the tensor "${name}" ${why}`)
  }
  if (isElsewhere) refuse('is in a file of its own, which is not read')
  const type = ELEMENTS.get(kind) ?? refuse(`has elements of type ${kind}, which is not read`)
  const data = raw ? rawNumbers(raw, type) : listedNumbers(listed, kind)
  const count = shape.reduce((size, length) => size * length, 1)
  const isShape = shape.every((length) => Number.isSafeInteger(length) && length >= 0)
  if (!isShape || count !== data.length) {
    refuse(`has ${data.length} numbers for its shape [${shape}]`)
  }
  return { name, shape, isInteger: type.isInteger, element: kind, data }
}

function rawNumbers(raw: Uint8Array, { bytes, read }: Element): Float64Array {
  const view = new DataView(raw.buffer, raw.byteOffset, raw.byteLength)
  return Float64Array.from({ length: Math.floor(raw.byteLength / bytes) }, (_, k) =>
    read(view, k * bytes),
  )
}

/** Half floats are listed as the whole numbers of their bits. */
function listedNumbers(listed: readonly number[], kind: number): Float64Array {
  const convert = kind === 10 ? halfOf : kind === 16 ? bfloatOf : (bits: number) => bits
  return Float64Array.from(listed, convert)
}
