// Polynomials against evaluation, refutations against points that meet the constraints.

import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { createBudget } from './budget.ts'
import {
  canonicalKey,
  combine,
  constantValue,
  DegreeError,
  equal,
  formatPolynomial,
  isZero,
  minus,
  type Polynomial,
  plus,
  polynomial,
  splitAt,
  substitute,
  times,
} from './polynomial.ts'
import { addRational, floorDivide, formatRational, multiplyRational, rational } from './rational.ts'
import { refute } from './refute.ts'
import { boundIndex, size, type Variable } from './variable.ts'

const [s, t] = [size('s'), size('t')]
const [i, j] = [boundIndex('i'), boundIndex('j')]

describe('rationals', () => {
  test('lowest terms, positive denominator', () => {
    expect(formatRational(rational(6, -4))).toBe('-3/2')
    expect(formatRational(addRational(rational(1, 6), rational(1, 3)))).toBe('1/2')
    expect(formatRational(multiplyRational(rational(2, 3), rational(3, 2)))).toBe('1')
    expect(() => rational(1, 0)).toThrow(RangeError)
  })

  test('floors of negative numbers', () => {
    expect([-7n, -6n, 7n].map((a) => floorDivide(a, 3n))).toEqual([-3n, -2n, 2n])
  })
})

describe('polynomials', () => {
  const values = new Map<Variable, bigint>([
    [s, 3n],
    [t, 5n],
    [i, -2n],
    [j, 7n],
  ])
  const at = (p: Polynomial) => {
    const constants = new Map([...values].map(([v, n]) => [v, polynomial(n)]))
    return constantValue(substitute(p, constants))
  }
  const small = fc.integer({ min: -5, max: 5 })
  const arbitrary = fc
    .tuple(small, small, small, small)
    .map(([a, b, c, d]) => plus(times(a, s, i), times(b, j), times(c, s, t), d))

  test('a sum and a product have the values of their parts', () => {
    fc.assert(
      fc.property(arbitrary, arbitrary, (p, q) => {
        expect(at(plus(p, q))).toBe(at(p)! + at(q)!)
        expect(at(times(p, plus(s, 2)))).toBe(at(p)! * 5n)
        expect(isZero(minus(p, p))).toBe(true)
        expect(equal(p, q)).toBe(canonicalKey(p) === canonicalKey(q))
        const { coefficient, rest } = splitAt(p, i)
        expect(equal(plus(times(coefficient, i), rest), p)).toBe(true)
      }),
      { numRuns: 100 },
    )
  })

  test('substitution is simultaneous', () => {
    const swapped = substitute(
      minus(i, times(2, j)),
      new Map([
        [i, polynomial(j)],
        [j, polynomial(i)],
      ]),
    )
    expect(equal(swapped, minus(j, times(2, i)))).toBe(true)
  })

  test('an index times an index is refused', () => {
    expect(() => times(i, j)).toThrow(DegreeError)
    expect(formatPolynomial(plus(times(2, s, i), minus(1, t)))).toBe('2s·i - t + 1')
  })
})

describe('refutations', () => {
  const budget = () => createBudget()
  const given = (expression: Polynomial, equation = false) => ({
    source: 'given',
    expression,
    equation,
  })

  test('i < j < i', () => {
    expect(refute([given(minus(j, i, 1)), given(minus(i, j, 1))], budget())).toBeDefined()
    expect(refute([given(minus(j, i)), given(minus(i, j))], budget())).toBeUndefined()
  })

  test('rounding: 1 ≤ 2i ≤ 1 has no integer, 2i = 2j + 1 neither', () => {
    const odd = [given(minus(times(2, i), 1)), given(minus(1, times(2, i)))]
    expect(refute(odd, budget())).toBeDefined()
    const parity = minus(times(2, i), times(2, j), 1)
    expect(refute([given(parity, true)], budget())).toBeDefined()
  })

  test('a product with a size: i ≥ 1 and s i ≤ 0', () => {
    const system = [given(minus(i, 1)), given(minus(0, times(s, i))), given(minus(s, 1))]
    expect(refute(system, budget())).toBeDefined()
    expect(refute(system, budget(), 'linear')).toBeUndefined()
  })

  test('each line follows from those before, and the last is negative', () => {
    const system = [minus(j, i, 1), minus(i, times(2, s)), minus(times(2, s), j)].map((p) => ({
      source: { expression: p },
      expression: p,
    }))
    const lines = refute(system, budget())!
    const values: Polynomial[] = []
    for (const { sum, divisor } of lines) {
      const total = combine(
        ...sum.map(({ of, multiplier }) => {
          expect(multiplier).toBeGreaterThan(0n)
          return [multiplier, 'from' in of ? values[of.index]! : of.expression] as const
        }),
      )
      expect(divisor).toBe(1n)
      values.push(total)
    }
    expect(constantValue(values.at(-1)!)).toBeLessThan(0n)
  })

  test('no system with a solution is ever refuted', () => {
    const coefficient = fc.integer({ min: -4, max: 4 })
    const row = fc.tuple(coefficient, coefficient, coefficient, coefficient)
    const point = fc.record({
      i: fc.integer({ min: -6, max: 6 }),
      j: fc.integer({ min: -6, max: 6 }),
      s: fc.integer({ min: 1, max: 6 }),
    })
    const system = fc.tuple(fc.array(row, { minLength: 1, maxLength: 6 }), point)
    fc.assert(
      fc.property(system, ([rows, at]) => {
        const hypotheses = rows.map(([a, b, c, slack]) => {
          const value = a * at.i + b * at.j + c * at.s * at.i
          const p = plus(times(a, i), times(b, j), times(c, s, i))
          // Zero or more at the point, by construction; exactly zero as an equation.
          return given(minus(p, value - Math.max(0, slack)), slack <= 0)
        })
        expect(refute([...hypotheses, given(minus(s, 1))], budget())).toBeUndefined()
      }),
      { numRuns: 300 },
    )
  })
})
