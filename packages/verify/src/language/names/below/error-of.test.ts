// Names with an array below them, and names that only look like those of the graph.
import { describe } from 'vitest'
import { table } from '../../authors.fixture.ts'

describe('δ of an array that stands below it, which no letter counts', () => {
  const gates = (last: string) => `x: input 3
h_prev: input 4
W_z: parameter 4 3
U_z: parameter 4 4
U${last}: parameter 4 4
a_z = dense(x, W_z) + dense(h_prev, U_z)
z = sigmoid(a_z)
a_r = dense(x, W_z)
r = sigmoid(a_r)
a${last} = dense(r * h_prev, U${last})
h̃ = tanh(a${last})
h = (1 - z) * h_prev + z * h̃
t: input 4
L = squaredError(h, t)`
  for (const last of ['_h', '']) {
    const below = last && '_h'
    table(gates(last), [
      ['proved', `\\delta_{a${below}} = (h - t) \\odot z \\odot (1 - \\tilde{h}^2)`],
      ['proved', `∂L/∂a_z = (h - t) ⊙ (h̃ - h_{prev}) ⊙ z ⊙ (1 - z)`],
      ['proved', `∂L/∂r = h_{prev} ⊙ U${below}^T δ_{a${below}}`],
      [
        'proved',
        `\\frac{\\partial L}{\\partial U${below}} = \\delta_{a${below}} (r \\odot h_{prev})^T`,
      ],
      ['refuted', `\\frac{\\partial L}{\\partial U${below}} = \\delta_{a${below}} h_{prev}^T`],
      ['refuted', `δ_{a_z} = (h - t) ⊙ (h̃ - h_{prev}) ⊙ z`],
    ])
  }

  table('x: input 3\nW: parameter 2 3\no = dense(x, W)\ny: input 2\nL = squaredError(o, y)', [
    ['proved', 'δ_o = o - y'],
    ['proved', 'dW = δ_o x^T'],
    // Where o counts, it is an index.
    ['proved', '∂L/∂W_{ok} = (o_o - y_o) x_k'],
    ['refuted', 'δ_o = y - o'],
  ])
})

describe('names of programs that graphs have in mathematics', () => {
  table(
    'x: input 5 4\nw: parameter 4\nH_pre = x * w\nH = tanh(H_pre)\nY: input 5 4\nL = squaredError(H, Y)',
    [
      ['proved', 'dH_pre = (1 - H**2) * dH'],
      ['proved', 'd_H_pre = (1 - H**2) * d_H'],
      ['refuted', 'dH_pre = (1 - H_pre**2) * dH'],
    ],
  )
})

describe('a capital letter that stands beside the small one is no name of it', () => {
  table('a_i: input 6\nμ = mean(a)\nh_i = a - μ\nL = sum(square(h))', [
    ['ill-formed', '∂L/∂a_i = 2 h_i - \\frac{1}{H} Σ_j h_j'],
    ['proved', 'A_i - μ = H_i'],
  ])

  table('X: input 5 4\nw: parameter 4\ny: input 5\nL = sum(square(matmul(X, w) - y))', [
    ['proved', '∂L/∂w_j = 2 Σ_i (x_i^T w - y_i) X_{ij}'],
  ])

  table(
    'U: parameter 5 3\nV: parameter 4 3\nR: input 5 4\nE = R - matmul(U, transpose(V))\nJ = sum(square(E))',
    [
      ['proved', '∂J/∂U_{ik} = -2 Σ_j e_{ij} v_{jk}'],
      ['refuted', '∂J/∂U_{ik} = -Σ_j e_{ij} v_{jk}'],
      ['ill-formed', '∂J/∂U_{ik} = e_i'],
    ],
  )
})
