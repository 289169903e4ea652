// The header of a safetensors file: a parser of exactly the JSON that the format allows. JSON.parse
// would keep the last of two equal keys in silence and build whatever a hostile header nests.
import { CheckpointError } from './errors.ts'

/** One tensor of the header, its shape and its range of bytes not yet compared. */
export interface TensorEntry {
  readonly name: string
  readonly dtype: string
  readonly shape: readonly number[]
  readonly begin: number
  readonly end: number
}

/** What a header says. */
export interface Header {
  readonly entries: readonly TensorEntry[]
  readonly metadata: ReadonlyMap<string, string>
}

const METADATA = '__metadata__'
/** A tensor costs some hundred bytes beside its data; this keeps the sum of them small. */
export const MAX_TENSORS = 2 ** 14
/** For the same reason, the most texts. */
export const MAX_TEXTS = 2 ** 14
const MAX_RANK = 32

/** Parses a header's bytes; throws CheckpointError naming the field. */
export function parseHeader(bytes: Uint8Array): Header {
  const text = utf8(bytes)
  if (text[0] !== '{') throw new CheckpointError('header', 'it does not begin with {.')
  const cursor: Cursor = { text, at: 0 }
  const entries: TensorEntry[] = []
  let metadata: Map<string, string> | undefined
  readObject(cursor, 'header', MAX_TENSORS + 1, (name) => {
    if (name === METADATA) metadata = readMetadata(cursor)
    else entries.push(readTensor(cursor, name))
  })
  skipSpace(cursor)
  if (cursor.at < text.length) throw unexpected(cursor, 'header', 'nothing more')
  return { entries, metadata: metadata ?? new Map() }
}

interface Cursor {
  readonly text: string
  at: number
}

function readMetadata(cursor: Cursor): Map<string, string> {
  const texts = new Map<string, string>()
  readObject(cursor, METADATA, MAX_TEXTS, (key) => {
    texts.set(key, readString(cursor, `${METADATA} ${shown(key)}`))
  })
  return texts
}

function readTensor(cursor: Cursor, name: string): TensorEntry {
  const label = shown(name)
  const fields: { dtype?: string; shape?: number[]; data_offsets?: number[] } = {}
  readObject(cursor, label, 3, (key) => {
    if (key === 'dtype') fields.dtype = readString(cursor, `${label} dtype`)
    else if (key === 'shape') fields.shape = readIntegers(cursor, `${label} shape`, MAX_RANK)
    else if (key === 'data_offsets') {
      fields.data_offsets = readIntegers(cursor, `${label} data_offsets`, 2)
    } else throw new CheckpointError(label, `'${shown(key)}' is no field of a tensor.`)
  })
  const { dtype, shape, data_offsets } = fields
  if (dtype === undefined) throw new CheckpointError(`${label} dtype`, 'it is missing.')
  if (shape === undefined) throw new CheckpointError(`${label} shape`, 'it is missing.')
  const [begin, end] = data_offsets ?? []
  if (begin === undefined || end === undefined || begin > end) {
    throw new CheckpointError(`${label} data_offsets`, 'it is not [begin, end], begin ≤ end.')
  }
  return { name, dtype, shape, begin, end }
}

// { "key": …, … } with each key once; `readValue` reads what follows the colon.
function readObject(cursor: Cursor, field: string, most: number, readValue: (key: string) => void) {
  const seen = new Set<string>()
  expect(cursor, '{', field)
  if (accept(cursor, '}')) return
  do {
    const key = readString(cursor, field)
    if (seen.has(key)) throw new CheckpointError(field, `the key '${shown(key)}' comes twice.`)
    if (seen.size === most) throw new CheckpointError(field, `it has more than ${most} keys.`)
    seen.add(key)
    expect(cursor, ':', field)
    readValue(key)
  } while (accept(cursor, ','))
  expect(cursor, '}', field)
}

function readIntegers(cursor: Cursor, field: string, most: number): number[] {
  const integers: number[] = []
  expect(cursor, '[', field)
  if (accept(cursor, ']')) return integers
  do {
    if (integers.length === most) throw new CheckpointError(field, `more than ${most} numbers.`)
    skipSpace(cursor)
    const digits = match(cursor, /(0|[1-9]\d{0,15})(?![\d.eE])/y)
    const value = Number(digits)
    if (digits === undefined || !Number.isSafeInteger(value)) {
      throw unexpected(cursor, field, 'an integer 0 … 2⁵³ − 1')
    }
    integers.push(value)
  } while (accept(cursor, ','))
  expect(cursor, ']', field)
  return integers
}

// The string's end is found first; JSON.parse then reads the escapes of that string alone.
function readString(cursor: Cursor, field: string): string {
  skipSpace(cursor)
  const { text, at } = cursor
  if (text[at] !== '"') throw unexpected(cursor, field, 'a string')
  let end = text.indexOf('"', at + 1)
  while (end >= 0 && isEscaped(text, end)) end = text.indexOf('"', end + 1)
  if (end < 0) throw new CheckpointError(field, 'a string does not end.')
  cursor.at = end + 1
  try {
    return JSON.parse(text.slice(at, end + 1))
  } catch (cause) {
    throw new CheckpointError(field, 'a string is not as JSON writes it.', { cause })
  }
}

function isEscaped(text: string, at: number): boolean {
  let before = at
  while (text[before - 1] === '\\') before--
  return (at - before) % 2 === 1
}

function match(cursor: Cursor, pattern: RegExp): string | undefined {
  pattern.lastIndex = cursor.at
  const found = pattern.exec(cursor.text)?.[0]
  if (found !== undefined) cursor.at += found.length
  return found
}

function accept(cursor: Cursor, symbol: string): boolean {
  skipSpace(cursor)
  if (cursor.text[cursor.at] !== symbol) return false
  cursor.at++
  return true
}

function expect(cursor: Cursor, symbol: string, field: string): void {
  if (!accept(cursor, symbol)) throw unexpected(cursor, field, `'${symbol}'`)
}

function skipSpace(cursor: Cursor): void {
  while (' \n\r\t'.includes(cursor.text[cursor.at] ?? 'end')) cursor.at++
}

function unexpected({ text, at }: Cursor, field: string, wanted: string): CheckpointError {
  const found = at < text.length ? `'${shown(text.slice(at, at + 20))}'` : 'the end'
  return new CheckpointError(
    field,
    `${wanted} is expected at byte ${at} of the header, not ${found}.`,
  )
}

function shown(text: string): string {
  return text.length > 60 ? `${text.slice(0, 60)}…` : text
}

function utf8(bytes: Uint8Array): string {
  try {
    return new TextDecoder('utf-8', { fatal: true, ignoreBOM: true }).decode(bytes)
  } catch (cause) {
    throw new CheckpointError('header', 'it is not UTF-8 text.', { cause })
  }
}
