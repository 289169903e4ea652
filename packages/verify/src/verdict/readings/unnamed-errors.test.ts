// δ_1 and δ_2 of networks that have no name for what enters their layers.
import { describe } from 'vitest'
import { table } from '../../language/authors.fixture.ts'

describe('layers that are called x_1 and x_2', () =>
  table(
    `x_0: input 4
W_1: parameter 5 4
b_1: parameter 5
x_1 = sigmoid(W_1 @ x_0 + b_1)
W_2: parameter 3 5
b_2: parameter 3
x_2 = sigmoid(W_2 @ x_1 + b_2)
y: input 3
E = squaredError(x_2, y)`,
    [
      ['proved', '\\frac{\\partial E}{\\partial W_L} = \\delta_L x_{L-1}^T'],
      ['proved', "\\delta_2 = (x_2 - y) \\circ \\sigma'(W_2 x_1 + b_2)"],
      ['proved', '∂E/∂W_1 = δ_1 x_0^T'],
      ['refuted', '∂E/∂W_1 = δ_1 x_1^T'],
      ['refuted', '∂E/∂W_1 = 2 δ_1 x_0^T'],
      // True of the errors of x_1 and x_2, which somebody may mean.
      ['ill-formed', "δ_1 = W_2^T (δ_2 ⊙ σ'(W_2 x_1 + b_2))"],
      ['proved', '∂E/∂b_2 = δ_2, δ_2 = ∂E/∂x_2 ⊙ x_2 ⊙ (1 - x_2)'],
      ['ill-formed', '∂E/∂W_1 = δ_3 x_0^T'],
    ],
  ))

describe('layers that only their weights count, the last without an activation', () =>
  table(
    `x: input 4
W_1: parameter 5 4
h = tanh(W_1 @ x)
W_2: parameter 3 5
u = W_2 @ h
y: input 3
E = squaredError(u, y)`,
    [
      ['proved', 'δ_2 = u - y'],
      ['proved', 'δ^{(1)} = W_2^T δ^{(2)} ⊙ (1 - h^2)'],
      ['proved', '∂E/∂W_1 = δ_1 x^T'],
      // Whether it is the error of h, which has no number, nobody asks.
      ['ill-formed', 'δ_1 = W_2^T δ_2'],
    ],
  ))
