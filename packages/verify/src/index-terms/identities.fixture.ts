// For tests: a table of identities of the convolution family, pooling, dense layers and chains, and of
// formulas that look like them and are wrong.

import { minus, type Polynomial, plus, polynomial, times } from '../arithmetic/polynomial.ts'
import { rational } from '../arithmetic/rational.ts'
import { parameter, size, type Variable } from '../arithmetic/variable.ts'
import { declare } from './decide.fixture.ts'
import { jacobian, pullback } from './derivative.ts'
import {
  addFields,
  anywhere,
  arrayField,
  constantField,
  equateTerms,
  fixAxes,
  guardTerms,
  hadamard,
  matrixProduct,
  pad,
  polynomials,
  productOfTerms,
  rot180,
  scaleField,
  subtractFields,
  sumField,
  sumOver,
  transpose,
  withQuotient,
} from './fields.ts'
import { createFunctionTable } from './functions.ts'
import { convolve, correlate, dilate, upsample, withBlocks } from './stars.ts'
import type { Field, Term } from './terms.ts'

export interface Identity {
  readonly name: string
  readonly holds: boolean
  readonly left: () => Field
  readonly right: () => Field
  readonly assume?: readonly Polynomial[]
  /** Largest size tried for a witness. */
  readonly upTo?: number
}

type Length = Polynomial | Variable | number
type Body = (...index: Polynomial[]) => readonly Term[]

const field = (shape: readonly Length[], at: Body): Field => ({
  shape: shape.map(polynomial),
  at: (index) => at(...index),
})

const sum = (shape: readonly Length[], body: Body): readonly Term[] =>
  sumOver(shape.map(polynomial), (index) => body(...index))

/** Identities that share a left side and assumptions: name, whether it holds, right side. */
const claims = (
  left: () => Field,
  assume: readonly Polynomial[],
  rows: readonly (readonly [name: string, holds: boolean, right: () => Field, upTo?: number])[],
): readonly Identity[] =>
  rows.map(([name, holds, right, upTo = 2]) => ({ name, holds, left, right, assume, upTo }))

const plainCorrelation = (): readonly Identity[] => {
  const [M, N, m, n] = [size('M'), size('N'), size('m'), size('n')]
  const [x, X] = declare('X', M, N)
  const [w, W] = declare('W', m, n)
  const Y = correlate(X, W, 'valid')
  const flipped = convolve(X, W, 'valid')
  const [, D] = declare('δ', ...Y.shape)
  const assume = [minus(M, m), minus(N, n)]
  const border = [minus(m, 1), minus(n, 1)]
  return [
    ...claims(() => pullback(Y, D, x), assume, [
      ['∂C/∂X = δ *full rot180(W)', true, () => correlate(D, rot180(W), 'full')],
      ['∂C/∂X = δ conv_full W', true, () => convolve(D, W, 'full')],
      ['∂C/∂X = W *full rot180(δ)', true, () => correlate(W, rot180(D), 'full')],
      [
        '∂C/∂X = pad(δ) *valid rot180(W)',
        true,
        () => correlate(pad(D, border), rot180(W), 'valid'),
      ],
      ['∂C/∂X = δ *full W', false, () => correlate(D, W, 'full')],
      ['∂C/∂X = rot180(δ) *full W', false, () => correlate(rot180(D), W, 'full'), 3],
    ]),
    ...claims(() => pullback(Y, D, w), assume, [
      ['∂C/∂W = X *valid δ', true, () => correlate(X, D, 'valid')],
      ['∂C/∂W = X conv δ', false, () => convolve(X, D, 'valid')],
      ['∂C/∂W = rot180(X *valid δ)', false, () => rot180(correlate(X, D, 'valid'))],
    ]),
    ...claims(() => pullback(flipped, D, x), assume, [
      ['true convolution: ∂C/∂X = δ *full W', true, () => correlate(D, W, 'full')],
    ]),
    ...claims(() => pullback(flipped, D, w), assume, [
      [
        'true convolution: ∂C/∂W = rot180(X *valid δ)',
        true,
        () => rot180(correlate(X, D, 'valid')),
      ],
      ['true convolution: ∂C/∂W = X *valid δ', false, () => correlate(X, D, 'valid')],
    ]),
  ]
}

const same = (): readonly Identity[] => {
  const [M, h] = [size('M'), parameter('h')]
  const m = plus(times(2, h), 1)
  const [x, X] = declare('X', M)
  const [, W] = declare('W', m)
  const [, D] = declare('δ', M)
  const [, even] = declare('V', 4)
  return [
    ...claims(
      () => pullback(correlate(X, W, 'same'), D, x),
      [],
      [
        ["'same': ∂C/∂X = δ *same rot180(W)", true, () => correlate(D, rot180(W), 'same')],
        ["'same': ∂C/∂X = δ *same W", false, () => correlate(D, W, 'same')],
      ],
    ),
    ...claims(
      () => pullback(correlate(X, even, 'same'), D, x),
      [],
      [
        ["'same', even kernel: shifted by one", false, () => correlate(D, rot180(even), 'same')],
        [
          "'same', even kernel: pad(δ, 2 before, 1 after)",
          true,
          () => correlate(pad(D, [2], [1]), rot180(even), 'valid'),
        ],
      ],
    ),
  ]
}

/** conv2d with stride s, padding p and remainder r: H + 2p - m = s(O - 1) + r. */
const strided = (s: Length, p: Length, dilation: Length, label: string): readonly Identity[] => {
  const [m, O, Ci, Co] = [size('m'), size('O'), size('Ci'), size('Co')]
  const r = parameter('r')
  const reach = plus(times(dilation, minus(m, 1)), 1)
  const H = plus(times(s, minus(O, 1)), r, reach, times(-2, p))
  const [x, X] = declare('X', Ci, H, H)
  const [w, W] = declare('W', Co, Ci, m, m)
  const [b, B] = declare('b', Co)
  const [, D] = declare('δ', Co, O, O)
  const place = (i: Polynomial, u: Polynomial) => minus(plus(times(s, i), times(dilation, u)), p)
  const Y = field([Co, O, O], (f, i, j) => [
    ...sum([Ci, m, m], (c, u, v) =>
      productOfTerms(anywhere(X, [c!, place(i!, u!), place(j!, v!)]), W.at([f!, c!, u!, v!])),
    ),
    ...B.at([f!]),
  ])
  const stretched = (a: Field, by: Length) => dilate(a, [by, by])
  const before = minus(reach, 1, p)
  const around = (a: Field) => pad(a, [before, before], [plus(before, r), plus(before, r)])
  const input = (spread: (a: Field) => Field) => () =>
    field([Ci, H, H], (c, i, j) =>
      sum([Co], (f) => {
        const kernel = stretched(fixAxes(W, [f!, c!]), dilation)
        return correlate(around(spread(fixAxes(D, [f!]))), rot180(kernel), 'valid').at([i!, j!])
      }),
    )
  const filter = (flip: (a: Field) => Field) => () =>
    field([Co, Ci, m, m], (f, c, u, v) => {
      const image = pad(fixAxes(X, [c!]), [p, p])
      const kernel = stretched(fixAxes(flip(D), [f!]), s)
      const at = [times(dilation, u!), times(dilation, v!)]
      return correlate(image, kernel, 'valid').at(at)
    })
  const assume = [minus(s, 1, r), minus(H, 1)]
  return [
    ...claims(() => pullback(Y, D, x), assume, [
      [`${label}: ∂C/∂X = pad(dilate(δ)) *valid rot180(W)`, true, input((a) => stretched(a, s))],
    ]),
    ...claims(() => pullback(Y, D, w), assume, [
      [`${label}: ∂C/∂W = pad(X) *valid dilate(δ)`, true, filter((a) => a)],
      [`${label}: ∂C/∂W with channels reversed`, false, filter((a) => rot180(a, [0]))],
    ]),
    ...claims(() => pullback(Y, D, b), assume, [
      [
        `${label}: ∂C/∂b = Σ δ`,
        true,
        () => field([Co], (f) => sum([O, O], (i, j) => D.at([f!, i!, j!]))),
      ],
    ]),
  ]
}

/** Groups: filter f reads the channels C⌊f/F⌋ + c of group ⌊f/F⌋. */
const grouped = (): readonly Identity[] => {
  const [C, F, M, m] = [size('C'), size('F'), size('M'), size('m')]
  const G = 3
  const O = plus(minus(M, m), 1)
  const [x, X] = declare('X', times(G, C), M)
  const [, W] = declare('W', times(G, F), C, m)
  const [, D] = declare('δ', times(G, F), O)
  const Y = field([times(G, F), O], (f, i) =>
    withQuotient(f!, F, (group) =>
      sum([C, m], (c, u) =>
        productOfTerms(X.at([plus(times(C, group), c!), plus(i!, u!)]), W.at([f!, c!, u!])),
      ),
    ),
  )
  const adjoint = (filters: Length) =>
    field([times(G, C), M], (k, h) =>
      withQuotient(k!, C, (group, c) =>
        sum([filters], (f) => {
          const filter = plus(times(F, group), f!)
          const kernel = rot180(fixAxes(W, [filter, c]))
          return correlate(fixAxes(D, [filter]), kernel, 'full').at([h!])
        }),
      ),
    )
  return claims(
    () => pullback(Y, D, x),
    [minus(M, m)],
    [
      ['groups: ∂C/∂X sums over the filters of the group', true, () => adjoint(F)],
      ['groups: ∂C/∂X of the first filter only', false, () => adjoint(1), 2],
    ],
  )
}

const pooling = (): readonly Identity[] => {
  const [m, n, p, q] = [size('m'), size('n'), size('p'), size('q')]
  const [x, X] = declare('X', times(p, m), times(q, n))
  const [, D] = declare('δ', m, n)
  const [, mask] = declare('argmax', m, n, p, q)
  const perCell = new Map([p, q].map((v) => [v, -1]))
  const cell = (i: Polynomial, j: Polynomial, a: Polynomial, c: Polynomial) =>
    X.at([plus(times(p, i), a), plus(times(q, j), c)])
  const total = field([m, n], (i, j) => sum([p, q], (a, c) => cell(i!, j!, a!, c!)))
  const mean = scaleField(total, rational(1), perCell)
  const max = field([m, n], (i, j) =>
    sum([p, q], (a, c) => productOfTerms(cell(i!, j!, a!, c!), mask.at([i!, j!, a!, c!]))),
  )
  const up = upsample(D, [p, q])
  const winner = field(X.shape, (...at) =>
    withBlocks(at, [p, q], (block, within) => mask.at([...block, ...within])),
  )
  const one = (...lengths: Length[]) => constantField(lengths.map(polynomial), rational(1))
  return [
    ...claims(
      () => pullback(mean, D, x),
      [],
      [
        ['mean pooling: ∂C/∂X = up(δ)/(pq)', true, () => scaleField(up, rational(1), perCell)],
        ['mean pooling: ∂C/∂X = up(δ)', false, () => up],
      ],
    ),
    ...claims(
      () => pullback(max, D, x),
      [],
      [
        ['max pooling: ∂C/∂X = up(δ) ⊙ [max]', true, () => hadamard(up, winner)],
        ['max pooling: ∂C/∂X = up(δ)', false, () => up],
      ],
    ),
    ...claims(
      () => upsample(upsample(D, [p, p]), [q, q]),
      [],
      [['up_q(up_p(δ)) = up_{pq}(δ)', true, () => upsample(D, [times(p, q), times(p, q)])]],
    ),
    ...claims(
      () => sumField(upsample(one(m), [p])),
      [],
      [
        [
          'Σ up(1) = pm',
          true,
          () =>
            scaleField(
              one(),
              rational(1),
              new Map([
                [p, 1],
                [m, 1],
              ]),
            ),
        ],
        ['Σ up(1) = m', false, () => scaleField(one(), rational(1), new Map([[m, 1]]))],
      ],
    ),
    ...claims(
      () => sumField(up),
      [],
      [
        [
          'Σ up(δ) = pq Σ δ',
          true,
          () =>
            scaleField(
              sumField(D),
              rational(1),
              new Map([
                [p, 1],
                [q, 1],
              ]),
            ),
        ],
      ],
    ),
  ]
}

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
  ...plainCorrelation(),
  ...same(),
  ...strided(1, 0, 1, 'stride 1'),
  ...strided(2, 1, 1, 'stride 2, padding 1'),
  ...strided(2, 1, 2, 'stride 2, dilation 2'),
  ...strided(size('s'), parameter('p'), 1, 'symbolic stride and padding'),
  ...strided(size('s'), parameter('p'), size('d'), 'symbolic stride, padding and dilation'),
  ...grouped(),
  ...pooling(),
  ...dense(),
  ...sumsAndCases(),
]
