// JPEG images through jpeg-js, which is asked for no more pixels than the bytes can say: a header
// alone is not believed.
import { optionError, readOptions } from '@backprove/graph'
import { decode } from 'jpeg-js'
import type { Image } from '../dataset.ts'
import { DataError } from '../errors.ts'
import { attempt, MAX_BYTES, readContent, requireBytes } from '../node.ts'
import type { PngOptions } from './png.ts'

/** A byte of a progressive image without detail says at most so many pixels. */
const PIXELS_PER_BYTE = 1024
/** Bytes that the decoder may take for a pixel, its coefficients and samples included. */
const BYTES_PER_PIXEL = 32

/** As {@link decodeJpeg}, from a file. */
export function loadJpeg(path: string, options: PngOptions = {}): Image {
  return decodeJpeg(readContent(path), options, path)
}

/**
 * A JPEG's image with values 0 … 1: grey as [1,H,W], colour as [3,H,W]; `channels` makes it one or
 * the other. Baseline and progressive files are read.
 * @throws DataError for bytes that are no such image, or say more pixels than they hold
 */
export function decodeJpeg(
  given: Uint8Array,
  options: PngOptions = {},
  source = 'decodeJpeg',
): Image {
  const bytes = requireBytes(given, source)
  const { channels: wanted } = readOptions('decodeJpeg', options, ['channels'])
  if (wanted !== undefined && wanted !== 1 && wanted !== 3) {
    throw optionError('decodeJpeg', 'channels', wanted, '1 (grey) or 3 (colour)')
  }
  const { height, width, components } = frameOf(bytes, source)
  const area = height * width
  if (area > PIXELS_PER_BYTE * bytes.length || area * BYTES_PER_PIXEL > MAX_BYTES) {
    const sentence = `${width} × ${height} pixels in ${bytes.length} bytes are not believed.`
    throw new DataError(source, 'frame', sentence)
  }
  const { data: samples } = attempt(source, 'image', 'not a JPEG image', () =>
    decode(bytes, {
      useTArray: true,
      formatAsRGBA: false,
      tolerantDecoding: false,
      maxResolutionInMP: area / 1e6 + 1,
      maxMemoryUsageInMB: (area * BYTES_PER_PIXEL) / 2 ** 20 + 64,
    }),
  )
  const channels = wanted ?? (components === 1 ? 1 : 3)
  const data = new Float32Array(channels * area)
  for (let pixel = 0; pixel < area; pixel++) {
    const [r, g, b] = [0, 1, 2].map((c) => samples[3 * pixel + c]! / 255) as [
      number,
      number,
      number,
    ]
    // Luma of ITU-R BT.601, the grey that has the colour's brightness.
    if (channels === 1) data[pixel] = components === 1 ? r : 0.299 * r + 0.587 * g + 0.114 * b
    else for (const [c, value] of [r, g, b].entries()) data[c * area + pixel] = value
  }
  return { shape: [channels, height, width], data }
}

/** Sizes by the first frame header (ITU-T T.81, B.2.2). */
function frameOf(bytes: Uint8Array, source: string) {
  const fail = (field: string, sentence: string) => new DataError(source, field, sentence)
  if (bytes[0] !== 0xff || bytes[1] !== 0xd8) {
    throw fail('signature', 'this does not begin as a JPEG file does.')
  }
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.length)
  for (let at = 2; at + 4 <= bytes.length; ) {
    const marker = view.getUint16(at)
    if (marker < 0xff01 || marker === 0xffd9 || marker === 0xffda) break
    // Bytes 0xff may fill the place before a marker.
    if (marker === 0xffff) {
      at++
      continue
    }
    const isFrame =
      marker >= 0xffc0 && marker <= 0xffcf && ![0xc4, 0xc8, 0xcc].includes(marker & 0xff)
    if (isFrame && at + 10 <= bytes.length) {
      const [height, width] = [view.getUint16(at + 5), view.getUint16(at + 7)]
      const components = bytes[at + 9]!
      if (height > 0 && width > 0) return { height, width, components }
    }
    at += 2 + view.getUint16(at + 2)
  }
  throw fail('frame', 'it says no size of an image.')
}
