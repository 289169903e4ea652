// Two eliminations: equations are solved for a column (Gauss), and a column of inequalities is
// projected away (Fourier–Motzkin).

import type { Budget } from './budget.ts'
import { gcd } from './rational.ts'
import { absolute, combineRows, isNil, type Row, tighten } from './rows.ts'

/**
 * A combination with an equation, whose parts may be used with either sign: they are flattened
 * down to hypotheses.
 */
const addEquation = <S>(row: Row<S>, factor: bigint, equation: Row<S>, by: bigint): Row<S> => {
  const sum = combineRows(row, factor, equation, by)
  const parts = [
    { of: row, multiplier: factor },
    ...equation.parts.map((p) => ({ of: p.of, multiplier: p.multiplier * by })),
  ]
  // Kohler's count is of inequalities: an equation only changes coordinates.
  return { ...sum, parts, history: row.history }
}

/** Gaussian elimination by the equations, then the rows that are left. */
export const solveEquations = <S>(
  equations: readonly Row<S>[],
  inequalities: readonly Row<S>[],
  budget: Budget,
): { rows: Row<S>[] } | { contradiction: Row<S> } => {
  let pending = [...equations]
  let rows = [...inequalities]
  for (;;) {
    const equation = pending.shift()
    if (!equation) return { rows }
    const contradiction = insoluble(equation)
    if (contradiction) return { contradiction }
    const pivot = smallestColumn(equation)
    if (pivot === undefined) continue
    const a = equation.coefficients[pivot]!
    const magnitude = absolute(a)
    const sign = a < 0n ? -1n : 1n
    const without = (row: Row<S>, flat: boolean): Row<S> => {
      budget.tick()
      const b = row.coefficients[pivot]!
      if (b === 0n) return row
      const sum = addEquation(row, magnitude, equation, -sign * b)
      if (!flat) return tighten(sum)
      const own = row.parts.map((p) => ({ of: p.of, multiplier: p.multiplier * magnitude }))
      return { ...sum, parts: [...own, ...sum.parts.slice(1)] }
    }
    pending = pending.map((row) => without(row, true))
    rows = rows.map((row) => without(row, false))
  }
}

/** An equation with no integer solution, as a negative constant: e and -e, rounded, sum to -1. */
const insoluble = <S>(equation: Row<S>): Row<S> | undefined => {
  const common = equation.coefficients.reduce(gcd, 0n)
  const { constant } = equation
  if (common === 0n ? constant === 0n : constant % common === 0n) return undefined
  const opposite: Row<S> = {
    ...equation,
    coefficients: equation.coefficients.map((c) => -c),
    constant: -constant,
    parts: equation.parts.map((p) => ({ ...p, multiplier: -p.multiplier })),
  }
  if (common === 0n) return constant < 0n ? equation : opposite
  return combineRows(tighten(equation), 1n, tighten(opposite), 1n)
}

const smallestColumn = <S>(row: Row<S>): number | undefined => {
  let best: number | undefined
  for (const [column, c] of row.coefficients.entries()) {
    if (c === 0n) continue
    if (best === undefined || absolute(c) < absolute(row.coefficients[best]!)) best = column
  }
  return best
}

/** Of rows with the same coefficients only the tightest; rows without coefficients say nothing. */
export const tightest = <S>(rows: readonly Row<S>[], budget: Budget): Row<S>[] => {
  const best = new Map<string, Row<S>>()
  for (const row of rows) {
    budget.tick()
    if (row.coefficients.every(isNil)) continue
    const key = row.coefficients.join()
    const other = best.get(key)
    if (!other || row.constant < other.constant) best.set(key, row)
  }
  return [...best.values()]
}

/** The column whose elimination makes the fewest rows. */
export const cheapestColumn = <S>(rows: readonly Row<S>[]): number => {
  const width = rows[0]?.coefficients.length ?? 0
  let best = 0
  let least = Number.POSITIVE_INFINITY
  for (let column = 0; column < width; column++) {
    let [positive, negative] = [0, 0]
    for (const { coefficients } of rows) {
      if (coefficients[column]! > 0n) positive++
      else if (coefficients[column]! < 0n) negative++
    }
    const cost = positive * negative - positive - negative
    if (positive + negative > 0 && cost < least) [best, least] = [column, cost]
  }
  return best
}

/**
 * All sums of a lower and an upper bound in which the column cancels. A row that stems from more
 * originals than eliminations + 1 is redundant (Kohler).
 */
export const eliminateColumn = <S>(
  rows: readonly Row<S>[],
  column: number,
  maximumOrigins: number,
  budget: Budget,
): Row<S>[] => {
  const lower = rows.filter((r) => r.coefficients[column]! > 0n)
  const upper = rows.filter((r) => r.coefficients[column]! < 0n)
  const kept = rows.filter((r) => r.coefficients[column] === 0n)
  for (const low of lower) {
    for (const high of upper) {
      budget.tick()
      if (countBits(low.history | high.history) > maximumOrigins) continue
      const a = low.coefficients[column]!
      const b = -high.coefficients[column]!
      const common = gcd(a, b)
      kept.push(tighten(combineRows(low, b / common, high, a / common)))
    }
  }
  return kept
}

const countBits = (set: bigint): number => {
  let count = 0
  for (let rest = set; rest > 0n; rest &= rest - 1n) count++
  return count
}
