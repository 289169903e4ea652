// The integer unknowns of index notation. A variable is an object and is told apart by identity and
// kind, never by its name: a size may be called like an index.

/**
 * - `size`: an axis length or stride, at least 1
 * - `parameter`: an integer that may be 0, such as padding or a remainder, at least 0
 * - `free`: an index of the result, ranging over the box that the context states
 * - `bound`: an index of summation, ranging over all integers
 */
export type Kind = 'size' | 'parameter' | 'free' | 'bound'

export interface Variable {
  readonly kind: Kind
  readonly name: string
  /** Unique in this process; orders variables, and names them in a certificate. */
  readonly id: number
}

let created = 0

export const variable = (kind: Kind, name: string): Variable =>
  Object.freeze({ kind, name, id: created++ })

export const size = (name: string): Variable => variable('size', name)
export const parameter = (name: string): Variable => variable('parameter', name)
export const freeIndex = (name: string): Variable => variable('free', name)
export const boundIndex = (name: string): Variable => variable('bound', name)

/** Sizes and parameters are constants of one shape; indices range within it. */
export const isIndex = (v: Variable): boolean => v.kind === 'free' || v.kind === 'bound'
