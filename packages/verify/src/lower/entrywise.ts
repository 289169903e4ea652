// Entry by entry: sums, ⊙ and functions of arrays, numbers, and biases.

import { whole } from '../core/build.ts'
import type { Index, Scalar } from '../core/core.ts'
import { ShapesError } from '../core/errors.ts'
import { sameShape } from './product-plans.ts'
import { demandOneWay } from './rows.ts'
import { recordedShape } from './site.ts'
import { type ArrayValue, arrayValue, numberValue, type Value } from './value.ts'

type Align = (index: readonly Index[]) => readonly Index[]

const sizeOf = (shape: readonly number[]): number => shape.reduce((size, n) => size * n, 1)

/** Axes of length 1 do not tell two shapes apart. */
export const aligned = (own: readonly number[], target: readonly number[]): Align => {
  if (own.join() === target.join()) return (index) => index
  const longAxes = (shape: readonly number[]) =>
    [...shape.keys()].filter((axis) => shape[axis] !== 1)
  const [mine, others] = [longAxes(own), longAxes(target)]
  return (index) =>
    own.map((_, axis) => {
      const k = mine.indexOf(axis)
      return k < 0 ? whole(1) : index[others[k]!]!
    })
}

/** A vector beside images [F, H, W] or [N, F, H, W], or beside a batch of vectors [N, F]. */
const channelOf = (vector: readonly number[], shape: readonly number[]): Align | undefined => {
  if (vector.length !== 1 || shape.length < 2) return undefined
  const axis = shape.length === 2 ? 1 : shape.length - 3
  return shape[axis] === vector[0] ? (index) => [index[axis]!] : undefined
}

/** The bias of a single filter goes with every entry. */
const singleOf = (shape: readonly number[]): Align | undefined =>
  shape.every((length) => length === 1) ? () => shape.map(() => whole(1)) : undefined

/** @throws ShapesError where a column stands beside a row */
export const oneWay = (what: string, arrays: readonly ArrayValue[]): void =>
  demandOneWay(
    what,
    arrays.map(({ shape, dual }) => ({ shape: recordedShape(shape), dual })),
  )

/** Entry by entry; numbers go with every entry, and a bias with every entry of its channel. */
export const entrywise = (
  what: string,
  operands: readonly Value[],
  combine: (values: readonly Scalar[]) => Scalar,
): Value => {
  const arrays = operands.flatMap((operand) => (operand.kind === 'array' ? [operand] : []))
  if (arrays.length === 0)
    return numberValue(combine(operands.map((each) => (each as { scalar: Scalar }).scalar)))
  oneWay(what, arrays)
  const shapes = arrays.map(({ shape }) => recordedShape(shape))
  const largest = shapes.reduce((a, b) => (sizeOf(b) > sizeOf(a) ? b : a))
  const { shape } = arrays[shapes.indexOf(largest)]!
  const readers = operands.map((operand) => {
    if (operand.kind === 'number') return () => operand.scalar
    const own = recordedShape(operand.shape)
    const align = sameShape(own, largest)
      ? aligned(own, largest)
      : (channelOf(own, largest) ?? singleOf(own))
    if (!align)
      throw new ShapesError(what, shapes[0]!, own.join() === shapes[0]!.join() ? largest : own)
    return (index: readonly Index[]) => operand.at(align(index))
  })
  return arrayValue(shape, (index) => combine(readers.map((read) => read(index))), {
    dual: arrays.every(({ dual }) => dual),
  })
}
