// The boxes of a claim's arrays, for the ranges of its letters.

import { ConcreteError } from '../core/errors.ts'
import { freeIndices } from '../language/free.ts'
import type { Resolved } from '../language/resolved.ts'
import type { Shape } from '../network/lengths.ts'
import { derivativeShape } from './derivatives.ts'
import { lower } from './lower.ts'
import type { Boxes } from './ranges/constraints.ts'
import { recordedShape, type Site, sizeNamed, visible, withLetter } from './site.ts'
import { shapeOf } from './value.ts'

export const boxesOf = (site: Site): Boxes => ({
  size: (name) => {
    const size = sizeNamed(site, name)
    return size && site.lengths.recorded(size)
  },
  shapeOf: (array) => {
    const shape = shapeOfArray(array, site)
    return shape && recordedShape(shape, site)
  },
})

export const shapeOfArray = (array: Resolved, site: Site): Shape | undefined => {
  if (array.kind === 'array') return visible(array, site).shape
  if (array.kind === 'derivative') return derivativeShape(array, site)
  // Only the shape is asked for: an index that is not in scope yet may have any value.
  const open = freeIndices(array).filter((name) => !site.letters.has(name))
  const inside = open.reduce<Site>(
    (inner, name) => withLetter(inner, name, { low: 1, high: 1 }).site,
    { ...site, choose: () => 0 },
  )
  try {
    return shapeOf(lower(array, inside))
  } catch (error) {
    if (error instanceof ConcreteError) return undefined
    throw error
  }
}
