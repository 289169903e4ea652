// What was once printed and no textbook writes, row by row, with what a textbook has in its place:
// each is printed so, and proved as it is printed.
import { type Form, formula, grad, latex } from '@backprove/graph'
import { verify } from '@backprove/verify'
import { expect, it } from 'vitest'
import { networks } from './nets.ts'

type Row = readonly [about: string, network: string, name: string, form: Form, printed: string]

const values: readonly Row[] = [
  ['a star has its mode', 'conv', 'z^1', 'layer', 'z^1 = x ∗_valid w^1 + b^1'],
  [
    'same is a border of half the reach, and where sides differ there is no star',
    'conv same, even',
    'z^1',
    'layer',
    'z^{1k}_{ij} = b^{1k} + Σ_{k′,i′,j′} x_{k′,i+i′-1,j+j′-1} w^{1k}_{k′i′j′}',
  ],
  [
    'same with a stride has a border that hangs on the image',
    'conv same, stride',
    'z^1',
    'layer',
    'z^{1k}_{ij} = b^{1k} + Σ_{k′,i′,j′} x_{k′,2i+i′-2,2j+j′-2} w^{1k}_{k′i′j′}',
  ],
  [
    'a factor stands before its sum',
    'avgPool',
    'p^0',
    'index',
    'p^{0k}_{ij} = 1/4 Σ_{u ≤ 2,v ≤ 2} x_{k,2i+u-2,2j+v-2}',
  ],
  ['the cost is of a', 'cross entropy', 'C', 'index', 'C = -Σ_n t_n log(a^1_n)'],
  ['maps are one column', 'dense of maps', 'z^1', 'layer', 'z^1 = w^1 vec(x) + b^1'],
  [
    'arrays one behind the other are cases',
    'inception',
    'h^2',
    'layer',
    'h^{2k}_{ij} = { z^{1k}_{ij} if k ≤ 2; a^{2,k-2}_{ij} otherwise }',
  ],
]

const derivatives: readonly Row[] = [
  [
    'windows that overlap are summed',
    'maxPool 3 by 2',
    'x',
    'layer',
    '∂C/∂x_{kij} = Σ_{i′,j′} [(i-2i′+2,j-2j′+2) = argmax_{a ≤ 3,b ≤ 3} ' +
      'x_{k,2i′+a-2,2j′+b-2}] ∂C/∂p^{0k}_{i′j′}',
  ],
  [
    'a part of what was joined is addressed by where it stands',
    'miniInception',
    'a^4',
    'layer',
    '∂C/∂a^{4k}_{ij} = ∂C/∂h^{7,k+8}_{ij}',
  ],
  [
    'numbers above nine stand between commas',
    'miniInception',
    'a^{10}',
    'index',
    '∂C/∂a^{10,k}_{ij} = ∂C/∂h^{13,k+16}_{ij}',
  ],
  ['same is so in both', 'conv same', 'x', 'layer', '∂C/∂x = δ^1 ∗_same rot180(w^1)'],
  [
    'steps are solved for the entries of w',
    'conv stride',
    'x',
    'layer',
    '∂C/∂x_{kij} = Σ_{k′,i′,j′} δ^{1k′}_{i′j′} w^{1k′}_{k,i-2i′+2,j-2j′+2}',
  ],
  [
    'groups are told by each',
    'conv groups',
    'x',
    'layer',
    '∂C/∂x_{kij} = Σ_{i′,j′} δ^{1k}_{i-i′+1,j-j′+1} w^{1k}_{i′j′}',
  ],
  [
    'sums are solved for their letters',
    'conv',
    'x',
    'index',
    '∂C/∂x_{kij} = Σ_{k′,i′,j′} δ^{1k′}_{i-i′+1,j-j′+1} w^{1k′}_{ki′j′}',
  ],
  [
    'a mean goes back in equal parts',
    'avgPool',
    'x',
    'index',
    '∂C/∂x_{kij} = 1/4 ∂C/∂p^{0k}_{⌈i/2⌉,⌈j/2⌉}',
  ],
  [
    'a maximum goes back to where it was',
    'maxPool',
    'x',
    'index',
    '∂C/∂x_{kij} = [x_{kij} = max] ∂C/∂p^{0k}_{⌈i/2⌉,⌈j/2⌉}',
  ],
  ['softmax with cross entropy', 'cross entropy', 'z^1', 'layer', 'δ^1 = (Σ t) a^1 - t'],
  ['a bias of maps', 'conv', 'b^1', 'layer', '∂C/∂b^{1k} = Σ_{i,j} δ^{1k}_{ij}'],
  ['and of a batch', 'conv batch', 'b^1', 'layer', '∂C/∂b^{1k} = Σ_{s,i,j} δ^{1sk}_{ij}'],
  [
    'a place in the column is no difference',
    'dense of maps',
    'w^1',
    'index',
    '∂C/∂w^{1n}_{k-ij} = δ^1_n x_{kij}',
  ],
  ['of one column', 'dense of maps', 'w^1', 'layer', '∂C/∂w^1 = δ^1 vec(x)ᵀ'],
  [
    'statistics have names',
    'batchNorm maps training',
    'γ^2',
    'index',
    '∂C/∂γ^2_k = Σ_{s,i,j} δ^{2sk}_{ij} ẑ^{2sk}_{ij}',
  ],
]

const each = [
  ...values.map((row) => [row[0], row, false] as const),
  ...derivatives.map((row) => [row[0], row, true] as const),
]

it.each(each)('%s', (_, [, network, name, form, expected], isDerivative) => {
  const cost = networks.get(network)!()
  const value = cost.graph.node(name)
  const node = isDerivative ? grad(cost, value) : value
  expect(formula(node, { form })).toBe(expected)
  for (const claim of [expected, latex(node, { form })])
    expect(verify(cost, claim).kind, claim).toBe('proved')
})

it('the hyphen of a place in a column is no minus', () => {
  const cost = networks.get('dense of maps')!()
  const node = grad(cost, cost.graph.node('w^1'))
  expect(latex(node, { form: 'index' })).toContain('{k\\text{-}ij}')
})

it('what a cost is not computed from is said to be so', () => {
  const cost = networks.get('cross entropy')!()
  expect(() => grad(cost, cost.graph.node('a^1'))).toThrow('"C" does not depend on "a^1"')
})
