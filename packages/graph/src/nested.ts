// Numbers as people write them (a number, nested lists, a typed array) to one flat float64 array.
import { ShapeError, sentenceOf } from './errors.ts'
import { formatShape, isShape, type Shape, sizeOf, type TypedArray } from './shape.ts'
import { show } from './show.ts'

export interface FlatNumbers {
  readonly data: Float64Array
  /** The shape of the nesting; a typed array is a vector. */
  readonly shape: Shape
}

const DEEPEST = 32

/**
 * The numbers of a constant and its shape: that of the lists, or `shape`, which a single number
 * fills.
 * @throws ShapeError where the numbers do not fill the shape
 */
export function constantData(value: unknown, shape?: Shape): { shape: Shape; data: Float64Array } {
  const flat = flattened(value)
  if (Number.isNaN(value)) {
    throw new ShapeError('constant: NaN is no number; what is not known yet is an input')
  }
  const target = shape ?? flat.shape
  if (!isShape(target)) throw new ShapeError(`constant: ${show(shape ?? value)} is not a shape`)
  const data = flat.data.length === 1 ? filled(flat.data[0]!, target) : flat.data
  if (data.length === sizeOf(target)) return { shape: [...target], data }
  throw new ShapeError(
    `constant: ${data.length} values do not fill the shape ${formatShape(target)}`,
  )
}

function flattened(value: unknown): FlatNumbers {
  try {
    return flattenNumbers(value)
  } catch (error) {
    throw new ShapeError(`constant: ${sentenceOf(error)}`)
  }
}

function filled(value: number, shape: Shape): Float64Array {
  try {
    return new Float64Array(sizeOf(shape)).fill(value)
  } catch {
    // Engines refuse an array that no memory holds with a RangeError.
    throw new ShapeError(`constant ${formatShape(shape)}: there is no memory for it`)
  }
}

/**
 * Nested lists or a typed array as flat numbers and the shape that they have.
 * @throws ShapeError for rows of unequal length, or what is no number
 */
export function flattenNumbers(value: unknown): FlatNumbers {
  if (typeof value === 'number') return { data: Float64Array.of(value), shape: [] }
  if (isTypedArray(value)) return { data: Float64Array.from(value), shape: [value.length] }
  if (!Array.isArray(value)) throw new ShapeError(`${show(value)} is no array of numbers`)
  const shape = nestingOf(value)
  const data: number[] = []
  collect(value, shape, 0, data)
  return { data: Float64Array.from(data), shape }
}

const isTypedArray = (value: unknown): value is TypedArray =>
  ArrayBuffer.isView(value) &&
  !(value instanceof DataView || value instanceof BigInt64Array || value instanceof BigUint64Array)

function nestingOf(value: readonly unknown[]): number[] {
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
      throw new ShapeError(`a list of numbers holds ${show(value)} where a number should be`)
    }
    into.push(value)
    return
  }
  if (!Array.isArray(value) || value.length !== shape[axis]) {
    throw new ShapeError(
      `a ragged list: axis ${axis} has ${shape[axis]} entries in one place and ` +
        `${Array.isArray(value) ? value.length : show(value)} in another`,
    )
  }
  for (const entry of value) collect(entry, shape, axis + 1, into)
}
