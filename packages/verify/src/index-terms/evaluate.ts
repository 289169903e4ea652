// Brute force: the exact value of terms at concrete sizes, by running over the points of each sum.
// Independent of the prover, whose proofs it tests; small sizes only.

import { type Polynomial, polynomial } from '../arithmetic/polynomial.ts'
import {
  addRational,
  gcd,
  multiplyRational,
  type Rational,
  rational,
} from '../arithmetic/rational.ts'
import type { Variable } from '../arithmetic/variable.ts'
import { type ArrayName, boxOf, type Field, type Term } from './terms.ts'

export type Assignment = ReadonlyMap<Variable, bigint>

/** The entry of an array at an index inside its box. */
export type Contents = (array: ArrayName, index: readonly bigint[]) => Rational

/** A Σ with infinitely many points at these sizes. */
export class UnboundedSumError extends Error {
  override name = 'UnboundedSumError'
}

/** A variable without a value. */
export class UnassignedVariableError extends Error {
  override name = 'UnassignedVariableError'
}

const assigned = (v: Variable, values: Assignment): bigint => {
  const value = values.get(v)
  if (value === undefined) throw new UnassignedVariableError(`${v.name} has no value`)
  return value
}

/** Throws UnassignedVariableError where a variable has no value. */
export const evaluatePolynomial = (p: Polynomial, values: Assignment): bigint => {
  let sum = 0n
  for (const { coefficient, variables } of p.values()) {
    sum += variables.reduce((product, v) => product * assigned(v, values), coefficient)
  }
  return sum
}

/** coefficients · bound variables + constant at concrete sizes, in one order of the variables. */
interface Affine {
  readonly coefficients: readonly bigint[]
  readonly constant: bigint
}

const affine = (p: Polynomial, bound: readonly Variable[], values: Assignment): Affine => {
  const coefficients = bound.map(() => 0n)
  let constant = 0n
  for (const { coefficient, variables } of p.values()) {
    const index = variables.find((v) => bound.includes(v))
    const others = variables.filter((v) => v !== index)
    const value = others.reduce((product, v) => product * assigned(v, values), coefficient)
    if (index) coefficients[bound.indexOf(index)]! += value
    else constant += value
  }
  return { coefficients, constant }
}

const floor = (a: bigint, b: bigint): bigint => {
  const q = a / b
  return q * b > a ? q - 1n : q
}

/** Fixes the variable at a position. */
const fix = (a: Affine, position: number, value: bigint): Affine => ({
  coefficients: a.coefficients.with(position, 0n),
  constant: a.constant + a.coefficients[position]! * value,
})

/** Least and greatest value of the one variable at a position, the others being projected away. */
const rangeOf = (
  constraints: readonly Affine[],
  position: number,
  dimension: number,
): { low?: bigint; high?: bigint } => {
  let rows = constraints
  for (let other = 0; other < dimension; other++) {
    if (other !== position) rows = project(rows, other)
  }
  const range: { low?: bigint; high?: bigint } = {}
  for (const { coefficients, constant } of rows) {
    const c = coefficients[position]!
    if (c > 0n) {
      const low = -floor(constant, c)
      if (range.low === undefined || low > range.low) range.low = low
    } else if (c < 0n) {
      const high = floor(constant, -c)
      if (range.high === undefined || high < range.high) range.high = high
    } else if (constant < 0n) return { low: 1n, high: 0n }
  }
  return range
}

const project = (rows: readonly Affine[], position: number): readonly Affine[] => {
  const unique = new Map<string, Affine>()
  const keep = (row: Affine) => {
    const common = row.coefficients.reduce(gcd, 0n)
    const reduced =
      common > 1n
        ? {
            coefficients: row.coefficients.map((c) => c / common),
            constant: floor(row.constant, common),
          }
        : row
    const key = reduced.coefficients.join(',')
    const other = unique.get(key)
    if (!other || reduced.constant < other.constant) unique.set(key, reduced)
  }
  for (const row of rows) {
    if (row.coefficients[position] === 0n) keep(row)
    else if (row.coefficients[position]! > 0n) {
      for (const upper of rows) {
        const b = upper.coefficients[position]!
        if (b >= 0n) continue
        const a = row.coefficients[position]!
        keep({
          coefficients: row.coefficients.map((c, i) => -b * c + a * upper.coefficients[i]!),
          constant: -b * row.constant + a * upper.constant,
        })
      }
    }
  }
  return [...unique.values()]
}

/** All integer points of a polytope, each given to `visit`. */
const forEachPoint = (
  constraints: readonly Affine[],
  dimension: number,
  visit: (point: readonly bigint[]) => void,
): void => {
  const point: bigint[] = []
  const descend = (rows: readonly Affine[], position: number): void => {
    if (rows.some((r) => r.constant < 0n && r.coefficients.every((c) => c === 0n))) return
    if (position === dimension) {
      visit(point)
      return
    }
    const { low, high } = rangeOf(rows, position, dimension)
    if (low !== undefined && high !== undefined && low > high) return
    if (low === undefined || high === undefined) {
      throw new UnboundedSumError(`a sum over infinitely many points`)
    }
    for (let value = low; value <= high; value++) {
      point[position] = value
      descend(
        rows.map((r) => fix(r, position, value)),
        position + 1,
      )
    }
  }
  descend(constraints, 0)
}

const apply = (a: Affine, point: readonly bigint[]): bigint =>
  a.coefficients.reduce((sum, c, i) => sum + c * (point[i] ?? 0n), a.constant)

const negative = (a: Affine): Affine => ({
  coefficients: a.coefficients.map((c) => -c),
  constant: -a.constant,
})

const evaluateTerm = (t: Term, values: Assignment, contents: Contents): Rational => {
  let scale = t.coefficient
  for (const [v, exponent] of t.powers) {
    const power = assigned(v, values) ** BigInt(Math.abs(exponent))
    scale = multiplyRational(scale, exponent < 0 ? rational(1n, power) : rational(power))
  }
  const read = (p: Polynomial) => affine(p, t.bound, values)
  const boxes = t.accesses.flatMap((a) => boxOf(a.index, a.array.shape))
  const equations = t.equations.map(read)
  const constraints = [
    ...[...t.guards, ...boxes].map(read),
    ...equations,
    ...equations.map(negative),
  ]
  const accesses = t.accesses.map((a) => ({ array: a.array, index: a.index.map(read) }))
  let sum = rational(0)
  forEachPoint(constraints, t.bound.length, (point) => {
    const factors = accesses.map((a) => {
      return contents(
        a.array,
        a.index.map((e) => apply(e, point)),
      )
    })
    sum = addRational(sum, factors.reduce(multiplyRational, rational(1)))
  })
  return multiplyRational(scale, sum)
}

/**
 * The value of a sum of terms. Throws UnassignedVariableError where a variable that is not bound
 * has no value, and UnboundedSumError where a Σ does not end.
 */
export const evaluateTerms = (
  terms: readonly Term[],
  values: Assignment,
  contents: Contents,
): Rational => terms.map((t) => evaluateTerm(t, values, contents)).reduce(addRational, rational(0))

/** All entries of a field in row-major order; `shape` are its concrete axis lengths. */
export const evaluateField = (
  field: Field,
  values: Assignment,
  contents: Contents,
): { readonly shape: readonly number[]; readonly entries: readonly Rational[] } => {
  const shape = field.shape.map((n) => Number(evaluatePolynomial(n, values)))
  let indices: bigint[][] = [[]]
  for (const length of shape) {
    const range = Array.from({ length: Math.max(0, length) }, (_, i) => BigInt(i))
    indices = indices.flatMap((prefix) => range.map((i) => [...prefix, i]))
  }
  const entries = indices.map((index) => {
    return evaluateTerms(field.at(index.map(polynomial)), values, contents)
  })
  return { shape, entries }
}

/** Contents that are drawn once per entry from a source of small integers. */
export const memoisedContents = (draw: () => bigint): Contents => {
  const entries = new Map<string, Rational>()
  return (array, index) => {
    const key = `${array.id}:${index.join(',')}`
    const known = entries.get(key)
    if (known) return known
    const value = rational(draw())
    entries.set(key, value)
    return value
  }
}
