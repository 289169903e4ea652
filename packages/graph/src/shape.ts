// Shapes are lists of axis lengths, row-major. Here: sizes, strides and broadcasting, nothing else.

/** Lengths of the axes, whole numbers from 1; `[]` is the shape of one number. */
export type Shape = readonly number[]
/** Flat numbers, row-major. */
export type TypedArray =
  | Float32Array
  | Float64Array
  | Int8Array
  | Uint8Array
  | Uint8ClampedArray
  | Int16Array
  | Uint16Array
  | Int32Array
  | Uint32Array
/** A number, or lists of them to any depth, every row as long as the others. */
export type NestedNumbers = number | readonly NestedNumbers[]

/** The number of entries. */
export const sizeOf = (shape: Shape): number => shape.reduce((size, length) => size * length, 1)

/** Whether two shapes have the same axes. */
export const sameShape = (a: Shape, b: Shape): boolean =>
  a.length === b.length && a.every((length, axis) => length === b[axis])

/** `[3, 4, 4]`, as messages show a shape. */
export const formatShape = (shape: Shape): string => `[${shape.join(', ')}]`

/** How far one step along each axis moves in row-major order. */
export function stridesOf(shape: Shape): number[] {
  const strides = new Array<number>(shape.length).fill(1)
  for (let axis = shape.length - 2; axis >= 0; axis--) {
    strides[axis] = strides[axis + 1]! * shape[axis + 1]!
  }
  return strides
}

/** The common shape under NumPy broadcasting, or undefined where there is none. */
export function broadcastShapes(shapes: readonly Shape[]): Shape | undefined {
  const rank = Math.max(0, ...shapes.map((shape) => shape.length))
  const result = new Array<number>(rank).fill(1)
  for (const shape of shapes) {
    for (let axis = 0; axis < shape.length; axis++) {
      const target = rank - shape.length + axis
      const length = shape[axis]!
      if (length === 1 || length === result[target]) continue
      if (result[target] !== 1) return undefined
      result[target] = length
    }
  }
  return result
}

const MOST_AXES = 16

/** Whether every axis is a whole number of at least 1 and the whole can be addressed. */
export const isShape = (value: unknown): value is Shape =>
  Array.isArray(value) &&
  value.length <= MOST_AXES &&
  value.every((length) => Number.isSafeInteger(length) && length >= 1) &&
  Number.isSafeInteger(sizeOf(value as Shape))

/** The axis counted from the front: -1 is the last. Undefined where there is none. */
export function resolveAxis(axis: number, rank: number): number | undefined {
  const resolved = axis < 0 ? axis + rank : axis
  return Number.isInteger(resolved) && resolved >= 0 && resolved < rank ? resolved : undefined
}
