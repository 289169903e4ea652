// What authors leave out where only one thing can be meant: the layer of an error, the transpose of
// a row, the letter of a batch. Each true formula beside its false twins.

import { checkLectures } from '../../lecture.fixture.ts'
import { table } from '../authors.fixture.ts'

const L = String.raw

checkLectures([
  {
    name: 'δ without its layer is the error that fits',
    network: `x: input 4
W^1: parameter 5 4
z^1 = W^1 @ x
a^1 = sigmoid(z^1)
W^2: parameter 3 5
z^2 = W^2 @ a^1
a^2 = sigmoid(z^2)
y: input 3
C = squaredError(a^2, y)`,
    proved: [
      L`\delta = (a^2 - y) \odot \sigma'(z^2)`,
      L`\delta_j = (a^2_j - y_j) \sigma'(z^2_j)`,
      L`\frac{\partial C}{\partial W^2} = \delta (a^1)^T`,
      L`\frac{\partial C}{\partial W^2} = \delta \cdot a^{1T}`,
      L`\frac{\partial C}{\partial W^2_{jk}} = \delta_j a^1_k`,
      L`\frac{\partial C}{\partial W^1} = \delta x^T`,
      L`\frac{\partial C}{\partial a^1} = (\delta^T W^2)^T`,
    ],
    refuted: [
      L`\delta = (y - a^2) \odot \sigma'(z^2)`,
      L`\delta = a^2 - y`,
      L`\frac{\partial C}{\partial W^2} = \delta x^T`,
      L`\frac{\partial C}{\partial W^2_{jk}} = \delta_j z^1_k`,
    ],
    illFormed: [L`\frac{\partial C}{\partial W^2} = \epsilon (a^1)^T`],
  },
  {
    name: 'the output of layers without z has no activation',
    network: `x: input 4
W_1: parameter 5 4
u_1 = W_1 @ x
h_1 = tanh(u_1)
W_2: parameter 3 5
u_2 = W_2 @ h_1
t: input 3
E = squaredError(u_2, t)`,
    proved: [
      L`\delta_2 = u_2 - t`,
      L`\delta_1 = (1 - h_1^2) \odot W_2^T \delta_2`,
      L`\frac{\partial E}{\partial W_2} = \delta h_1^T`,
    ],
    refuted: [L`\delta_2 = t - u_2`, L`\delta_1 = (1 - u_1^2) \odot W_2^T \delta_2`],
    illFormed: [L`\delta_3 = u_2 - t`],
  },
  {
    name: 'a row beside a vector is their inner product',
    network: `x: input D=4
w: parameter 3 4
s = w @ x
Δ: input
L = max(0, s[0] - s[1] + Δ)`,
    proved: [
      's_1 = w_1 x',
      's_1 = x w_1',
      L`\frac{\partial L}{\partial w_1} = \mathbb{1}(w_1 x - w_2 x + \Delta > 0) x`,
      L`\nabla_{w_2} L = -1(x w_1 - x w_2 + \Delta > 0) x`,
    ],
    refuted: [
      's_1 = w_2 x',
      L`\frac{\partial L}{\partial w_1} = \mathbb{1}(w_1 x - w_2 x - \Delta > 0) x`,
      L`\frac{\partial L}{\partial w_1} = (w_1 x) x`,
    ],
    illFormed: ['s_1 = w_1 v'],
  },
  {
    name: 'rows of two matrices that are multiplied entry by entry',
    network: `x: input 3 4
w: parameter 3 4
y = w * x
L = sum(y)`,
    proved: ['y_1 = w_1 x_1', 'y_{1j} = w_{1j} x_{1j}'],
    refuted: ['y_1 = w_1 x_2'],
  },
  {
    name: 'μ_B and σ_B² are of the batch',
    network: `x: input B=5
mu = mean(x)
sigma2 = mean((x - mu)^2)
L = mu * sigma2`,
    proved: [
      L`\mu_{\mathcal{B}} = \frac1B \sum_i x_i`,
      L`\sigma_B^2 = \frac1B \sum_i (x_i - \mu_B)^2`,
    ],
    refuted: [L`\sigma_B^2 = \frac1B \sum_i (x_i + \mu_B)^2`],
    illFormed: [L`\mu_A = \frac1B \sum_i x_i`],
  },
])

// The derivative of a number by a vector is a row, where that is the layout.
table(
  `x: input 3
w: parameter 3
b: parameter
z = w^T x + b
a = sigmoid(z)
y: input
L = 0 - y * log(a) - (1 - y) * log(1 - a)`,
  [
    ['proved', L`\frac{\partial z}{\partial w} = x`],
    ['holds-if', L`\frac{\partial z}{\partial w} = x^T`],
    ['holds-if', L`\frac{\partial a}{\partial w} = a (1 - a) x^T`],
    ['refuted', L`\frac{\partial z}{\partial w} = -x^T`],
    ['refuted', L`\frac{\partial z}{\partial x} = x^T`],
    // Of the cost a gradient is as long as what it is by.
    ['refuted', L`\frac{\partial L}{\partial w} = (a - y) x^T`],
  ],
)

// A sum over those of which a condition on values holds.
table(
  `X: input m=5 3
y: input 5
w: parameter 3
b: parameter
λ: input
s = X @ w + b
J = λ/2 * sum(w^2) + mean(max(0, 1 - y * s))`,
  [
    ['proved', L`\nabla_w J = \lambda w - \frac{1}{m}\sum_{i:\, y_i s_i < 1} y_i x_i`],
    ['proved', L`\nabla_b J = -\frac{1}{m}\sum_{i:\, 1 - y_i s_i > 0} y_i`],
    ['refuted', L`\nabla_b J = -\frac{1}{m}\sum_{i:\, y_i s_i > 1} y_i`],
    ['refuted', L`\nabla_b J = \frac{1}{m}\sum_{i:\, y_i s_i < 1} y_i`],
    ['ill-formed', L`\nabla_b J = -\frac{1}{m}\sum_{y_i s_i < 1} y_i`],
  ],
)
