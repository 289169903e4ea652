// What an expression of a claim compiles to: a closure for a number, or for a whole array.

import type { Value } from '../../evaluate/machine.ts'
import type { Tensor } from '../domains/domain.ts'
import { transposeLast } from './arrays.ts'

/** Where the values of indices are kept. */
export type IndexScope = ReadonlyMap<string, number>

export interface CompiledScalar<T> {
  readonly rank: 0
  readonly value: () => Value<T>
}
export interface CompiledArray<T> {
  readonly rank: 'array'
  readonly shape: readonly number[]
  /** A row: transposed, and not a matrix. */
  readonly dual: boolean
  readonly tensor: () => Tensor<T>
}
export type Compiled<T> = CompiledScalar<T> | CompiledArray<T>

export const scalar = <T>(value: () => Value<T>): CompiledScalar<T> => ({ rank: 0, value })

export const array = <T>(
  shape: readonly number[],
  tensor: () => Tensor<T>,
  dual = false,
): CompiledArray<T> => ({ rank: 'array', shape, dual, tensor })

export const shapeOf = <T>(compiled: Compiled<T>): readonly number[] =>
  compiled.rank === 0 ? [] : compiled.shape

/** Computed once for each combination of the indices that it depends on. */
export const remembered = <T>(
  compute: () => Tensor<T>,
  slots: readonly number[],
  depends: readonly number[],
): (() => Tensor<T>) => {
  const known = new Map<string, Tensor<T>>()
  return () => {
    const key = depends.map((slot) => slots[slot]).join()
    const found = known.get(key) ?? compute()
    known.set(key, found)
    return found
  }
}

/** A matrix is transposed, a vector a row; of maps each is transposed. */
export const transposed = <T>(inner: CompiledArray<T>): CompiledArray<T> => {
  const { shape } = inner
  if (shape.length === 1) return asRow(inner)
  const turned = [...shape.slice(0, -2), shape.at(-1)!, shape.at(-2)!]
  return array(turned, () => transposeLast(inner.tensor()))
}

/** What the transpose is beside another array: anything but a matrix is a row. */
export const asRow = <T>(inner: CompiledArray<T>): CompiledArray<T> =>
  inner.shape.length === 2 ? transposed(inner) : { ...inner, dual: !inner.dual }
