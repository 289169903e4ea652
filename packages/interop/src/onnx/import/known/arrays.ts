// Arrays of numbers that are known while the model is read, made entry by entry.
import { broadcastShapes, sizeOf, stridesOf } from '@backprove/graph'
import { OnnxError } from '../../../errors.ts'
import type { TensorData } from '../tensor.ts'

/** The most entries that are worked out. */
const MOST = 1_000_000

export type Known = readonly TensorData[]

function countOf(shape: readonly number[]): number {
  const isShape = shape.every((size) => Number.isSafeInteger(size) && size >= 0)
  if (!isShape) throw new OnnxError(`fromOnnx: [${shape}] is no shape`)
  const count = sizeOf(shape)
  if (count > MOST) throw new OnnxError(`fromOnnx: ${count} known numbers are more than ${MOST}`)
  return count
}

/** The indices of every entry in turn; the array is the same one each time. */
function eachPlace(shape: readonly number[], visit: (at: readonly number[], k: number) => void) {
  const at = shape.map(() => 0)
  const count = countOf(shape)
  for (let k = 0; k < count; k++) {
    visit(at, k)
    let axis = shape.length - 1
    while (axis >= 0 && ++at[axis]! === shape[axis]) at[axis--] = 0
  }
}

/** Entries of a shape, each from the indices where it stands, which are not kept. */
export function build(
  like: Pick<TensorData, 'isInteger'>,
  shape: readonly number[],
  entry: (at: readonly number[]) => number,
): TensorData {
  const data = new Float64Array(countOf(shape))
  eachPlace(shape, (at, k) => {
    data[k] = entry(at)
  })
  return { shape, isInteger: like.isInteger, data }
}

/** The entry at indices, read from the given one on; an axis of length 1 repeats. */
export function reader({
  shape,
  data,
}: TensorData): (at: readonly number[], from?: number) => number {
  const strides = stridesOf(shape).map((stride, axis) => (shape[axis] === 1 ? 0 : stride))
  return (at, from = 0) => {
    let place = 0
    for (let axis = 0; axis < strides.length; axis++) place += at[from + axis]! * strides[axis]!
    return data[place]!
  }
}

/** Operands of one shape, or that repeat to it. */
export function entrywise(
  parts: Known,
  f: (...entries: number[]) => number,
  like: Pick<TensorData, 'isInteger'> = parts[0]!,
): TensorData {
  const shape = broadcastShapes(parts.map((part) => part.shape))
  if (!shape) throw new OnnxError('fromOnnx: shapes do not broadcast')
  const readers = parts.map((part) => ({
    read: reader(part),
    from: shape.length - part.shape.length,
  }))
  return build(like, shape, (at) => f(...readers.map(({ read, from }) => read(at, from))))
}

/** One number out of those along axes; the axes stay with length 1. */
export function reduced(
  array: TensorData,
  axes: readonly number[],
  start: number,
  join: (a: number, b: number) => number,
): TensorData {
  const kept = array.shape.map((size, axis) => (axes.includes(axis) ? 1 : size))
  const strides = stridesOf(kept).map((stride, axis) => (kept[axis] === 1 ? 0 : stride))
  const data = new Float64Array(countOf(kept)).fill(start)
  eachPlace(array.shape, (at, k) => {
    const place = at.reduce((sum, index, axis) => sum + index * strides[axis]!, 0)
    data[place] = join(data[place]!, array.data[k]!)
  })
  return { shape: kept, isInteger: array.isInteger, data }
}

export function reshaped(value: TensorData, shape: readonly number[]): TensorData {
  if (sizeOf(shape) === value.data.length) return { ...value, shape }
  throw new OnnxError(`fromOnnx: [${value.shape}] cannot take the shape [${shape}]`)
}
