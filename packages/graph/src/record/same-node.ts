// When two nodes say the same: an exact comparison, and a hash that goes with it.
import type { Node } from './node.ts'
import type { Op } from './op.ts'

/** Whether the node is that op of those arguments with those params. */
export const saysTheSame = (node: Node, op: Op, args: readonly Node[], params: object): boolean =>
  node.op === op &&
  node.args.length === args.length &&
  args.every((arg, k) => node.args[k] === arg) &&
  sameParams(node.params, params)

export const sameParams = (a: object, b: object): boolean => sameValue(a, b)

/** Tells −0 from 0, which divide differently; NaN is itself. */
function sameValue(a: unknown, b: unknown): boolean {
  if (Object.is(a, b)) return true
  if (typeof a !== 'object' || typeof b !== 'object' || a === null || b === null) return false
  if (a instanceof Float64Array || Array.isArray(a)) {
    return (
      (b instanceof Float64Array || Array.isArray(b)) &&
      a.length === b.length &&
      a.every((entry, k) => sameValue(entry, b[k]))
    )
  }
  const keys = Object.keys(a)
  return (
    keys.length === Object.keys(b).length &&
    keys.every((key) => Object.hasOwn(b, key) && sameValue(field(a, key), field(b, key)))
  )
}

const field = (value: object, key: string): unknown => (value as Record<string, unknown>)[key]

/** A 32-bit hash, equal for what says the same. */
export function hashOf(op: Op, args: readonly Node[], params: object): number {
  let hash = hashText(op.name)
  for (const arg of args) hash = mix(hash, arg.id)
  return finish(mix(hash, hashValue(params)))
}

function hashValue(value: unknown): number {
  if (typeof value === 'number') return hashNumber(value)
  if (typeof value === 'string') return hashText(value)
  if (value instanceof Float64Array || Array.isArray(value)) {
    let hash = value.length
    for (const entry of value) hash = mix(hash, hashValue(entry))
    return hash
  }
  if (typeof value !== 'object' || value === null) return hashText(String(value))
  // A sum, since two records say the same in any order of their keys.
  let hash = 0
  for (const key of Object.keys(value)) hash += mix(hashText(key), hashValue(field(value, key)))
  return hash | 0
}

const double = new Float64Array(1)
const halves = new Int32Array(double.buffer)

function hashNumber(value: number): number {
  double[0] = value
  return mix(halves[0]!, halves[1]!)
}

function hashText(text: string): number {
  let hash = text.length
  for (let k = 0; k < text.length; k++) hash = mix(hash, text.charCodeAt(k))
  return hash
}

/** One step of MurmurHash3, and its last: every bit of the input reaches every bit of the hash. */
function mix(hash: number, value: number): number {
  const word = Math.imul(value, 0xcc9e2d51)
  const next = hash ^ Math.imul((word << 15) | (word >>> 17), 0x1b873593)
  return (Math.imul((next << 13) | (next >>> 19), 5) + 0xe6546b64) | 0
}

function finish(hash: number): number {
  const half = Math.imul(hash ^ (hash >>> 16), 0x85ebca6b)
  const most = Math.imul(half ^ (half >>> 13), 0xc2b2ae35)
  return most ^ (most >>> 16)
}
