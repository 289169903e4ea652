// Data that comes in pieces: the bytes of a csv, or samples one after another; from a web stream, a
// Node stream, or anything that is iterated over. A set is held whole, so that it is also gathered
// whole, up to a limit.
import { type NestedNumbers, readOptions, show, type TypedArray } from '@backprove/graph'
import { requireCount } from '../check.ts'
import { flatSamples, imageShapeOf, type ShapedArray } from './arrays.ts'
import { dataset } from './dataset.ts'
import { DataError } from './errors.ts'
import { type CsvOptions, decodeCsv } from './formats/csv.ts'
import type { Dataset, ImageShape } from './images.ts'
import { MAX_BYTES } from './node.ts'

interface Reader<T> {
  read(): Promise<{ readonly done: boolean; readonly value?: T | undefined }>
  cancel(reason?: unknown): Promise<unknown>
  releaseLock(): void
}
/** A web stream, a Node stream, an async or a plain generator, or a list. */
export type Source<T> = AsyncIterable<T> | Iterable<T> | { getReader(): Reader<T> }

async function* pieces<T>(source: Source<T>, name: string): AsyncGenerator<T, void, undefined> {
  const given = Object(source) as Partial<AsyncIterable<T> & Iterable<T>>
  if (given[Symbol.asyncIterator] || given[Symbol.iterator]) {
    yield* source as AsyncIterable<T>
    return
  }
  const { getReader } = Object(source) as { getReader?: () => Reader<T> }
  if (typeof getReader !== 'function') {
    throw new DataError(name, 'source', `${show(source)} is no stream and no iterable.`)
  }
  // Not every browser iterates over its streams.
  const reader = getReader.call(source)
  let ended = false
  try {
    for (;;) {
      const { done, value } = await reader.read()
      ended = done
      if (done) return
      yield value as T
    }
  } finally {
    if (!ended) await reader.cancel()
    reader.releaseLock()
  }
}

/**
 * The dataset of a csv that comes as a stream of bytes or text: `readCsv(response.body)`,
 * `readCsv(createReadStream(path))`. As {@link decodeCsv} reads it, gzipped or plain.
 * @throws DataError as {@link decodeCsv} does, and for more than 1 GiB
 */
export async function readCsv(
  source: Source<Uint8Array | string>,
  options: CsvOptions = {},
): Promise<Dataset> {
  const parts: Uint8Array[] = []
  const encoder = new TextEncoder()
  let size = 0
  for await (const piece of pieces(source, 'readCsv')) {
    const bytes = typeof piece === 'string' ? encoder.encode(piece) : piece
    if (!(bytes instanceof Uint8Array)) {
      const where = typeof source === 'string' ? '; of a text, give [text]' : ''
      throw new DataError('readCsv', 'source', `${show(piece)} is no bytes and no text${where}.`)
    }
    size += bytes.length
    if (size > MAX_BYTES) {
      throw new DataError('readCsv', 'source', `it has more than the limit of ${MAX_BYTES} bytes.`)
    }
    parts.push(bytes)
  }
  const whole = new Uint8Array(size)
  let at = 0
  for (const part of parts) {
    whole.set(part, at)
    at += part.length
  }
  return decodeCsv(whole, options, 'readCsv')
}

/** One sample of a stream: what is given, and its class or the numbers that it should become. */
export interface Sample {
  readonly input: NestedNumbers | TypedArray | ShapedArray
  readonly label?: number | string
  readonly target?: NestedNumbers | TypedArray | ShapedArray
}

/** Options of {@link collect}. */
export interface CollectOptions {
  /** Of one sample; by default that of the first. */
  readonly shape?: ImageShape
  /** The number of classes; by default as many as labels say. */
  readonly classes?: number
  readonly names?: readonly string[]
  /** To stop after so many samples; a stream without an end needs it. */
  readonly limit?: number
}

/**
 * The dataset of a stream of samples, each `{ input, label }` or `{ input, target }`.
 * @throws DataError naming the sample that is none, or is unlike the first
 */
export async function collect(
  source: Source<Sample>,
  options: CollectOptions = {},
): Promise<Dataset> {
  readOptions('collect', options, ['shape', 'classes', 'names', 'limit'])
  const { limit = Number.POSITIVE_INFINITY, ...rest } = options
  if (options.limit !== undefined) requireCount('collect', 'limit', limit)
  const inputs: Float32Array[] = []
  const targets: Float32Array[] = []
  const labels: (number | string)[] = []
  let shape: readonly number[] | undefined
  let bytes = 0
  for await (const sample of pieces(source, 'collect')) {
    const k = inputs.length
    const { input, label, target } = Object(sample) as Partial<Sample>
    const fail = (sentence: string) => new DataError('collect', `sample ${k}`, sentence)
    if (input === undefined || (label === undefined) === (target === undefined)) {
      throw fail(`${show(sample)} is neither { input, label } nor { input, target }.`)
    }
    const own = flatSamples('collect', `sample ${k}`, input)
    const itself = own.shape ?? [own.data.length]
    shape ??= itself
    if (itself.join() !== shape.join()) throw fail(`it is [${itself}], and the first [${shape}].`)
    inputs.push(own.data)
    if (target !== undefined) targets.push(flatSamples('collect', `sample ${k}`, target).data)
    else labels.push(label!)
    if (targets.length * labels.length > 0) {
      throw fail(`it has a ${label === undefined ? 'target' : 'label'}, unlike those before it.`)
    }
    if (targets.length > 0 && targets[k]!.length !== targets[0]!.length) {
      throw fail(`it has ${targets[k]!.length} targets, and the first ${targets[0]!.length}.`)
    }
    bytes += own.data.byteLength
    if (bytes > MAX_BYTES) throw fail(`the samples before it fill the limit of ${MAX_BYTES} bytes.`)
    if (inputs.length >= limit) break
  }
  if (inputs.length === 0) throw new DataError('collect', 'source', 'there is no sample.')
  const parts = {
    ...rest,
    images: joined(inputs),
    shape: rest.shape ?? imageShapeOf('collect', 'sample 0', shape!),
  }
  if (targets.length === 0) return dataset({ ...parts, labels: labels as string[] }, 'collect')
  const none = new Uint16Array(inputs.length)
  return dataset({ ...parts, labels: none, classes: 1, targets: joined(targets) }, 'collect')
}

function joined(rows: readonly Float32Array[]): Float32Array {
  const width = rows[0]!.length
  const all = new Float32Array(rows.length * width)
  rows.forEach((row, k) => {
    all.set(row, k * width)
  })
  return all
}
