// The operations of a module as a graph of their own: each is made once, and what no output needs
// is never written.
import type { Shape } from '@backprove/graph'
import type { Kind, Tensor } from '../lower/target.ts'

export interface Value extends Omit<Tensor, 'kind'> {
  readonly id: number
  /** The engine's name of the operation; 'argument' and 'constant' for what is given. */
  readonly operation: string
  readonly inputs: readonly Value[]
  readonly attributes: Attributes
  readonly shape: Shape
  /** Indices are what an engine needs beside numbers and truth values. */
  readonly kind: Kind
  readonly isIndex: boolean
}

export type Attributes = Readonly<Record<string, unknown>>

interface Made {
  readonly operation: string
  readonly inputs: readonly Value[]
  readonly attributes?: Attributes
  readonly shape: Shape
  readonly kind?: Kind
  readonly isIndex?: boolean
}

/** Longer constants are not looked up: writing them twice costs less. */
const LONGEST_KEY = 4096

export class Values {
  readonly #made = new Map<string, Value>()
  #count = 0

  /** The value of that operation, the one there is where it says the same. */
  make({
    operation,
    inputs,
    attributes = {},
    shape,
    kind = 'number',
    isIndex = false,
  }: Made): Value {
    const { data } = attributes as { data?: ArrayLike<number> }
    const isLong = data !== undefined && data.length > LONGEST_KEY
    const said = Object.entries(attributes).map(([name, value]) =>
      name === 'data' ? [name, Array.from(value as ArrayLike<number>, String)] : [name, value],
    )
    const key = isLong
      ? undefined
      : JSON.stringify([operation, inputs.map(({ id }) => id), said, shape, kind, isIndex])
    const known = key === undefined ? undefined : this.#made.get(key)
    if (known) return known
    const value = { id: this.#count++, operation, inputs, attributes, shape, kind, isIndex }
    if (key !== undefined) this.#made.set(key, value)
    return value
  }
}

/** What the outputs are made of, in the order in which it was made. */
export function needed(outputs: readonly Value[]): Value[] {
  const found = new Set<Value>()
  const waiting = [...outputs]
  for (let value = waiting.pop(); value; value = waiting.pop()) {
    if (found.has(value)) continue
    found.add(value)
    waiting.push(...value.inputs)
  }
  return [...found].sort((a, b) => a.id - b.id)
}

/** The shape that arrays of one rank, or none, broadcast to. */
export const widest = (...values: readonly Tensor[]): Shape => {
  const rank = Math.max(...values.map(({ shape }) => shape.length))
  return Array.from({ length: rank }, (_, axis) =>
    Math.max(...values.map(({ shape }) => (shape.length === 0 ? 1 : shape[axis]!))),
  )
}
