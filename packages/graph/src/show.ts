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

const FOREIGN = 'a node recorded by another copy of @backprove/graph, which is loaded twice'

const LONGEST = 60
const MOST_ENTRIES = 20

/** A value as it would be typed, as far as that is short. */
export function show(value: unknown): string {
  if (isForeign(value)) return FOREIGN
  const text = written(value)
  return text.length > LONGEST ? `${text.slice(0, LONGEST)}…` : text
}

function written(value: unknown): string {
  if (typeof value === 'function') return `the function ${value.name}`
  if (Array.isArray(value) && value.length > MOST_ENTRIES) return `a list of ${value.length}`
  if (typeof value === 'string' || Array.isArray(value) || isRecord(value)) return json(value)
  if (typeof value === 'object' && value !== null) return `a ${value.constructor?.name ?? 'value'}`
  return String(value)
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
