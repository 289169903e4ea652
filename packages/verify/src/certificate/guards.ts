// Brackets: relations of indices are guards of terms, those of values functions of a difference.

import { equalsWinner, winner } from './binders.ts'
import { type Context, indexOf, type Site } from './context.ts'
import { applied, difference } from './functions.ts'
import type { PlainGuard, PlainRelation, PlainScalar } from './grammar.ts'
import { isAbove, isZero } from './laws.ts'
import type { Poly } from './polynomials.ts'
import * as poly from './polynomials.ts'
import type { Terms } from './sums.ts'
import * as sums from './sums.ts'

/** [d relation 0] of an integer. */
const relations: Readonly<Record<PlainRelation, (d: Poly) => Terms>> = {
  '=': (d) => sums.equated(sums.one, [d]),
  '≥': (d) => sums.guarded(sums.one, [d]),
  '>': (d) => sums.guarded(sums.one, [poly.plus(d, -1n)]),
  '≠': (d) => [...relations['>'](d), ...relations['>'](poly.minus(new Map(), d))],
}

export const guardTerms = (guard: PlainGuard, site: Site, context: Context): Terms => {
  if (guard.kind === 'winner') return winner(guard, site, context)
  if (guard.kind === 'indices') {
    const [left, right] = [guard.left, guard.right].map((e) => indexOf(e, site, context))
    return relations[guard.relation](poly.minus(left!, right!))
  }
  const { relation, left, right } = guard
  const [f, apart] = {
    '=': [isZero, difference(left, right)],
    '≠': [isZero, difference(left, right)],
    '>': [isAbove, difference(left, right)],
    '≥': [isAbove, difference(right, left)],
  }[relation] as [string, PlainScalar]
  const won =
    f === isZero
      ? (equalsWinner(left, right, site, context) ?? equalsWinner(right, left, site, context))
      : undefined
  const holds = won ?? applied(f, 0, apart, site, context)
  return relation === '=' || relation === '>' ? holds : sums.not(holds)
}
