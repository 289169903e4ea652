// Σ over a box, written out where it has few terms and the claim asks for that.

import { constantValue, polynomial } from '../../arithmetic/polynomial.ts'
import { sumOver } from '../../index-terms/fields.ts'
import type { Index, Terms } from '../../index-terms/terms.ts'

const mostTerms = 64n

/** Σ_{0 ≤ k < shape} body(k); axes of known length are run through where `expands`. */
export const sumOfBox = (shape: Index, expands: boolean, body: (index: Index) => Terms): Terms => {
  const lengths = shape.map((length) => constantValue(length))
  const known = lengths.filter((length) => length !== undefined)
  const count = known.reduce((product, length) => product * length, 1n)
  if (!expands || known.length === 0 || count > mostTerms) return sumOver(shape, body)
  const open = shape.filter((_, axis) => lengths[axis] === undefined)
  return pointsOf(known).flatMap((point) =>
    sumOver(open, (index) => {
      const [given, rest] = [[...point], [...index]]
      return body(lengths.map((length) => (length === undefined ? rest : given).shift()!))
    }),
  )
}

const pointsOf = (lengths: readonly bigint[]): Index[] =>
  lengths.reduce<Index[]>(
    (points, length) =>
      points.flatMap((point) =>
        Array.from({ length: Number(length) }, (_, k) => [...point, polynomial(k)]),
      ),
    [[]],
  )
