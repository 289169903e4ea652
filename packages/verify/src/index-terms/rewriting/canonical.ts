// Bound variables in canonical coordinates: the column Hermite normal form of the index
// expressions, taken row by row in a given order of the accesses. Terms that differ by a unimodular
// change of variables then read the same.

import type { Budget } from '../../arithmetic/budget.ts'
import { divideOut, leading } from '../../arithmetic/divide.ts'
import { groupBy } from '../../arithmetic/group-by.ts'
import {
  canonicalKey,
  combine,
  constantValue,
  contains,
  integerCoefficient,
  type Polynomial,
  polynomial,
  splitAt,
  substitute,
  times,
} from '../../arithmetic/polynomial.ts'
import { boundIndex, type Variable } from '../../arithmetic/variable.ts'
import type { Access, Term } from '../terms.ts'
import type { Change } from './derivation.ts'

/** The names of canonical variables, made anew for every proof so that they never meet others. */
export interface VariablePool {
  readonly at: (position: number) => Variable
}

export const createPool = (): VariablePool => {
  const pool: Variable[] = []
  return {
    at: (position) => {
      while (pool.length <= position) pool.push(boundIndex(`k${pool.length + 1}`))
      return pool[position]!
    },
  }
}

export interface Canonical {
  readonly change: Change
  readonly key: string
}

/** Coordinates under construction: `loose` variables have no place in the normal form yet. */
interface Coordinates {
  forward: Map<Variable, Polynomial>
  inverse: Map<Variable, Polynomial>
  loose: Set<Variable>
  placed: number
}

/** Puts `fresh`, which means `meaning` in present coordinates, in the place of v = `value`. */
const replace = (
  c: Coordinates,
  v: Variable,
  fresh: Variable,
  value: Polynomial,
  meaning: Polynomial,
): void => {
  const step = new Map([[v, value]])
  for (const [old, p] of c.forward) c.forward.set(old, substitute(p, step))
  const inOld = substitute(meaning, c.inverse)
  c.inverse.delete(v)
  c.inverse.set(fresh, inOld)
  c.loose.delete(v)
}

/** Gives v a place, where fresh = sign · v + shift. */
const place = (
  c: Coordinates,
  pool: VariablePool,
  v: Variable,
  sign: bigint,
  shift: Polynomial,
): void => {
  const fresh = pool.at(c.placed++)
  const meaning = combine([sign, polynomial(v)], [1n, shift])
  replace(c, v, fresh, combine([sign, polynomial(fresh)], [-sign, shift]), meaning)
}

const looseIn = (c: Coordinates, e: Polynomial): readonly Variable[] =>
  [...c.loose].filter((v) => contains(e, v))

/** Euclid on two columns with integer coefficients: x ↦ x - q y lowers the larger coefficient. */
const euclid = (c: Coordinates, e: Polynomial, x: Variable, y: Variable): void => {
  const quotient = integerCoefficient(e, y)! / integerCoefficient(e, x)!
  const fresh = boundIndex('h')
  // a x + b y = a (x + q y) + (b - a q) y
  const meaning = combine([1n, polynomial(x)], [quotient, polynomial(y)])
  replace(c, x, fresh, combine([1n, polynomial(fresh)], [-quotient, polynomial(y)]), meaning)
  c.loose.add(fresh)
}

const magnitudeOf = (e: Polynomial, v: Variable): bigint => {
  const value = integerCoefficient(e, v) ?? 0n
  return value < 0n ? -value : value
}

/** One row of the normal form; symbolic coefficients only where nothing else will place them. */
const placeRow = (
  c: Coordinates,
  pool: VariablePool,
  row: Polynomial,
  symbolic: boolean,
  budget: Budget,
): void => {
  for (;;) {
    budget.tick()
    const e = substitute(row, c.forward)
    const loose = looseIn(c, e)
    const unit = loose.find((v) => magnitudeOf(e, v) === 1n)
    if (unit) {
      const { coefficient, rest } = splitAt(e, unit)
      const sign = constantValue(coefficient)!
      place(c, pool, unit, sign, rest)
      return
    }
    const numeric = loose
      .filter((v) => magnitudeOf(e, v) > 0n)
      .sort((v, w) => Number(magnitudeOf(e, v) - magnitudeOf(e, w)))
    const [x, y] = numeric
    if (x && y) {
      euclid(c, e, x, y)
      continue
    }
    const v = x ?? (symbolic ? loose[0] : undefined)
    if (!v) return
    const { coefficient, rest } = splitAt(e, v)
    const sign = leading(coefficient)!.coefficient < 0n ? -1n : 1n
    place(c, pool, v, sign, divideOut(rest, times(sign, coefficient)))
    if (!symbolic) return
  }
}

/**
 * The normal form for one order of the accesses. `apart` are new names of the bound variables: a
 * term in canonical coordinates has variables of the pool already, and they are not its places.
 */
const canonicalFor = (
  t: Term,
  apart: readonly Variable[],
  order: readonly Access[],
  pool: VariablePool,
  budget: Budget,
): Canonical => {
  const c: Coordinates = {
    forward: new Map(t.bound.map((v, k) => [v, polynomial(apart[k]!)])),
    inverse: new Map(t.bound.map((v, k) => [apart[k]!, polynomial(v)])),
    loose: new Set(apart),
    placed: 0,
  }
  const rows = order.flatMap((a) => a.index)
  for (const row of rows) placeRow(c, pool, row, false, budget)
  for (const row of rows) placeRow(c, pool, row, true, budget)
  for (const conditions of [t.equations, t.guards]) {
    const spelled = conditions.map((p) => [canonicalKey(substitute(p, c.forward)), p] as const)
    spelled.sort(([k], [l]) => (k < l ? -1 : 1))
    for (const [, p] of spelled) placeRow(c, pool, p, true, budget)
  }
  for (const v of [...c.loose]) place(c, pool, v, 1n, new Map())
  const key = order
    .map(({ array, index }) => {
      return `${array.id}:${index.map((e) => canonicalKey(substitute(e, c.forward))).join(',')}`
    })
    .join(' ')
  return { change: { forward: c.forward, inverse: c.inverse }, key }
}

const maximumOrders = 720

/**
 * Orders of the accesses by array, with every order among those of the same array; what is accessed
 * several times at one place stays together.
 */
const orders = (accesses: readonly Access[], budget: Budget): readonly (readonly Access[])[] => {
  const groups = groupBy(
    [...accesses].sort((a, b) => a.array.id - b.array.id),
    (a) => a.array,
  )
  let all: (readonly Access[])[] = [[]]
  for (const group of groups.values()) {
    const extended: (readonly Access[])[] = []
    const places = groupBy(group, ({ index }) => index.map(canonicalKey).join(','))
    for (const prefix of all) {
      for (const order of permutations([...places.values()], budget)) {
        budget.tick()
        if (extended.length < maximumOrders) extended.push([...prefix, ...order.flat()])
      }
    }
    all = extended
  }
  return all
}

const permutations = <T>(items: readonly T[], budget: Budget): readonly (readonly T[])[] => {
  let all: (readonly T[])[] = [[]]
  for (const [position, item] of items.entries()) {
    budget.tick(all.length)
    all = all
      .flatMap((p) => Array.from({ length: position + 1 }, (_, at) => p.toSpliced(at, 0, item)))
      .slice(0, maximumOrders)
  }
  return all
}

/** The normal forms with the least key: one, or several where the term has symmetries. */
export const canonicalForms = (
  t: Term,
  pool: VariablePool,
  budget: Budget,
): readonly Canonical[] => {
  let best: Canonical[] = []
  const apart = t.bound.map((v) => boundIndex(v.name))
  if (t.bound.length === 0) return [canonicalFor(t, apart, t.accesses, pool, budget)]
  for (const order of orders(t.accesses, budget)) {
    const candidate = canonicalFor(t, apart, order, pool, budget)
    const least = best[0]?.key
    if (least === undefined || candidate.key < least) best = [candidate]
    else if (candidate.key === least) best.push(candidate)
  }
  return best
}
