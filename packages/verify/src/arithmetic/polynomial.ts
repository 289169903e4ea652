// Integer polynomials in variables: the index expressions, guards and axis lengths of terms.
// They are linear in index variables, with polynomials in sizes as coefficients.

import { isIndex, type Variable } from './variable.ts'

/** coefficient · Π variables; variables are sorted by id, a power is a repetition. */
export interface Monomial {
  readonly coefficient: bigint
  readonly variables: readonly Variable[]
}

/** Nonzero monomials by the ids of their variables. The zero polynomial is the empty map. */
export type Polynomial = ReadonlyMap<string, Monomial>

/** What is accepted where a polynomial is meant. */
export type Expression = Polynomial | Variable | bigint | number

/** A product of two indices has no place in index notation. */
export class DegreeError extends Error {
  override name = 'DegreeError'
}

const keyOf = (variables: readonly Variable[]): string =>
  variables.length < 2 ? String(variables[0]?.id ?? '') : variables.map((v) => v.id).join('.')

const inOrder = (variables: readonly Variable[]): readonly Variable[] => {
  if (variables.length < 2) return variables
  const sorted = [...variables].sort((a, b) => a.id - b.id)
  if (sorted.filter(isIndex).length > 1) {
    const product = sorted.map((v) => v.name).join('·')
    throw new DegreeError(`the product ${product} is not linear in the indices`)
  }
  return sorted
}

export const monomial = (coefficient: bigint, variables: readonly Variable[]): Polynomial => {
  if (coefficient === 0n) return zero
  const sorted = inOrder(variables)
  return new Map([[keyOf(sorted), { coefficient, variables: sorted }]])
}

const zero: Polynomial = new Map()

export const polynomial = (e: Expression): Polynomial => {
  if (typeof e === 'number' || typeof e === 'bigint') return monomial(BigInt(e), [])
  return 'kind' in e ? monomial(1n, [e]) : e
}

/** Σ factor · polynomial. */
export const combine = (...parts: readonly (readonly [bigint, Polynomial])[]): Polynomial => {
  const sum = new Map<string, Monomial>()
  for (const [factor, part] of parts) {
    if (factor !== 0n) for (const [key, m] of part) accumulate(sum, key, factor, m)
  }
  return sum
}

const accumulate = (sum: Map<string, Monomial>, key: string, factor: bigint, m: Monomial): void => {
  const known = sum.get(key)
  const added = factor === 1n ? m.coefficient : factor * m.coefficient
  const coefficient = known ? known.coefficient + added : added
  if (coefficient === 0n) sum.delete(key)
  else if (!known && factor === 1n) sum.set(key, m)
  else sum.set(key, { coefficient, variables: m.variables })
}

export const plus = (...parts: readonly Expression[]): Polynomial =>
  combine(...parts.map((p) => [1n, polynomial(p)] as const))

export const minus = (a: Expression, ...rest: readonly Expression[]): Polynomial =>
  combine([1n, polynomial(a)], ...rest.map((p) => [-1n, polynomial(p)] as const))

export const negate = (a: Expression): Polynomial => combine([-1n, polynomial(a)])

/** The product. Throws DegreeError where an index would meet an index. */
export const times = (...factors: readonly Expression[]): Polynomial =>
  factors.map(polynomial).reduce(product, one)

const one: Polynomial = new Map([['', { coefficient: 1n, variables: [] }]])

const product = (a: Polynomial, b: Polynomial): Polynomial => {
  const [left, right] = [constantValue(a), constantValue(b)]
  if (left !== undefined) return left === 1n ? b : combine([left, b])
  if (right !== undefined) return right === 1n ? a : combine([right, a])
  const sum = new Map<string, Monomial>()
  for (const m of a.values()) {
    for (const n of b.values()) {
      const variables = inOrder([...m.variables, ...n.variables])
      const coefficient = m.coefficient * n.coefficient
      accumulate(sum, keyOf(variables), 1n, { coefficient, variables })
    }
  }
  return sum
}

export const isZero = (p: Polynomial): boolean => p.size === 0

export const equal = (a: Polynomial, b: Polynomial): boolean => {
  if (a.size !== b.size) return false
  for (const [key, m] of a) if (b.get(key)?.coefficient !== m.coefficient) return false
  return true
}

/** The value of a constant polynomial, or undefined where variables occur. */
export const constantValue = (p: Polynomial): bigint | undefined => {
  if (p.size === 0) return 0n
  return p.size === 1 ? p.get('')?.coefficient : undefined
}

export const constantPart = (p: Polynomial): bigint => p.get('')?.coefficient ?? 0n

export const contains = (p: Polynomial, v: Variable): boolean => {
  for (const m of p.values()) if (m.variables.includes(v)) return true
  return false
}

export const variablesOf = (p: Polynomial): Set<Variable> => {
  const found = new Set<Variable>()
  for (const m of p.values()) for (const v of m.variables) found.add(v)
  return found
}

/** p = coefficient · v + rest, for an index v (which occurs linearly). */
export const splitAt = (
  p: Polynomial,
  v: Variable,
): { coefficient: Polynomial; rest: Polynomial } => {
  const coefficient = new Map<string, Monomial>()
  const rest = new Map<string, Monomial>()
  for (const [key, m] of p) {
    const at = m.variables.indexOf(v)
    if (at < 0) {
      rest.set(key, m)
      continue
    }
    const variables = m.variables.toSpliced(at, 1)
    accumulate(coefficient, keyOf(variables), 1n, { coefficient: m.coefficient, variables })
  }
  return { coefficient, rest }
}

/** The integer coefficient of v, or undefined where it depends on sizes; 0 where v is absent. */
export const integerCoefficient = (p: Polynomial, v: Variable): bigint | undefined => {
  let coefficient = 0n
  for (const m of p.values()) {
    if (!m.variables.includes(v)) continue
    if (m.variables.length > 1) return undefined
    coefficient = m.coefficient
  }
  return coefficient
}

const touches = (p: Polynomial, values: ReadonlyMap<Variable, Polynomial>): boolean => {
  for (const m of p.values()) for (const v of m.variables) if (values.has(v)) return true
  return false
}

/** Simultaneous substitution. */
export const substitute = (
  p: Polynomial,
  values: ReadonlyMap<Variable, Polynomial>,
): Polynomial => {
  if (!touches(p, values)) return p
  const sum = new Map<string, Monomial>()
  for (const [key, m] of p) {
    if (!m.variables.some((v) => values.has(v))) {
      accumulate(sum, key, 1n, m)
      continue
    }
    const value = times(...m.variables.map((v) => values.get(v) ?? v))
    for (const [other, n] of value) accumulate(sum, other, m.coefficient, n)
  }
  return sum
}

const spelled = new WeakMap<Polynomial, string>()

/** A spelling that is equal exactly for equal polynomials. */
export const canonicalKey = (p: Polynomial): string => {
  const key =
    spelled.get(p) ??
    [...p]
      .map(([id, m]) => `${m.coefficient}*${id}`)
      .sort()
      .join('+')
  spelled.set(p, key)
  return key
}

/** For people: `2s·i - m + 1`. */
export const formatPolynomial = (p: Polynomial): string => {
  if (p.size === 0) return '0'
  const order = [...p.values()].sort((a, b) => b.variables.length - a.variables.length)
  const written = order.map(({ coefficient, variables }, position) => {
    const sign = coefficient < 0n ? (position ? ' - ' : '-') : position ? ' + ' : ''
    const magnitude = coefficient < 0n ? -coefficient : coefficient
    const letters = variables.map((v) => v.name).join('·')
    return sign + (magnitude === 1n && letters ? letters : `${magnitude}${letters}`)
  })
  return written.join('')
}
