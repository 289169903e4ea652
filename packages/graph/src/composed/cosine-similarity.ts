// The cosine of the angle between vectors.

import { ShapeError } from '../errors.ts'
import { divideOrZero } from '../ops/arithmetic/divide-or-zero.ts'
import { mul } from '../ops/arithmetic/mul.ts'
import { norm } from '../ops/reduction/norm.ts'
import { sum } from '../ops/reduction/sum.ts'
import { readOptions } from '../options.ts'
import type { Node } from '../record/node.ts'
import { requireNode } from '../record/operand.ts'
import { formatShape, sameShape } from '../shape.ts'
import { composed } from './composed.ts'

/** Options of `cosineSimilarity`. */
export interface CosineOptions {
  /** The axes that a vector lies along, counted from 0, negative from the end. Default −1. */
  readonly axes?: number | readonly number[]
}

const SYNONYMS = { axis: 'axes', dim: 'axes' }

/**
 * Σ a b/(‖a‖ ‖b‖) of vectors along the last axis, or along `axes`: from −1 to 1, and 0 where either
 * is 0. @throws ShapeError where a and b are no nodes of one shape
 */
export function cosineSimilarity(a: Node, b: Node, options: CosineOptions = {}): Node {
  const { axes = -1 } = readOptions('cosineSimilarity', options, ['axes'], SYNONYMS)
  requireNode('cosineSimilarity', a)
  requireNode('cosineSimilarity', b)
  if (!sameShape(a.shape, b.shape)) {
    const shapes = `a ${formatShape(a.shape)} and b ${formatShape(b.shape)}`
    throw new ShapeError(`cosineSimilarity: ${shapes} differ in shape`)
  }
  return composed('cosineSimilarity', a, () =>
    divideOrZero(sum(mul(a, b), { axes }), mul(norm(a, { axes }), norm(b, { axes }))),
  )
}
