// The box of what is read: the lengths of its axes.

import { type Polynomial, polynomial } from '../arithmetic/polynomial.ts'
import type { Source } from './core.ts'

/** As recorded, for arrays of the network; as written, for tables. */
export const lengthsOf = (source: Source): readonly Polynomial[] => {
  switch (source.kind) {
    case 'node':
    case 'adjoint':
      return source.node.shape.map(polynomial)
    case 'jacobian':
      return [...source.of.node.shape, ...source.by.shape].map(polynomial)
    case 'variable':
      return []
    case 'table':
      return source.axes.map(({ length }) => length)
  }
}
