// The boxes of a claim's arrays, for the ranges of its indices.

import { ConcreteError } from '../../core/errors.ts'
import { freeIndices } from '../../language/free.ts'
import type { Resolved } from '../../language/resolved.ts'
import { shapeOf } from './compiled.ts'
import type { Boxes } from './constraints.ts'
import { derivativeShape } from './derivatives.ts'
import { compileExpression } from './expression.ts'
import { type Site, sizeNamed, visibleShape, withIndex } from './site.ts'

export const boxesOf = <T>(site: Site<T>): Boxes => ({
  size: (name) => sizeNamed(site.world, name),
  shapeOf: (array) => shapeOfArray(array, site),
})

const shapeOfArray = <T>(array: Resolved, site: Site<T>): readonly number[] | undefined => {
  if (array.kind === 'array') return visibleShape(array, site)
  if (array.kind === 'derivative') return derivativeShape(array, site)
  // Only the shape is asked for: an index that is not in scope yet may have any value.
  const open = freeIndices(array).filter((name) => !site.scope.has(name))
  const world = { ...site.world, choices: { choose: () => 0 } }
  const inside = open.reduce<Site<T>>(
    (inner, name) => withIndex(inner, name, { low: 1, high: 1 }).site,
    { ...site, world },
  )
  try {
    return shapeOf(compileExpression(array, inside))
  } catch (error) {
    if (error instanceof ConcreteError) return undefined
    throw error
  }
}
