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

describe('errors of gates that have the letters of other things', () => {
  table(
    `x: input 3
c: input 4
W_i: parameter 4 3
W_g: parameter 4 3
z_i = dense(x, W_i)
z_g = dense(x, W_g)
i = sigmoid(z_i)
g = tanh(z_g)
c_new = c + i * g
h = tanh(c_new)
y: input 4
L = squaredError(h, y)`,
    [
      // C of ∂C/∂h is the cost, and not the state c.
      ['proved', 'δ_h = h - y'],
      ['proved', 'δ_{c_{new}} = δ_h ⊙ (1 - h^2)'],
      ['proved', 'δ_i = δ_{c_{new}} ⊙ g'],
      ['proved', 'δ_{z_i} = δ_i ⊙ i ⊙ (1 - i)'],
      ['proved', '\\frac{\\partial L}{\\partial W_g} = \\delta_{z_g} x^T'],
      ['refuted', 'δ_g = δ_{c_{new}} ⊙ c'],
      ['refuted', 'δ_{z_g} = δ_g ⊙ g'],
    ],
  )
})

describe('E_t beside E_1, E_2 and their sum', () => {
  table(
    `x_1: input 3
x_2: input 3
V: parameter 2 3
o_1 = dense(x_1, V)
o_2 = dense(x_2, V)
y_1: input 2
y_2: input 2
E_1 = squaredError(o_1, y_1)
E_2 = squaredError(o_2, y_2)
E = E_1 + E_2`,
    [
      ['proved', 'E = Σ_t E_t'],
      ['proved', '∂E/∂V = Σ_t ∂E_t/∂V'],
      ['proved', '∂E_2/∂V = δ_2 x_2^T, δ_2 = o_2 - y_2'],
      ['refuted', '∂E/∂V = ∂E_2/∂V'],
      ['refuted', '∂E_2/∂V = δ_2 x_2^T, δ_2 = y_2 - o_2'],
    ],
  )
})

describe('entries of matrices, in small letters, and what is written by its entries', () => {
  table(
    `X: input n=5 d=3
W: parameter 3 k=4
P = softmax(matmul(X, W), axis=1)
y: input 5 4
L = 0 - sum(y * P)`,
    [
      ['proved', 'P_{ij} = \\frac{\\exp(x_i^\\top w_j)}{\\sum_{l=1}^k \\exp(x_i^\\top w_l)}'],
      ['proved', '∂L/∂W_{ab} = - Σ_i x_{ia} (p_{ib} y_{ib} - p_{ib} Σ_c p_{ic} y_{ic})'],
      ['refuted', '∂L/∂W_{ab} = - Σ_i x_{ia} (p_{ib} y_{ib} - p_{ib} Σ_c y_{ic})'],
    ],
  )

  table('z_i: input 4\np = sigmoid(z)\nL = sum(p)', [
    ['proved', '\\frac{\\partial p}{\\partial z} = \\text{diag}(p_i (1 - p_i))'],
    ['proved', '\\frac{\\partial p}{\\partial z} = \\text{diag}(p_i - p_i^2)'],
    ['refuted', '\\frac{\\partial p}{\\partial z} = \\text{diag}(p_i)'],
    ['ill-formed', '\\frac{\\partial p}{\\partial z} = \\text{diag}(p_i (1 - p_j))'],
  ])
})

describe('sums as people write them', () => {
  table('x_i: input n=5\nw_i: parameter 5\nb: parameter\nz = sum(w * x) + b\nL = square(z)', [
    ['proved', 'z = w_1 x_1 + w_2 x_2 + \\dots + w_n x_n + b'],
    ['proved', 'z = b + w_1 x_1 + \\cdots + w_n x_n'],
    ['proved', 'z - b = w_1x_1 + ... + w_nx_n'],
    ['proved', 'x_1 + x_2 + \\dots + x_{n-1} + x_n = \\sum_i x_i'],
    ['proved', '2 w_1 x_1 + \\dots + 2 w_n x_n = 2(z - b)'],
    ['proved', 'z = \\sum_{i=1}^{i=n} w_i x_i + b'],
    ['proved', 'z = \\sum_{\\text{all } i} w_i x_i + b'],
    ['proved', 'z = \\sum_{i \\in \\text{inputs}} w_i x_i + b'],
    ['refuted', 'z = w_1 x_1 + \\dots + w_n x_n'],
    ['ill-formed', 'z = w_1 x_2 + \\dots + w_n x_n + b'],
    // Which are active, nobody says.
    ['ill-formed', 'z = \\sum_{i \\in \\text{active}} w_i x_i + b'],
    ['refuted', '\\frac{\\partial L}{\\partial w} = 2 z x^T'],
  ])
})

describe('what rowsum(A) is called stands beside every column, as rowsum(A) does', () => {
  table(
    `S: parameter n=3 3
A = softmax(S, axis=1)
V: parameter 3 k=2
O = matmul(A, V)
T: input 3 2
L = squaredError(O, T)`,
    [
      ['proved', 'dS = A \\odot (dA - D), D = \\text{rowsum}(dA \\odot A)'],
      ['refuted', 'dS = A \\odot (dA - D), D = \\text{rowsum}(dA)'],
      // k is a length, and k_j no row of it.
      ['proved', 'o_i = \\sum_j A_{ij} v_j'],
    ],
  )
})
