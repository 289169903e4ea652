// PNG images through fast-png, whose trust in headers is earned first: `inspect` walks the chunks
// and inflates under a limit, so that no size is believed that the pixels do not bear out.
import { optionError, readOptions } from '@backprove/graph'
import { type BitDepth, convertIndexedToRgb, type DecodedPng, decode } from 'fast-png'
import { DataError } from '../errors.ts'
import type { Image } from '../images.ts'
import { attempt, MAX_BYTES, readContent, requireBytes } from '../node.ts'
import { joined, unzlib } from './inflate.ts'
import { kindOf } from './kind.ts'

/** Options of {@link loadPng}: 1 makes any image grey, 3 colour; absent, as in the file. */
export interface PngOptions {
  readonly channels?: 1 | 3
}

const SIGNATURE = [0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a]
// A text or a colour profile may be compressed a thousandfold, a palette be mere advice.
const ESSENTIAL = new Set(['IHDR', 'IDAT', 'IEND'])
const INDEXED = 3

// Colour type → samples a pixel and the depths allowed (PNG specification, table 11.1).
const COLOUR_TYPES: Readonly<Record<number, { samples: number; depths: readonly number[] }>> = {
  0: { samples: 1, depths: [1, 2, 4, 8, 16] },
  2: { samples: 3, depths: [8, 16] },
  3: { samples: 1, depths: [1, 2, 4, 8] },
  4: { samples: 2, depths: [8, 16] },
  6: { samples: 4, depths: [8, 16] },
}

/** As {@link decodePng}, from a file. */
export function loadPng(path: string, options: PngOptions = {}): Image {
  return decodePng(readContent(path), options, path)
}

/**
 * A PNG's image with values 0 … 1: grey as [1,H,W], colour and palette as [3,H,W], red, green and
 * blue the three channels. Transparency is left out. Throws DataError naming the chunk or field.
 */
export function decodePng(
  given: Uint8Array,
  options: PngOptions = {},
  source = 'decodePng',
): Image {
  const bytes = requireBytes(given, source)
  const { channels: wanted } = readOptions('decodePng', options, ['channels'])
  if (wanted !== undefined && wanted !== 1 && wanted !== 3) {
    throw optionError('decodePng', 'channels', wanted, '1 (grey) or 3 (colour)')
  }
  const checked = inspect(bytes, source)
  const png = attempt(source, 'chunks', 'not a PNG image', () =>
    unpack(decode(checked, { checkCrc: true })),
  )
  const { width, height, samples, values, largest } = png
  const area = width * height
  const found = samples < 3 ? 1 : 3
  const channels = wanted ?? found
  const data = new Float32Array(channels * area)
  for (let pixel = 0; pixel < area; pixel++) {
    const at = (channel: number) => (values[pixel * samples + channel] ?? 0) / largest
    if (channels === 3) {
      for (let c = 0; c < 3; c++) data[c * area + pixel] = at(found === 1 ? 0 : c)
    } else {
      // Luma of ITU-R BT.601, the grey that has the colour's brightness.
      data[pixel] = found === 1 ? at(0) : 0.299 * at(0) + 0.587 * at(1) + 0.114 * at(2)
    }
  }
  return { shape: [channels, height, width], data }
}

// Samples side by side, one element each, whatever the file's depth and palette.
function unpack(png: DecodedPng) {
  const { width, height, depth, channels } = png
  const indexed = png.palette !== undefined
  if (!indexed && depth >= 8) {
    return { width, height, samples: channels, values: png.data, largest: 2 ** depth - 1 }
  }
  // Packed grey of 1, 2 or 4 bits is a palette of one-sample colours.
  const palette = png.palette ?? Array.from({ length: 2 ** depth }, (_, grey) => [grey])
  const values = convertIndexedToRgb({ ...png, palette })
  const samples = palette[0]?.length ?? 0
  return { width, height, samples, values, largest: indexed ? 255 : 2 ** depth - 1 }
}

interface Header {
  readonly width: number
  readonly height: number
  readonly depth: BitDepth
  readonly samples: number
  readonly indexed: boolean
  readonly interlaced: boolean
}

// The same file with the chunks that make the opaque picture and no other, after its pixels were
// found to be as many as it says.
function inspect(bytes: Uint8Array, source: string): Uint8Array {
  const fail = (field: string, sentence: string) => new DataError(source, field, sentence)
  if (!SIGNATURE.every((byte, i) => bytes[i] === byte)) {
    throw fail('signature', `this does not begin as a PNG file does.${kindOf(bytes)}`)
  }
  const kept = [bytes.subarray(0, 8)]
  const compressed: Uint8Array[] = []
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.length)
  let header: Header | undefined
  let palette = false
  for (let start = 8, ended = false; !ended; ) {
    if (start + 12 > bytes.length) throw fail('IEND', 'the file ends before its last chunk.')
    const length = view.getUint32(start)
    const type = String.fromCharCode(...bytes.subarray(start + 4, start + 8))
    const end = start + 12 + length
    if (end > bytes.length) throw fail(type, `${length} bytes are announced, the file has fewer.`)
    if ((header === undefined) !== (type === 'IHDR')) {
      throw fail('IHDR', `chunk ${type} stands where only one header, the first chunk, may be.`)
    }
    const body = bytes.subarray(start + 8, end - 4)
    header ??= readHeader(body, source)
    if (type === 'IDAT') compressed.push(body)
    if (type === 'PLTE') palette = true
    if (ESSENTIAL.has(type) || (type === 'PLTE' && header.indexed)) {
      kept.push(bytes.subarray(start, end))
    }
    ended = type === 'IEND'
    start = end
  }
  if (header?.indexed && !palette) throw fail('PLTE', 'an indexed image needs a palette.')
  checkPixels(compressed, header as Header, source)
  return joined(kept)
}

function readHeader(body: Uint8Array, source: string): Header {
  const fail = (field: string, sentence: string) => new DataError(source, field, sentence)
  if (body.length !== 13) throw fail('IHDR', `its length is 13 bytes, not ${body.length}.`)
  const view = new DataView(body.buffer, body.byteOffset, 13)
  const [width, height] = [view.getUint32(0), view.getUint32(4)]
  const [depth = 0, type = 0, compression, filter, interlace = 0] = body.subarray(8)
  if (width === 0 || height === 0) throw fail('IHDR size', `${width}×${height} holds no pixel.`)
  const colour = COLOUR_TYPES[type]
  if (colour === undefined) throw fail('IHDR colour type', `${type} is none of 0, 2, 3, 4, 6.`)
  if (!colour.depths.includes(depth)) {
    throw fail('IHDR depth', `${depth} bits do not go with colour type ${type}.`)
  }
  if (compression !== 0 || filter !== 0) throw fail('IHDR', 'an unknown compression or filter.')
  if (interlace > 1) throw fail('IHDR interlace', `${interlace} is neither 0 nor 1.`)
  const interlaced = interlace === 1
  if (interlaced && depth < 8) {
    throw fail('IHDR interlace', `interlaced images of ${depth} bits are not supported.`)
  }
  return {
    width,
    height,
    depth: depth as BitDepth,
    samples: colour.samples,
    indexed: type === INDEXED,
    interlaced,
  }
}

function checkPixels(compressed: Uint8Array[], header: Header, source: string): void {
  const expected = inflatedSize(header)
  // Deflate cannot compress more than 1032-fold (its longest match, 258 bytes, takes 2 bits).
  const most = Math.min(MAX_BYTES, 1032 * compressed.reduce((sum, { length }) => sum + length, 0))
  const { width, height } = header
  if (expected > most) {
    throw new DataError(source, 'IHDR size', `${width}×${height} is more than the file can hold.`)
  }
  const inflated = attempt(source, 'IDAT', 'cannot be decompressed', () =>
    unzlib(joined(compressed), expected),
  )
  if (inflated.length === expected) return
  const sentence = `${width}×${height} needs ${expected} bytes, and ${inflated.length} are there.`
  throw new DataError(source, 'IDAT', sentence)
}

// Each row of each pass is one filter byte and its packed samples (PNG specification, 8.2).
function inflatedSize({ width, height, depth, samples, interlaced }: Header): number {
  const rows = (w: number, h: number) =>
    w > 0 ? h * (1 + Math.ceil((w * samples * depth) / 8)) : 0
  if (!interlaced) return rows(width, height)
  const every = (length: number, first: number, stride: number) =>
    Math.max(0, Math.ceil((length - first) / stride))
  return ADAM7.reduce(
    (sum, [x, y, dx, dy]) => sum + rows(every(width, x, dx), every(height, y, dy)),
    0,
  )
}

// First column and row, column and row stride of Adam7's seven passes.
const ADAM7 = [
  [0, 0, 8, 8],
  [4, 0, 8, 8],
  [0, 4, 4, 8],
  [2, 0, 4, 4],
  [0, 2, 2, 4],
  [1, 0, 2, 2],
  [0, 1, 1, 2],
] as const
