// Fourier–Motzkin elimination with integer tightening, keeping a multiplier certificate. Shows that
// integer constraints contradict each other, never that they can be met. Monomials count as unknowns.

import type { Budget } from './budget.ts'
import { constantPart, minus, type Polynomial, times } from './polynomial.ts'
import { floorDivide, gcd } from './rational.ts'
import type { Variable } from './variable.ts'

/** A polynomial that is ≥ 0, or = 0 if `equation`, and where that is known from. */
export interface Hypothesis<S> {
  readonly source: S
  readonly expression: Polynomial
  readonly equation?: boolean
}

/** A factor variable - less that is ≥ 0. */
export interface Factor {
  readonly variable: Variable
  readonly less: 0 | 1
}

export interface RefutationPart<S> {
  readonly of: S | { readonly from: 'line'; readonly index: number }
  readonly multiplier: bigint
  readonly factors: readonly Factor[]
}

export interface RefutationLine<S> {
  readonly sum: readonly RefutationPart<S>[]
  readonly divisor: bigint
}

/** Lines of which each is ≥ 0 and the last a negative constant. */
export type Refutation<S> = readonly RefutationLine<S>[]

const maximumRows = 400
const maximumProducts = 120

/** Σ coefficient · column + constant ≥ 0, or = 0 for an equation; a column is a monomial. */
interface Row<S> {
  readonly coefficients: readonly bigint[]
  readonly constant: bigint
  readonly parts: readonly RowPart<S>[]
  readonly divisor: bigint
  /** Which original rows it stems from, as a bit set. */
  readonly history: bigint
}

interface RowPart<S> {
  readonly of: Row<S> | Given<S>
  readonly multiplier: bigint
}

interface Given<S> {
  readonly source: S
  readonly factors: readonly Factor[]
}

/**
 * A refutation of the hypotheses, or undefined where none was found; that does not mean that they
 * can be met. Products of hypotheses with non-negative sizes are tried where plain elimination fails.
 */
export const refute = <S>(
  hypotheses: readonly Hypothesis<S>[],
  budget: Budget,
  products: 'with products' | 'linear' = 'with products',
): Refutation<S> | undefined => {
  const plain = hypotheses.map((h) => given(h, []))
  const found = eliminateAll(hypotheses, plain, budget)
  if (found || products === 'linear') return found
  if (!hypotheses.some((h) => isNonlinear(h.expression))) return undefined
  for (const less of [0, 1] as const) {
    const lifted = liftedRows(hypotheses, less, budget)
    if (lifted.hypotheses.length === 0) continue
    const all = [...hypotheses, ...lifted.hypotheses]
    const refutation = eliminateAll(all, [...plain, ...lifted.rows], budget)
    if (refutation) return refutation
  }
  return undefined
}

const isNonlinear = (p: Polynomial): boolean => [...p.values()].some((m) => m.variables.length > 1)

const given = <S>(h: Hypothesis<S>, factors: readonly Factor[]): RowPart<S> => ({
  of: { source: h.source, factors },
  multiplier: 1n,
})

/**
 * Products of hypotheses with sizes that turn one of their monomials into a nonlinear monomial of
 * the system. With `less` = 1, products with size - 1 as well.
 */
const liftedRows = <S>(hypotheses: readonly Hypothesis<S>[], less: 0 | 1, budget: Budget) => {
  const targets = new Map<string, readonly Variable[]>()
  for (const h of hypotheses) {
    for (const [key, m] of h.expression) if (m.variables.length > 1) targets.set(key, m.variables)
  }
  const lifted: Hypothesis<S>[] = []
  const rows: RowPart<S>[] = []
  for (const h of hypotheses) {
    const seen = new Set<string>()
    for (const m of h.expression.values()) {
      for (const target of targets.values()) {
        budget.tick()
        const quotient = divideMonomial(target, m.variables)
        if (!quotient?.length || quotient.some((v) => v.kind === 'free' || v.kind === 'bound')) {
          continue
        }
        const key = quotient.map((v) => v.id).join('.')
        if (seen.has(key) || lifted.length >= maximumProducts) continue
        seen.add(key)
        for (const reduction of less ? ([0, 1] as const) : ([0] as const)) {
          const factors = quotient.map((v) => ({
            variable: v,
            less: v.kind === 'size' ? reduction : (0 as const),
          }))
          const multiplied = times(h.expression, ...factors.map((f) => minus(f.variable, f.less)))
          lifted.push({ ...h, expression: multiplied })
          rows.push(given(h, factors))
        }
      }
    }
  }
  return { hypotheses: lifted, rows }
}

/** target / divisor as a multiset of variables. */
const divideMonomial = (
  target: readonly Variable[],
  divisor: readonly Variable[],
): readonly Variable[] | undefined => {
  const rest = [...target]
  for (const v of divisor) {
    const at = rest.indexOf(v)
    if (at < 0) return undefined
    rest.splice(at, 1)
  }
  return rest
}

const eliminateAll = <S>(
  hypotheses: readonly Hypothesis<S>[],
  origins: readonly RowPart<S>[],
  budget: Budget,
): Refutation<S> | undefined => {
  const equations: Row<S>[] = []
  let rows: Row<S>[] = []
  const keys = new Set(hypotheses.flatMap((h) => [...h.expression.keys()]))
  keys.delete('')
  const columns = [...keys]
  for (const [position, h] of hypotheses.entries()) {
    const row = rowOf(h.expression, columns, origins[position]!, 1n << BigInt(position))
    if (h.equation) equations.push(row)
    else rows.push(tighten(row))
  }
  const solved = solveEquations(equations, rows, budget)
  if ('contradiction' in solved) return writeOut(solved.contradiction)
  rows = solved.rows
  for (let eliminated = 0; ; eliminated++) {
    const contradiction = rows.find((r) => r.constant < 0n && r.coefficients.every(isNil))
    if (contradiction) return writeOut(contradiction)
    rows = tightest(rows, budget)
    if (rows.length === 0 || rows.length > maximumRows) return undefined
    rows = eliminateColumn(rows, cheapestColumn(rows), eliminated + 2, budget)
  }
}

const isNil = (c: bigint): boolean => c === 0n
const absolute = (c: bigint): bigint => (c < 0n ? -c : c)

const rowOf = <S>(
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
const tighten = <S>(row: Row<S>): Row<S> => {
  const common = row.coefficients.reduce(gcd, 0n)
  if (common <= 1n) return row
  const coefficients = row.coefficients.map((c) => c / common)
  const constant = floorDivide(row.constant, common)
  return { ...row, coefficients, constant, divisor: row.divisor * common }
}

/** by · a + and · b, whose parts are those rows. */
const combineRows = <S>(a: Row<S>, by: bigint, b: Row<S>, and: bigint): Row<S> => ({
  coefficients: a.coefficients.map((c, i) => by * c + and * b.coefficients[i]!),
  constant: by * a.constant + and * b.constant,
  parts: [
    { of: a, multiplier: by },
    { of: b, multiplier: and },
  ],
  divisor: 1n,
  history: a.history | b.history,
})

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
const solveEquations = <S>(
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
const tightest = <S>(rows: readonly Row<S>[], budget: Budget): Row<S>[] => {
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
const cheapestColumn = <S>(rows: readonly Row<S>[]): number => {
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
const eliminateColumn = <S>(
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

/** The lines that lead to a row, each before its first use. */
const writeOut = <S>(goal: Row<S>): Refutation<S> => {
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
