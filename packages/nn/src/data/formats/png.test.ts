// PNG files of every kind made by hand or by fast-png's encoder, then broken.
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { crc32, deflateSync } from 'node:zlib'
import fc from 'fast-check'
import { encode } from 'fast-png'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { DataError } from '../errors.ts'
import { loadImageFolder } from '../folder.ts'
import { decodePng } from './png.ts'

// A PNG from its parts, so that each can be wrong. `rows` are filter byte and packed samples.
const word = (n: number) => [(n >>> 24) & 255, (n >>> 16) & 255, (n >>> 8) & 255, n & 255]
function chunk(type: string, body: ArrayLike<number>): number[] {
  const typed = [...Buffer.from(type), ...Array.from(body)]
  return [...word(body.length), ...typed, ...word(crc32(Uint8Array.from(typed)))]
}
const SIGNATURE = [137, 80, 78, 71, 13, 10, 26, 10]
const header = (width: number, height: number, depth: number, colour: number, interlace = 0) =>
  chunk('IHDR', [...word(width), ...word(height), depth, colour, 0, 0, interlace])
const pixels = (rows: number[]) => chunk('IDAT', deflateSync(Uint8Array.from(rows)))
const END = chunk('IEND', [])
const png = (...chunks: number[][]) => Uint8Array.from([...SIGNATURE, ...chunks.flat()])

const COLOUR = png(header(2, 1, 8, 2), pixels([0, 255, 0, 51, 0, 102, 255]), END)

describe('decodePng', () => {
  it('gives red, green and blue as three channels', () => {
    const { shape, data } = decodePng(COLOUR)
    expect(shape).toEqual([3, 1, 2])
    expect(data).toEqual(Float32Array.from([1, 0, 0, 0.4, 0.2, 1]))
  })

  it('makes colour grey by its luma, and grey colour by repeating it', () => {
    const grey = decodePng(COLOUR, { channels: 1 })
    expect(grey.shape).toEqual([1, 1, 2])
    expect(grey.data[0]).toBeCloseTo(0.299 + 0.114 * 0.2, 6)
    const one = png(header(1, 1, 8, 0), pixels([0, 51]), END)
    expect(decodePng(one, { channels: 3 }).data).toEqual(Float32Array.of(0.2, 0.2, 0.2))
  })

  it('reads grey of 1, 2, 4, 8 and 16 bits', () => {
    const grey = (depth: number, width: number, row: number[]) =>
      decodePng(png(header(width, 1, depth, 0), pixels([0, ...row]), END)).data
    expect([...grey(1, 10, [0b10110000, 0b01000000])]).toEqual([1, 0, 1, 1, 0, 0, 0, 0, 0, 1])
    expect(grey(2, 3, [0b00011100])).toEqual(Float32Array.of(0, 1 / 3, 1))
    expect(grey(4, 2, [0x3f])).toEqual(Float32Array.of(0.2, 1))
    expect(grey(8, 2, [51, 255])).toEqual(Float32Array.of(0.2, 1))
    expect(grey(16, 2, [0x33, 0x33, 255, 255])).toEqual(Float32Array.of(0.2, 1))
  })

  it('reads palettes, and leaves transparency out', () => {
    const palette = chunk('PLTE', [255, 0, 0, 0, 51, 255])
    const indexed = png(header(3, 1, 1, 3), palette, chunk('tRNS', [9]), pixels([0, 0x40]), END)
    expect(decodePng(indexed).shape).toEqual([3, 1, 3])
    expect(decodePng(indexed).data).toEqual(Float32Array.of(1, 0, 1, 0, 0.2, 0, 0, 1, 0))
    const alpha = png(header(1, 1, 8, 6), pixels([0, 255, 51, 0, 7]), END)
    expect(decodePng(alpha).data).toEqual(Float32Array.of(1, 0.2, 0))
    const greyAlpha = png(header(1, 1, 8, 4), pixels([0, 51, 7]), END)
    expect(decodePng(greyAlpha).data).toEqual(Float32Array.of(0.2))
  })

  it('reads filtered and interlaced images', () => {
    const up = png(header(1, 2, 8, 0), pixels([0, 51, 2, 51]), END)
    expect(decodePng(up).data).toEqual(Float32Array.of(0.2, 0.4))
    const data = Uint8Array.from({ length: 75 }, (_, k) => 3 * k)
    const image = { width: 5, height: 5, channels: 3, data }
    expect(decodePng(encode(image, { interlace: 'Adam7' }))).toEqual(decodePng(encode(image)))
  })

  it('does not take a colour image with a suggested palette for an indexed one', () => {
    const advised = png(
      header(1, 1, 8, 2),
      chunk('PLTE', [1, 2, 3]),
      chunk('tRNS', [0, 1, 0, 2, 0, 3]),
      pixels([0, 255, 51, 0]),
      END,
    )
    expect(decodePng(advised).data).toEqual(Float32Array.of(1, 0.2, 0))
  })

  it('drops text and colour profiles, however large they would become', () => {
    const bomb = [...Buffer.from('icc\0\0'), ...deflateSync(new Uint8Array(3_000_000))]
    const { data } = decodePng(png(header(1, 1, 8, 0), chunk('iCCP', bomb), pixels([0, 51]), END))
    expect([...data]).toEqual([Math.fround(0.2)])
  })

  it.each([
    ['signature', Uint8Array.of(1, 2, 3)],
    ['IHDR', png(pixels([0, 0]), END)],
    ['IHDR', png(header(1, 1, 8, 0), header(1, 1, 8, 0), END)],
    ['IHDR', png(chunk('IHDR', [0, 0]), END)],
    ['IHDR size', png(header(0, 5, 8, 0), pixels([]), END)],
    ['IHDR size', png(header(2 ** 32 - 1, 2 ** 32 - 1, 16, 6), pixels([0]), END)],
    ['IHDR size', png(header(30_000, 30_000, 8, 2), pixels([0]), END)],
    ['IHDR colour type', png(header(1, 1, 8, 5), pixels([0, 0]), END)],
    ['IHDR depth', png(header(1, 1, 3, 0), pixels([0, 0]), END)],
    ['IHDR depth', png(header(1, 1, 1, 2), pixels([0, 0]), END)],
    ['IHDR interlace', png(header(1, 1, 8, 0, 2), pixels([0, 0]), END)],
    ['IDAT', png(header(2, 2, 8, 0), pixels([0, 1, 2, 0, 3]), END)],
    ['IDAT', png(header(1, 1, 8, 0), pixels(Array(100_000).fill(0)), END)],
    ['IDAT', png(header(1, 1, 8, 0), chunk('IDAT', [1, 2, 3, 4]), END)],
    ['IDAT', COLOUR.subarray(0, 45)],
    ['IEND', COLOUR.subarray(0, COLOUR.length - 4)],
    ['chunks', png(header(1, 1, 8, 0), pixels([9, 0]), END)],
    ['PLTE', png(header(1, 1, 8, 3), pixels([0, 0]), END)],
    ['chunks', png(header(1, 1, 8, 3), chunk('PLTE', [1, 2, 3]), pixels([0, 7]), END)],
  ])('names %s', (field, bytes) => {
    expect(() => decodePng(bytes)).toThrow(DataError)
    expect(() => decodePng(bytes)).toThrow(`decodePng: ${field}: `)
  })

  it('stops inflating where the image is full', () => {
    const bomb = png(header(1, 1, 8, 0), pixels(Array(100_000).fill(0)), END)
    expect(() => decodePng(bomb)).toThrow(/IDAT: cannot be decompressed/)
  })

  it('turns mutated files into a DataError or an image of the size that it says', () => {
    const edit = fc.tuple(fc.nat({ max: COLOUR.length - 1 }), fc.integer({ min: 0, max: 255 }))
    fc.assert(
      fc.property(fc.array(edit, { maxLength: 4 }), fc.nat({ max: 12 }), (edits, cut) => {
        const bytes = COLOUR.slice(0, COLOUR.length - cut)
        for (const [at, value] of edits) if (at < bytes.length) bytes[at] = value
        try {
          const { shape, data } = decodePng(bytes)
          expect(data.length).toBe(shape[0] * shape[1] * shape[2])
          expect(data.every((value) => value >= 0 && value <= 1)).toBe(true)
        } catch (error) {
          if (!(error instanceof DataError)) throw error
        }
      }),
      { numRuns: 500 },
    )
  })
})

describe('loadImageFolder', () => {
  let folder = ''
  beforeAll(() => {
    folder = mkdtempSync(join(tmpdir(), 'backprove-png-'))
  })
  afterAll(() => rmSync(folder, { recursive: true }))
  const write = (path: string, bytes: Uint8Array) => {
    mkdirSync(join(folder, path, '..'), { recursive: true })
    writeFileSync(join(folder, path), bytes)
  }
  const grey = (...row: number[]) => png(header(row.length, 1, 8, 0), pixels([0, ...row]), END)

  it('numbers the classes and images by name', () => {
    write('good/dog/2.png', grey(255, 0))
    write('good/dog/1.PNG', grey(51, 51))
    write('good/cat/x.png', grey(0, 0))
    write('good/cat/notes.txt', Uint8Array.of(1))
    write('good/readme.md', Uint8Array.of(1))
    const data = loadImageFolder(join(folder, 'good'))
    expect(data.names).toEqual(['cat', 'dog'])
    expect([...data.labels]).toEqual([0, 1, 1])
    expect(data.images).toEqual(Float32Array.of(0, 0, 0.2, 0.2, 1, 0))
    expect(data.shape).toEqual([1, 1, 2])
    expect(loadImageFolder(join(folder, 'good'), { channels: 3 }).shape).toEqual([3, 1, 2])
  })

  it('names the file that does not fit', () => {
    write('uneven/a/1.png', grey(1, 2))
    write('uneven/a/2.png', grey(1, 2, 3))
    expect(() => loadImageFolder(join(folder, 'uneven'))).toThrow(/2\.png: shape: \[1,1,3\]/)
    write('broken/a/1.png', COLOUR.subarray(0, 50))
    expect(() => loadImageFolder(join(folder, 'broken'))).toThrow(/1\.png: /)
    write('empty/a/notes.txt', Uint8Array.of(1))
    expect(() => loadImageFolder(join(folder, 'empty'))).toThrow(/images: it holds no .png/)
    expect(() => loadImageFolder(join(folder, 'empty', 'a'))).toThrow(/no folder of a class/)
    expect(() => loadImageFolder(join(folder, 'absent'))).toThrow(DataError)
  })
})
