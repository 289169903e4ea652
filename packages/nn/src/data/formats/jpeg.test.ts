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
  it('refuses what is no image, naming why', () => {
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
