// Terms of index notation: c · Π size^power · Σ_{bound ∈ ℤ^m} Π A[index] · Π[guard ≥ 0] ·
// Π[equation = 0]. An array is 0 outside its box, and indices count from 0. Data and its few basic
// moves, no proof.

import {
  formatPolynomial,
  minus,
  type Polynomial,
  polynomial,
  substitute,
} from '../arithmetic/polynomial.ts'
import {
  formatRational,
  multiplyRational,
  type Rational,
  rational,
} from '../arithmetic/rational.ts'
import { boundIndex, type Variable } from '../arithmetic/variable.ts'

/** A named array; told apart by identity. Opaque function values and masks are arrays too. */
export interface ArrayName {
  readonly id: number
  readonly name: string
  /** Axis lengths: polynomials in sizes and parameters. */
  readonly shape: readonly Polynomial[]
  /**
   * ∂A[index] / ∂X[at] as terms, for an array that is a function of others; absent for a leaf.
   * The index is that of an entry inside the box.
   */
  readonly partial?: PartialDerivative
}

export type PartialDerivative = (
  index: readonly Polynomial[],
  of: ArrayName,
  at: readonly Polynomial[],
) => readonly Term[]

export interface Access {
  readonly array: ArrayName
  readonly index: readonly Polynomial[]
}

export interface Term {
  readonly coefficient: Rational
  /** Nonzero exponents, which may be negative, of variables of kind `size`. */
  readonly powers: ReadonlyMap<Variable, number>
  readonly bound: readonly Variable[]
  readonly accesses: readonly Access[]
  /** Each stands for [guard ≥ 0]. */
  readonly guards: readonly Polynomial[]
  /** Each stands for [equation = 0]. */
  readonly equations: readonly Polynomial[]
}

/** Their sum. */
export type Terms = readonly Term[]

export type Index = readonly Polynomial[]

let declared = 0

export const declareArray = (
  name: string,
  shape: readonly Polynomial[],
  partial?: PartialDerivative,
): ArrayName => ({ id: declared++, name, shape, ...(partial && { partial }) })

/** A term from the parts that differ from 1. */
export const term = (parts: { readonly [K in keyof Term]?: Term[K] }): Term => ({
  coefficient: rational(1),
  powers: new Map(),
  bound: [],
  accesses: [],
  guards: [],
  equations: [],
  ...parts,
})

/** Applies a map to every index expression, guard and equation. */
export const mapExpressions = (t: Term, f: (p: Polynomial) => Polynomial): Term => ({
  ...t,
  accesses: t.accesses.map((a) => {
    const index = a.index.map(f)
    return index.every((e, axis) => e === a.index[axis]) ? a : { array: a.array, index }
  }),
  guards: t.guards.map(f),
  equations: t.equations.map(f),
})

/** Substitutes free variables; a bound variable of the term must not occur in the values. */
export const substituteTerm = (t: Term, values: ReadonlyMap<Variable, Polynomial>): Term =>
  values.size === 0 ? t : mapExpressions(t, (p) => substitute(p, values))

/** The same term with bound variables never seen before. */
export const renameApart = (t: Term): Term => {
  if (t.bound.length === 0) return t
  const fresh = new Map(t.bound.map((v) => [v, boundIndex(v.name)]))
  const values = new Map([...fresh].map(([v, w]) => [v, polynomial(w)]))
  return { ...substituteTerm(t, values), bound: [...fresh.values()] }
}

export const multiplyPowers = (
  a: ReadonlyMap<Variable, number>,
  b: ReadonlyMap<Variable, number>,
): ReadonlyMap<Variable, number> => {
  const product = new Map(a)
  for (const [v, power] of b) {
    const sum = (product.get(v) ?? 0) + power
    if (sum === 0) product.delete(v)
    else product.set(v, sum)
  }
  return product
}

/**
 * The product of two terms. The second is renamed apart, since a term may be met twice:
 * (Σ_k x_k)(Σ_k x_k) is Σ_{k,l} x_k x_l, not Σ_k x_k².
 */
export const multiplyTerms = (a: Term, other: Term): Term => {
  const b = renameApart(other)
  return {
    coefficient: multiplyRational(a.coefficient, b.coefficient),
    powers: multiplyPowers(a.powers, b.powers),
    bound: [...a.bound, ...b.bound],
    accesses: [...a.accesses, ...b.accesses],
    guards: [...a.guards, ...b.guards],
    equations: [...a.equations, ...b.equations],
  }
}

export const scaleTerm = (t: Term, factor: Rational): Term => ({
  ...t,
  coefficient: multiplyRational(t.coefficient, factor),
})

/** For people: `1/2 s^-1 Σ_{k} x[k] [k - 1 ≥ 0]`. */
export const formatTerm = (t: Term): string =>
  [
    formatRational(t.coefficient),
    ...[...t.powers].map(([v, power]) => (power === 1 ? v.name : `${v.name}^${power}`)),
    ...(t.bound.length ? [`Σ_{${t.bound.map((v) => v.name).join(',')}}`] : []),
    ...t.accesses.map((a) => `${a.array.name}[${a.index.map(formatPolynomial).join(', ')}]`),
    ...t.guards.map((g) => `[${formatPolynomial(g)} ≥ 0]`),
    ...t.equations.map((e) => `[${formatPolynomial(e)} = 0]`),
  ].join(' ')

/**
 * Σ of terms as an array-valued expression: zero outside its shape, one list of terms per index.
 */
export interface Field {
  readonly shape: readonly Polynomial[]
  /** The terms of the entry at an index that lies inside the box; 0-based. */
  readonly at: (index: readonly Polynomial[]) => readonly Term[]
}

/**
 * What the prover may take as given: each constraint is ≥ 0. Sizes are at least 1 and parameters
 * at least 0 without saying so. The box of the free indices is stated here too (`boxOf`).
 */
export interface Context {
  readonly constraints: readonly Polynomial[]
}

const boxes = new WeakMap<Access, readonly Polynomial[]>()

/** 0 ≤ index < shape of what is read: asked of the same access again and again. */
export const boxOfAccess = (access: Access): readonly Polynomial[] => {
  const box = boxes.get(access) ?? boxOf(access.index, access.array.shape)
  boxes.set(access, box)
  return box
}

/** 0 ≤ index < shape, as polynomials that are ≥ 0. */
export const boxOf = (
  index: readonly Polynomial[],
  shape: readonly Polynomial[],
): readonly Polynomial[] =>
  index.flatMap((e, axis) => {
    const length = shape[axis]
    if (length === undefined) throw new RangeError(`an index of axis ${axis} of ${shape.length}`)
    return [e, minus(length, e, 1)]
  })
