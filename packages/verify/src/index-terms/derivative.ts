// Reverse mode by index inversion: ∂(Π A[e])/∂X[t] replaces an access X[e] by the equation e = t.

import { minus, type Polynomial } from '../arithmetic/polynomial.ts'
import { productOfTerms, sumOver } from './fields.ts'
import { type ArrayName, boxOf, type Field, type Term } from './terms.ts'

/** ∂ terms / ∂X[at], for an index inside the box of X; the product rule over the accesses. */
export const differentiateTerms = (
  terms: readonly Term[],
  of: ArrayName,
  at: readonly Polynomial[],
): readonly Term[] =>
  terms.flatMap((t) =>
    t.accesses.flatMap(({ array, index }, position) => {
      const rest = { ...t, accesses: t.accesses.toSpliced(position, 1) }
      if (array === of) {
        const equations = index.map((e, axis) => minus(e, at[axis]!))
        return [{ ...rest, equations: [...rest.equations, ...equations] }]
      }
      if (!array.partial) return []
      // Outside its box a function value is 0, and so is its derivative.
      const inside = { ...rest, guards: [...rest.guards, ...boxOf(index, array.shape)] }
      return productOfTerms([inside], array.partial(index, of, at))
    }),
  )

/** The Jacobian ∂y[i]/∂X[t] as a field of the indices (i, t). */
export const jacobian = (y: Field, of: ArrayName): Field => ({
  shape: [...y.shape, ...of.shape],
  at: (index) =>
    differentiateTerms(y.at(index.slice(0, y.shape.length)), of, index.slice(y.shape.length)),
})

/** The cotangent of X: t ↦ Σ_i g[i] ∂y[i]/∂X[t]. */
export const pullback = (y: Field, g: Field, of: ArrayName): Field => ({
  shape: of.shape,
  at: (t) => sumOver(y.shape, (i) => productOfTerms(g.at(i), differentiateTerms(y.at(i), of, t))),
})
