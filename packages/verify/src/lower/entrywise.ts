// Entry by entry: sums, ⊙ and functions of arrays, numbers, and biases.

import { equal } from '../arithmetic/polynomial.ts'
import { whole } from '../core/build.ts'
import type { Index, Scalar } from '../core/core.ts'
import { ShapesError, SizesError } from '../core/errors.ts'
import { equalShapes, isOne, type Shape } from '../network/lengths.ts'
import { sameShape } from './plans/products.ts'
import { demandOneWay } from './plans/rows.ts'
import { recordedShape, type Site } from './site.ts'
import { type ArrayValue, arrayValue, numberValue, type Value } from './value.ts'

type Sizes = Pick<Site, 'lengths'>
type Align = (index: readonly Index[]) => readonly Index[]

const longAxes = (shape: Shape): readonly number[] =>
  [...shape.keys()].filter((axis) => !isOne(shape[axis]!))

/** Axes of length 1 do not tell two shapes apart. */
const withoutOnes = (own: Shape, target: Shape): Align | undefined => {
  if (equalShapes(own, target)) return (index) => index
  const [mine, others] = [longAxes(own), longAxes(target)]
  const isSame =
    mine.length === others.length && mine.every((axis, k) => equal(own[axis]!, target[others[k]!]!))
  if (!isSame) return undefined
  return (index) =>
    own.map((_, axis) => {
      const k = mine.indexOf(axis)
      return k < 0 ? whole(1) : index[others[k]!]!
    })
}

/** A vector beside images [F, H, W] or [N, F, H, W], or beside a batch of vectors [N, F]. */
const channelOf = <Length>(
  vector: readonly Length[],
  shape: readonly Length[],
  isSame: (a: Length, b: Length) => boolean,
): number | undefined => {
  if (vector.length !== 1 || shape.length < 2) return undefined
  const axis = shape.length === 2 ? 1 : shape.length - 3
  return isSame(shape[axis]!, vector[0]!) ? axis : undefined
}

const asChannel = (own: Shape, target: Shape): Align | undefined => {
  const axis = channelOf(own, target, equal)
  return axis === undefined ? undefined : (index) => [index[axis]!]
}

/** The bias of a single filter goes with every entry. */
const asSingle = (shape: Shape): Align | undefined =>
  shape.every(isOne) ? () => shape.map(() => whole(1)) : undefined

type Biases = 'with biases' | 'same'

/**
 * The index of one array for that of another, entry by entry.
 * @throws ShapesError where the recorded lengths differ; SizesError where others may
 */
export const alignedTo = (
  what: string,
  own: Shape,
  target: Shape,
  site: Sizes,
  biases: Biases = 'same',
): Align => {
  const isBias = biases === 'with biases'
  const found =
    withoutOnes(own, target) ?? (isBias ? (asChannel(own, target) ?? asSingle(own)) : undefined)
  if (found) return found
  const [a, b] = [recordedShape(target, site), recordedShape(own, site)]
  const isRecorded =
    sameShape(a, b) ||
    (isBias && (channelOf(b, a, Object.is) !== undefined || b.every((length) => length === 1)))
  if (!isRecorded) throw new ShapesError(what, a, b)
  throw new SizesError(`${what} of shapes that agree only as recorded`)
}

/** @throws ShapesError where a column stands beside a row */
export const oneWay = (what: string, arrays: readonly ArrayValue[], site: Sizes): void =>
  demandOneWay(
    what,
    arrays.map(({ shape, dual }) => ({ shape: recordedShape(shape, site), dual })),
  )

/** Entry by entry; numbers go with every entry, and a bias with every entry of its channel. */
export const entrywise = (
  what: string,
  operands: readonly Value[],
  site: Sizes,
  combine: (values: readonly Scalar[]) => Scalar,
): Value => {
  const arrays = operands.flatMap((operand) => (operand.kind === 'array' ? [operand] : []))
  if (arrays.length === 0)
    return numberValue(combine(operands.map((each) => (each as { scalar: Scalar }).scalar)))
  oneWay(what, arrays, site)
  const count = ({ shape }: ArrayValue): number =>
    recordedShape(shape, site).reduce((size, n) => size * n, 1)
  const { shape } = arrays.reduce((a, b) => (count(b) > count(a) ? b : a))
  const readers = operands.map((operand) => {
    if (operand.kind === 'number') return () => operand.scalar
    const align = alignedTo(what, operand.shape, shape, site, 'with biases')
    return (index: readonly Index[]) => operand.at(align(index))
  })
  return arrayValue(shape, (index) => combine(readers.map((read) => read(index))), {
    dual: arrays.every(({ dual }) => dual),
  })
}
