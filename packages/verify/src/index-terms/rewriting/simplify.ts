// One term made simple: equations solved, quotients recognised, empty domains removed, implied
// guards left out, idle sums counted. Every change is a move of the derivation.

import { divideOut } from '../../arithmetic/divide.ts'
import {
  constantValue,
  equal,
  integerCoefficient,
  isZero,
  minus,
  negate,
  type Polynomial,
  plus,
  polynomial,
  splitAt,
  times,
  variablesOf,
} from '../../arithmetic/polynomial.ts'
import { gcd } from '../../arithmetic/rational.ts'
import { isIndex, type Variable } from '../../arithmetic/variable.ts'
import { boxOfAccess, type Term } from '../terms.ts'
import { type Derivation, drop, eliminate, insert, termAt, vanish } from './derivation.ts'
import { sumIdle } from './idle.ts'

/** Simplifies the term of a slot in place; false if the term vanished. */
export const simplify = (d: Derivation, slot: number): boolean => {
  do {
    d.budget.tick()
    solveEquations(d, slot)
    tightenGuards(d, slot)
  } while (promoteGuards(d, slot) || reduceEquations(d, slot) || equateQuotients(d, slot))
  if (vanish(d, slot)) return false
  if (promoteTight(d, slot)) return simplify(d, slot)
  dropImplied(d, slot)
  return true
}

/** As simplify, and sums over idle indices are carried out; returns the slots of what is left. */
export const simplifyAndSum = (d: Derivation, slot: number): readonly number[] => {
  if (!simplify(d, slot)) return []
  const parts = sumIdle(d, slot)
  if (parts.length === 1 && parts[0] === slot) return parts
  return parts.flatMap((part) => simplifyAndSum(d, part))
}

const isUnit = (coefficient: Polynomial): boolean => {
  const value = constantValue(coefficient)
  return value === 1n || value === -1n
}

const unitVariable = (t: Term, p: Polynomial): Variable | undefined =>
  t.bound.find((v) => {
    const coefficient = integerCoefficient(p, v)
    return coefficient === 1n || coefficient === -1n
  })

const solveEquations = (d: Derivation, slot: number): void => {
  for (;;) {
    const t = termAt(d, slot)
    const solvable = t.equations.findIndex((e) => isZero(e) || unitVariable(t, e))
    if (solvable < 0) return
    const v = unitVariable(t, t.equations[solvable]!)
    if (v) eliminate(d, slot, solvable, v)
    else drop(d, slot, 'equation', solvable)
  }
}

/** 2k - 3 ≥ 0 says k - 2 ≥ 0. */
const tightenGuards = (d: Derivation, slot: number): void => {
  for (let index = termAt(d, slot).guards.length - 1; index >= 0; index--) {
    const guard = termAt(d, slot).guards[index]!
    const tight = tightened(guard)
    if (tight === guard) continue
    if (!insert(d, slot, 'guard', tight)) continue
    drop(d, slot, 'guard', index)
  }
}

/** Divided by the common divisor of its coefficients, the constant rounded down. */
const tightened = (guard: Polynomial): Polynomial => {
  const coefficients = [...guard].flatMap(([key, m]) => (key === '' ? [] : [m.coefficient]))
  const common = coefficients.reduce(gcd, 0n)
  return common > 1n ? divideOut(guard, polynomial(common)) : guard
}

/** g ≥ 0 and -g ≥ 0 make an equation, if it can be solved for a bound variable. */
const promoteGuards = (d: Derivation, slot: number): boolean => {
  const t = termAt(d, slot)
  const tight = t.guards.find(
    (g, i) => unitVariable(t, g) && t.guards.some((h, j) => j > i && isZero(plus(g, h))),
  )
  return tight !== undefined && insert(d, slot, 'equation', tight)
}

/** n k = 0 says k = 0 for a size n. */
const reduceEquations = (d: Derivation, slot: number): boolean => {
  const t = termAt(d, slot)
  return t.equations.some((e) => {
    const monomials = [...e.values()].map((m) => m.variables)
    const common = monomials[0]?.find(
      (v) => v.kind === 'size' && monomials.every((variables) => variables.includes(v)),
    )
    if (!common) return false
    const reduced = divideOut(e, polynomial(common))
    return unitVariable(t, reduced) !== undefined && insert(d, slot, 'equation', reduced)
  })
}

/**
 * A guard or the side of a box that the rest keeps from being positive, as k in [k ≥ 0][-k ≥ 0].
 */
const promoteTight = (d: Derivation, slot: number): boolean => {
  const t = termAt(d, slot)
  const boxes = t.accesses.flatMap(boxOfAccess)
  const solvable = [...t.guards, ...boxes].filter((g) => unitVariable(t, g))
  return solvable.some((g) => insert(d, slot, 'equation', g, 'linear'))
}

/** p = -coefficient · v + rest for a coefficient that is a monomial, and no unit. */
interface Stretched {
  readonly variable: Variable
  readonly coefficient: Polynomial
  readonly rest: Polynomial
}

/** Where one of the indices occurs with a factor: lower guards e - p q ≥ 0, and equations. */
const stretchedIn = (
  expressions: readonly Polynomial[],
  isWanted: (v: Variable) => boolean,
): readonly Stretched[] =>
  expressions.flatMap((expression) =>
    [...variablesOf(expression)].filter(isWanted).flatMap((variable): Stretched[] => {
      const { coefficient, rest } = splitAt(expression, variable)
      if (coefficient.size !== 1 || isUnit(coefficient)) return []
      const positive = [...coefficient.values()][0]!.coefficient > 0n
      return positive ? [] : [{ variable, coefficient: negate(coefficient), rest }]
    }),
  )

/**
 * Equal floors: from p q ≤ e < p q + p and e = p X + (what is below p) follows q = X, and from two
 * such bounds q - q′ = X where e - e′ = p X. Candidates are read off, then proved.
 */
const equateQuotients = (d: Derivation, slot: number): boolean => {
  const t = termAt(d, slot)
  const isBound = (v: Variable) => t.bound.includes(v)
  const stated = [...t.guards, ...t.equations, ...t.equations.map(negate)]
  const places = stretchedIn(stated, isBound)
  const whole = places.flatMap((a) => {
    const quotient = divideOut(a.rest, a.coefficient)
    return [...variablesOf(quotient)].some(isIndex) ? [minus(a.variable, quotient)] : []
  })
  const boxes = t.accesses.flatMap(boxOfAccess)
  const free = stretchedIn(stated, (v) => isIndex(v) && !isBound(v))
  const pairs = (from: readonly Stretched[], to: readonly Stretched[]) =>
    from.flatMap((a) => to.flatMap((b) => equalQuotients(a, b)))
  const among = places.flatMap((a, k) => pairs([a], [...places.slice(k + 1), ...free]))
  const insertOne = (p: Polynomial) => !isZero(p) && insert(d, slot, 'equation', p)
  if ([...whole, ...among].some(insertOne)) return true
  return pairs(stretchedIn(boxes, isBound), [...places, ...free]).some(insertOne)
}

const equalQuotients = (a: Stretched, b: Stretched): readonly Polynomial[] => {
  if (a.variable === b.variable || !equal(a.coefficient, b.coefficient)) return []
  const difference = minus(a.rest, b.rest)
  const quotient = divideOut(difference, a.coefficient)
  if (!equal(times(a.coefficient, quotient), difference)) return []
  return [minus(a.variable, b.variable, quotient)]
}

/**
 * Only what follows linearly is left out. A guard k ≥ 0 that follows from s k ≥ 0 is kept, since
 * products with it may be needed later.
 */
const dropImplied = (d: Derivation, slot: number): void => {
  for (const relation of ['guard', 'equation'] as const) {
    const list = relation === 'guard' ? 'guards' : 'equations'
    let index = 0
    while (index < termAt(d, slot)[list].length)
      if (!drop(d, slot, relation, index, 'linear')) index++
  }
}
