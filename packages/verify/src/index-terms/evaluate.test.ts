// The brute-force evaluator against values worked out by hand: it judges the prover, so it is
// judged by nothing but arithmetic.

import { expect, test } from 'vitest'
import { minus, plus, polynomial, times } from '../arithmetic/polynomial.ts'
import { formatRational, rational } from '../arithmetic/rational.ts'
import { boundIndex, size } from '../arithmetic/variable.ts'
import { type Contents, evaluateField, evaluateTerms, UnboundedSumError } from './evaluate.ts'
import { rot180, scaleField, sumField } from './fields.ts'
import { declare } from './fixtures/decide.fixture.ts'
import { convolve, correlate, dilate, upsample } from './stars.ts'
import { type Field, term } from './terms.ts'

const [n, m] = [size('n'), size('m')]
const [, X] = declare('x', n)
const [, W] = declare('w', m)

/** x = 1, 2, 3 … and w = 10, 100, 1000 … */
const contents: Contents = (array, [i]) => rational(array.name === 'x' ? i! + 1n : 10n ** (i! + 1n))

const value = (field: Field) =>
  evaluateField(
    field,
    new Map([
      [n, 4n],
      [m, 2n],
    ]),
    contents,
  ).entries.map(formatRational)

test.each([
  ['x', X, ['1', '2', '3', '4']],
  ['rot180', rot180(X), ['4', '3', '2', '1']],
  ['valid correlation', correlate(X, W, 'valid'), ['210', '320', '430']],
  ['valid convolution', convolve(X, W, 'valid'), ['120', '230', '340']],
  ['full correlation', correlate(X, W, 'full'), ['100', '210', '320', '430', '40']],
  [
    "'same' correlation, even kernel: zero on the right",
    correlate(X, W, 'same'),
    ['210', '320', '430', '40'],
  ],
  ['upsample', upsample(W, [2]), ['10', '10', '100', '100']],
  ['dilate', dilate(W, [3]), ['10', '0', '0', '100']],
  ['a mean', scaleField(sumField(X), rational(1), new Map([[n, -1]])), ['5/2']],
] as const)('%s', (_name, field, expected) => {
  expect(value(field)).toEqual([...expected])
})

test('a skew sum is finite: Σ_{k,l} [0 ≤ k+l < n][0 ≤ k-l < n]', () => {
  const [k, l] = [boundIndex('k'), boundIndex('l')]
  const [sum, difference] = [plus(k, l), minus(k, l)]
  const guards = [sum, minus(n, 1, sum), difference, minus(n, 1, difference)]
  // (s, d) of equal parity in {0, 1, 2}²: five points.
  const t = term({ bound: [k, l], guards })
  expect(formatRational(evaluateTerms([t], new Map([[n, 3n]]), contents))).toBe('5')
})

test('equations select: Σ_k [2k = n]', () => {
  const k = boundIndex('k')
  const t = term({ bound: [k], equations: [minus(times(2, k), n)] })
  const at = (length: bigint) =>
    formatRational(evaluateTerms([t], new Map([[n, length]]), contents))
  expect([at(3n), at(4n)]).toEqual(['0', '1'])
})

test('a sum without end is an error', () => {
  const k = boundIndex('k')
  const t = term({ bound: [k], guards: [polynomial(k)] })
  expect(() => evaluateTerms([t], new Map(), contents)).toThrow(UnboundedSumError)
})
