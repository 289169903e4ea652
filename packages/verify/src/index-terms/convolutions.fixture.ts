// For tests: identities of correlation and convolution, for all sizes, and formulas that look like
// them and are wrong.

import { minus, type Polynomial, plus, times } from '../arithmetic/polynomial.ts'
import { parameter, size } from '../arithmetic/variable.ts'
import { claims, field, type Identity, type Length, sum } from './claims.fixture.ts'
import { declare } from './decide.fixture.ts'
import { pullback } from './derivative.ts'
import {
  anywhere,
  arrayField,
  fixAxes,
  hadamard,
  pad,
  productOfTerms,
  rot180,
  withQuotient,
} from './fields.ts'
import { createFunctionTable, nameField } from './functions.ts'
import { convolve, correlate, dilate } from './stars.ts'
import type { Field } from './terms.ts'

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

/** z₁ = W₁ ⋆ x and z₂ = W₂ ⋆ σ(z₁): the chain rule through two layers of convolution. */
const twoLayers = (): readonly Identity[] => {
  const [M, m, n] = [size('M'), size('m'), size('n')]
  const table = createFunctionTable()
  const [x, X] = declare('x', M, M)
  const [w1, W1] = declare('W1', m, m)
  const [, W2] = declare('W2', n, n)
  const z1 = nameField('z1', correlate(X, W1, 'valid'))
  const Z2 = correlate(arrayField(table.ofArray('σ', z1)), W2, 'valid')
  const [, D] = declare('δ2', ...Z2.shape)
  const slope = arrayField(table.ofArray("σ'", z1))
  const delta1 = hadamard(correlate(D, rot180(W2), 'full'), slope)
  const assume = [minus(M, plus(m, n, -1))]
  return [
    ...claims(() => pullback(Z2, D, z1), assume, [
      ["δ¹ = δ² *full rot180(W²) ⊙ σ'(z¹)", true, () => delta1],
      ['δ¹ = δ² *full rot180(W²)', false, () => correlate(D, rot180(W2), 'full')],
    ]),
    ...claims(() => pullback(Z2, D, x), assume, [
      [
        'two layers: ∂C/∂x = δ¹ *full rot180(W¹)',
        true,
        () => correlate(delta1, rot180(W1), 'full'),
      ],
      ['two layers: ∂C/∂x = δ¹ *full W¹', false, () => correlate(delta1, W1, 'full')],
    ]),
    ...claims(() => pullback(Z2, D, w1), assume, [
      ['two layers: ∂C/∂W¹ = x *valid δ¹', true, () => correlate(X, delta1, 'valid')],
    ]),
  ]
}

export const convolutionIdentities: readonly Identity[] = [
  ...plainCorrelation(),
  ...same(),
  ...strided(1, 0, 1, 'stride 1'),
  ...strided(2, 1, 1, 'stride 2, padding 1'),
  ...strided(3, 2, 2, 'stride 3, padding 2, dilation 2'),
  ...strided(size('s'), parameter('p'), 1, 'symbolic stride and padding'),
  ...strided(size('s'), parameter('p'), size('d'), 'symbolic stride, padding and dilation'),
  ...grouped(),
  ...twoLayers(),
]
