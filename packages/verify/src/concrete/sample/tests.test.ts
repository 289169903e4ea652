// Formulas of lecture notes that hold and near misses that do not, by both tests.
import type { Node } from '@backprove/graph'
import { describe, expect, it } from 'vitest'
import { createBudget } from '../../arithmetic/budget.ts'
import { parseClaim } from '../../language/read/claim.ts'
import { resolve } from '../../language/resolve/resolve.ts'
import { networkOf } from '../../network/network.ts'
import { bare, book, chain, channels, classifier, layers } from './networks.fixture.ts'
import type { TestOptions } from './point.ts'
import { identityTest, numericTest, type TestResult } from './tests.ts'

const budget = () => createBudget({ operations: 1e9, milliseconds: 60_000 })

const judge = (
  cost: Node,
  text: string,
  test: typeof identityTest = identityTest,
  { assume, ...options }: TestOptions & { assume?: string[] } = {},
): TestResult => {
  const network = networkOf(cost)
  const resolved = (claim: string) => resolve(parseClaim(claim), network.scope)[0]!.instances
  const assumptions = (assume ?? []).flatMap((each) => resolved(each).map(({ claim }) => claim))
  const results = resolved(text).map(({ claim }) =>
    test(claim, network, budget(), { ...options, assumptions }),
  )
  return results.find(({ kind }) => kind !== 'agrees') ?? results[0]!
}

const sigma = "σ'"
type Row = readonly [string, () => Node, string]

const holds: readonly Row[] = [
  ['feature map', book, 'z^{Fk}_{ij} = b^{Fk} + Σ_{uv} w^{Fk}_{uv} x_{i+u-1,j+v-1}'],
  [
    'one entry',
    book,
    'z^{F1}_{11} = b^{F1} + w_11^{F1}x_11 + w_12^{F1}x_12 + w_13^{F1}x_13 + ' +
      'w_21^{F1}x_21 + w_22^{F1}x_22 + w_23^{F1}x_23 + ' +
      'w_31^{F1}x_31 + w_32^{F1}x_32 + w_33^{F1}x_33',
  ],
  ['output layer', book, 'z^O_n = Σ_{k,i,j} w^{On}_{k-ij} a^{Pk}_{ij} + b^O_n'],
  ['cost', book, 'C = 1/2 Σ_n (t_n - a^O_n)^2'],
  ['output δ', book, "δ^O_n = (a^O_n - t_n) a'(z^O_n)"],
  ['output weights', book, '∂C/∂w^{On}_{k-ij} = δ^O_n a^{Pk}_{ij}'],
  ['output bias', book, '∂C/∂b^O_n = δ^O_n'],
  ['filter weights', book, '∂C/∂w^{Fk}_{ij} = Σ_{u,v} δ^{Fk}_{uv} x_{i+u-1,j+v-1}'],
  ['filter bias', book, '∂C/∂b^{Fk} = Σ_{i,j} δ^{Fk}_{ij}'],
  [
    'recursion',
    book,
    "δ^{Fk}_{ij} = (Σ_n δ^O_n w^{On}_{k-i'j'}) [a^{Fk}_{ij} = max] a'(z^{Fk}_{ij}), " +
      "i' = ⌈i/2⌉, j' = ⌈j/2⌉",
  ],
  [
    'recursion, mean',
    () => book({ pooling: 'avg' }),
    "δ^{Fk}_{ij} = 1/4 (Σ_n δ^O_n w^{On}_{k-i'j'}) a'(z^{Fk}_{ij}), i' = ⌈i/2⌉, j' = ⌈j/2⌉",
  ],
  [
    'recursion, L2',
    () => book({ pooling: 'l2' }),
    "δ^{Fk}_{ij} = (Σ_n δ^O_n w^{On}_{k-i'j'}) (a^{Fk}_{ij}/a^{Pk}_{i'j'}) a'(z^{Fk}_{ij}), " +
      "i' = ⌈i/2⌉, j' = ⌈j/2⌉",
  ],
  [
    'derivative of pooling',
    book,
    '∂a^{Pk}_{uv}/∂a^{Fk}_{ij} = [u = ⌈i/2⌉, v = ⌈j/2⌉] [a^{Fk}_{ij} = max]',
  ],
  ['whole arrays', book, 'δ^P = (w^O)^T δ^O'],
  [
    'first max',
    book,
    "δ^{Fk}_{ij} = ∂C/∂a^{Pk}_{i'j'} [first max] σ'(z^{Fk}_{ij}), i' = ⌈i/2⌉, j' = ⌈j/2⌉",
  ],
  ['up', () => book({ pooling: 'avg' }), "δ^F = 1/4 up(δ^P) ⊙ σ'(z^F)"],
  ['activation', book, "∂a^{Fk}_{ij}/∂z^{Fk}_{ij} = a'(z^{Fk}_{ij})"],
  ['activation of arrays', book, "∂C/∂a^F ⊙ ∂a^F/∂z^F = ∂C/∂a^F ⊙ a'(z^F)"],
  ['rot180', chain, `δ^{l-1} = δ^l *full rot180(W^l) ⊙ ${sigma}(z^{l-1})`],
  ['weights', chain, '∂C/∂W^l = σ(z^{l-1}) *valid δ^l'],
  ['convolution', () => chain('convolution'), `δ^{l-1} = (δ^l *full W^l) ⊙ ${sigma}(z^{l-1})`],
  ['conv', chain, `δ^{l-1} = (δ^l convfull W^l) ⊙ ${sigma}(z^{l-1})`],
  ['δ of dense layers', layers, `δ^l = (W^{l+1})^T δ^{l+1} ⊙ ${sigma}(z^l)`],
  ['W of dense layers', layers, '∂C/∂W^l = δ^l (a^{l-1})^T'],
  ['second derivative', layers, "∂δ^3_i/∂z^3_j = [i=j] (σ'(z^3_i)^2 + (a^3_i - t_i) σ''(z^3_i))"],
  ['y', bare, 'y_{ij} = Σ_{uv} w_{uv} x_{i+u-1,j+v-1}'],
  ['∂f/∂x', bare, '∂f(Y)/∂x_{st} = Σ_{ij} w_{s-i+1,t-j+1} ∂f(Y)/∂y_{ij}'],
  ['∂f/∂w', bare, '∂f(Y)/∂w_{uv} = Σ_{i=1}^{4} Σ_{j=1}^{4} x_{i+u-1,j+v-1} ∂f(Y)/∂y_{ij}'],
  ['∂f/∂W', bare, '∂f(Y)/∂W = X *valid ∂f(Y)/∂Y'],
  ['Hessian', bare, '∂²C/(∂Y_{ij} ∂Y_{kl}) = 2 [i=k, j=l] G_{ij}^2'],
  ['softmax', classifier, 'y_i = e^{z_i} / Σ_l e^{z_l}'],
  ['softmax of arrays', classifier, 'y = softmax(z)'],
  ['softmax Jacobian', classifier, '∂y_i/∂z_j = y_i ([i=j] - y_j)'],
  ['cross-entropy', classifier, 'δ = (Σ_i t_i) y - t'],
  ['z of channels', channels, 'z = a *valid W'],
  ['W of channels', channels, '∂C/∂W = a *valid ∂C/∂z'],
  ['a of channels', channels, '∂C/∂a = ∂C/∂z *full rot180(W)'],
]

describe('claims that hold', () => {
  it.each(holds)('%s', (_name, network, claim) => {
    expect(judge(network(), claim)).toMatchObject({ kind: 'agrees', method: 'identity-test' })
    expect(judge(network(), claim, numericTest)).toMatchObject({
      kind: 'agrees',
      method: 'float64',
    })
  })

  it('agrees under an assumption', () => {
    expect(judge(classifier(), 'δ = y - t').kind).toBe('differs')
    const assume = ['Σ_i t_i = 1']
    expect(judge(classifier(), 'δ = y - t', identityTest, { assume }).kind).toBe('agrees')
    expect(judge(classifier(), 'δ = y - t', numericTest, { assume }).kind).toBe('agrees')
  })
})

const fails: readonly (readonly [...Row, object])[] = [
  ['factor', book, "δ^O_n = 2 (a^O_n - t_n) a'(z^O_n)", { kind: 'differs' }],
  ['sign', book, "δ^O_n = (t_n - a^O_n) a'(z^O_n)", { kind: 'differs', ratio: -1 }],
  ['no σ′', book, 'δ^O_n = a^O_n - t_n', { kind: 'differs' }],
  ['tiny factor', bare, 'Y = (1 + 1e-12) X *valid W', { kind: 'differs' }],
  [
    'no mask',
    book,
    "δ^{Fk}_{ij} = (Σ_n δ^O_n w^{On}_{k-i'j'}) a'(z^{Fk}_{ij}), i' = ⌈i/2⌉, j' = ⌈j/2⌉",
    { kind: 'differs' },
  ],
  ['flipped', book, '∂C/∂w^{Fk}_{ij} = Σ_{u,v} δ^{Fk}_{uv} x_{u-i+3,v-j+3}', { kind: 'differs' }],
  [
    'off by one',
    book,
    'z^{Fk}_{ij} = b^{Fk} + Σ_{uv} w^{Fk}_{uv} x_{i+u,j+v}',
    { kind: 'differs' },
  ],
  ['no rot180', chain, `δ^{l-1} = δ^l *full W^l ⊙ ${sigma}(z^{l-1})`, { kind: 'differs' }],
  ['narrow', chain, `δ^{l-1} = δ^l *valid rot180(W^l) ⊙ ${sigma}(z^{l-1})`, { kind: 'shapes' }],
  ['no transpose', layers, `δ^l = W^{l+1} δ^{l+1} ⊙ ${sigma}(z^l)`, { kind: 'shapes' }],
  ['inverted', book, "∂z^{Fk}_{ij}/∂a^{Fk}_{ij} = a'(z^{Fk}_{ij})", { kind: 'differs' }],
  ['captured index', classifier, 'y_i = e^{z_i} / e^{z_1}', { kind: 'differs' }],
]

describe('claims that do not hold', () => {
  it.each(fails)('%s', (_name, network, claim, expected) => {
    expect(judge(network(), claim)).toMatchObject(expected)
  })

  it('finds a factor in float64 too', () => {
    const result = judge(book(), "δ^O_n = 3 (a^O_n - t_n) a'(z^O_n)", numericTest)
    expect(result.kind).toBe('differs')
    expect((result as { ratio: number }).ratio).toBeCloseTo(3, 9)
  })
})

describe('a layer of 28×28', () => {
  it('is tested at every entry', () => {
    const cost = book({ size: 28, filters: 6, kernel: 5, units: 10 })
    const claim = '∂C/∂w^{Fk}_{ij} = Σ_{u,v} δ^{Fk}_{uv} x_{i+u-1,j+v-1}'
    expect(judge(cost, claim).kind).toBe('agrees')
  })
})
