// Fourier–Motzkin elimination with integer tightening, keeping a multiplier certificate. Shows that
// integer constraints contradict each other, never that they can be met. Monomials count as
// unknowns.

import type { Budget } from './budget.ts'
import { cheapestColumn, eliminateColumn, solveEquations, tightest } from './eliminate.ts'
import { minus, type Polynomial, times } from './polynomial.ts'
import {
  type Factor,
  isNil,
  type Refutation,
  type Row,
  type RowPart,
  rowOf,
  tighten,
  writeOut,
} from './rows.ts'
import { spellingOf } from './spelling.ts'
import type { Variable } from './variable.ts'

export type { Refutation } from './rows.ts'

/** A polynomial that is ≥ 0, or = 0 if `equation`, and where that is known from. */
export interface Hypothesis<S> {
  readonly source: S
  readonly expression: Polynomial
  readonly equation?: boolean
}

/** Products of hypotheses with sizes cost more. */
export type Products = 'with products' | 'linear'

const maximumRows = 400
const maximumProducts = 120

/**
 * A refutation of the hypotheses, or undefined where none was found; that does not mean that they
 * can be met. Products of hypotheses with non-negative sizes are tried where plain elimination
 * fails. A system that was met before under other names is not eliminated again; it costs the
 * budget the same, so that no answer depends on what was asked earlier.
 */
export const refute = <S>(
  hypotheses: readonly Hypothesis<S>[],
  budget: Budget,
  products: Products = 'with products',
): Refutation<S> | undefined => {
  const { spelling, variables } = spellingOf(hypotheses)
  const key = `${products}|${spelling}`
  const found = known.get(key) ?? counted(hypotheses, variables, budget, products)
  if (known.get(key) === found) budget.tick(found.operations)
  remember(key, found)
  return found.refutation?.map(({ sum, divisor }) => ({
    divisor,
    sum: sum.map(({ of, multiplier, factors }) => ({
      of: typeof of === 'number' ? hypotheses[of]!.source : of,
      multiplier,
      factors: factors.map(({ variable, less }) => ({ variable: variables[variable]!, less })),
    })),
  }))
}

/** What was found of a system, with places for hypotheses and for variables. */
interface Found {
  readonly refutation: Refutation<number, number> | undefined
  readonly operations: number
}

const mostKnown = 1000
const known = new Map<string, Found>()

/** The latest last; the one that was longest not asked for is forgotten. */
const remember = (key: string, found: Found): void => {
  known.delete(key)
  known.set(key, found)
  if (known.size > mostKnown) known.delete(known.keys().next().value!)
}

const counted = (
  hypotheses: readonly Hypothesis<unknown>[],
  variables: readonly Variable[],
  budget: Budget,
  products: Products,
): Found => {
  let operations = 0
  const counting: Budget = {
    tick: (count = 1) => {
      operations += count
      budget.tick(count)
    },
  }
  const placed = hypotheses.map((h, source) => ({ ...h, source }))
  const places = new Map(variables.map((v, place) => [v, place]))
  const refutation = eliminated(placed, counting, products)?.map(({ sum, divisor }) => ({
    divisor,
    sum: sum.map((part) => ({
      ...part,
      factors: part.factors.map(({ variable, less }) => ({
        variable: places.get(variable)!,
        less,
      })),
    })),
  }))
  return { refutation, operations }
}

const eliminated = (
  hypotheses: readonly Hypothesis<number>[],
  budget: Budget,
  products: Products,
): Refutation<number> | undefined => {
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
