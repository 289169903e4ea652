// Any value at all as an error message shows it: as it would be typed, as far as that is short.

/** An object as `{ … }` makes it, in whatever realm: none of a class of its own. */
export const isRecord = (value: unknown): value is Record<string, unknown> => {
  if (typeof value !== 'object' || value === null) return false
  const prototype = Object.getPrototypeOf(value)
  return prototype === null || Object.getPrototypeOf(prototype) === null
}

/**
 * The key under which a node says which copy of this package recorded it: the same key in every
 * copy, another value in each.
 */
export const COPY_KEY = Symbol.for('@backprove/graph: copy')
export const THIS_COPY = Symbol('this copy')

/** Whether a value is a node of another copy of this package, loaded beside this one. */
export const isForeign = (value: unknown): boolean => {
  if (typeof value !== 'object' || value === null) return false
  const copy = (value as Record<symbol, unknown>)[COPY_KEY]
  return copy !== undefined && copy !== THIS_COPY
}

const FOREIGN =
  'a node recorded by another copy of @backprove/graph, which is loaded twice (npm ls shows where)'

const LONGEST = 60
const MOST_ENTRIES = 20
const MOST_KEYS = 6

/** A value as it would be typed, as far as that is short. */
export function show(value: unknown): string {
  if (isForeign(value)) return FOREIGN
  const text = written(value)
  return text.length > LONGEST ? `${text.slice(0, LONGEST)}…` : text
}

function written(value: unknown): string {
  if (typeof value === 'function') return value.name ? `the function ${value.name}` : 'a function'
  if (typeof value === 'bigint') return `${value}n`
  if (Array.isArray(value)) return isSmall(value) ? json(value) : `a list of ${value.length}`
  if (isRecord(value)) return recordText(value)
  if (typeof value === 'string') return json(value)
  if (value instanceof Promise) return 'a Promise (await it)'
  if (typeof value === 'object' && value !== null) {
    const name = value.constructor?.name ?? 'value'
    return `${/^[AEIO]/.test(name) ? 'an' : 'a'} ${name}`
  }
  return String(value)
}

/** Data sets and models are written by their keys: their JSON says nothing, and takes long. */
function recordText(value: Record<string, unknown>): string {
  const text = isSmall(value) ? json(value) : ''
  if (text !== '' && text.length <= LONGEST) return text
  const keys = Object.keys(value)
  return `an object { ${keys.slice(0, MOST_KEYS).join(', ')}${keys.length > MOST_KEYS ? ', …' : ''} }`
}

/** Whether a value is a few plain values, a few levels deep. */
function isSmall(value: unknown, levels = 3): boolean {
  if (typeof value !== 'object' || value === null) return true
  if (levels === 0 || !(Array.isArray(value) || isRecord(value))) return false
  const parts = Object.values(value)
  return parts.length <= MOST_ENTRIES && parts.every((part) => isSmall(part, levels - 1))
}

/** JSON, except that numbers it has no word for keep theirs. */
function json(value: unknown): string {
  try {
    return JSON.stringify(value, (_, part) =>
      typeof part === 'bigint' || (typeof part === 'number' && !Number.isFinite(part))
        ? String(part)
        : part,
    )
  } catch {
    return Array.isArray(value) ? 'a list' : 'an object'
  }
}
