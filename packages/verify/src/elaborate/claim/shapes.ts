// How the arrays of a claim go together: which axes of two shapes are one. Decided by polynomials,
// and refused by the recorded lengths.

import { equal, type Polynomial, polynomial } from '../../arithmetic/polynomial.ts'
import { ShapesError } from '../../core/errors.ts'
import { sameShape as sameRecorded } from '../../lower/product-plans.ts'
import type { Index } from '../functions/functions.ts'
import { isOne } from '../plain.ts'
import type { Sizes } from '../sizes/sizes.ts'
import { UnsupportedError } from '../unsupported.ts'

export const recordedLengths = (shape: Index, sizes: Sizes): number[] => shape.map(sizes.recorded)

export const equalShapes = (a: Index, b: Index): boolean =>
  a.length === b.length && a.every((n, axis) => equal(n, b[axis]!))

export type Alignment = (index: Index) => Index

const longAxes = (shape: Index): number[] =>
  [...shape.keys()].filter((axis) => !isOne(shape[axis]!))

/** The index of `shape` for one of `target`, where they differ by axes of length 1 at most. */
const withoutOnes = (shape: Index, target: Index): Alignment | undefined => {
  if (equalShapes(shape, target)) return (index) => index
  const [own, others] = [longAxes(shape), longAxes(target)]
  const isSame =
    own.length === others.length && own.every((axis, k) => equal(shape[axis]!, target[others[k]!]!))
  if (!isSame) return undefined
  return (index) =>
    shape.map((_, axis) => {
      const k = own.indexOf(axis)
      return k < 0 ? polynomial(0) : index[others[k]!]!
    })
}

/** A vector beside images [F, H, W] or [N, F, H, W], or beside a batch of vectors [N, F]. */
const asChannel = (shape: Index, target: Index): Alignment | undefined => {
  if (shape.length !== 1 || target.length < 2) return undefined
  const axis = target.length === 2 ? 1 : target.length - 3
  return equal(shape[0]!, target[axis]!) ? (index) => [index[axis]!] : undefined
}

/** @throws ShapesError where the recorded lengths differ; UnsupportedError where others may */
export const aligned = (
  what: string,
  shape: Index,
  target: Index,
  sizes: Sizes,
  channels: 'with channels' | 'same' = 'same',
): Alignment => {
  const found =
    withoutOnes(shape, target) ??
    (channels === 'with channels' ? asChannel(shape, target) : undefined)
  if (found) return found
  const [a, b] = [recordedLengths(target, sizes), recordedLengths(shape, sizes)]
  const axis = a.length === 2 ? 1 : a.length - 3
  const isChannel = channels === 'with channels' && b.length === 1 && a[axis] === b[0]
  if (!sameRecorded(a, b) && !isChannel) throw new ShapesError(what, a, b)
  throw new UnsupportedError(`${what} of shapes that agree only as recorded`)
}

/** @throws as `aligned` */
export const demandEqual = (
  what: string,
  a: readonly Polynomial[],
  b: readonly Polynomial[],
  sizes: Sizes,
): void => {
  if (equalShapes(a, b)) return
  const [left, right] = [recordedLengths(a, sizes), recordedLengths(b, sizes)]
  if (left.join() !== right.join()) throw new ShapesError(what, left, right)
  throw new UnsupportedError(`${what} of shapes that agree only as recorded`)
}
