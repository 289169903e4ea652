// The formulas of lecture notes on convolutional networks and what must be said of each: one table,
// for the test of their verdicts and for the mistakes that are made in the true ones.
import { conv2d, convolve2d, Graph, type Node, relu, sigmoid, squaredError } from '@backprove/graph'
import {
  bare,
  book,
  chain,
  channels,
  classifier,
  layers,
} from './concrete/sample/networks.fixture.ts'

const blocks = "i' = ⌈i/2⌉, j' = ⌈j/2⌉"
const upstream = "(Σ_n δ^O_n w_{k-i'j'}^{On})"
const filterSum = [1, 2, 3]
  .flatMap((i) => [1, 2, 3].map((j) => `w_${i}${j}^{F1} x_${i}${j}`))
  .join(' + ')

export type Row = [claim: string, assume?: readonly string[]]
export interface System {
  readonly name: string
  readonly cost: () => Node
  readonly provedForAllSizes: readonly Row[]
  readonly refuted?: readonly Row[]
  /** With the convention that each needs. */
  readonly holdsIf?: readonly (readonly [claim: string, convention: string])[]
  /** The readings in which it is true. */
  readonly ambiguous?: readonly (readonly [claim: string, readonly string[]])[]
}

const padded = (): Node => {
  const g = new Graph()
  const x = g.input('x_{ij}', [1, 6, 6])
  const w = g.parameter('W_{uv}', [1, 1, 3, 3])
  const z = conv2d(x, w, { stride: 2, padding: 1 }).as('z_{ij}')
  return squaredError(sigmoid(z).as('a_{ij}'), g.input('t_{ij}', z.shape)).as('C')
}

const same = (): Node => {
  const g = new Graph()
  const w = g.parameter('W_{uv}', [1, 1, 3, 3])
  const z = conv2d(g.input('x_{ij}', [1, 5, 6]), w, { padding: 'same' }).as('z_{ij}')
  return squaredError(relu(z).as('a_{ij}'), g.input('t_{ij}', z.shape)).as('C')
}

const wide = (): Node => {
  const g = new Graph()
  const w = g.parameter('W_{uv}', [1, 1, 3, 2])
  const z = convolve2d(g.input('x_{ij}', [1, 4, 5]), w, { padding: 'full' }).as('z_{ij}')
  return squaredError(z, g.input('t_{ij}', z.shape)).as('C')
}

export const systems: readonly System[] = [
  {
    name: 'the book’s network, max-pooling',
    cost: () => book(),
    provedForAllSizes: [
      [`z_11^{F1} = ${filterSum} + b^{F1}`],
      ['a^F = a(z^F)'],
      ['a_ij^{Fk} = σ(z_ij^{Fk})'],
      ['z_n^O = Σ_k Σ_ij w_{k-ij}^{On} a_ij^{Pk} + b_n^O'],
      ['C = ½Σ(t_n − a_n^O)²'],
      ["δ_n^O = (a_n^O − t_n) a'(z_n^O)"],
      ['δ_n^O = (a_n^O − t_n) a_n^O (1 − a_n^O)'],
      ['∂C/∂w_{k-ij}^{On} = δ_n^O a_ij^{Pk}'],
      ['∂C/∂b_n^O = δ_n^O'],
      ["∂C/∂w_ij^{Fk} = Σ_{i',j'} δ_{i'j'}^{Fk} x_{i+i'−1, j+j'−1}"],
      ['∂C/∂b^{Fk} = Σ_{ij} δ_ij^{Fk}'],
      [`∂z_{i'j'}^{Pk}/∂a_ij^{Fk} = [a_ij^{Fk} = max], ${blocks}`],
      ["∂z_{i'j'}^{Pk}/∂a_ij^{Fk} = [a_ij^{Fk} = max][i' = ⌈i/2⌉][j' = ⌈j/2⌉]"],
      [`δ_ij^{Fk} = ${upstream} [a_ij^{Fk} = max] a'(z_ij^{Fk}), ${blocks}`],
    ],
    refuted: [
      ["δ_n^O = 2 (a_n^O − t_n) a'(z_n^O)"],
      ['δ_n^O = a_n^O − t_n'],
      [`δ_ij^{Fk} = ${upstream} a'(z_ij^{Fk}), ${blocks}`],
      ["∂z^F/∂a^F = a'(z^F)"],
    ],
  },
  {
    name: 'the book’s network, mean-pooling',
    cost: () => book({ pooling: 'avg' }),
    provedForAllSizes: [[`δ_ij^{Fk} = ¼ ${upstream} a'(z_ij^{Fk}), ${blocks}`]],
    refuted: [[`δ_ij^{Fk} = ${upstream} a'(z_ij^{Fk}), ${blocks}`]],
  },
  {
    name: 'the book’s network, L2-pooling',
    cost: () => book({ pooling: 'l2' }),
    provedForAllSizes: [
      [`δ_ij^{Fk} = ${upstream} (a_ij^{Fk} / a_{i'j'}^{Pk}) a'(z_ij^{Fk}), ${blocks}`],
    ],
  },
  {
    name: 'two layers, correlation',
    cost: () => chain('correlation'),
    provedForAllSizes: [
      ["δ^{l-1} = δ^l *full rot180(W^l) ⊙ σ'(z^{l-1})"],
      ["δ^{l-1} = δ^l conv full W^l ⊙ σ'(z^{l-1})"],
      ['∂C/∂W^l = σ(z^{l-1}) *valid δ^l'],
    ],
    refuted: [
      ["δ^{l-1} = δ^l *full W^l ⊙ σ'(z^{l-1})"],
      ["δ^{l-1} = δ^l *valid rot180(W^l) ⊙ σ'(z^{l-1})"],
      ['δ^{l-1} = δ^l *full rot180(W^l)'],
    ],
    ambiguous: [
      ["δ^{l-1} = δ^l * rot180(W^l) ⊙ σ'(z^{l-1})", ['*full, the kernel right']],
      ['∂C/∂W^l = δ^l * σ(z^{l-1})', ['*valid, the kernel left']],
    ],
  },
  {
    name: 'two layers, true convolution',
    cost: () => chain('convolution'),
    provedForAllSizes: [["δ^{l-1} = δ^l *full W^l ⊙ σ'(z^{l-1})"]],
    refuted: [["δ^{l-1} = δ^l *full rot180(W^l) ⊙ σ'(z^{l-1})"], ['∂C/∂W^l = δ^l * σ(z^{l-1})']],
    ambiguous: [
      [
        "δ^{l-1} = δ^l * rot180(W^l) ⊙ σ'(z^{l-1})",
        ['conv full, the kernel right', 'conv full, the kernel left'],
      ],
    ],
  },
  {
    name: 'dense layers',
    cost: layers,
    provedForAllSizes: [
      ["δ^l = (W^{l+1})^T δ^{l+1} ⊙ σ'(z^l)"],
      ['∂C/∂W^l = δ^l (a^{l-1})^T'],
      ['∂C/∂b^l = δ^l'],
      ['a^2 = σ(z^2) = σ(W^2 a^1 + b^2)'],
      ['δ^l = (∂z^{l+1}/∂z^l)^T δ^{l+1}'],
    ],
    // In denominator layout the Jacobian is the transposed one: half of the textbooks write it so.
    holdsIf: [
      [
        'δ^l = (∂z^{l+1}/∂z^l) δ^{l+1}',
        'Jacobians have a row for each variable, as in ∂C/∂x = ∂y/∂x ∂C/∂y',
      ],
    ],
    refuted: [["δ^{l+1} = (W^{l+1})^T δ^l ⊙ σ'(z^l)"], ["δ^l = W^{l+1} δ^{l+1} ⊙ σ'(z^l)"]],
  },
  {
    name: 'Y = W ∗ X with any cost',
    cost: bare,
    provedForAllSizes: [
      ['y_ij = Σ_uv w_uv x_{i+u−1,j+v−1}'],
      ['∂C/∂w_uv = Σ_ij x_{i+u−1,j+v−1} ∂C/∂y_ij'],
      ['∂C/∂x_st = Σ_ij w_{s−i+1,t−j+1} ∂C/∂y_ij'],
    ],
    refuted: [['∂C/∂x_st = Σ_ij w_{s−i+1,t−j+2} ∂C/∂y_ij']],
    holdsIf: [['∂C/∂x_st = Σ_ij w_{s−i,t−j} ∂C/∂y_ij', 'indices count from 0']],
    ambiguous: [
      ['∂C/∂w = ∂C/∂y ⊗ x', ['*valid, the kernel left']],
      ['∂C/∂x = rot180(∂C/∂y) ⊗ w', ['*full, the kernel left']],
    ],
  },
  {
    name: 'softmax and cross-entropy',
    cost: classifier,
    provedForAllSizes: [
      ['y_i = e^{z_i} / Σ_k e^{z_k}'],
      ['∂C/∂z = y − t', ['Σ_i t_i = 1']],
      ['∂y_i/∂z_j = y_i ([i = j] − y_j)'],
    ],
    refuted: [['∂C/∂z = t − y', ['Σ_i t_i = 1']]],
    holdsIf: [['∂C/∂z = y − t', 'the targets sum to 1']],
  },
  {
    name: 'channels',
    cost: channels,
    provedForAllSizes: [
      ['∂C/∂a = ∂C/∂z *full rot180(W)'],
      ['∂C/∂W = a *valid ∂C/∂z'],
      ['z = a *valid W'],
      ['∂C/∂W_{kcuv} = Σ_ij a_{c,i+u−1,j+v−1} ∂C/∂z_{kij}'],
    ],
  },
  {
    name: 'stride 2 and padding 1',
    cost: padded,
    provedForAllSizes: [
      ['z_ij = Σ_uv W_uv x_{2(i−1)+u−1,2(j−1)+v−1}'],
      ['∂C/∂W_uv = Σ_ij x_{2(i−1)+u−1,2(j−1)+v−1} ∂C/∂z_ij'],
      ['∂C/∂x_st = Σ_ij W_{s−2(i−1)+1,t−2(j−1)+1} ∂C/∂z_ij'],
    ],
    refuted: [['z_ij = Σ_uv W_uv x_{2(i−1)+u,2(j−1)+v}']],
  },
  {
    name: 'equal width and relu',
    cost: same,
    provedForAllSizes: [['z = x *same W'], ['a_ij = max(0, z_ij)'], ["∂C/∂z = (a − t) ⊙ a'(z)"]],
    refuted: [['∂C/∂z = (a − t) ⊙ z']],
  },
  {
    name: 'wide convolution',
    cost: wide,
    provedForAllSizes: [['z = x conv full W'], ['∂C/∂x = ∂C/∂z *valid W']],
    refuted: [['z = x *full W']],
  },
]
