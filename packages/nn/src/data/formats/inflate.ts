// Decompression with an end, in Node and in a browser alike: a small file that unfolds without
// limit is stopped on its way, not after it has filled the memory.
import { Gunzip, Unzlib } from 'fflate'

/** Bytes that are given at once: at most a thousandfold comes out of them before the next look. */
const PIECE = 2 ** 14

type Inflater = Pick<Gunzip, 'push' | 'ondata'>

/** A gzip file's content. @throws Error where it is broken, or longer than `most` */
export const gunzip = (bytes: Uint8Array, most: number): Uint8Array =>
  inflate(new Gunzip(), bytes, most)

/** A zlib stream's content. @throws Error where it is broken, or longer than `most` */
export const unzlib = (bytes: Uint8Array, most: number): Uint8Array =>
  inflate(new Unzlib(), bytes, most)

export const isGzip = (bytes: Uint8Array): boolean => bytes[0] === 0x1f && bytes[1] === 0x8b

function inflate(inflater: Inflater, bytes: Uint8Array, most: number): Uint8Array {
  const parts: Uint8Array[] = []
  let length = 0
  inflater.ondata = (part) => {
    length += part.length
    if (length > most) throw new RangeError(`it holds more than ${most} bytes`)
    parts.push(part)
  }
  for (let at = 0; at < bytes.length; at += PIECE) {
    inflater.push(bytes.subarray(at, at + PIECE), at + PIECE >= bytes.length)
  }
  return joined(parts)
}

/** Parts one after another. */
export function joined(parts: readonly Uint8Array[]): Uint8Array {
  const whole = new Uint8Array(parts.reduce((sum, { length }) => sum + length, 0))
  let start = 0
  for (const part of parts) {
    whole.set(part, start)
    start += part.length
  }
  return whole
}
