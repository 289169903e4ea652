// Gradients, definitions and words as authors have them: each true formula beside its false twins.
import { describe } from 'vitest'
import { table } from '../authors.fixture.ts'

describe('gradients are rows beside a Jacobian, and columns elsewhere', () => {
  table(
    `x: input n=4
W: parameter 4 4
F = tanh(dense(x, W))
y = x + F
t: input 4
L = squaredError(y, t)`,
    [
      [
        'holds-if',
        '\\frac{\\partial L}{\\partial x} = \\frac{\\partial L}{\\partial y} \\frac{\\partial y}{\\partial x}',
      ],
      [
        'holds-if',
        '\\frac{\\partial L}{\\partial x} = \\frac{\\partial L}{\\partial y} (I + \\frac{\\partial F}{\\partial x})',
      ],
      [
        'refuted',
        '\\frac{\\partial L}{\\partial x} = 2 \\frac{\\partial L}{\\partial y} \\frac{\\partial y}{\\partial x}',
      ],
      ['refuted', '\\frac{\\partial L}{\\partial x} = \\frac{\\partial L}{\\partial y} W'],
      [
        'proved',
        '\\frac{\\partial L}{\\partial x} = (\\frac{\\partial y}{\\partial x})^T \\frac{\\partial L}{\\partial y}',
      ],
      ['proved', 'y = x + F(x, W)'],
      [
        'proved',
        '\\frac{\\partial L}{\\partial x} = \\delta + W^\\top (\\delta \\odot (1 - F^2)), \\quad \\delta = y - t',
      ],
      [
        'refuted',
        '\\frac{\\partial L}{\\partial x} = \\delta + W^\\top (\\delta \\odot (1 - F^2)), \\quad \\delta = t - y',
      ],
    ],
  )
})

describe('the one parameter, and names that a formula makes', () => {
  table(
    `X: input n=6 d=3
w: parameter 3
μ = sigmoid(matmul(X, w))
y: input 6
J = 0 - sum(y * log(μ) + (1 - y) * log(1 - μ))`,
    [
      ['proved', '\\nabla J = X^T (\\mu - y)'],
      ['proved', 'g = \\nabla J = \\sum_i (\\mu_i - y_i) x_i'],
      ['proved', 'H = \\nabla^2 J = X^T S X, \\quad S = \\mathrm{diag}(\\mu \\odot (1 - \\mu))'],
      ['proved', '\\nabla J = X^T r_1, \\quad r_1 = \\mu - y'],
      ['refuted', 'g = \\nabla J = X^T (y - \\mu)'],
      ['refuted', '\\nabla J = X^T r_1, \\quad r_1 = y - \\mu'],
      ['ill-formed', 'g = \\nabla J'],
      ['ill-formed', '\\nabla J = X^T r_2, \\quad r_1 = \\mu - y'],
    ],
  )
})

describe('operators, gradients below a d, words of other languages', () => {
  table('z: input\na = softplus(z)\nL = a * a', [
    ['proved', '\\frac{d}{dz} \\tanh(z) = 1 - \\tanh^2(z)'],
    ['proved', '\\frac{\\mathrm{d}}{\\mathrm{d}z} a = \\sigma(z)'],
    ['proved', 'd_a = 2 a'],
    ['proved', '\\frac{\\partial L}{\\partial z} = 2 a s \\text{ avec } s = \\sigma(z)'],
    ['proved', 'L = a^2 \\quad \\text{und} \\quad d_a = 2a'],
    ['refuted', '\\frac{d}{dz} \\tanh(z) = 1 + \\tanh^2(z)'],
    ['refuted', 'd_a = a'],
  ])
  table('x: input n=3\na_i = softmax(x)\nt: input 3\nL = squaredError(a, t)', [
    ['proved', '\\frac{\\partial a_j}{\\partial x_i} = -a_i a_j,\\quad i \\neq j.'],
    ['proved', '\\frac{\\partial L}{\\partial a_i} = a_i - t_i \\quad \\text{für alle } i'],
    ['refuted', '\\frac{\\partial a_j}{\\partial x_i} = a_i a_j,\\quad i \\neq j.'],
  ])
})

describe('a sum over steps that may begin with what is given', () => {
  table('h_0: input\nw: parameter\nh_1 = w * h_0\nh_2 = w * h_1\nL = h_0 + h_1 + h_2', [
    ['ambiguous', 'L = \\sum_t h_t'],
    ['proved', 'L = \\sum_{t=0}^{2} h_t'],
    ['proved', '\\frac{dL}{dw} = \\sum_t \\frac{\\partial L}{\\partial h_t} h_{t-1}'],
    ['refuted', 'L = 2 \\sum_t h_t'],
  ])
})

describe('errors of several arrays, side by side', () => {
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
      ['proved', '\\delta_k = y_k - t_k, \\quad \\delta_j = (1 - z_j^2) \\sum_k w_{kj} \\delta_k'],
      [
        'proved',
        '\\delta_k = y_k - t_k, \\quad \\frac{\\partial E_n}{\\partial w^{(2)}_{kj}} = \\delta_k z_j',
      ],
      ['refuted', '\\delta_k = t_k - y_k, \\quad \\delta_j = (1 - z_j^2) \\sum_k w_{kj} \\delta_k'],
    ],
  )
})
