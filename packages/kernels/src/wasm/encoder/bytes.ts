// The numbers of the WebAssembly binary format as bytes: LEB128 integers and little-endian floats.

/** Bytes in the order of writing, in an array that grows. */
export class Bytes {
  #bytes = new Uint8Array(256)
  length = 0

  push(byte: number): void {
    if (this.length === this.#bytes.length) {
      const larger = new Uint8Array(2 * this.length)
      larger.set(this.#bytes)
      this.#bytes = larger
    }
    this.#bytes[this.length++] = byte
  }

  append(bytes: readonly number[]): void {
    for (let k = 0; k < bytes.length; k++) this.push(bytes[k]!)
  }

  /** What has been written. */
  whole(): Uint8Array {
    return this.#bytes.subarray(0, this.length)
  }
}

/**
 * Unsigned LEB128: seven bits a byte, least significant first, the high bit says "more". The bytes
 * of an instruction in front of it may be given.
 */
export function unsigned(value: number, before: readonly number[] = []): number[] {
  if (!Number.isInteger(value) || value < 0 || value >= 2 ** 32) {
    throw new RangeError(`unsigned LEB128 takes an integer in [0, 2^32), not ${value}`)
  }
  const bytes = before.slice()
  let rest = value
  while (rest >= 0x80) {
    bytes.push((rest & 0x7f) | 0x80)
    rest = Math.floor(rest / 0x80)
  }
  bytes.push(rest)
  return bytes
}

/** Signed LEB128 of a 32-bit integer; it ends when the rest is only copies of the sign bit. */
export function signed(value: number, before: readonly number[] = []): number[] {
  if (!Number.isInteger(value) || value < -(2 ** 31) || value >= 2 ** 32) {
    throw new RangeError(`an i32 is an integer in [-2^31, 2^32), not ${value}`)
  }
  const bytes = before.slice()
  let rest = value | 0
  for (;;) {
    const low = rest & 0x7f
    rest >>= 7
    const signBit = low & 0x40
    const isLast = (rest === 0 && !signBit) || (rest === -1 && signBit !== 0)
    bytes.push(isLast ? low : low | 0x80)
    if (isLast) return bytes
  }
}

const bytes = new Uint8Array(8)
const view = new DataView(bytes.buffer)

export function float32Bytes(value: number): number[] {
  view.setFloat32(0, value, true)
  return Array.from(bytes.subarray(0, 4))
}

export function float64Bytes(value: number): number[] {
  view.setFloat64(0, value, true)
  return Array.from(bytes)
}

/** A name: its length in bytes, then UTF-8. */
export function nameBytes(text: string): number[] {
  const bytes = new TextEncoder().encode(text)
  return [...unsigned(bytes.length), ...bytes]
}
