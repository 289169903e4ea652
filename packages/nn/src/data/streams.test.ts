// Sets that come in pieces, or as tensors, lists and typed arrays: each the same as the set whole.
import { Readable } from 'node:stream'
import { gzipSync } from 'node:zlib'
import { describe, expect, it } from 'vitest'
import { dataset } from './dataset.ts'
import { decodeCsv } from './formats/csv.ts'
import { numbers } from './numbers.ts'
import { collect, readCsv, type Sample } from './streams.ts'

const csv = 'a,b,kind\n1,2,café\n3,4,tea\n5,6,café\n'
const bytes = new TextEncoder().encode(csv)
/** Every character of more than one byte is cut through somewhere. */
const cut = (whole: Uint8Array): Uint8Array[] =>
  Array.from({ length: Math.ceil(whole.length / 3) }, (_, k) => whole.slice(3 * k, 3 * k + 3))
const webStream = (parts: readonly Uint8Array[]) => ReadableStream.from(parts)
/** As in a browser that does not iterate over streams. */
const onlyReader = (parts: readonly Uint8Array[]) => {
  const stream = webStream(parts)
  return { getReader: () => stream.getReader() }
}

describe('readCsv', () => {
  const whole = decodeCsv(bytes, { header: true, label: 'kind' })
  const zipped = new Uint8Array(gzipSync(csv))
  it.each<[string, () => Parameters<typeof readCsv>[0]]>([
    ['a list of bytes', () => cut(bytes)],
    ['texts', () => [csv.slice(0, 14), csv.slice(14)]],
    ['a Node stream', () => Readable.from(cut(bytes))],
    ['a web stream', () => webStream(cut(bytes))],
    ['a web stream that is not iterable', () => onlyReader(cut(bytes))],
    ['gzip', () => Readable.from(cut(zipped))],
  ])('%s', async (_, source) => {
    expect(await readCsv(source(), { header: true, label: 'kind' })).toEqual(whole)
    expect(whole.names).toEqual(['café', 'tea'])
  })
  it('what is no stream, and a csv that is none', async () => {
    await expect(readCsv(3 as never)).rejects.toThrow('source: 3 is no stream and no iterable.')
    await expect(readCsv([4] as never)).rejects.toThrow('4 is no bytes and no text')
    await expect(readCsv([])).rejects.toThrow('there is no line of numbers')
    const broken = new ReadableStream({ pull: (c) => c.error(new Error('the line is cut')) })
    await expect(readCsv(broken)).rejects.toThrow('the line is cut')
  })
})

describe('collect', () => {
  async function* endless(): AsyncGenerator<Sample> {
    for (let k = 0; ; k++) yield { input: [k, k + 1], label: k % 3 }
  }
  it('stops at the limit, and ends the source', async () => {
    const set = await collect(endless(), { limit: 4 })
    expect([...set.images]).toEqual([0, 1, 1, 2, 2, 3, 3, 4])
    expect([...set.labels]).toEqual([0, 1, 2, 0])
    expect([set.shape, set.classes]).toEqual([[1, 1, 2], 3])
  })
  it('tensors with numbers as targets', async () => {
    const tensor = { shape: [2, 2], data: [1, 2, 3, 4] }
    const set = await collect(Readable.from([{ input: tensor, target: [7, 8] }]))
    expect(set).toEqual(numbers({ inputs: [tensor], targets: [[7, 8]] }))
    expect(set.shape).toEqual([1, 2, 2])
  })
  it.each<[string, unknown[], RegExp]>([
    ['no sample', [{ input: [1] }], /sample 0: .* is neither \{ input, label \}/],
    [
      'another shape',
      [
        { input: [1], label: 0 },
        { input: [1, 2], label: 0 },
      ],
      /sample 1: it is/,
    ],
    [
      'a mixture',
      [
        { input: [1], label: 0 },
        { input: [1], target: 1 },
      ],
      /unlike those before/,
    ],
    [
      'targets',
      [
        { input: [1], target: 0 },
        { input: [1], target: [1, 2] },
      ],
      /2 targets, and the/,
    ],
    ['none at all', [], /there is no sample/],
    ['NaN', [{ input: [Number.NaN], label: 0 }], /is NaN, no finite number/],
  ])('refuses %s', async (_, samples, message) => {
    await expect(collect(samples as Sample[])).rejects.toThrow(message)
  })
})

describe('sets as people have them', () => {
  const plain = dataset({
    ...{ images: Float32Array.of(1, 2, 3, 4), labels: [1, 0] },
    ...{ shape: [1, 1, 2], classes: 2 },
  })
  it.each([
    [
      'lists',
      {
        images: [
          [1, 2],
          [3, 4],
        ],
      },
    ],
    ['typed arrays', { images: [Float64Array.of(1, 2), Float64Array.of(3, 4)] }],
    ['a tensor', { images: { shape: [2, 2], data: Int32Array.of(1, 2, 3, 4) } }],
    ['one flat array', { images: Int8Array.of(1, 2, 3, 4) }],
  ])('%s', (_, { images }) => {
    expect(dataset({ images, labels: [1, 0] })).toEqual(plain)
  })
  it('texts as labels are classes in the order of the alphabet', () => {
    const { labels, names } = dataset({ images: [[1], [2], [3]], labels: ['b', 'a', 'b'] })
    expect([[...labels], names]).toEqual([
      [1, 0, 1],
      ['a', 'b'],
    ])
  })
  it('pictures and sequences keep their axes', () => {
    const sequence = [
      [
        [1, 2],
        [3, 4],
        [5, 6],
      ],
    ]
    expect(numbers({ inputs: sequence, targets: [1] }).shape).toEqual([1, 3, 2])
    expect(dataset({ images: [sequence], labels: [0] }).shape).toEqual([1, 3, 2])
  })
  it.each([
    [{ images: [[1, 2], [3]], labels: [0, 0] }, 'images: a ragged list'],
    [{ images: { shape: [2, 2], data: [1] }, labels: [0, 0] }, '1 values are not those of'],
    [{ images: [[[[[1]]]]], labels: [0] }, 'more than three axes'],
    [{ images: [[1]], labels: ['x'], names: ['y'] }, 'label -1'],
    [{ data: [[1]], labels: [0] }, 'is images meant?'],
  ])('%j is refused', (parts, message) => {
    expect(() => dataset(parts as never)).toThrow(message)
  })
})
