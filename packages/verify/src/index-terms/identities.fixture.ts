// For tests: identities of dense layers and sums, and formulas that look like them and are wrong.
// `identities` is the whole table.

import { minus, type Polynomial, plus, polynomial } from '../arithmetic/polynomial.ts'
import { rational } from '../arithmetic/rational.ts'
import { size, type Variable } from '../arithmetic/variable.ts'
import { claims, field, type Identity, type Length, sum } from './claims.fixture.ts'
import { convolutionIdentities } from './convolutions.fixture.ts'
import { declare } from './decide.fixture.ts'
import { jacobian, pullback } from './derivative.ts'
import {
  addFields,
  arrayField,
  constantField,
  equateTerms,
  guardTerms,
  hadamard,
  matrixProduct,
  polynomials,
  productOfTerms,
  rot180,
  scaleField,
  subtractFields,
  sumField,
  transpose,
} from './fields.ts'
import { createFunctionTable } from './functions.ts'
import { poolingIdentities } from './pooling.fixture.ts'
import type { Field, Term } from './terms.ts'

const dense = (): readonly Identity[] => {
  const [a0, a1, a2] = [size('n0'), size('n1'), size('n2')]
  const table = createFunctionTable()
  const [x, X] = declare('x', a0)
  const [w1, W1] = declare('W1', a1, a0)
  const [, W2] = declare('W2', a2, a1)
  const [z] = declare('z', a1)
  const [, D] = declare('δ', a2)
  const [t, T] = declare('t', a1)
  const sigma = arrayField(table.ofArray('σ', z))
  const slope = arrayField(table.ofArray("σ'", z))
  const Z2 = matrixProduct(W2, sigma)
  const hidden = matrixProduct(W1, X)
  const context = { constraints: [] }
  const free = { tick: () => {} }
  const inner = arrayField(table.ofField('σ', hidden, context, free))
  const innerSlope = arrayField(table.ofField("σ'", matrixProduct(W1, X), context, free))
  const deep = matrixProduct(W2, inner)
  const back = matrixProduct(transpose(W2), D)
  const outer = (u: Field, v: Field) =>
    field([...u.shape, ...v.shape], (i, j) => productOfTerms(u.at([i!]), v.at([j!])))
  const error = subtractFields(sigma, T)
  const cost = scaleField(sumField(hadamard(error, error)), rational(1, 2))
  const unit = constantField([], rational(1))
  return [
    ...claims(
      () => pullback(Z2, D, z),
      [],
      [
        ["dense: δ = W₂ᵀδ ⊙ σ'(z)", true, () => hadamard(back, slope)],
        ['dense: δ = W₂ᵀδ', false, () => back],
        ['dense: δ = W₂ᵀδ ⊙ σ(z)', false, () => hadamard(back, sigma)],
      ],
    ),
    ...claims(
      () => pullback(deep, D, x),
      [],
      [
        [
          "two layers: ∂C/∂x = W₁ᵀ(W₂ᵀδ ⊙ σ'(W₁x))",
          true,
          () => matrixProduct(transpose(W1), hadamard(back, innerSlope)),
        ],
        ['two layers: ∂C/∂x = W₁ᵀW₂ᵀδ', false, () => matrixProduct(transpose(W1), back)],
      ],
    ),
    ...claims(
      () => pullback(deep, D, w1),
      [],
      [
        [
          "two layers: ∂C/∂W₁ = (W₂ᵀδ ⊙ σ'(W₁x)) xᵀ",
          true,
          () => outer(hadamard(back, innerSlope), X),
        ],
      ],
    ),
    ...claims(
      () => pullback(cost, unit, z),
      [],
      [
        ["½Σ(σ(z) - t)²: δ = (σ(z) - t) ⊙ σ'(z)", true, () => hadamard(error, slope)],
        ['½Σ(σ(z) - t)²: twice that', false, () => scaleField(hadamard(error, slope), rational(2))],
      ],
    ),
    ...claims(
      () => pullback(cost, unit, t),
      [],
      [
        ['½Σ(σ(z) - t)²: ∂C/∂t = t - σ(z)', true, () => subtractFields(T, sigma)],
        ['½Σ(σ(z) - t)²: ∂C/∂t = σ(z) - t', false, () => error],
      ],
    ),
    ...claims(
      () => jacobian(Z2, z),
      [],
      [
        [
          "∂z₂/∂z = W₂ diag(σ'(z))",
          true,
          () => field([a2, a1], (i, j) => productOfTerms(W2.at([i!, j!]), slope.at([j!]))),
        ],
      ],
    ),
  ]
}

const sumsAndCases = (): readonly Identity[] => {
  const [n, k] = [size('n'), size('k')]
  const [, X] = declare('x', n)
  const [z, Z] = declare('z', n)
  const [, Y] = declare('y', n)
  const [, D] = declare('g', n)
  const total = sumField(X)
  const upTo = (c: Length) => (i: Polynomial) => guardTerms(X.at([i]), [minus(c, i)])
  const from = (c: Length) => (i: Polynomial) => guardTerms(X.at([i]), [minus(i, c)])
  const pieces = (body: (i: Polynomial) => readonly Term[]) => () =>
    field([], () => sum([n], (i) => body(i!)))
  const scalar = (size: Variable) =>
    scaleField(constantField([], rational(1)), rational(1), new Map([[size, 1]]))
  return [
    ...claims(
      () => hadamard(total, total),
      [],
      [
        [
          '(Σx)² = ΣΣ x x',
          true,
          () => field([], () => sum([n, n], (i, j) => productOfTerms(X.at([i!]), X.at([j!])))),
        ],
        ['(Σx)² = Σx²', false, () => sumField(hadamard(X, X))],
      ],
    ),
    ...claims(
      () => total,
      [],
      [
        ['Σ x reversed', true, () => sumField(rot180(X))],
        ['Σ x split at k', true, pieces((i) => [...upTo(k)(i), ...from(plus(k, 1))(i)])],
        [
          'Σ x split at k, which counts twice',
          false,
          pieces((i) => [...upTo(k)(i), ...from(k)(i)]),
        ],
        [
          'Σ x split into < k, = k, > k',
          true,
          pieces((i) => [
            ...upTo(minus(k, 1))(i),
            ...from(plus(k, 1))(i),
            ...equateTerms(X.at([i]), [minus(i, k)]),
          ]),
        ],
      ],
    ),
    ...claims(
      () => sumField(constantField([polynomial(n)], rational(1))),
      [],
      [
        ['Σ 1 = n', true, () => scalar(n)],
        ['Σ 1 = k', false, () => scalar(k)],
      ],
    ),
    ...claims(
      () =>
        field([n], (i) =>
          sum([n], (j) => [
            ...equateTerms(productOfTerms(D.at([j!]), Y.at([j!])), [minus(i!, j!)]),
            ...productOfTerms(productOfTerms(D.at([j!]), Y.at([j!])), Y.at([i!])).map((t) => ({
              ...t,
              coefficient: rational(-1),
            })),
          ]),
        ),
      [],
      [
        [
          'softmax: Σ_j g_j y_j([i = j] - y_i) = y_i (g_i - Σ g y)',
          true,
          () => {
            const mean = sumField(hadamard(D, Y))
            return field([n], (i) => [
              ...productOfTerms(Y.at([i!]), D.at([i!])),
              ...productOfTerms(Y.at([i!]), mean.at([])).map((t) => ({
                ...t,
                coefficient: rational(-1),
              })),
            ])
          },
        ],
      ],
    ),
    ...claims(() => addFields(Z, Z), [], [['z + z = 2z', true, () => scaleField(Z, rational(2))]]),
    ...claims(
      () => pullback(hadamard(Z, Z), D, z),
      [],
      [['∂ Σ g z² = 2 g z', true, () => scaleField(hadamard(D, Z), rational(2))]],
    ),
    ...claims(
      () => field(polynomials([n]), (i) => X.at([i!])),
      [],
      [['x_i = x_{n-1-i}', false, () => rot180(X)]],
    ),
  ]
}

export const identities: readonly Identity[] = [
  ...convolutionIdentities,
  ...poolingIdentities,
  ...dense(),
  ...sumsAndCases(),
]
