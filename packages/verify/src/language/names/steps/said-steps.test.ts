// Which steps a formula speaks of, and what it defines of each step.
import { describe } from 'vitest'
import { table } from '../../authors.fixture.ts'

const recurrent = `x_1: input 3
x_2: input 3
h_0: input 4
W_{xh}: parameter 4 3
W_{hh}: parameter 4 4
b_h: parameter 4
h_1 = tanh(matmul(W_{xh}, x_1) + matmul(W_{hh}, h_0) + b_h)
h_2 = tanh(matmul(W_{xh}, x_2) + matmul(W_{hh}, h_1) + b_h)
y: input 4
L = squaredError(h_2, y)`

const before = 'W_{hh}^T (∂L/∂h_{t+1} ⊙ (1 - h_{t+1}^2))'

describe('a step that is said after a comma', () =>
  table(recurrent, [
    ['proved', '∂L/∂h_t = h_t - y, t = 2'],
    ['proved', 't = 2, ∂L/∂h_t = h_t - y'],
    ['proved', '∂L/∂h_t = h_t - y where t = 2'],
    ['proved', '∂L/∂h_t = h_t - y, t = T'],
    ['proved', '∂L/∂h_t = h_t - y for t = T'],
    ['refuted', '∂L/∂h_t = h_t - y, t = 1'],
    ['refuted', '∂L/∂h_t = h_t - y for t < T'],
    ['proved', `∂L/∂h_t = ${before}, t = T - 1`],
    ['proved', `∂L/∂h_t = ${before} for t < T`],
    ['refuted', '∂L/∂h_t = h_t - y, t = T - 1'],
    [
      'proved',
      `\\frac{∂L}{∂h_t} = \\begin{cases} h_t - y & t = T \\\\ ${before} & t < T \\end{cases}`,
    ],
    [
      'refuted',
      `\\frac{∂L}{∂h_t} = \\begin{cases} h_t - y & t < T \\\\ ${before} & t = T \\end{cases}`,
    ],
    ['ill-formed', '∂L/∂h_t = h_t - y, t = 7'],
    ['ill-formed', 't = 2'],
  ]))

describe('what is defined of each step', () =>
  table(recurrent, [
    ['proved', '∂L/∂b_h = Σ_t δ_t, δ_t = (1 - h_t^2) ⊙ ∂L/∂h_t'],
    ['proved', 'δ_t = (1 - h_t^2) ⊙ ∂L/∂h_t, ∂L/∂W_{hh} = Σ_t δ_t h_{t-1}^T'],
    ['refuted', 'δ_t = (1 - h_t^2) ⊙ ∂L/∂h_t, ∂L/∂W_{hh} = Σ_t δ_t h_t^T'],
    ['proved', '∂L/∂W_{hh}^T = Σ_{t=1}^2 h_{t-1} g_t^T where g_t = (1 - h_t^2) ⊙ ∂L/∂h_t'],
    ['proved', '∂L/∂h_1 = W_{hh}^T g_2, g_t = (1 - h_t^2) ⊙ ∂L/∂h_t'],
    ['refuted', '∂L/∂h_1 = W_{hh}^T g_1, g_t = (1 - h_t^2) ⊙ ∂L/∂h_t'],
    ['proved', '∂L/∂h_t = W_{hh}^T g_{t+1}, g_t = (1 - h_t^2) ⊙ ∂L/∂h_t, t = 1'],
    // Without a word it is the error of what enters the tanh.
    ['proved', '∂L/∂b_h = Σ_t δ_t'],
    ['refuted', '∂L/∂b_h = 2 Σ_t δ_t'],
    // Letters below an array are part of its name where what is defined is an array.
    ['proved', '∂L/∂b_h = u + v, u = (1 - h_2^2) ⊙ ∂L/∂h_2, v = (1 - h_1^2) ⊙ ∂L/∂h_1'],
    ['refuted', '∂L/∂b_h = u - v, u = (1 - h_2^2) ⊙ ∂L/∂h_2, v = (1 - h_1^2) ⊙ ∂L/∂h_1'],
  ]))

const above = `x^{(1)}: input 3
x^{(2)}: input 3
h^{(0)}: input 4
U: parameter 4 3
W: parameter 4 4
h^{(1)} = tanh(matmul(W, h^{(0)}) + matmul(U, x^{(1)}))
h^{(2)} = tanh(matmul(W, h^{(1)}) + matmul(U, x^{(2)}))
L = sum(h^{(1)}) + sum(h^{(2)})`

const g = 'g^{(t)} = diag(1 - (h^{(t)})^2) ∂L/∂h^{(t)}'

describe('what is defined of each step, above', () =>
  table(above, [
    ['proved', `${g}, ∂L/∂W = Σ_{t=1}^T g^{(t)} (h^{(t-1)})^T`],
    ['proved', `${g}, ∂L/∂U^T = Σ_t x^{(t)} g^{(t)T}`],
    ['refuted', `${g}, ∂L/∂W = Σ_{t=1}^T g^{(t)} (h^{(t)})^T`],
  ]))
