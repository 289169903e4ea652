// The lengths of a network as unknowns: every size variable has the length that was recorded, and
// equations between lengths are solved by substitution. Nothing here knows an op.

import {
  constantValue,
  equal,
  isZero,
  minus,
  negate,
  type Polynomial,
  plus,
  polynomial,
  substitute,
  times,
  variablesOf,
} from '../../arithmetic/polynomial.ts'
import { floorDivide } from '../../arithmetic/rational.ts'
import { parameter, size, type Variable } from '../../arithmetic/variable.ts'
import { UnsupportedError } from '../../core/errors.ts'

export interface Sizes {
  /** A new length, at least 1, and its recorded value. */
  readonly length: (name: string, recorded: number) => Polynomial
  /** The same polynomial in the variables that are left. */
  readonly settled: (p: Polynomial) => Polynomial
  /** Makes two lengths equal; where they cannot be solved, they become the recorded numbers. */
  readonly equate: (a: Polynomial, b: Polynomial) => void
  /** A stride or a window, at least 1, and its recorded value. */
  readonly step: (name: string, recorded: number) => Polynomial
  /** The quotient ⌊e/s⌋ of an e ≥ 0, by e = s q + r with 0 ≤ r < s. */
  readonly quotient: (e: Polynomial, s: Polynomial) => Polynomial
  /** ⌊e/s⌋ where it is known: one that was asked for, or a division by 1. */
  readonly known: (e: Polynomial, s: Polynomial) => Polynomial | undefined
  /** The rest r of such a quotient, where one was asked for. */
  readonly remainder: (e: Polynomial, s: Polynomial) => Polynomial | undefined
  /** e/s where it is known to be an integer, at least 1: e = s q. */
  readonly exact: (e: Polynomial, s: bigint) => Polynomial
  /** States p ≥ 0. */
  readonly demand: (p: Polynomial) => void
  /** Gives every variable of p its recorded value. */
  readonly fix: (p: Polynomial) => void
  readonly recorded: (p: Polynomial) => number
  /** What the lengths satisfy, each ≥ 0. */
  readonly constraints: () => readonly Polynomial[]
  /** The names of the lengths that became numbers, in part or as a whole. */
  readonly fixed: () => readonly string[]
}

export const createSizes = (): Sizes => {
  const values = new Map<Variable, Polynomial>()
  const records = new Map<Variable, bigint>()
  const demands: Polynomial[] = []
  const ofLeaves = new Set<Variable>()
  const fixedNames: string[] = []
  const quotients: { e: Polynomial; s: Polynomial; quotient: Polynomial }[] = []

  const settled = (p: Polynomial): Polynomial => {
    let now = p
    while ([...variablesOf(now)].some((v) => values.has(v))) now = substitute(now, values)
    return now
  }
  const recordOf = (v: Variable): bigint => {
    const recorded = records.get(v)
    if (recorded === undefined) throw new UnsupportedError('a length without a recorded value')
    return recorded
  }
  const recordedValue = (p: Polynomial): bigint =>
    [...p.values()].reduce(
      (sum, { coefficient, variables }) =>
        sum + variables.reduce((product, v) => product * recordOf(v), coefficient),
      0n,
    )
  const create = (v: Variable, recorded: bigint): Polynomial => {
    records.set(v, recorded)
    return polynomial(v)
  }
  const assign = (v: Variable, value: Polynomial): void => {
    values.set(v, value)
    demands.push(v.kind === 'size' ? minus(value, 1) : value)
  }
  /** x is 2 O + r: with O windows a part of it is known. */
  const namesWith = (v: Variable): readonly string[] =>
    [...ofLeaves].flatMap((leaf) => {
      const isPart = !ofLeaves.has(v) && variablesOf(settled(polynomial(leaf))).has(v)
      return isPart || leaf === v ? [leaf.name] : []
    })
  const fix = (p: Polynomial): void => {
    for (const v of variablesOf(settled(p))) {
      fixedNames.push(...namesWith(v))
      assign(v, polynomial(records.get(v)!))
    }
  }
  const equate = (a: Polynomial, b: Polynomial): void => {
    const difference = settled(minus(a, b))
    if (isZero(difference)) return
    const v = solvable(difference)
    if (!v) {
      fix(difference)
      if (!isZero(settled(difference))) throw new UnsupportedError('lengths that differ')
      return
    }
    const { coefficient, rest } = v
    assign(v.variable, coefficient > 0n ? negate(rest) : rest)
  }
  const knownQuotient = (e: Polynomial, s: Polynomial): Polynomial | undefined =>
    quotients.find((each) => equal(settled(each.s), s) && equal(settled(each.e), e))?.quotient
  const quotient = (e: Polynomial, divisor: Polynomial): Polynomial => {
    const [numerator, s] = [settled(e), settled(divisor)]
    const [value, by] = [constantValue(numerator), constantValue(s)]
    if (by === 1n) return numerator
    if (value !== undefined && by !== undefined) return polynomial(floorDivide(value, by))
    const known = knownQuotient(numerator, s)
    if (known) return known
    const [recorded, step] = [recordedValue(numerator), recordedValue(s)]
    if (recorded < 0n) throw new UnsupportedError('a quotient of a negative length')
    // q + 1 is a length: the number of windows is ⌊…⌋ + 1, and means divide by it.
    const steps = minus(create(size('O'), recorded / step + 1n), 1)
    const rest = create(parameter('r'), recorded % step)
    equate(numerator, plus(times(s, steps), rest))
    demands.push(minus(s, rest, 1))
    quotients.push({ e, s, quotient: steps })
    return steps
  }
  return {
    length: (name, recorded) => {
      const v = size(name)
      ofLeaves.add(v)
      return create(v, BigInt(recorded))
    },
    known: (e, s) => {
      const [numerator, divisor] = [settled(e), settled(s)]
      const [value, by] = [constantValue(numerator), constantValue(divisor)]
      if (by === 1n) return numerator
      if (value !== undefined && by !== undefined) return polynomial(floorDivide(value, by))
      const found = knownQuotient(numerator, divisor)
      return found && settled(found)
    },
    remainder: (e, s) => {
      const known = knownQuotient(settled(e), settled(s))
      return known && settled(minus(e, times(s, known)))
    },
    step: (name, recorded) => create(size(name), BigInt(recorded)),
    exact: (e, s) => {
      if (s === 1n) return e
      const recorded = recordedValue(settled(e))
      if (recorded % s !== 0n) throw new UnsupportedError('a quotient that is no integer')
      const part = create(size('G'), recorded / s)
      equate(e, times(s, part))
      return settled(part)
    },
    settled,
    equate,
    quotient,
    demand: (p) => demands.push(p),
    fix,
    recorded: (p) => Number(recordedValue(p)),
    constraints: () => demands.map(settled).filter((p) => constantValue(p) === undefined),
    fixed: () => fixedNames,
  }
}

/** coefficient · variable + rest with a coefficient ±1 and a rest without the variable. */
const solvable = (p: Polynomial) => {
  const units = [...p.values()].filter(
    ({ coefficient, variables }) =>
      variables.length === 1 && (coefficient === 1n || coefficient === -1n),
  )
  const alone = units.filter(({ variables: [v] }) => {
    const places = [...p.values()].filter((m) => m.variables.includes(v!))
    return places.length === 1
  })
  // A leaf's own length, not a remainder, is expressed by the others.
  const chosen = alone.find((m) => m.variables[0]!.kind === 'size')
  if (!chosen) return undefined
  const [variable] = chosen.variables as [Variable]
  const { coefficient } = chosen
  const rest = minus(p, times(coefficient, variable))
  return { variable, coefficient, rest }
}
