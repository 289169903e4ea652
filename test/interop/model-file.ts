// ONNX files for tests, written from plain data by field numbers of onnx.proto: what the package
// itself reads and writes with is not used, so that neither can hide what the other gets wrong.
import { bytes, field } from '../../bench/peers/onnx-writer.ts'

const TYPES = {
  ...{ float32: 1, uint8: 2, int8: 3, int32: 6, int64: 7, bool: 9 },
  ...{ float16: 10, float64: 11, bfloat16: 16 },
}
export type ElementType = keyof typeof TYPES

/** Numbers, listed in the field of their type or as raw bytes. */
export interface FileTensor {
  readonly type?: ElementType
  readonly shape: readonly number[]
  readonly data?: readonly number[]
  readonly raw?: Uint8Array
  /** Further fields, already written. */
  readonly more?: Uint8Array
}
export interface FileInput {
  readonly type?: ElementType
  readonly shape: readonly (number | string)[]
}
/** Whole numbers are integers of the file, others and `{ float }` numbers. */
export type FileAttribute =
  | number
  | string
  | readonly number[]
  | readonly string[]
  | { readonly float: number }
  | { readonly floats: readonly number[] }
  | { readonly graph: FileGraph }
  | FileTensor
export interface FileNode {
  readonly op: string
  readonly in?: readonly string[]
  readonly out: readonly string[]
  readonly name?: string
  readonly domain?: string
  readonly with?: Readonly<Record<string, FileAttribute>>
}
export interface FileGraph {
  readonly inputs?: Readonly<Record<string, FileInput>>
  readonly values?: Readonly<Record<string, FileTensor>>
  readonly nodes: readonly FileNode[]
  readonly outputs: readonly string[]
}

/** The bytes of a model of that version of the operators. */
export function modelFile(graph: FileGraph, opset = 18): Uint8Array {
  const version = bytes([field(1, ''), field(2, opset)])
  return bytes([field(1, 8), field(7, graphBytes(graph)), field(8, version)])
}

function graphBytes({ inputs = {}, values = {}, nodes, outputs }: FileGraph): Uint8Array {
  return bytes([
    ...nodes.map((each) => field(1, nodeBytes(each))),
    field(2, 'g'),
    ...Object.entries(values).map(([name, value]) => field(5, tensorBytes(value, name))),
    ...Object.entries(inputs).map(([name, input]) => field(11, inputBytes(name, input))),
    ...outputs.map((name) => field(12, bytes([field(1, name)]))),
  ])
}

function nodeBytes({ op, in: from = [], out, name, domain, with: given = {} }: FileNode) {
  return bytes([
    ...from.map((each) => field(1, each)),
    ...out.map((each) => field(2, each)),
    ...(name === undefined ? [] : [field(3, name)]),
    field(4, op),
    ...Object.entries(given).map(([key, value]) => field(5, attributeBytes(key, value))),
    ...(domain === undefined ? [] : [field(7, domain)]),
  ])
}

function attributeBytes(name: string, value: FileAttribute): Uint8Array {
  const [kind, ...content] = attributeContent(value)
  return bytes([field(1, name), ...(content as Uint8Array[]), field(20, kind as number)])
}

function attributeContent(value: FileAttribute): (number | Uint8Array)[] {
  if (typeof value === 'number')
    return Number.isInteger(value) ? [2, field(3, value)] : [1, single(2, value)]
  if (typeof value === 'string') return [3, field(4, value)]
  if (Array.isArray(value)) {
    const isText = typeof value[0] === 'string'
    return isText
      ? [8, ...value.map((each) => field(9, each))]
      : [7, ...value.map((each) => field(8, each))]
  }
  if ('float' in value) return [1, single(2, value.float)]
  if ('floats' in value) return [6, ...value.floats.map((each) => single(7, each))]
  if ('graph' in value) return [5, field(6, graphBytes(value.graph))]
  return [4, field(5, tensorBytes(value as FileTensor))]
}

/** A number of 32 bits with the tag before it. */
function single(number: number, value: number): Uint8Array {
  const made = new Uint8Array(5)
  made[0] = number * 8 + 5
  new DataView(made.buffer).setFloat32(1, value, true)
  return made
}

function inputBytes(name: string, { type = 'float32', shape }: FileInput): Uint8Array {
  const dims = shape.map((size) => field(1, bytes([field(typeof size === 'number' ? 1 : 2, size)])))
  const tensor = bytes([field(1, TYPES[type]), field(2, bytes(dims))])
  return bytes([field(1, name), field(2, bytes([field(1, tensor)]))])
}

export function tensorBytes(tensor: FileTensor, name?: string): Uint8Array {
  const { type = 'float32', shape, data, raw, more } = tensor
  const numbers = raw ?? rawBytes(type, data ?? [])
  return bytes([
    ...shape.map((size) => field(1, size)),
    field(2, TYPES[type]),
    ...(name === undefined ? [] : [field(8, name)]),
    ...(more ? [more] : [field(9, numbers)]),
  ])
}

/** Half floats are given as their bits. */
function rawBytes(type: ElementType, data: readonly number[]): Uint8Array {
  if (type === 'float32') return new Uint8Array(Float32Array.from(data).buffer)
  if (type === 'float64') return new Uint8Array(Float64Array.from(data).buffer)
  if (type === 'int64') return new Uint8Array(BigInt64Array.from(data, BigInt).buffer)
  if (type === 'int32') return new Uint8Array(Int32Array.from(data).buffer)
  if (type === 'float16' || type === 'bfloat16')
    return new Uint8Array(Uint16Array.from(data).buffer)
  return Uint8Array.from(data)
}
