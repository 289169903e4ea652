// Entry by entry: sums, ⊙ and functions of arrays, numbers, and biases.

import { ShapesError } from '../../core/errors.ts'
import { sameShape, sizeOf } from './arrays.ts'
import { array, type Compiled, scalar } from './compiled.ts'
import { demandOneWay } from './rows.ts'

/** Entry by entry; numbers go with every entry, and a bias with every entry of its channel. */
export const broadcast = <T>(
  what: string,
  operands: readonly Compiled<T>[],
  zero: T,
  combine: (values: readonly T[]) => T,
): Compiled<T> => {
  const arrays = operands.filter((operand) => operand.rank !== 0)
  if (arrays.length === 0)
    return scalar(() =>
      combine(operands.map((each) => (each.rank === 0 ? (each.value() ?? zero) : zero))),
    )
  demandOneWay(what, arrays)
  const largest = arrays.reduce((a, b) => (sizeOf(b.shape) > sizeOf(a.shape) ? b : a))
  const { shape } = largest
  const readers = operands.map((operand) => {
    if (operand.rank === 0) return undefined
    if (sameShape(operand.shape, shape)) return (at: number) => at
    const channel = channelOf(operand.shape, shape)
    if (!channel)
      throw new ShapesError(
        what,
        arrays[0]!.shape,
        operand.shape.join() === arrays[0]!.shape.join() ? shape : operand.shape,
      )
    return channel
  })
  return array(
    shape,
    () => {
      const values = operands.map((operand) =>
        operand.rank === 0 ? [operand.value() ?? zero] : operand.tensor().data,
      )
      const data = Array.from({ length: sizeOf(shape) }, (_, at) =>
        combine(values.map((value, k) => value[readers[k]?.(at) ?? 0]!)),
      )
      return { shape, data }
    },
    arrays.every((each) => each.dual),
  )
}

/** A vector beside images [F, H, W] or [N, F, H, W], or beside a batch of vectors [N, F]. */
const channelOf = (
  vector: readonly number[],
  shape: readonly number[],
): ((at: number) => number) | undefined => {
  if (vector.length !== 1 || shape.length < 2) return undefined
  const axis = shape.length === 2 ? 1 : shape.length - 3
  const after = sizeOf(shape.slice(axis + 1))
  return shape[axis] === vector[0] ? (at) => Math.floor(at / after) % vector[0]! : undefined
}
