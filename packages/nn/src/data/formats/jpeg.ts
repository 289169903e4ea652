// JPEG images through jpeg-js, which is asked for no more pixels than the bytes can say: a header
// alone is not believed.
import { optionError, readOptions } from '@backprove/graph'
import { decode } from 'jpeg-js'
import { DataError } from '../errors.ts'
import type { Image } from '../images.ts'
import { attempt, MAX_BYTES, readContent, requireBytes } from '../node.ts'
import { kindOf } from './kind.ts'
import { orientationOf, segmentsOf, upright } from './orientation.ts'
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
 * the other. Baseline and progressive files are read, upright as the camera says that they are.
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
  const image = upright(orientationOf(bytes), height, width)
  for (let pixel = 0; pixel < area; pixel++) {
    const from = 3 * image.at(Math.floor(pixel / image.width), pixel % image.width)
    const [r, g, b] = [samples[from]! / 255, samples[from + 1]! / 255, samples[from + 2]! / 255]
    // Luma of ITU-R BT.601, the grey that has the colour's brightness.
    if (channels === 1) data[pixel] = components === 1 ? r : 0.299 * r + 0.587 * g + 0.114 * b
    else {
      data[pixel] = r
      data[area + pixel] = g
      data[2 * area + pixel] = b
    }
  }
  return { shape: [channels, image.height, image.width], data }
}

/** Frames that are read: baseline, extended and progressive, all by Huffman's codes. */
const READ = new Set([0xffc0, 0xffc1, 0xffc2])
/** Tables between the markers of frames. */
const TABLES = new Set([0xffc4, 0xffc8, 0xffcc])

/** Sizes by the first frame header (ITU-T T.81, B.2.2). */
function frameOf(bytes: Uint8Array, source: string) {
  const fail = (field: string, sentence: string) => new DataError(source, field, sentence)
  if (bytes[0] !== 0xff || bytes[1] !== 0xd8) {
    throw fail('signature', `this does not begin as a JPEG file does.${kindOf(bytes)}`)
  }
  for (const { marker, body } of segmentsOf(bytes)) {
    const isFrame = marker >= 0xffc0 && marker <= 0xffcf && !TABLES.has(marker)
    if (!isFrame || body.length < 6) continue
    const [bits = 0, , , , , components = 0] = body
    const [height, width] = [256 * body[1]! + body[2]!, 256 * body[3]! + body[4]!]
    if (!READ.has(marker)) {
      throw fail('frame', 'it is lossless, hierarchical or coded by arithmetic, which is not read.')
    }
    if (bits !== 8) throw fail('frame', `its samples have ${bits} bits; those of 8 are read.`)
    if (height > 0 && width > 0) return { height, width, components }
  }
  throw fail('frame', 'it says no size of an image.')
}
