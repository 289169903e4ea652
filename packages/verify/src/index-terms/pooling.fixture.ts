// For tests: identities of pooling and flattening, and formulas that look like them and are wrong.

import { minus, type Polynomial, plus, polynomial, times } from '../arithmetic/polynomial.ts'
import { rational } from '../arithmetic/rational.ts'
import { size } from '../arithmetic/variable.ts'
import { claims, field, type Identity, type Length, sum } from './claims.fixture.ts'
import { declare } from './decide.fixture.ts'
import { pullback } from './derivative.ts'
import {
  constantField,
  equateTerms,
  hadamard,
  matrixProduct,
  productOfTerms,
  scaleField,
  sumField,
  transpose,
} from './fields.ts'
import { upsample, withBlocks } from './stars.ts'
import type { Field } from './terms.ts'

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

/** Row-major order: r = H W c + W h + w. */
const flattening = (): readonly Identity[] => {
  const [C, H, W, n] = [size('C'), size('H'), size('W'), size('n')]
  const length = times(C, H, W)
  const [x, X] = declare('x', C, H, W)
  const [, V] = declare('V', n, length)
  const [, D] = declare('δ', n)
  const place = (c: Polynomial, h: Polynomial, w: Polynomial) =>
    plus(times(H, W, c), times(W, h), w)
  const flat = field([length], (r) =>
    sum([C, H, W], (c, h, w) => equateTerms(X.at([c!, h!, w!]), [minus(r!, place(c!, h!, w!))])),
  )
  const image = (v: Field) => field([C, H, W], (c, h, w) => v.at([place(c!, h!, w!)]))
  const columns = field([C, W, H], (c, w, h) => flat.at([plus(times(H, W, c!), times(H, w!), h!)]))
  const back = matrixProduct(transpose(V), D)
  return [
    ...claims(() => image(flat), [], [['unflatten(flatten(x)) = x', true, () => X]]),
    ...claims(
      () => columns,
      [],
      [
        [
          'flattened by rows, read by columns',
          false,
          () => field([C, W, H], (c, w, h) => X.at([c!, h!, w!])),
        ],
      ],
    ),
    ...claims(() => sumField(flat), [], [['Σ flatten(x) = Σ x', true, () => sumField(X)]]),
    ...claims(
      () => pullback(matrixProduct(V, flat), D, x),
      [],
      [['dense after flatten: ∂C/∂x = unflatten(Vᵀδ)', true, () => image(back)]],
    ),
  ]
}

/** Overlapping windows of m cells, stride s: the winner's mask M is an array of window and cell. */
const overlapping = (): readonly Identity[] => {
  const [O, m, s] = [size('O'), size('m'), size('s')]
  const H = plus(times(s, minus(O, 1)), m)
  const [x, X] = declare('x', H)
  const [, M] = declare('M', O, m)
  const [, D] = declare('δ', O)
  const pool = field([O], (i) =>
    sum([m], (u) => productOfTerms(X.at([plus(times(s, i!), u!)]), M.at([i!, u!]))),
  )
  const scatter = (shift: number) =>
    field([H], (h) =>
      sum([O, m], (i, u) =>
        equateTerms(productOfTerms(D.at([i!]), M.at([i!, u!])), [
          minus(plus(times(s, i!), u!, shift), h!),
        ]),
      ),
    )
  return claims(
    () => pullback(pool, D, x),
    [],
    [
      ['overlapping max pooling scatters to its winners', true, () => scatter(0)],
      ['overlapping max pooling, off by one', false, () => scatter(1)],
    ],
  )
}

export const poolingIdentities: readonly Identity[] = [
  ...pooling(),
  ...overlapping(),
  ...flattening(),
]
