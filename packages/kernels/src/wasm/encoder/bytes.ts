// The numbers of the WebAssembly binary format as bytes: LEB128 integers and little-endian floats.

/** Unsigned LEB128: seven bits a byte, least significant first, the high bit says "more". */
export function unsigned(value: number): number[] {
  if (!Number.isInteger(value) || value < 0 || value >= 2 ** 32) {
    throw new RangeError(`unsigned LEB128 takes an integer in [0, 2^32), not ${value}`)
  }
  if (value < 0x80) return [value]
  const bytes: number[] = []
  let rest = value
  while (rest >= 0x80) {
    bytes.push((rest & 0x7f) | 0x80)
    rest = Math.floor(rest / 0x80)
  }
  bytes.push(rest)
  return bytes
}

/** Signed LEB128 of a 32-bit integer; it ends when the rest is only copies of the sign bit. */
export function signed(value: number): number[] {
  if (!Number.isInteger(value) || value < -(2 ** 31) || value >= 2 ** 32) {
    throw new RangeError(`an i32 is an integer in [-2^31, 2^32), not ${value}`)
  }
  const bytes: number[] = []
  let rest = value | 0
  for (;;) {
    const low = rest & 0x7f
    rest >>= 7
    const signBit = low & 0x40
    if ((rest === 0 && !signBit) || (rest === -1 && signBit)) return [...bytes, low]
    bytes.push(low | 0x80)
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
