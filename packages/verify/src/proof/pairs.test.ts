// What is written of whole arrays and the same in indices is one sentence: both are proved for the
// same sizes, and beside each stands a false neighbour, which is refuted in either form.

import {
  add,
  avgPool2d,
  conv2d,
  dense,
  Graph,
  matmul,
  maxPool2d,
  mean,
  type Node,
  sigmoid,
  softmax,
  squaredError,
  sub,
  sum,
} from '@backprove/graph'
import { describe, expect, it } from 'vitest'
import { verify } from '../verify.ts'

const convolution = (options: Parameters<typeof conv2d>[2], size = 9): Node => {
  const g = new Graph()
  const x = g.input('x_{ij}', [1, size, size])
  const z = conv2d(x, g.parameter('w_{uv}', [1, 1, 3, 3]), options).as('z_{ij}')
  return squaredError(sigmoid(z).as('a_{ij}'), g.input('t_{ij}', z.shape)).as('C')
}

const layers = (): Node => {
  const g = new Graph()
  const x = g.parameter('x_{cij}', [2, 6, 7])
  const z = conv2d(x, g.parameter('w_{fcuv}', [3, 2, 3, 2])).as('z_{fij}')
  return squaredError(sigmoid(z).as('a_{fij}'), g.input('t_{fij}', z.shape)).as('C')
}

const perceptron = (): Node => {
  const g = new Graph()
  const z = dense(g.parameter('x_j', [4]), g.parameter('W_{ij}', [3, 4]), g.parameter('b_i', [3]))
  const a = sigmoid(z.as('z_i')).as('a_i')
  return squaredError(a, g.input('t_i', [3])).as('C')
}

const probabilities = (): Node => {
  const g = new Graph()
  const y = softmax(g.parameter('z_k', [4])).as('y_k')
  return sum(sub(y, g.input('t_k', [4]))).as('C')
}

const matrices = (): Node => {
  const g = new Graph()
  const [a, b] = [g.parameter('A_{ij}', [3, 4]), g.parameter('B_{jk}', [4, 5])]
  return sum(matmul(a, b).as('M_{ik}')).as('C')
}

const average = (): Node => {
  const g = new Graph()
  const x = g.parameter('x_i', [5])
  return mean(add(x, g.input('t_i', [5])).as('d_i')).as('C')
}

const pooled = (pool: typeof maxPool2d | typeof avgPool2d, size: number) => (): Node => {
  const g = new Graph()
  const a = sigmoid(g.parameter('z_{ij}', [1, 6, 6]).as('z_{ij}')).as('a_{ij}')
  const p = pool(a, { size }).as('p_{ij}')
  return squaredError(p, g.input('t_{ij}', p.shape)).as('C')
}

type Row = readonly [
  about: string,
  network: () => Node,
  arrays: string,
  indices: string,
  falseArrays: string,
  falseIndices: string,
]

const rows: readonly Row[] = [
  [
    'a valid star',
    () => convolution({}),
    'z = x *valid w',
    'z_{ij} = Σ_{u,v} x_{i+u-1,j+v-1} w_{uv}',
    'z = x *valid rot180(w)',
    'z_{ij} = Σ_{u,v} x_{i+u-1,j+v-1} w_{vu}',
  ],
  [
    'a star that steps',
    () => convolution({ stride: 2 }),
    'z = x *_{s=2} w',
    'z_{ij} = Σ_{u,v} x_{2(i-1)+u,2(j-1)+v} w_{uv}',
    'z = x *_{s=2} rot180(w)',
    'z_{ij} = Σ_{u,v} x_{2(i-1)+v,2(j-1)+u} w_{uv}',
  ],
  [
    'a star with gaps',
    () => convolution({ dilation: 2 }),
    'z = x *_{d=2} w',
    'z_{ij} = Σ_{u,v} x_{i+2u-2,j+2v-2} w_{uv}',
    'z = x *_{d=2} rot180(w)',
    'z_{ij} = Σ_{u,v} x_{i+2v-2,j+2u-2} w_{uv}',
  ],
  [
    'a star with a border',
    () => convolution({ padding: 1 }),
    'z = x *_{p=1} w',
    'z_{ij} = Σ_{u,v} x_{i+u-2,j+v-2} w_{uv}',
    'z = x *_{p=1} rot180(w)',
    'z_{ij} = Σ_{u,v} x_{i+u-2,j+v-1} w_{uv}',
  ],
  [
    'a star with steps, gaps and a border',
    () => convolution({ stride: 2, padding: 1, dilation: 2 }),
    'z = x *_{s=2,d=2,p=1} w',
    'z_{ij} = Σ_{u,v} x_{2i+2u-4,2j+2v-4} w_{uv}',
    'z = x *_{s=2,d=2,p=1} rot180(w)',
    'z_{ij} = Σ_{u,v} x_{2i+2u-3,2j+2v-4} w_{uv}',
  ],
  [
    'a full star, turned',
    layers,
    '∂C/∂x = δ *full rot180(w)',
    '∂C/∂x_{cij} = Σ_{f,u,v} δ_{f,i-u+1,j-v+1} w_{fcuv}',
    '∂C/∂x = δ *full w',
    '∂C/∂x_{cij} = Σ_{f,u,v} δ_{f,i+u-1,j+v-1} w_{fcuv}',
  ],
  [
    'a star with channels',
    layers,
    'z = x *valid w',
    'z_{fij} = Σ_{c,u,v} x_{c,i+u-1,j+v-1} w_{fcuv}',
    'z = x *valid rot180(w)',
    'z_{fij} = 2 Σ_{c,u,v} x_{c,i+u-1,j+v-1} w_{fcuv}',
  ],
  [
    'a convolution',
    () => convolution({}),
    'z = x conv_valid rot180(w)',
    'z_{ij} = Σ_{u,v} x_{i+u-1,j+v-1} w_{uv}',
    'z = x conv_valid w',
    'z_{ij} = Σ_{u,v} x_{i+u-1,j+v-1} w_{vu}',
  ],
  [
    'a matrix and a vector',
    perceptron,
    'z = W x + b',
    'z_i = Σ_j W_{ij} x_j + b_i',
    'z = W x - b',
    'z_i = Σ_j W_{ij} x_j - b_i',
  ],
  [
    'two matrices',
    matrices,
    'M = A B',
    'M_{ik} = Σ_j A_{ij} B_{jk}',
    'M = 2 A B',
    'M_{ik} = 2 Σ_j A_{ij} B_{jk}',
  ],
  [
    'a transpose',
    perceptron,
    '∂C/∂x = W^T δ',
    '∂C/∂x_j = Σ_i W_{ij} δ_i',
    '∂C/∂x = W^T ∂C/∂a',
    '∂C/∂x_j = Σ_i W_{ij} ∂C/∂a_i',
  ],
  [
    'a column times a row',
    perceptron,
    '∂C/∂W = δ x^T',
    '∂C/∂W_{ij} = δ_i x_j',
    '∂C/∂W = a x^T',
    '∂C/∂W_{ij} = a_i x_j',
  ],
  [
    '⊙',
    perceptron,
    "δ = σ'(z) ⊙ ∂C/∂a",
    "δ_i = σ'(z_i) ∂C/∂a_i",
    'δ = σ(z) ⊙ ∂C/∂a',
    'δ_i = σ(z_i) ∂C/∂a_i',
  ],
  [
    'diag',
    perceptron,
    "δ = diag(σ'(z)) (a - t)",
    "δ_i = σ'(z_i) (a_i - t_i)",
    'δ = diag(σ(z)) (a - t)',
    'δ_i = σ(z_i) (a_i - t_i)',
  ],
  [
    'a Jacobian',
    perceptron,
    "∂a/∂z = diag(σ'(z))",
    "∂a_i/∂z_j = [i = j] σ'(z_i)",
    '∂a/∂z = diag(σ(z))',
    "∂a_i/∂z_j = σ'(z_i)",
  ],
  ['I', perceptron, '∂z/∂b = I', '∂z_i/∂b_j = [i = j]', '∂z/∂b = 2 I', '∂z_i/∂b_j = 2 [i = j]'],
  ['𝟙', average, '∂C/∂d = 1/n 𝟙', '∂C/∂d_i = 1/n', '∂C/∂d = 𝟙', '∂C/∂d_i = 1'],
  [
    'a norm',
    perceptron,
    'C = 1/2 ‖a - t‖^2',
    'C = 1/2 Σ_i (a_i - t_i)^2',
    'C = ‖a - t‖^2',
    'C = Σ_i (a_i - t_i)^2',
  ],
  [
    'a sum of all',
    matrices,
    'C = sum(M)',
    'C = Σ_{ik} M_{ik}',
    'C = 2 sum(M)',
    'C = 2 Σ_{ik} M_{ik}',
  ],
  ['a mean', average, 'C = mean(d)', 'C = 1/n Σ_i d_i', 'C = sum(d)', 'C = Σ_i d_i'],
  [
    'softmax',
    probabilities,
    'y = softmax(z)',
    'y_k = e^{z_k} / Σ_l e^{z_l}',
    'y = softmax(2 z)',
    'y_k = e^{2 z_k} / Σ_l e^{z_l}',
  ],
  [
    'up, and the winners',
    pooled(maxPool2d, 2),
    '∂C/∂a = up(∂C/∂p) ⊙ [a = max]',
    '∂C/∂a_{ij} = [a_{ij} = max] ∂C/∂p_{⌈i/2⌉,⌈j/2⌉}',
    '∂C/∂a = up(∂C/∂p)',
    '∂C/∂a_{ij} = ∂C/∂p_{⌈i/2⌉,⌈j/2⌉}',
  ],
  [
    'a first winner',
    pooled(maxPool2d, 2),
    '∂C/∂a = up(∂C/∂p) ⊙ [a = up(p)]',
    '∂C/∂a_{ij} = [first max] ∂C/∂p_{⌈i/2⌉,⌈j/2⌉}',
    '∂C/∂a = up(∂C/∂p) ⊙ [a ≠ up(p)]',
    '∂C/∂a_{ij} = [first max] ∂C/∂p_{⌈j/2⌉,⌈i/2⌉}',
  ],
  [
    'up alone',
    pooled(avgPool2d, 3),
    '∂C/∂a = 1/9 up(∂C/∂p)',
    '∂C/∂a_{ij} = 1/9 ∂C/∂p_{⌈i/3⌉,⌈j/3⌉}',
    '∂C/∂a = 1/3 up(∂C/∂p)',
    '∂C/∂a_{ij} = 1/3 ∂C/∂p_{⌈i/3⌉,⌈j/3⌉}',
  ],
]

const sizes = [{ name: 'n', array: 'd', axis: 0 }]

describe.each(rows)('%s', (_, network, arrays, indices, ...others) => {
  const verdict = (claim: string) => verify(network(), claim, { sizes, deadline: 20_000 })

  it(`${arrays} and ${indices}`, () => {
    const [a, b] = [verdict(arrays), verdict(indices)]
    expect(b).toMatchObject({ kind: 'proved', scope: 'all-sizes', method: 'index' })
    expect(a).toMatchObject({ kind: 'proved', scope: 'all-sizes', method: 'index' })
  })

  it.each(others)('%s', (claim) => {
    expect(verdict(claim).kind).toBe('refuted')
  })
})
