// IDX files written byte by byte here, then broken in every way a hostile file could be.
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { gzipSync } from 'node:zlib'
import fc from 'fast-check'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { DataError } from '../errors.ts'
import { decodeIdx, loadIdx } from './idx.ts'

const word = (n: number) => [(n >>> 24) & 255, (n >>> 16) & 255, (n >>> 8) & 255, n & 255]
const idx = (sizes: number[], values: number[], type = 8) =>
  Uint8Array.from([0, 0, type, sizes.length, ...sizes.flatMap(word), ...values])

const IMAGES = idx([2, 2, 3], [0, 255, 51, 0, 0, 0, 1, 2, 3, 4, 5, 255])
const LABELS = idx([2], [7, 2])

let folder = ''
const write = (name: string, bytes: Uint8Array) => {
  writeFileSync(join(folder, name), bytes)
  return join(folder, name)
}
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'backprove-idx-'))
})
afterAll(() => rmSync(folder, { recursive: true }))

describe('loadIdx', () => {
  it('reads images and the labels beside them, plain or gzipped', () => {
    write('train-labels-idx1-ubyte', LABELS)
    const plain = write('train-images-idx3-ubyte', IMAGES)
    const zipped = write('train-images-idx3-ubyte.gz', gzipSync(IMAGES))
    const data = loadIdx(plain)
    const expected = [0, 1, 0.2, 0, 0, 0, 1 / 255, 2 / 255, 3 / 255, 4 / 255, 5 / 255, 1]
    expect(data.images).toEqual(Float32Array.from(expected))
    expect([...data.labels]).toEqual([7, 2])
    expect(data.shape).toEqual([1, 2, 3])
    expect(data.classes).toBe(8)
    expect(loadIdx(zipped)).toEqual(data)
  })

  it('reads colour images [N,C,H,W] and labels from where it is told', () => {
    const images = write('colour', idx([1, 3, 1, 2], [0, 51, 102, 153, 204, 255]))
    const labels = write('answers', idx([1], [1]))
    const data = loadIdx(images, { labels, classes: 10 })
    expect(data.shape).toEqual([3, 1, 2])
    expect(data.images).toEqual(Float32Array.from([0, 0.2, 0.4, 0.6, 0.8, 1]))
    expect(data.classes).toBe(10)
  })

  it('names what is wrong', () => {
    const labels = write('two-labels', LABELS)
    const load = (bytes: Uint8Array) => () => loadIdx(write('x', bytes), { labels })
    expect(load(idx([3, 1, 1], [1, 2, 3]))).toThrow(/sizes: 2 labels do not suit 3 images/)
    expect(load(idx([2, 3], [1, 2, 3, 4, 5, 6]))).toThrow(/rank: images have rank 3 or 4, not 2/)
    expect(load(idx([2, 0, 5], []))).toThrow(/sizes: 2×0×5 holds no pixel/)
    expect(load(gzipSync(IMAGES).subarray(0, 20))).toThrow(/gzip: cannot be decompressed/)
    expect(() => loadIdx(join(folder, 'absent'), { labels })).toThrow(/file: cannot be read/)
    expect(() => loadIdx(folder, { labels })).toThrow(/this is a folder/)
    expect(() => loadIdx(write('lonely', IMAGES))).toThrow(/no labels beside it/)
    expect(() => loadIdx(write('y', IMAGES), { labels, classes: 5 })).toThrow(/label 7 of image 0/)
  })
})

describe('decodeIdx', () => {
  it.each([
    ['magic', Uint8Array.of(0, 1, 8, 1, 0, 0, 0, 0)],
    ['magic', new Uint8Array(0)],
    ['type', idx([2], [0, 0, 0, 0, 0, 0, 0, 0], 0x0d)],
    ['type', idx([2], [1, 2], 0x42)],
    ['rank', Uint8Array.of(0, 0, 8, 0)],
    ['rank', Uint8Array.of(0, 0, 8, 200)],
    ['sizes', Uint8Array.of(0, 0, 8, 3, 0, 0, 0, 1)],
    ['data', idx([2 ** 32 - 1, 2 ** 32 - 1, 2 ** 32 - 1], [1])],
    ['data', IMAGES.subarray(0, IMAGES.length - 1)],
    ['data', Uint8Array.from([...IMAGES, 0])],
  ])('names the field %s', (field, bytes) => {
    expect(() => decodeIdx(bytes)).toThrow(DataError)
    expect(() => decodeIdx(bytes)).toThrow(`decodeIdx: ${field}: `)
  })

  it('turns mutated files into a DataError or a view no larger than the file', () => {
    const edit = fc.tuple(fc.nat({ max: IMAGES.length - 1 }), fc.integer({ min: 0, max: 255 }))
    fc.assert(
      fc.property(fc.array(edit, { maxLength: 4 }), fc.nat({ max: 40 }), (edits, length) => {
        const bytes = IMAGES.slice(0, Math.max(0, length))
        for (const [at, value] of edits) if (at < bytes.length) bytes[at] = value
        try {
          const { shape, data } = decodeIdx(bytes)
          expect(data.buffer).toBe(bytes.buffer)
          expect(shape.reduce((a, b) => a * b)).toBe(data.length)
        } catch (error) {
          if (!(error instanceof DataError)) throw error
        }
      }),
      { numRuns: 500 },
    )
  })
})
