// Cancelling terms against one another: like terms with mutually implied guards, indices that are
// equal by an assumption, and case distinctions where the guards of several terms add up to 1.

import { groupBy } from '../../arithmetic/group-by.ts'
import { canonicalKey, equal, minus, negate, type Polynomial } from '../../arithmetic/polynomial.ts'
import type { Relation } from '../../certificate/grammar.ts'
import type { Term } from '../terms.ts'
import { canonicalForms, type VariablePool } from './canonical.ts'
import {
  attempt,
  change,
  type Derivation,
  drop,
  insert,
  merge,
  reindexAccess,
  split,
  termAt,
  vanish,
} from './derivation.ts'
import { proveNonNegative } from './implication.ts'

/** Puts the term in canonical coordinates and its accesses in canonical order (for comparison). */
export const canonicalise = (d: Derivation, slot: number, pool: VariablePool): void => {
  const [best] = canonicalForms(termAt(d, slot), pool, d.budget)
  if (best && best.change.forward.size > 0) change(d, slot, best.change)
}

/** Equal exactly for terms that could be like: same accesses, powers and number of indices. */
const likeness = (t: Term): string =>
  JSON.stringify([
    t.bound.length,
    [...t.powers].map(([v, exponent]) => `${v.id}^${exponent}`).sort(),
    t.accesses.map((a) => `${a.array.id}:${a.index.map(canonicalKey).join(',')}`).sort(),
  ])

/** The arrays alone: what is left to compare where indices are equal only by an assumption. */
const arrayNames = (t: Term): string =>
  JSON.stringify([
    t.bound.length,
    [...t.powers].map(([v, exponent]) => `${v.id}^${exponent}`).sort(),
    t.accesses.map((a) => a.array.id).sort((a, b) => a - b),
  ])

const lists = { guard: 'guards', equation: 'equations' } as const

const present = (relation: Relation, p: Polynomial, list: readonly Polynomial[]): boolean =>
  list.some((q) => equal(p, q) || (relation === 'equation' && equal(p, negate(q))))

/** Gives a term the guards and equations of another, if each implies those of the other. */
const align = (d: Derivation, slot: number, to: Term): boolean => {
  for (const relation of ['equation', 'guard'] as const) {
    const list = lists[relation]
    for (const p of to[list]) {
      if (present(relation, p, termAt(d, slot)[list])) continue
      if (!insert(d, slot, relation, p)) return false
    }
  }
  for (const relation of ['guard', 'equation'] as const) {
    const list = lists[relation]
    for (let index = termAt(d, slot)[list].length - 1; index >= 0; index--) {
      if (present(relation, termAt(d, slot)[list][index]!, to[list])) continue
      if (!drop(d, slot, relation, index)) return false
    }
  }
  return true
}

const mergeLike = (d: Derivation, slot: number, into: number, pool: VariablePool): boolean => {
  const target = termAt(d, into)
  const join = () => {
    if (!align(d, slot, target)) return false
    merge(d, slot, into)
    return true
  }
  if (attempt(d, join)) return true
  // A symmetric term has several canonical forms, which permute its guards.
  const [, ...others] = canonicalForms(termAt(d, slot), pool, d.budget)
  return others.some(({ change: symmetry }) =>
    attempt(d, () => {
      change(d, slot, symmetry)
      return likeness(termAt(d, slot)) === likeness(target) && join()
    }),
  )
}

/** Merges every term into an earlier one that it can be made like to; returns what is left. */
export const mergeAll = (d: Derivation, slots: readonly number[], pool: VariablePool): number[] => {
  const kept: number[] = []
  for (const slot of slots) {
    const key = likeness(termAt(d, slot))
    const merged = kept.some((other) => {
      d.budget.tick()
      const target = d.terms[other]
      return target && likeness(target) === key && mergeLike(d, slot, other, pool)
    })
    if (!merged) kept.push(slot)
  }
  return kept.filter((slot) => d.terms[slot])
}

/** Rewrites the indices of a term as those of another where assumptions make them equal. */
const reindexAs = (d: Derivation, slot: number, to: Term): boolean => {
  const order = (t: Term) =>
    [...t.accesses.keys()].sort((i, j) => {
      return t.accesses[i]!.array.id - t.accesses[j]!.array.id
    })
  const targets = order(to)
  return order(termAt(d, slot)).every((position, i) => {
    const wanted = to.accesses[targets[i]!]!
    return wanted.index.every((e, axis) => {
      // What was rewritten may have become another factor, or one of fewer axes.
      const now = termAt(d, slot).accesses[position]?.index[axis]
      return now && (equal(now, e) || reindexAccess(d, slot, position, axis, e))
    })
  })
}

/** As mergeAll, for terms whose indices agree only by an assumption about sizes. */
export const mergeByAssumption = (
  d: Derivation,
  slots: readonly number[],
  pool: VariablePool,
): number[] => {
  const kept: number[] = []
  for (const slot of slots) {
    const names = arrayNames(termAt(d, slot))
    const merged = kept.some((other) => {
      const target = d.terms[other]
      if (!target || arrayNames(target) !== names) return false
      return attempt(d, () => reindexAs(d, slot, target) && mergeLike(d, slot, other, pool))
    })
    if (!merged) kept.push(slot)
  }
  return kept.filter((slot) => d.terms[slot])
}

const maximumSplits = 48

/**
 * Like terms with different guards: splits all of them on a guard of one until they merge, so that
 * [i ≤ m] + [i > m] = 1.
 */
export const mergeByCases = (
  d: Derivation,
  slots: readonly number[],
  pool: VariablePool,
): number[] => {
  let splits = 0
  const refine = (members: number[]): number[] => {
    const guard = members.length > 1 ? distinguishingGuard(d, members) : undefined
    if (!guard || splits > maximumSplits) return members
    const inside: number[] = []
    const outside: number[] = []
    for (const slot of members) {
      const opposite = minus(negate(guard), 1)
      if (proves(d, slot, guard)) inside.push(slot)
      else if (proves(d, slot, opposite)) outside.push(slot)
      else {
        splits++
        const half = split(d, slot, guard)
        if (!vanish(d, slot)) inside.push(slot)
        if (!vanish(d, half)) outside.push(half)
      }
    }
    return [inside, outside].flatMap((side) => refine(mergeAll(d, side, pool)))
  }
  const groups = groupBy(slots, (slot) => likeness(termAt(d, slot)))
  return [...groups.values()].flatMap(refine)
}

const proves = (d: Derivation, slot: number, p: Polynomial): boolean =>
  proveNonNegative(p, termAt(d, slot), d.context, d.budget) !== undefined

/** A guard of one member that another member does not imply. */
const distinguishingGuard = (d: Derivation, members: readonly number[]): Polynomial | undefined => {
  for (const slot of members) {
    const t = termAt(d, slot)
    for (const g of [...t.guards, ...t.equations, ...t.equations.map(negate)]) {
      if (members.some((other) => other !== slot && !proves(d, other, g))) return g
    }
  }
  return undefined
}
