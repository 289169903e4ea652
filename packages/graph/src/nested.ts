// Numbers as people write them (a number, nested lists, a typed array) to one flat float64 array.
import { ShapeError } from './errors.ts'
import type { NestedNumbers, Shape, TypedArray } from './shape.ts'

export interface FlatNumbers {
  readonly data: Float64Array
  /** The shape of the nesting; a typed array is a vector. */
  readonly shape: Shape
}

const DEEPEST = 32

export function flattenNumbers(value: NestedNumbers | TypedArray): FlatNumbers {
  if (typeof value === 'number') return { data: Float64Array.of(value), shape: [] }
  if (ArrayBuffer.isView(value))
    return {
      data: Float64Array.from(value as TypedArray),
      shape: [value.byteLength / bytesOf(value)],
    }
  const shape = nestingOf(value)
  const data: number[] = []
  collect(value, shape, 0, data)
  return { data: Float64Array.from(data), shape }
}

const bytesOf = (view: ArrayBufferView): number => (view as TypedArray).BYTES_PER_ELEMENT

function nestingOf(value: NestedNumbers): number[] {
  const shape: number[] = []
  let level: unknown = value
  while (Array.isArray(level)) {
    shape.push(level.length)
    level = level[0]
    if (shape.length > DEEPEST) throw new ShapeError(`numbers are nested deeper than ${DEEPEST}`)
  }
  return shape
}

function collect(value: unknown, shape: Shape, axis: number, into: number[]): void {
  if (axis === shape.length) {
    if (typeof value !== 'number') {
      throw new ShapeError(`a list of numbers holds ${describe(value)} where a number should be`)
    }
    into.push(value)
    return
  }
  if (!Array.isArray(value) || value.length !== shape[axis]) {
    throw new ShapeError(
      `a ragged list: axis ${axis} has ${shape[axis]} entries in one place and ` +
        `${Array.isArray(value) ? value.length : describe(value)} in another`,
    )
  }
  for (const entry of value) collect(entry, shape, axis + 1, into)
}

const describe = (value: unknown): string =>
  value === null ? 'null' : Array.isArray(value) ? 'a list' : `a ${typeof value}`
