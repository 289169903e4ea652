// A text that is equal exactly when two params are: the second half of hash-consing.
import { sizeOf } from './shape.ts'

/** Long arrays are keyed by a digest and must still be compared; see `sameParams`. */
const LONG = 32

export function paramsKey(params: object): string {
  const entries = Object.entries(params)
  if (entries.length === 0) return ''
  return entries
    .sort(([a], [b]) => (a < b ? -1 : 1))
    .map(([key, value]) => `${key}:${valueKey(value)}`)
    .join(';')
}

function valueKey(value: unknown): string {
  if (value instanceof Float64Array) {
    return value.length > LONG
      ? `#${value.length}:${digest(value)}`
      : `f${Array.from(value, numberKey)}`
  }
  if (typeof value === 'number') return numberKey(value)
  if (Array.isArray(value)) return `[${value.map(valueKey).join()}]`
  return JSON.stringify(value)
}

/** Tells −0 from 0: they divide differently. */
const numberKey = (value: number): string => (Object.is(value, -0) ? '-0' : String(value))

/** Two independent 32-bit FNV-1a walks over the bytes. */
function digest(values: Float64Array): string {
  const words = new Uint32Array(values.buffer, values.byteOffset, sizeOf([values.length, 2]))
  let first = 0x811c9dc5
  let second = 0x9e3779b9
  for (const word of words) {
    first = Math.imul(first ^ word, 0x01000193)
    second = Math.imul(second ^ (word >>> 15) ^ (word << 17), 0x85ebca6b)
  }
  return `${first >>> 0}.${second >>> 0}`
}

/** Whether two params with equal keys really are equal: digests can collide. */
export function sameParams(a: object, b: object): boolean {
  const right = b as Record<string, unknown>
  return Object.entries(a).every(([key, value]) => {
    const other = right[key]
    if (!(value instanceof Float64Array) || value.length <= LONG) return true
    return (
      other instanceof Float64Array &&
      other.length === value.length &&
      value.every((entry, k) => Object.is(entry, other[k]))
    )
  })
}
