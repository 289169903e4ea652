// The rows of an elimination: integer linear forms that remember which rows they were made of, and
// the lines of a proof that are written out from them.

import { constantPart, type Polynomial } from './polynomial.ts'
import { floorDivide, gcd } from './rational.ts'
import type { Variable } from './variable.ts'

/** A factor variable - less that is ≥ 0. */
export interface Factor<V = Variable> {
  readonly variable: V
  readonly less: 0 | 1
}

export interface RefutationPart<S, V = Variable> {
  readonly of: S | { readonly from: 'line'; readonly index: number }
  readonly multiplier: bigint
  readonly factors: readonly Factor<V>[]
}

export interface RefutationLine<S, V = Variable> {
  readonly sum: readonly RefutationPart<S, V>[]
  readonly divisor: bigint
}

/** Lines of which each is ≥ 0 and the last a negative constant. */
export type Refutation<S, V = Variable> = readonly RefutationLine<S, V>[]

/** Σ coefficient · column + constant ≥ 0, or = 0 for an equation; a column is a monomial. */
export interface Row<S> {
  readonly coefficients: readonly bigint[]
  readonly constant: bigint
  readonly parts: readonly RowPart<S>[]
  readonly divisor: bigint
  /** Which original rows it stems from, as a bit set. */
  readonly history: bigint
}

export interface RowPart<S> {
  readonly of: Row<S> | Given<S>
  readonly multiplier: bigint
}

export interface Given<S> {
  readonly source: S
  readonly factors: readonly Factor[]
}

export const isNil = (c: bigint): boolean => c === 0n
export const absolute = (c: bigint): bigint => (c < 0n ? -c : c)

export const rowOf = <S>(
  p: Polynomial,
  columns: readonly string[],
  origin: RowPart<S>,
  history: bigint,
): Row<S> => ({
  coefficients: columns.map((key) => p.get(key)?.coefficient ?? 0n),
  constant: constantPart(p),
  parts: [origin],
  divisor: 1n,
  history,
})

/** Divides by the common divisor of the coefficients and rounds the constant down. */
export const tighten = <S>(row: Row<S>): Row<S> => {
  const common = row.coefficients.reduce(gcd, 0n)
  if (common <= 1n) return row
  const coefficients = row.coefficients.map((c) => c / common)
  const constant = floorDivide(row.constant, common)
  return { ...row, coefficients, constant, divisor: row.divisor * common }
}

/** by · a + and · b, whose parts are those rows. */
export const combineRows = <S>(a: Row<S>, by: bigint, b: Row<S>, and: bigint): Row<S> => ({
  coefficients: a.coefficients.map((c, i) => by * c + and * b.coefficients[i]!),
  constant: by * a.constant + and * b.constant,
  parts: [
    { of: a, multiplier: by },
    { of: b, multiplier: and },
  ],
  divisor: 1n,
  history: a.history | b.history,
})

/** The lines that lead to a row, each before its first use. */
export const writeOut = <S>(goal: Row<S>): Refutation<S> => {
  const lines: RefutationLine<S>[] = []
  const numbers = new Map<Row<S>, number>()
  const write = (row: Row<S>): number => {
    const known = numbers.get(row)
    if (known !== undefined) return known
    const sum = row.parts.map(({ of, multiplier }) => part(of, multiplier))
    const number = lines.push({ sum, divisor: row.divisor }) - 1
    numbers.set(row, number)
    return number
  }
  const part = (of: Row<S> | Given<S>, multiplier: bigint): RefutationPart<S> => {
    if ('source' in of) return { of: of.source, multiplier, factors: of.factors }
    const [only] = of.parts
    if (of.parts.length === 1 && of.divisor === 1n && only && 'source' in only.of) {
      return {
        of: only.of.source,
        multiplier: multiplier * only.multiplier,
        factors: only.of.factors,
      }
    }
    return { of: { from: 'line', index: write(of) }, multiplier, factors: [] }
  }
  write(goal)
  return lines
}
