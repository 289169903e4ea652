// The lengths of axes while a claim is lowered: numbers, or unknowns of which each has a recorded
// value. What goes together is decided by the recorded lengths, and has to hold for all others.

import { type Node, type PoolParams, resolvePads } from '@backprove/graph'
import { constantValue, equal, type Polynomial, polynomial } from '../arithmetic/polynomial.ts'
import { floorDivide } from '../arithmetic/rational.ts'
import { ShapesError, SizesError } from '../core/errors.ts'

export type Shape = readonly Polynomial[]

type Side = 0 | 1

export interface Lengths {
  /** Whether some of them are unknowns. */
  readonly vary: boolean
  readonly shapeOf: (node: Node) => Shape
  readonly recorded: (length: Polynomial) => number
  /** ⌊e/s⌋ for e ≥ 0. @throws SizesError where nothing of the network has that length */
  readonly quotient: (e: Polynomial, s: Polynomial) => Polynomial
  /** The rest of such a quotient, where the network has one. */
  readonly remainder: (e: Polynomial, s: Polynomial) => Polynomial | undefined
  /** Takes as given, p ≥ 0, without which a claim has no meaning. */
  readonly demand: (p: Polynomial) => void
  /** Along rows (0) or columns (1) of a pooling: cells, steps, gaps, and zeros before. */
  readonly window: (pooling: Node, side: Side) => Window
}

export interface Window {
  readonly size: Polynomial
  readonly stride: Polynomial
  readonly dilation: Polynomial
  readonly before: Polynomial
}

export const recordedWindow = ({ params: own, args }: Node, side: Side): Window => {
  const params = own as PoolParams
  const { shape } = args[0]!
  const pads = resolvePads(params, [shape.at(-2)!, shape.at(-1)!], params.size)
  return {
    size: polynomial(params.size[side]),
    stride: polynomial(params.stride[side]),
    dilation: polynomial(params.dilation[side]),
    before: polynomial(pads[side][0]),
  }
}

const numberOf = (length: Polynomial): number => Number(constantValue(length) ?? Number.NaN)

/** As they were recorded. */
export const recordedLengths: Lengths = {
  vary: false,
  shapeOf: ({ shape }) => shape.map(polynomial),
  recorded: numberOf,
  quotient: (e, s) => polynomial(floorDivide(constantValue(e)!, constantValue(s)!)),
  remainder: () => undefined,
  demand: () => undefined,
  window: recordedWindow,
}

export const isOne = (length: Polynomial): boolean => constantValue(length) === 1n

export const equalShapes = (a: Shape, b: Shape): boolean =>
  a.length === b.length && a.every((n, axis) => equal(n, b[axis]!))

/** @throws SizesError where lengths that were recorded alike are not always alike */
export const demandEqual = (what: string, a: Shape, b: Shape, lengths: Lengths): void => {
  if (equalShapes(a, b)) return
  const [left, right] = [a, b].map((shape) => shape.map(lengths.recorded)) as [number[], number[]]
  if (left.join() !== right.join()) throw new ShapesError(what, left, right)
  throw new SizesError(`${what} of shapes that agree only as recorded`)
}
