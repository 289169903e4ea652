// f(x) for what a network computes, losses that are called by their initials, and chain rules of
// matrices: each true formula beside its false twins.

import { checkLectures } from '../../lecture.fixture.ts'
import { table } from '../authors.fixture.ts'

const L = String.raw

checkLectures([
  {
    name: 'f(x), h(x) and h_θ(x) are the output for an input x',
    network: `x: input 3
w: parameter 3
b: parameter
z = w^T x + b
a = sigmoid(z)
y: input
L = 0 - y * log(a) - (1 - y) * log(1 - a)`,
    proved: [
      L`\frac{\partial L}{\partial w_j} = (f(x) - y) x_j`,
      L`\frac{\partial L}{\partial w} = (h(x) - y) x`,
      L`\frac{\partial L}{\partial w} = (h_\theta(x) - y) x`,
      L`f(x) = \sigma(w^T x + b)`,
      // Of any x.
      L`f(x) = \frac{1}{1 + e^{-x}}`,
      "f'(x) = f(x) (1 - f(x))",
    ],
    refuted: [
      L`\frac{\partial L}{\partial w_j} = (y - f(x)) x_j`,
      L`\frac{\partial L}{\partial w} = (y - h(x)) x`,
      L`f(x) = \frac{1}{1 + e^{x}}`,
    ],
    // They may say what f is.
    illFormed: ['f(x) = w^T x + b', 'h(x) = w^T x + b', 'g(x) = w^T x'],
  },
  {
    name: 'CE, H and KL',
    network: `z: input K=4
p = softmax(z)
q: input 4
y: input 4
L = 0 - sum(y * log(p))`,
    proved: [
      'L = CE(y, p)',
      L`L = \mathrm{CE}(\hat{y}, y)`,
      L`L = \text{CE}(y, \mathrm{softmax}(z))`,
      'L = H(y, p)',
      L`D_{KL}(q \,\|\, p) = H(q, p) - H(q, q)`,
      L`\frac{\partial}{\partial z_i} CE(y, p) = p_i \sum_j y_j - y_i`,
    ],
    refuted: ['L = -CE(y, p)', 'L = H(y, q)', L`KL(q || p) = H(q, p) + H(q, q)`],
    illFormed: ['L = CE(y, q)', 'L = CE(y, p, q)', 'L = CE(y, u)'],
  },
])

// Chain rules of matrices, in either order.
table(
  `X: input 4 m=6
W: parameter 2 4
Z = W @ X
A = sigmoid(Z)
Y: input 2 6
L = squaredError(A, Y)`,
  [
    [
      'proved',
      L`\frac{\partial L}{\partial Z} = \frac{\partial L}{\partial A} \cdot \frac{\partial A}{\partial Z} = dA \cdot \sigma'(Z)`,
    ],
    [
      'proved',
      L`\frac{\partial L}{\partial W} = \frac{\partial L}{\partial Z} \frac{\partial Z}{\partial W}`,
    ],
    [
      'holds-if',
      L`\frac{\partial L}{\partial W} = \frac{\partial Z}{\partial W} \frac{\partial L}{\partial Z}`,
    ],
    [
      'refuted',
      L`\frac{\partial L}{\partial Z} = 2 \frac{\partial L}{\partial A} \cdot \frac{\partial A}{\partial Z}`,
    ],
    ['refuted', L`\frac{\partial L}{\partial Z} = \frac{\partial L}{\partial A} \cdot \sigma(Z)`],
  ],
)

// Where all are square, both layouts fit.
table(
  `X: input 3 3
W: parameter 3 3
Z = W @ X
T: input 3 3
L = squaredError(Z, T)`,
  [
    [
      'proved',
      L`\frac{\partial L}{\partial W} = \frac{\partial L}{\partial Z} \frac{\partial Z}{\partial W}`,
    ],
    [
      'holds-if',
      L`\frac{\partial L}{\partial W} = \frac{\partial Z}{\partial W} \frac{\partial L}{\partial Z}`,
    ],
    [
      'refuted',
      L`\frac{\partial L}{\partial W} = -\frac{\partial Z}{\partial W} \frac{\partial L}{\partial Z}`,
    ],
  ],
)

// Of the logits nobody says that they are probabilities.
table(
  `x: input 3
W: parameter 4 3
z = W @ x
y: input 4
L = crossEntropy(z, y)`,
  [
    ['ill-formed', 'L = CE(y, z)'],
    ['proved', 'L = CE(y, softmax(z))'],
  ],
)

// What δ is, its first link says, though the graph has a z.
table(
  `x: input 3
W: parameter 2 3
z = W @ x
h = sigmoid(z)
U: parameter 4 2
θ = U @ h
t: input 4
J = squaredError(θ, t)`,
  [
    ['proved', L`\delta_1 = \frac{\partial J}{\partial \theta} = \theta - t`],
    ['refuted', L`\delta_1 = \frac{\partial J}{\partial \theta} = t - \theta`],
  ],
)
