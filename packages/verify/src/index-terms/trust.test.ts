// The ways in which a prover of this kind has been wrong before, each as the claim that showed it.

import { describe, expect, test } from 'vitest'
import { createBudget } from '../arithmetic/budget.ts'
import { minus, plus, polynomial, times } from '../arithmetic/polynomial.ts'
import { rational } from '../arithmetic/rational.ts'
import { boundIndex, freeIndex, parameter, size, variable } from '../arithmetic/variable.ts'
import { checkCertificate } from './checked.ts'
import { pullback } from './derivative.ts'
import {
  addFields,
  arrayField,
  hadamard,
  matrixProduct,
  productOfTerms,
  rot180,
  scaleField,
  sumField,
} from './fields.ts'
import { decide, decideStatement, declare } from './fixtures/decide.fixture.ts'
import { createFunctionTable } from './functions.ts'
import { plainContext, UnboundIndexError } from './plain.ts'
import { equalSizes, proveEqual, stateFields } from './prove.ts'
import { satisfiable } from './satisfiable.ts'
import { declareArray, type Field, type Term, term } from './terms.ts'
import { proveFields } from './verified.ts'

const n = size('n')
const [, X] = declare('x', n)

test('constants are exact: (2⁵³ + 1) x ≠ 2⁵³ x', () => {
  const big = 2n ** 53n
  expect(decide(scaleField(X, rational(big + 1n)), scaleField(X, rational(big))).verdict).toBe(
    'differs',
  )
  const sum = addFields(scaleField(X, rational(big)), X)
  expect(decide(scaleField(X, rational(big + 1n)), sum).verdict).toBe('proved')
  const almost = scaleField(X, rational(10n ** 12n + 1n, 10n ** 12n))
  expect(decide(almost, X).verdict).toBe('differs')
})

describe('bound variables are renamed apart at every product', () => {
  test('(Σ x)² ≠ Σ x²', () => {
    const total = sumField(X)
    expect(decide(hadamard(total, total), sumField(hadamard(X, X))).verdict).toBe('differs')
  })

  test('even if a field hands out the same terms at every call', () => {
    const cached = sumField(X).at([])
    const total: Field = { shape: [], at: () => cached }
    expect(decide(hadamard(total, total), sumField(hadamard(X, X))).verdict).toBe('differs')
  })
})

describe('variables are told apart by identity', () => {
  test.each(['t1', 't0', 'k1', 'k', 'n'])('a size named %s is not an index: s z ≠ z', (name) => {
    const s = size(name)
    const [, Z] = declare('z', n)
    const scaled = scaleField(Z, rational(1), new Map([[s, 1]]))
    expect(decide(scaled, Z).verdict).toBe('differs')
    const shifted: Field = { shape: Z.shape, at: ([i]) => Z.at([plus(i!, s)]) }
    expect(decide(shifted, Z).verdict).toBe('differs')
  })

  test('two sizes of one name are two sizes', () => {
    const [, A] = declare('a', size('m'))
    const [, B] = declare('b', size('m'))
    expect(() => decide(A, B)).toThrow(/sum|equality/)
  })

  test('two arrays of one name are two arrays', () => {
    expect(decide(X, declare('x', n)[1]).verdict).toBe('differs')
  })

  test('an index that nothing binds is an error', () => {
    const loose: Term = term({ guards: [polynomial(boundIndex('k'))] })
    expect(() => plainContext([loose], { constraints: [] })).toThrow(UnboundIndexError)
  })
})

describe('assumptions', () => {
  const budget = () => createBudget()

  test('contradictory ones prove x = 2x, and are found out', () => {
    const m = size('m')
    const assume = [minus(m, n, 1), minus(n, m, 1)]
    expect(decide(X, scaleField(X, rational(2)), assume).verdict).toBe('proved')
    expect(satisfiable({ constraints: assume }, budget())).toHaveProperty('contradiction')
  })

  test('a contradiction by rounding: 2m = 2n + 1', () => {
    const m = size('m')
    const constraints = equalSizes(times(2, m), plus(times(2, n), 1))
    expect(satisfiable({ constraints }, budget())).toHaveProperty('contradiction')
  })

  test('those that can be met come with a witness', () => {
    const [m, s, r] = [size('m'), size('s'), parameter('r')]
    const constraints = [minus(times(s, m), n, r), minus(n, 3), minus(r, 1), minus(s, 1, r)]
    const found = satisfiable({ constraints }, budget())
    if (!('witness' in found)) throw new Error('no witness')
    const value = (v: typeof n) => Number(found.witness.get(v))
    expect(value(s) * value(m)).toBeGreaterThanOrEqual(value(n) + value(r))
    expect(value(n)).toBeGreaterThanOrEqual(3)
  })

  test('equal sizes by assumption make indices equal, and without it do not', () => {
    const m = size('m')
    const reversed = (length: typeof n): Field => ({
      shape: X.shape,
      at: ([i]) => X.at([minus(length, 1, i!)]),
    })
    const assume = equalSizes(polynomial(m), polynomial(n))
    expect(decide(reversed(n), reversed(m), assume).verdict).toBe('proved')
    expect(decide(reversed(n), reversed(m)).verdict).toBe('differs')
  })

  test('the box of an access does not say where another index would lead', () => {
    const i = freeIndex('i')
    const context = { constraints: [minus(plus(i, 1), n), minus(n, i)] }
    const [left, right] = [X.at([polynomial(i)]), X.at([minus(n, 1)])]
    expect(proveEqual(left, right, context, budget())).toHaveProperty('difference')
  })

  test('a size is at least 1, a parameter may be 0', () => {
    const [i, p] = [freeIndex('i'), parameter('p')]
    const guarded = (v: typeof n) => [term({ guards: [minus(v, 1)] })]
    const context = { constraints: [polynomial(i)] }
    expect(proveEqual(guarded(n), [term({})], context, budget())).toHaveProperty('proved')
    expect(proveEqual(guarded(p), [term({})], context, budget())).toHaveProperty('difference')
    expect(proveEqual(guarded(i), [term({})], context, budget())).toHaveProperty('difference')
  })
})

describe('function values', () => {
  test("f' of one layer is not f' of another", () => {
    const table = createFunctionTable()
    const [y, z] = [declareArray('y', [polynomial(n)]), declareArray('z', [polynomial(n)])]
    const slope = (a: typeof y) => arrayField(table.ofArray("σ'", a))
    expect(decide(slope(y), slope(z)).verdict).toBe('differs')
    expect(decide(slope(y), slope(y)).verdict).toBe('proved')
  })

  test('f(Wx) is one array however Wx is written, and the proof of that is kept', () => {
    const m = size('m')
    const [, W] = declare('W', m, n)
    const table = createFunctionTable()
    const context = { constraints: [] }
    const once = table.ofField('σ', matrixProduct(W, X), context, createBudget())
    const again = table.ofField('σ', matrixProduct(W, X), context, createBudget())
    const other = table.ofField(
      'σ',
      scaleField(matrixProduct(W, X), rational(2)),
      context,
      createBudget(),
    )
    expect(again).toBe(once)
    expect(other).not.toBe(once)
    expect(table.congruences).toHaveLength(1)
    for (const { statement } of table.congruences) {
      expect(decideStatement(statement).verdict).toBe('proved')
    }
  })

  test('outside its box a function value is 0, and so is its derivative', () => {
    const table = createFunctionTable()
    const [z] = declare('z', n)
    const value = arrayField(table.ofArray('σ', z))
    const slope = arrayField(table.ofArray("σ'", z))
    const [, D] = declare('g', plus(n, 2))
    const shifted: Field = { shape: [plus(n, 2)], at: ([i]) => value.at([minus(i!, 1)]) }
    const expected: Field = {
      shape: [polynomial(n)],
      at: ([i]) =>
        hadamard({ ...D, shape: slope.shape, at: ([j]) => D.at([plus(j!, 1)]) }, slope).at([i!]),
    }
    expect(decide(pullback(shifted, D, z), expected).verdict).toBe('proved')
  })
})

test('what is called proved has been checked, and so have the lemmas it rests on', () => {
  const [m, table] = [size('m'), createFunctionTable()]
  const [w, W] = declare('W', m, n)
  const [, D] = declare('g', m)
  const value = (argument: Field) =>
    arrayField(table.ofField('σ', argument, { constraints: [] }, createBudget()))
  const left = pullback(value(matrixProduct(W, X)), D, w)
  const slope = arrayField(
    table.ofField("σ'", matrixProduct(W, X), { constraints: [] }, createBudget()),
  )
  const right: Field = {
    shape: W.shape,
    at: ([i, j]) => productOfTerms(hadamard(D, slope).at([i!]), X.at([j!])),
  }
  const result = proveFields(left, right, [], createBudget(), table.congruences)
  if (!('proved' in result)) throw new Error('not proved')
  expect(result.proved).toHaveLength(1 + table.congruences.length)
  for (const { statement, certificate } of JSON.parse(JSON.stringify(result.proved))) {
    const { left: l, right: r, context } = statement
    expect(checkCertificate(l, r, context, certificate)).toEqual({ ok: true })
  }
})

describe('budgets', () => {
  test('an operation limit ends a proof with a sentence, not an exception', () => {
    const statement = stateFields(
      hadamard(sumField(X), sumField(X)),
      hadamard(sumField(X), sumField(rot180(X))),
      [],
    )
    const small = createBudget({ operations: 10 })
    const result = proveEqual(statement.left, statement.right, statement.context, small)
    expect(result).toEqual({ budget: 'more than 10 operations' })
  })

  test('a deadline is looked at cooperatively', () => {
    let clock = 0
    const late = createBudget({ milliseconds: 5, now: () => clock++ })
    const power = Array.from({ length: 8 }, () => sumField(X)).reduce(hadamard)
    const statement = stateFields(power, hadamard(power, sumField(rot180(X))), [])
    const result = proveEqual(statement.left, statement.right, statement.context, late)
    expect(result).toEqual({ budget: 'more than 5 milliseconds' })
  })
})

test('kinds are part of a variable, names are not', () => {
  expect(variable('size', 'a')).not.toBe(variable('size', 'a'))
})
