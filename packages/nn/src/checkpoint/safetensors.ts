// The safetensors format: named arrays and text in one file, nothing executable. Plain bytes in and
// out; what the metadata means is for others. Format: https://huggingface.co/docs/safetensors
import { show } from '@backprove/graph'
import { kindOf } from '../data/formats/kind.ts'
import { CheckpointError } from './errors.ts'
import { bfloatOf, halfOf } from './half.ts'
import { MAX_TENSORS, MAX_TEXTS, parseHeader, type TensorEntry } from './header.ts'

/**
 * The arrays that a file can hold, one type for each of F32, F64, U8, I32 and I64. Of what is read
 * alone every number is kept: F16 and BF16 become F32; I8, I16 and U16 I32; U32 F64; BOOL U8.
 */
export type TensorData = Float32Array | Float64Array | Uint8Array | Int32Array | BigInt64Array

/** An array with its shape, row-major; the shape [] is one number. */
export interface Tensor {
  readonly shape: readonly number[]
  readonly data: TensorData
}

/** What a file holds: arrays by name, and text by key. */
export interface SafetensorsContent {
  readonly tensors: ReadonlyMap<string, Tensor>
  readonly metadata: ReadonlyMap<string, string>
}

const DTYPES = {
  F64: Float64Array,
  I64: BigInt64Array,
  F32: Float32Array,
  I32: Int32Array,
  U8: Uint8Array,
} as const

const LENGTH_BYTES = 8
/** `{`, with which a header begins. */
const OPENING = 0x7b
/** The longest header that the format's reference implementation reads. */
const MAX_HEADER_BYTES = 100_000_000

/**
 * The file's bytes; the same content gives the same bytes. Arrays of wide elements come first, so
 * that each begins at a multiple of its element's size. Throws CheckpointError when a shape does
 * not suit its data, or the type has no place in the format.
 */
export function encodeSafetensors(
  tensors: ReadonlyMap<string, Tensor>,
  metadata: ReadonlyMap<string, string> = new Map(),
): Uint8Array {
  for (const [role, map] of Object.entries({ tensors, metadata })) {
    if (map instanceof Map) continue
    throw new CheckpointError(role, `${show(map)} is no Map, such as new Map([[name, value]]).`)
  }
  if (tensors.size > MAX_TENSORS || metadata.size > MAX_TEXTS) {
    const sentence = `${tensors.size} tensors, ${metadata.size} texts: too many for one file.`
    throw new CheckpointError('header', sentence)
  }
  const entries = [...tensors].map(([name, tensor]) => ({
    name,
    tensor,
    dtype: dtypeOf(name, tensor),
  }))
  entries.sort((a, b) => b.tensor.data.BYTES_PER_ELEMENT - a.tensor.data.BYTES_PER_ELEMENT)
  let size = 0
  const fields: string[] = []
  if (metadata.size > 0) fields.push(`"__metadata__":${jsonObject(metadata)}`)
  for (const { name, tensor, dtype } of entries) {
    const { shape, data } = tensor
    if (name === '__metadata__') throw new CheckpointError(name, 'no tensor may bear this name.')
    if (shape.reduce((product, length) => product * length, 1) !== data.length) {
      throw new CheckpointError(name, `shape [${shape}] does not suit ${data.length} elements.`)
    }
    const data_offsets = [size, size + data.byteLength]
    fields.push(`${JSON.stringify(name)}:${JSON.stringify({ dtype, shape, data_offsets })}`)
    size += data.byteLength
  }
  const text = new TextEncoder().encode(`{${fields.join(',')}}`)
  const headerBytes = Math.ceil(text.length / 8) * 8
  if (headerBytes > MAX_HEADER_BYTES) {
    throw new CheckpointError('header', `${headerBytes} bytes are more than ${MAX_HEADER_BYTES}.`)
  }
  const file = new Uint8Array(LENGTH_BYTES + headerBytes + size)
  new DataView(file.buffer).setBigUint64(0, BigInt(headerBytes), true)
  file.set(text, LENGTH_BYTES)
  file.fill(0x20, LENGTH_BYTES + text.length, LENGTH_BYTES + headerBytes)
  let start = LENGTH_BYTES + headerBytes
  for (const { tensor } of entries) {
    const { data } = tensor
    file.set(new Uint8Array(data.buffer, data.byteOffset, data.byteLength), start)
    start += data.byteLength
  }
  return file
}

/**
 * The content of a file's bytes, copied out of them. A CheckpointError names the field when the
 * header is too long or not as the format says, a key comes twice, a type is unknown, a shape and
 * its range disagree, or the ranges overlap, leave bytes out, or pass the end. Arrays are made only
 * after all of this holds, so that they take no more than the file.
 */
export function decodeSafetensors(given: Uint8Array): SafetensorsContent {
  if (!(given instanceof Uint8Array)) {
    throw new CheckpointError('file', `${show(given)} is not a file's bytes, a Uint8Array.`)
  }
  // Node reads files as Buffers, whose slice shows memory instead of copying it.
  const bytes = new Uint8Array(given.buffer, given.byteOffset, given.length)
  if (bytes.length < LENGTH_BYTES) {
    throw new CheckpointError('file', `this is no checkpoint: it has ${bytes.length} bytes.`)
  }
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.length)
  const announced = view.getBigUint64(0, true)
  const most = Math.min(MAX_HEADER_BYTES, bytes.length - LENGTH_BYTES)
  if (announced > BigInt(most)) {
    if (bytes[LENGTH_BYTES] !== OPENING) {
      throw new CheckpointError(
        'file',
        `this is no checkpoint; \`save\` writes a safetensors file.${kindOf(bytes)}`,
      )
    }
    throw new CheckpointError(
      'header length',
      `the header has ${announced} bytes, the file ${most} for it: it was cut off.`,
    )
  }
  const headerEnd = LENGTH_BYTES + Number(announced)
  const { entries, metadata } = parseHeader(bytes.subarray(LENGTH_BYTES, headerEnd))
  const body = bytes.subarray(headerEnd)
  for (const entry of entries) checkSize(entry)
  checkRanges(entries, body.length)
  const tensors = new Map<string, Tensor>()
  for (const { name, dtype, shape, begin, end } of entries) {
    // A fresh buffer: the file's own may not be aligned to the element's size.
    const { buffer } = body.slice(begin, end)
    tensors.set(name, { shape, data: numbersOf(name, buffer, dtype) })
  }
  return { tensors, metadata }
}

type ReadOnly = readonly [bytes: number, read: (buffer: ArrayBuffer) => TensorData]
/** Types that are read and never written. */
const READ_ONLY: Readonly<Record<string, ReadOnly>> = {
  F16: [2, (buffer) => Float32Array.from(new Uint16Array(buffer), halfOf)],
  BF16: [2, (buffer) => Float32Array.from(new Uint16Array(buffer), bfloatOf)],
  I8: [1, (buffer) => Int32Array.from(new Int8Array(buffer))],
  I16: [2, (buffer) => Int32Array.from(new Int16Array(buffer))],
  U16: [2, (buffer) => Int32Array.from(new Uint16Array(buffer))],
  U32: [4, (buffer) => Float64Array.from(new Uint32Array(buffer))],
  BOOL: [1, (buffer) => new Uint8Array(buffer)],
}

/** Of each type that is read, the bytes of an element. */
const WIDTHS: Readonly<Record<string, number>> = Object.fromEntries([
  ...Object.entries(DTYPES).map(([name, { BYTES_PER_ELEMENT }]) => [name, BYTES_PER_ELEMENT]),
  ...Object.entries(READ_ONLY).map(([name, [width]]) => [name, width]),
])

function numbersOf(name: string, buffer: ArrayBuffer, dtype: string): TensorData {
  const other = Object.hasOwn(READ_ONLY, dtype) ? READ_ONLY[dtype] : undefined
  if (!other) return new DTYPES[dtype as keyof typeof DTYPES](buffer)
  const data = other[1](buffer)
  const odd = dtype === 'BOOL' ? Array.prototype.find.call(data, (entry) => entry > 1) : undefined
  if (odd !== undefined) throw new CheckpointError(name, `${odd} is neither 0 nor 1, as BOOL is.`)
  return data
}

function checkSize({ name, dtype, shape, begin, end }: TensorEntry): void {
  if (!Object.hasOwn(WIDTHS, dtype)) {
    const known = Object.keys(WIDTHS).join(', ')
    throw new CheckpointError(`${name} dtype`, `'${dtype}' is none of ${known}.`)
  }
  const width = WIDTHS[dtype]!
  const expected = shape.reduce((product, length) => product * length, width)
  if (end - begin === expected) return
  throw new CheckpointError(
    `${name} data_offsets`,
    `[${begin},${end}] is not the ${expected} bytes of shape [${shape}] and type ${dtype}.`,
  )
}

// The ranges, in order, must follow one another from 0 to the last byte.
function checkRanges(entries: readonly TensorEntry[], size: number): void {
  let covered = 0
  for (const { name, begin, end } of entries.toSorted(
    (a, b) => a.begin - b.begin || a.end - b.end,
  )) {
    if (begin !== covered) {
      const what = begin < covered ? 'overlaps what ends' : 'leaves bytes out after what ends'
      throw new CheckpointError(`${name} data_offsets`, `[${begin},${end}] ${what} at ${covered}.`)
    }
    covered = end
  }
  if (covered === size) return
  throw new CheckpointError('data', `the tensors take ${covered} bytes, and ${size} follow.`)
}

function dtypeOf(name: string, tensor: Tensor): string {
  const { shape, data } = tensor ?? {}
  if (!Array.isArray(shape) || !ArrayBuffer.isView(data)) {
    throw new CheckpointError(
      name,
      `${show(tensor)} is no tensor { shape: [2], data: Float32Array }.`,
    )
  }
  const found = Object.entries(DTYPES).find(([, type]) => data.constructor === type)
  if (found !== undefined) return found[0]
  throw new CheckpointError(`${name} dtype`, `a ${data.constructor.name} has no type in the file.`)
}

function jsonObject(texts: ReadonlyMap<string, string>): string {
  const fields = [...texts].map(([key, text]) => `${JSON.stringify(key)}:${JSON.stringify(text)}`)
  return `{${fields.join(',')}}`
}
