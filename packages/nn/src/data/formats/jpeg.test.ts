// JPEG files made by the library's encoder, cut and changed, and a header that claims too much.
import fc from 'fast-check'
import { encode } from 'jpeg-js'
import { describe, expect, it } from 'vitest'
import { DataError } from '../errors.ts'
import { decodeJpeg } from './jpeg.ts'

const [width, height] = [10, 6]
const picture = (colour: (x: number, y: number) => readonly number[]): Uint8Array => {
  const data = new Uint8Array(4 * width * height)
  for (let y = 0; y < height; y++)
    for (let x = 0; x < width; x++) data.set([...colour(x, y), 255], 4 * (y * width + x))
  return new Uint8Array(encode({ width, height, data }, 100).data)
}
const halves = picture((x) => (x < 5 ? [250, 10, 10] : [10, 10, 250]))

describe('decodeJpeg', () => {
  it('reads red, green and blue as three channels', () => {
    const { shape, data } = decodeJpeg(halves)
    expect(shape).toEqual([3, 6, 10])
    const at = (c: number, y: number, x: number) => data[(c * height + y) * width + x]!
    expect(at(0, 2, 0)).toBeGreaterThan(0.9)
    expect(at(2, 2, 0)).toBeLessThan(0.1)
    expect(at(2, 3, 9)).toBeGreaterThan(0.9)
    expect(at(0, 3, 9)).toBeLessThan(0.1)
  })
  it('makes grey of it, by its brightness', () => {
    const { shape, data } = decodeJpeg(halves, { channels: 1 })
    expect(shape).toEqual([1, 6, 10])
    expect(data[0]).toBeCloseTo((0.299 * 250 + 0.701 * 10) / 255, 1)
  })
  // Written as EXIF has it (tag 274): where row 0 and column 0 of what is stored belong.
  const turned = (orientation: number, isLittle: boolean): Uint8Array => {
    const tiff = new DataView(new ArrayBuffer(26))
    tiff.setUint16(0, isLittle ? 0x4949 : 0x4d4d)
    tiff.setUint16(2, 42, isLittle)
    tiff.setUint32(4, 8, isLittle)
    tiff.setUint16(8, 1, isLittle)
    tiff.setUint16(10, 274, isLittle)
    tiff.setUint16(12, 3, isLittle)
    tiff.setUint32(14, 1, isLittle)
    tiff.setUint16(18, orientation, isLittle)
    const exif = [...[...'Exif'].map((c) => c.charCodeAt(0)), 0, 0, ...new Uint8Array(tiff.buffer)]
    const segment = [0xff, 0xe1, 0, exif.length + 2, ...exif]
    return Uint8Array.from([0xff, 0xd8, ...segment, ...corner.subarray(2)])
  }
  /** White in the upper left quarter. */
  const corner = picture((x, y) => (x < 5 && y < 3 ? [255, 255, 255] : [0, 0, 0]))
  it.each([
    [1, 'upper left'],
    [2, 'upper right'],
    [3, 'lower right'],
    [4, 'lower left'],
    [5, 'upper left'],
    [6, 'upper right'],
    [7, 'lower right'],
    [8, 'lower left'],
    [9, 'upper left'],
  ])('an image of orientation %i is upright: white is %s', (orientation, where) => {
    for (const isLittle of [true, false]) {
      const { shape, data } = decodeJpeg(turned(orientation, isLittle), { channels: 1 })
      const isTurned = orientation >= 5 && orientation <= 8
      expect(shape).toEqual(isTurned ? [1, 10, 6] : [1, 6, 10])
      const [, h, w] = shape
      const corners = { 'upper left': 0, 'upper right': w - 1, 'lower left': (h - 1) * w }
      const found = Object.entries({ ...corners, 'lower right': h * w - 1 })
      expect(found.filter(([, at]) => data[at]! > 0.5).map(([name]) => name)).toEqual([where])
    }
  })
  it('5 and 7 are mirrored as well as turned', () => {
    const row = picture((x, y) => (y < 3 ? [255, 255, 255] : [x < 5 ? 0 : 200, 0, 0]))
    const at = (orientation: number, y: number, x: number) => {
      const bytes = turned(orientation, true)
      const body = Uint8Array.from([...bytes.subarray(0, 38), ...row.subarray(2)])
      const { data, shape } = decodeJpeg(body)
      return data[y * shape[2] + x]!
    }
    // What was the last row, dark and then red from left to right, is the last column.
    expect([at(5, 0, 5), at(5, 9, 5)].map(Math.round)).toEqual([0, 1])
    expect([at(8, 0, 5), at(8, 9, 5)].map(Math.round)).toEqual([1, 0])
  })
  it('refuses what is no image, naming why', () => {
    const framed = (marker: number, bits = 8) => {
      const bytes = halves.slice()
      const frame = bytes.findIndex((byte, k) => byte === 0xff && bytes[k + 1] === 0xc0)
      bytes[frame + 1] = marker
      bytes[frame + 4] = bits
      return bytes
    }
    expect(() => decodeJpeg(framed(0xc9))).toThrow('coded by arithmetic, which is not read')
    expect(() => decodeJpeg(framed(0xc1, 12))).toThrow('its samples have 12 bits')
    expect(() => decodeJpeg(Uint8Array.of(1, 2, 3))).toThrow('decodeJpeg: signature: ')
    expect(() => decodeJpeg(halves.subarray(0, 20))).toThrow('frame')
    expect(() => decodeJpeg(halves, { channels: 2 as never })).toThrow('channels')
    expect(() => decodeJpeg('x.jpg' as never)).toThrow('bytes')
  })
  it('does not believe a size that the bytes cannot hold', () => {
    const large = halves.slice()
    const frame = large.findIndex((byte, k) => byte === 0xff && large[k + 1] === 0xc0)
    large.set([0xff, 0xff, 0xff, 0xff], frame + 5)
    expect(() => decodeJpeg(large)).toThrow(/65535 × 65535 pixels in \d+ bytes are not believed/)
  })
  it('turns changed files into an image or a DataError', () => {
    fc.assert(
      fc.property(
        fc.array(fc.tuple(fc.nat(halves.length - 1), fc.nat(255)), { minLength: 1, maxLength: 6 }),
        fc.nat(halves.length),
        (edits, end) => {
          const changed = halves.slice(0, end % 3 === 0 ? end : halves.length)
          for (const [at, byte] of edits) changed[at] = byte
          try {
            expect(decodeJpeg(changed).data.every(Number.isFinite)).toBe(true)
          } catch (error) {
            expect(error).toBeInstanceOf(DataError)
          }
        },
      ),
      { numRuns: 300, seed: 5 },
    )
  })
})
