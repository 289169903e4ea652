// Fourier–Motzkin elimination with integer tightening, keeping a multiplier certificate. Shows that
// integer constraints contradict each other, never that they can be met. Monomials count as unknowns.

import type { Budget } from './budget.ts'
import { minus, type Polynomial, times } from './polynomial.ts'
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

/** Σ coefficients · column + constant, ≥ 0; equations are = 0. */
interface Row<S> {
  readonly coefficients: ReadonlyMap<string, bigint>
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
): Refutation<S> | undefined => {
  const plain = hypotheses.map((h) => given(h, []))
  const found = eliminateAll(hypotheses, plain, budget)
  if (found || !hypotheses.some((h) => isNonlinear(h.expression))) return found
  for (const less of [0, 1] as const) {
    const products = liftedRows(hypotheses, less, budget)
    if (products.hypotheses.length === 0) continue
    const all = [...hypotheses, ...products.hypotheses]
    const lifted = eliminateAll(all, [...plain, ...products.rows], budget)
    if (lifted) return lifted
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
  for (const [position, h] of hypotheses.entries()) {
    const row = rowOf(h.expression, origins[position]!, 1n << BigInt(position))
    if (h.equation) equations.push(row)
    else rows.push(tighten(row))
  }
  const solved = solveEquations(equations, rows, budget)
  if ('contradiction' in solved) return writeOut(solved.contradiction)
  rows = solved.rows
  for (let eliminated = 0; ; eliminated++) {
    const contradiction = rows.find((r) => r.coefficients.size === 0 && r.constant < 0n)
    if (contradiction) return writeOut(contradiction)
    rows = tightest(rows, budget)
    if (rows.length === 0 || rows.length > maximumRows) return undefined
    rows = eliminateColumn(rows, cheapestColumn(rows), eliminated + 2, budget)
  }
}

const rowOf = <S>(p: Polynomial, origin: RowPart<S>, history: bigint): Row<S> => {
  const coefficients = new Map<string, bigint>()
  let constant = 0n
  for (const [key, m] of p) {
    if (key === '') constant = m.coefficient
    else coefficients.set(key, m.coefficient)
  }
  return { coefficients, constant, parts: [origin], divisor: 1n, history }
}

/** Divides by the common divisor of the coefficients and rounds the constant down. */
const tighten = <S>(row: Row<S>): Row<S> => {
  let common = 0n
  for (const c of row.coefficients.values()) common = gcd(common, c)
  if (common <= 1n) return row
  const coefficients = new Map([...row.coefficients].map(([key, c]) => [key, c / common]))
  const constant = floorDivide(row.constant, common)
  return { ...row, coefficients, constant, divisor: row.divisor * common }
}

/** Σ multiplier · row, whose parts are those rows. */
const combineRows = <S>(parts: readonly { of: Row<S>; multiplier: bigint }[]): Row<S> => {
  const coefficients = new Map<string, bigint>()
  let constant = 0n
  let history = 0n
  for (const { of, multiplier } of parts) {
    for (const [key, c] of of.coefficients) {
      const sum = (coefficients.get(key) ?? 0n) + multiplier * c
      if (sum === 0n) coefficients.delete(key)
      else coefficients.set(key, sum)
    }
    constant += multiplier * of.constant
    history |= of.history
  }
  return { coefficients, constant, parts, divisor: 1n, history }
}

/**
 * A combination with an equation, whose parts may be used with either sign: they are flattened
 * down to hypotheses.
 */
const addEquation = <S>(row: Row<S>, factor: bigint, equation: Row<S>, by: bigint): Row<S> => {
  const sum = combineRows([
    { of: row, multiplier: factor },
    { of: equation, multiplier: by },
  ])
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
    const a = equation.coefficients.get(pivot)!
    const magnitude = a < 0n ? -a : a
    const sign = a < 0n ? -1n : 1n
    const without = (row: Row<S>, flat: boolean): Row<S> => {
      budget.tick()
      const b = row.coefficients.get(pivot)
      if (b === undefined) return row
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
  let common = 0n
  for (const c of equation.coefficients.values()) common = gcd(common, c)
  const { constant } = equation
  if (common === 0n ? constant === 0n : constant % common === 0n) return undefined
  const opposite: Row<S> = {
    ...equation,
    coefficients: new Map([...equation.coefficients].map(([key, c]) => [key, -c])),
    constant: -constant,
    parts: equation.parts.map((p) => ({ ...p, multiplier: -p.multiplier })),
  }
  if (common === 0n) return constant < 0n ? equation : opposite
  return combineRows([
    { of: tighten(equation), multiplier: 1n },
    { of: tighten(opposite), multiplier: 1n },
  ])
}

const smallestColumn = <S>(row: Row<S>): string | undefined => {
  let best: string | undefined
  let least = 0n
  for (const [key, c] of row.coefficients) {
    const magnitude = c < 0n ? -c : c
    if (best === undefined || magnitude < least) [best, least] = [key, magnitude]
  }
  return best
}

/** Of rows with the same coefficients only the tightest; rows without coefficients say nothing. */
const tightest = <S>(rows: readonly Row<S>[], budget: Budget): Row<S>[] => {
  const best = new Map<string, Row<S>>()
  for (const row of rows) {
    budget.tick()
    if (row.coefficients.size === 0) continue
    const key = [...row.coefficients]
      .map(([column, c]) => `${c}*${column}`)
      .sort()
      .join('+')
    const other = best.get(key)
    if (!other || row.constant < other.constant) best.set(key, row)
  }
  return [...best.values()]
}

/** The column whose elimination makes the fewest rows. */
const cheapestColumn = <S>(rows: readonly Row<S>[]): string => {
  const counts = new Map<string, { positive: number; negative: number }>()
  for (const row of rows) {
    for (const [key, c] of row.coefficients) {
      const count = counts.get(key) ?? { positive: 0, negative: 0 }
      counts.set(key, count)
      if (c > 0n) count.positive++
      else count.negative++
    }
  }
  let best = ''
  let least = Number.POSITIVE_INFINITY
  for (const [key, { positive, negative }] of counts) {
    const cost = positive * negative - positive - negative
    if (cost < least) [best, least] = [key, cost]
  }
  return best
}

/**
 * All sums of a lower and an upper bound in which the column cancels. A row that stems from more
 * originals than eliminations + 1 is redundant (Kohler).
 */
const eliminateColumn = <S>(
  rows: readonly Row<S>[],
  column: string,
  maximumOrigins: number,
  budget: Budget,
): Row<S>[] => {
  const lower = rows.filter((r) => (r.coefficients.get(column) ?? 0n) > 0n)
  const upper = rows.filter((r) => (r.coefficients.get(column) ?? 0n) < 0n)
  const kept = rows.filter((r) => !r.coefficients.has(column))
  for (const low of lower) {
    for (const high of upper) {
      budget.tick()
      if (countBits(low.history | high.history) > maximumOrigins) continue
      const a = low.coefficients.get(column)!
      const b = -high.coefficients.get(column)!
      const common = gcd(a, b)
      const sum = combineRows([
        { of: low, multiplier: b / common },
        { of: high, multiplier: a / common },
      ])
      kept.push(tighten(sum))
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
