// Numbers of 16 bits, as files hold them; nothing here computes with them.
import { optionError } from '@backprove/graph'

/** IEEE 754's binary16: a sign, 5 bits of exponent, 10 of fraction. */
export function halfOf(bits: number): number {
  requireBits('halfOf', bits)
  const sign = bits & 0x8000 ? -1 : 1
  const exponent = (bits >> 10) & 31
  const fraction = bits & 1023
  if (exponent === 31) return fraction === 0 ? sign * Infinity : Number.NaN
  if (exponent === 0) return sign * 2 ** -24 * fraction
  return sign * 2 ** (exponent - 25) * (1024 + fraction)
}

const word = new DataView(new ArrayBuffer(4))

/** bfloat16: the upper half of a binary32. */
export function bfloatOf(bits: number): number {
  requireBits('bfloatOf', bits)
  word.setUint32(0, bits * 65536)
  return word.getFloat32(0)
}

/** @throws OptionError where these are no 16 bits */
function requireBits(what: string, bits: unknown): void {
  if (Number.isInteger(bits) && (bits as number) >= 0 && (bits as number) < 65536) return
  throw optionError(what, 'bits', bits, 'a whole number from 0 to 65535')
}
