// Samples as people have them: nested lists, one typed array, a list of typed arrays, or tensors of
// a shape and its data; as one array and the shape of a sample.
import { flattenNumbers, type NestedNumbers, show, type TypedArray } from '@backprove/graph'
import { DataError } from './errors.ts'
import type { ImageShape } from './images.ts'

/** Numbers of a shape, row by row: what `decodeSafetensors` reads, and other libraries have. */
export interface ShapedArray {
  readonly shape: readonly number[]
  readonly data: ArrayLike<number>
}

/** Numbers of N samples, however they are held. */
export type Samples =
  | NestedNumbers
  | TypedArray
  | ShapedArray
  | readonly TypedArray[]
  | readonly ShapedArray[]

export interface Flat {
  readonly data: Float32Array
  /** Without one, a single flat array was given. */
  readonly shape?: readonly number[]
}

const isShaped = (value: unknown): value is ShapedArray => {
  const { shape, data } = (value ?? {}) as Partial<ShapedArray>
  return Array.isArray(shape) && (ArrayBuffer.isView(data) || Array.isArray(data))
}

/** @throws DataError where the numbers have no one shape */
export function flatSamples(source: string, field: string, given: Samples): Flat {
  const fail = (sentence: string) => new DataError(source, field, sentence)
  if (isShaped(given)) {
    const { shape, data } = given
    const size = shape.reduce((a, b) => a * b, 1)
    if (size === data.length) return { data: Float32Array.from(data), shape }
    throw fail(`${data.length} values are not those of the shape [${shape}].`)
  }
  if (ArrayBuffer.isView(given)) return { data: Float32Array.from(given) }
  const isList = Array.isArray(given) && given.length > 0
  if (isList && given.every((each) => ArrayBuffer.isView(each) || isShaped(each))) {
    return stacked(fail, given as readonly (TypedArray | ShapedArray)[])
  }
  try {
    const { data, shape } = flattenNumbers(given)
    return { data: Float32Array.from(data), shape }
  } catch (error) {
    throw fail(`${(error as Error).message}.`)
  }
}

function stacked(
  fail: (sentence: string) => DataError,
  list: readonly (TypedArray | ShapedArray)[],
): Flat {
  const shapes = list.map((each) => (isShaped(each) ? each.shape : [each.length]))
  const [first = []] = shapes
  const other = shapes.findIndex((shape) => shape.join() !== first.join())
  if (other >= 0) throw fail(`sample ${other} is [${shapes[other]}], and the first [${first}].`)
  const size = first.reduce((a, b) => a * b, 1)
  const data = new Float32Array(size * list.length)
  list.forEach((each, k) => {
    const values = isShaped(each) ? each.data : each
    if (values.length !== size) {
      throw fail(`sample ${k} has ${values.length} values, not those of the shape [${first}].`)
    }
    data.set(values, k * size)
  })
  return { data, shape: [list.length, ...first] }
}

/** [C,H,W] of a sample: [d] is [1,1,d], [T,d] is [1,T,d]. @throws DataError for more axes */
export function imageShapeOf(source: string, field: string, sample: readonly number[]): ImageShape {
  if (sample.length <= 3) {
    return [...[1, 1, 1].slice(sample.length), ...sample] as unknown as ImageShape
  }
  throw new DataError(source, field, `a sample of shape ${show(sample)} has more than three axes.`)
}
