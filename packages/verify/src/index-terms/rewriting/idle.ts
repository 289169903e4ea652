// Sums over an index that only guards mention: an interval is counted, a quotient has one value.
// The guards of such a quotient are first rewritten without it, as in ⌊⌊t/q⌋/p⌋ = ⌊t/(pq)⌋.

import {
  constantValue,
  contains,
  equal,
  integerCoefficient,
  minus,
  negate,
  type Polynomial,
  plus,
  splitAt,
  times,
  variablesOf,
} from '../../arithmetic/polynomial.ts'
import { isIndex, type Variable } from '../../arithmetic/variable.ts'
import type { Term } from '../terms.ts'
import {
  attempt,
  count,
  type Derivation,
  drop,
  forgetQuotient,
  insert,
  termAt,
} from './derivation.ts'

/** Sums one idle index if there is one; returns the slots of what it became, or the slot itself. */
export const sumIdle = (d: Derivation, slot: number): readonly number[] => {
  const t = termAt(d, slot)
  for (const v of t.bound.filter((b) => isIdle(t, b))) {
    let counted: readonly number[] | undefined
    attempt(d, () => {
      counted = countInterval(d, slot, v)
      return counted !== undefined
    })
    if (counted) return counted
    if (attempt(d, () => forget(d, slot, v))) return sumIdle(d, slot)
  }
  return [slot]
}

const isIdle = (t: Term, v: Variable): boolean =>
  t.guards.some((g) => contains(g, v)) &&
  !t.equations.some((e) => contains(e, v)) &&
  !t.accesses.some((a) => a.index.some((e) => contains(e, v)))

const guardsWith = (t: Term, v: Variable): readonly number[] =>
  t.guards.flatMap((g, i) => (contains(g, v) ? [i] : []))

const countInterval = (d: Derivation, slot: number, v: Variable): readonly number[] | undefined => {
  // Guards such as s l + v ≥ 0 may follow from v ≥ 0 by a product.
  for (const i of guardsWith(termAt(d, slot), v).toReversed()) drop(d, slot, 'guard', i)
  const t = termAt(d, slot)
  const bounds = guardsWith(t, v)
  const slope = (i: number) => integerCoefficient(t.guards[i]!, v)
  const lower = bounds.find((i) => slope(i) === 1n)
  const upper = bounds.find((i) => slope(i) === -1n)
  if (bounds.length !== 2 || lower === undefined || upper === undefined) return undefined
  const length = plus(t.guards[lower]!, t.guards[upper]!)
  if ([...variablesOf(length)].some(isIndex)) return undefined
  return count(d, slot, v, lower, upper)
}

/** The guards 0 ≤ e - p q ≤ p - 1 of a quotient q = ⌊e/p⌋, with p and e. */
interface Quotient {
  readonly lower: Polynomial
  readonly upper: Polynomial
  readonly divisor: Polynomial
  readonly dividend: Polynomial
}

const quotientOf = (t: Term, q: Variable): Quotient | undefined => {
  const bounds = guardsWith(t, q).map((i) => t.guards[i]!)
  for (const lower of bounds) {
    const { coefficient, rest } = splitAt(lower, q)
    const divisor = negate(coefficient)
    const upper = bounds.find((g) => equal(plus(lower, g, 1), divisor))
    if (upper) return { lower, upper, divisor, dividend: rest }
  }
  return undefined
}

/** Removes Σ_q for a quotient q, restating what other guards say of q in terms of its dividend. */
const forget = (d: Derivation, slot: number, q: Variable): boolean => {
  const quotient = quotientOf(termAt(d, slot), q)
  if (!quotient) return false
  const { lower, upper } = quotient
  for (const i of guardsWith(termAt(d, slot), q).toReversed()) {
    const guard = termAt(d, slot).guards[i]!
    if (guard === lower || guard === upper) continue
    const restated = restate(guard, q, quotient)
    if (!restated || !insert(d, slot, 'guard', restated)) return false
    if (!drop(d, slot, 'guard', i)) return false
  }
  const { guards } = termAt(d, slot)
  return forgetQuotient(d, slot, q, guards.indexOf(lower), guards.indexOf(upper))
}

/** q ≥ a says e ≥ p a, and q ≤ b says e ≤ p b + p - 1. */
const restate = (
  guard: Polynomial,
  q: Variable,
  { divisor, dividend }: Quotient,
): Polynomial | undefined => {
  const { coefficient, rest } = splitAt(guard, q)
  const slope = constantValue(coefficient)
  if (slope === 1n) return plus(dividend, times(divisor, rest))
  if (slope === -1n) return minus(plus(times(divisor, rest), divisor), dividend, 1)
  return undefined
}
