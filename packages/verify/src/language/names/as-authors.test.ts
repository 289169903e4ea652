// Names, layers and definitions as authors have them: each true formula beside its false twins.
import { describe, expect, it } from 'vitest'
import { judged, table } from '../authors.fixture.ts'

describe('a tilde is a part of the name, however the graph spells it', () => {
  table(
    `z: input 3
hprev: input 3
U: parameter 3 3
htilde = tanh(dense(hprev, U))
h = (1 - z) * hprev + z * htilde
t: input 3
L = squaredError(h, t)`,
    [
      ['holds-if', '\\frac{\\partial h}{\\partial z} = \\tilde{h} - h_{prev}'],
      ['holds-if', '∂h/∂z = h̃ − h_{prev}'],
      ['proved', '\\frac{\\partial L}{\\partial \\tilde{h}} = (h - t) \\odot z'],
      ['refuted', '\\frac{\\partial h}{\\partial z} = h - h_{prev}'],
      ['refuted', '\\frac{\\partial h}{\\partial z} = \\tilde{h} + h_{prev}'],
      ['ill-formed', '\\frac{\\partial h}{\\partial z} = \\bar{h} - h_{prev}'],
    ],
  )

  table('x: input 3\nh_tilde = tanh(x)\nxbar = x * x\nC = sum(h_tilde * xbar)', [
    ['proved', '\\tilde h = \\tanh(x)'],
    ['proved', '\\frac{\\partial C}{\\partial \\tilde{h}_i} = \\bar x_i'],
    ['refuted', '\\bar x = \\tilde h'],
  ])
})

describe('what wears an accent is another array where the formula has the plain one too', () => {
  table('x: input 3\nh = x * x\nC = sum(h)', [
    ['proved', '\\tilde h = x^2'],
    ['proved', '\\hat h_i = x_i^2'],
    ['ill-formed', 'h - \\tilde h = 0'],
  ])
})

describe('where an author has layers below, h_2^2 is a square', () => {
  table(
    `x: input 3
W1: parameter 3 3
W2: parameter 3 3
h1 = tanh(dense(x, W1))
h2 = tanh(dense(h1, W2))
t: input 3
L = squaredError(h2, t)`,
    [
      ['proved', '\\frac{\\partial L}{\\partial h_1} = W_2^T ((h_2 - t) \\odot (1 - h_2^2))'],
      ['proved', '\\frac{\\partial h_2}{\\partial h_1} = \\text{diag}(1 - h_2^2) W_2'],
      ['refuted', '\\frac{\\partial L}{\\partial h_1} = W_2^T ((h_2 - t) \\odot (1 - h_1^2))'],
      ['refuted', '\\frac{\\partial h_2}{\\partial h_1} = \\text{diag}(1 + h_2^2) W_2'],
      // Layers above: the second entry of the first layer.
      ['proved', 'h^1_2 = \\tanh(\\sum_j W^1_{2j} x_j)'],
      ['refuted', 'h^2_1 = \\tanh(\\sum_j W^1_{2j} x_j)'],
    ],
  )
})

describe('the indices of a definition are its own', () => {
  table(
    `P: input 3 4
S: input 3 4
y = P * S
T: input 3 4
L = squaredError(y, T)`,
    [
      ['proved', '\\sum_j y_{ij} = D_i, D_i = \\sum_j P_{ij} S_{ij}'],
      ['proved', 'y_{ij} D_i = y_{ij} \\sum_k y_{ik} where D_i = \\sum_j P_{ij} S_{ij}'],
      ['refuted', 'y_{ij} D_i = y_{ij} \\sum_k y_{ik} where D_i = \\sum_j P_{ij}'],
      ['proved', '\\sum_j c_j = \\sum_{k,j} y_{kj} where c_i = \\sum_j y_{ji}'],
      ['refuted', '\\sum_j c_j = \\sum_{k,j} S_{kj} where c_i = \\sum_j y_{ji}'],
    ],
  )
})

describe('an argument without parentheses may end before those that follow', () => {
  table('x: input n=3\ny: input\nt: input\nu = sqrt(n) * (x - mean(x))\nC = sum(u) + t * y', [
    ['proved', 'u = √n (x - 1/n Σ_i x_i)'],
    ['proved', 'u_i = \\sqrt n (x_i - \\frac1n \\sum_j x_j)'],
    ['refuted', 'u = √n (x + 1/n Σ_i x_i)'],
    ['ambiguous', 'log y (1 - t) = log(y) (1 - t)'],
    ['ambiguous', 'log y (1 - t) = log(y (1 - t))'],
    ['proved', '√σ(x_1) = σ(x_1)^{1/2}'],
  ])
})

describe('a number divides, a product of matrices does not', () => {
  table(
    `Q: input n=3 d=2
K: input 4 2
S = matmul(Q, transpose(K)) / sqrt(d)
C = sum(S * S)`,
    [
      ['proved', 'S = 1/√d Q K^T'],
      ['proved', '∂C/∂K = 1/√d (∂C/∂S)^T Q'],
      ['refuted', '∂C/∂K = √d (∂C/∂S)^T Q'],
      ['refuted', 'S = 1/d Q K^T'],
    ],
  )
})

describe('a sum ends before + where its letter is of a sum around it', () => {
  table('A: input 3 3\nb: input 3\nC = sum(A * A) + sum(b * b)', [
    ['proved', 'Σ_i (b_i Σ_{i,k} A_{ik} + b_i) = Σ_i b_i (Σ_{j,k} A_{jk} + 1)'],
    ['refuted', 'Σ_i (b_i Σ_{i,k} A_{ik} + b_i) = Σ_i b_i Σ_{j,k} (A_{jk} + 1)'],
    // Where nothing around it has the letter, it goes on.
    ['proved', 'C = Σ_i b_i b_i + Σ_{j,k} A_{jk}^2'],
  ])
})

describe('rows of a network that has them, and targets that sum to 1', () => {
  table(
    `x: input 3
W: parameter 3 4
h = sigmoid(matmul(x, W))
V: parameter 4 5
o = matmul(h, V)
p = softmax(o)
y: input 5
J = 0 - sum(y * log(p))`,
    [
      ['holds-if', '\\frac{\\partial J}{\\partial V} = h^\\top (p - y)'],
      [
        'holds-if',
        '\\frac{\\partial J}{\\partial x} = ((p - y) V^\\top \\odot h \\odot (1 - h)) W^\\top',
      ],
      ['refuted', '\\frac{\\partial J}{\\partial V} = h^\\top (y - p)'],
      [
        'refuted',
        '\\frac{\\partial J}{\\partial x} = ((p - y) V^\\top \\odot h \\odot (1 + h)) W^\\top',
      ],
    ],
  )
})

describe('δ_j and δ_k are errors of the arrays that their letters run over', () => {
  const twoLayers = (lengths: readonly [x: number, z: number, y: number]) => {
    const [x, z, y] = lengths
    return `x_i: input ${x}
w_{ji}: parameter ${z} ${x}
v_{kj}: parameter ${y} ${z}
a_j = dense(x, w)
z_j = tanh(a)
y_k = dense(z, v)
t_k: input ${y}
E = squaredError(y, t)`
  }
  table(twoLayers([3, 4, 2]), [
    ['proved', '\\delta_k = y_k - t_k'],
    ['proved', "\\delta_j = h'(a_j) \\sum_k v_{kj} \\delta_k"],
    ['proved', '\\delta_j = (1 - z_j^2) \\sum_k v_{kj} \\delta_k'],
    ['proved', '\\frac{\\partial E}{\\partial w_{ji}} = \\delta_j x_i'],
    ['proved', '\\frac{\\partial E}{\\partial v_{kj}} = \\delta_k z_j'],
    ['refuted', '\\delta_k = t_k - y_k'],
    ['refuted', '\\frac{\\partial E}{\\partial v_{kj}} = \\delta_j z_j'],
    ['refuted', '\\delta_j = (1 + z_j^2) \\sum_k v_{kj} \\delta_k'],
  ])
  // Of one length: nothing says which, and what no reading makes true is refuted.
  table(twoLayers([3, 3, 3]), [
    ['ambiguous', '\\delta = y - t'],
    ['refuted', '\\delta = t - y'],
  ])
})

describe('* where no matrices are multiplied, and beside what holds', () => {
  table('x: input 4 4\na = relu(x)\nt: input 4 4\nL = squaredError(a, t)', [
    ['proved', 'dx = da * (x > 0)'],
    ['proved', "dx = da * relu'(x)"],
    ['refuted', 'dx = da * (x < 0)'],
  ])
})

it('a Jacobian without a name is asked for, and is not the cost', () => {
  const judge = judged('z: input 4\np = softmax(z)\nt: input 4\nL = crossEntropy(z, t)')
  expect(judge('J = \\text{diag}(p) - p p^T')).toMatchObject({
    kind: 'ill-formed',
    reason: expect.stringContaining('no array ‘J’'),
  })
})

describe('an array of this very name is meant, and no row of another', () => {
  table(
    `X: input m=6 n=4
W_1: parameter 4 5
Z_1 = relu(X @ W_1)
W_2: parameter 5 3
Z = Z_1 @ W_2
Y: input 6 3
L = squaredError(Z, Y)`,
    [
      ['proved', 'Z_1 = \\mathrm{ReLU}(X W_1)'],
      ['proved', '∂L/∂W_2 = Z_1^T (Z - Y)'],
      ['refuted', 'Z_1 = X W_1'],
      ['refuted', '∂L/∂W_2 = Z_1 (Z - Y)'],
    ],
  )
  table('x: input 3\nh_1 = tanh(x)\nh = h_1 * x\nC = sum(h)', [
    ['ambiguous', 'h_1 = \\tanh(x)'],
    ['refuted', 'h_1 = 2 \\tanh(x)'],
  ])
})

describe('what is computed from x is itself before (x)', () => {
  table('x: input\nβ: parameter\nf = x * sigmoid(β * x)\nL = square(f)', [
    ['proved', 'f(x) = x \\cdot \\sigma(\\beta x)'],
    ['proved', "f'(x) = \\beta f(x) + \\sigma(\\beta x)(1 - \\beta f(x))"],
    ['ambiguous', 'x \\sigma(\\beta x) x = f(x)'],
    ['refuted', 'f(x) = \\sigma(\\beta x)'],
    ['refuted', "f'(x) = \\sigma(\\beta x)"],
  ])
})

describe('z beside z^l is of that layer', () => {
  table(
    `x: input 3
W^1: parameter 4 3
z^1 = dense(x, W^1)
a^1 = tanh(z^1)
W^2: parameter 2 4
z^2 = dense(a^1, W^2)
a^2 = tanh(z^2)
t: input 2
C = squaredError(a^2, t)`,
    [
      ['proved', '\\delta^l = \\frac{\\partial C}{\\partial z^l} = \\nabla_z C'],
      ['ambiguous', "\\delta^l = \\nabla_a C \\odot a'(z^l)"],
      ['proved', "\\delta^L = \\nabla_a C \\odot a'(z^L)"],
      ['refuted', '\\delta^l = 2 \\nabla_z C'],
    ],
  )
})

describe('a sum over steps leaves out what is given before the first', () => {
  table(
    `x_1: input
x_2: input
h_0: input
w: parameter
b: parameter
h_1 = tanh(w * h_0 + x_1 + b)
h_2 = tanh(w * h_1 + x_2 + b)
L = h_1 + h_2 * h_2`,
    [
      [
        'proved',
        '\\frac{\\partial L}{\\partial b} = \\sum_t \\frac{\\partial L}{\\partial h_t} (1 - h_t^2)',
      ],
      [
        'proved',
        '\\frac{\\partial L}{\\partial w} = \\sum_t \\frac{\\partial L}{\\partial h_t} (1 - h_t^2) h_{t-1}',
      ],
      [
        'refuted',
        '\\frac{\\partial L}{\\partial w} = \\sum_t \\frac{\\partial L}{\\partial h_t} (1 - h_t^2) h_t',
      ],
    ],
  )
})

describe('a map of layer 1 is none of layer 10', () => {
  table(
    `a^1_{kij}: input 2 3 3
a^{10}_{kij}: input 2 3 3
s = sum(a^1, axis=0)
r = sum(a^{10}, axis=0)
L = sum(s * r)`,
    [
      ['proved', 's_{ij} = \\sum_k a^{1k}_{ij}'],
      ['refuted', 'r_{ij} = \\sum_k a^{1k}_{ij}'],
    ],
  )
})

describe('letters say which layer a weight is of', () => {
  table(
    `x_i: input D=4
w^{(1)}_{ji}: parameter M=5 4
a_j = matmul(w^{(1)}, x)
z_j = tanh(a)
w^{(2)}_{kj}: parameter K=3 5
y_k = matmul(w^{(2)}, z)
t_k: input 3
E_n = squaredError(y, t)`,
    [
      ['proved', '\\delta_k = y_k - t_k'],
      ['proved', '\\delta_j = (1 - z_j^2) \\sum_{k=1}^K w_{kj} \\delta_k'],
      ['proved', '\\frac{\\partial E_n}{\\partial w_{ji}^{(1)}} = \\delta_j x_i'],
      ['refuted', '\\delta_j = (1 - z_j^2) \\sum_{k=1}^K w_{jk} \\delta_k'],
      ['refuted', '\\delta_j = (1 - z_j) \\sum_{k=1}^K w_{kj} \\delta_k'],
    ],
  )
})
