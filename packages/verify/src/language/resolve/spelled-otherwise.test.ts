// Transposes, derivatives, names and definitions in the spellings of other schools: each true
// formula beside its false twins.

import { checkLectures } from '../../lecture.fixture.ts'
import { table } from '../authors.fixture.ts'

const L = String.raw

checkLectures([
  {
    name: 'a small t and a prime are transposes; what is said of every entry is said of the array',
    network: `X: input 5 4
W: parameter 4 3
B: parameter 3
Y = X @ W + B
T: input 5 3
E = squaredError(Y, T)`,
    proved: [
      L`\frac{\partial E}{\partial W} = X^{t} \frac{\partial E}{\partial Y}`,
      L`\frac{\partial E}{\partial X} = \frac{\partial E}{\partial Y} \, {}^tW`,
      L`(XW)^t = W^t X^t`,
      L`dW^t = dY^t X`,
      "dW = X' dY",
      L`dW = X'(Y - T)`,
      L`e_{ij} = Y_{ij} - T_{ij}, \quad \frac{\partial E}{\partial W} = X^T e`,
      L`Y^* = T, \quad dY = Y - Y^*`,
      L`dY &= Y - T && \text{(error)}`,
      'Y_{ij} - B^t_j + B^t_j = Y_{ij}',
    ],
    refuted: [
      L`\frac{\partial E}{\partial W} = \frac{\partial E}{\partial Y} X^{t}`,
      L`\frac{\partial E}{\partial X} = \frac{\partial E}{\partial Y} W`,
      L`(XW)^t = X^t W^t`,
      "dX = W' dY",
      L`e_{ij} = T_{ij} - Y_{ij}, \quad \frac{\partial E}{\partial W} = X^T e`,
      L`Y^* = T, \quad dY = Y^* - Y`,
      L`dY &= T - Y && \text{(error)}`,
    ],
    illFormed: ["dW = X'' dY", "Y = X' + B", L`dY = Y - Y^*`, L`e_{ij} = Y_{ji}, \quad dW = X^T e`],
  },
  {
    name: 'an index t above stays an index',
    network: `X: input n=5 4
w: parameter 4
z = matmul(X, w)
t: input 5
E = sum((z - t)^2)`,
    proved: ['z_t = X_t w', 'E = Σ_t (z_t - t_t)^2', L`E = (z - t)^2`, L`E = (t - z)^2`],
    refuted: [L`E = 2 (z - t)^2`, L`E = (z + t)^2`, L`dz = (z - t)^2`],
  },
  {
    name: 'δE/δz, net_k, primes on the line, the last layer of a net that begins at 0',
    network: `a^0: input 4
w^1: parameter 5 4
z^1 = matmul(w^1, a^0)
a^1 = sigmoid(z^1)
w^2: parameter 3 5
z^2 = matmul(w^2, a^1)
a^2 = sigmoid(z^2)
net_k = sum(a^2)
y: input 3
E = sum((a^2 - y)^2) + net_k`,
    proved: [
      L`{\delta E\over\delta w^l_{ij}} = {\delta z^l_i\over \delta w^l_{ij}}{\delta E\over \delta z^l_i}`,
      L`\frac{\delta^2 E}{\delta (a^2_i)^2} = 2`,
      L`\frac{\part E}{\part net_k} = 1`,
      L`\delta^L = \nabla_a E \odot \sigma\prime(z^L)`,
      L`\nabla_a E = 2(a^L - y) + 1`,
      L`\text{net}_k = \sum_i a^2_i`,
      'δE/δz^2_i = δE/δa^2_i a^2_i (1 - a^2_i)',
    ],
    refuted: [
      L`\frac{\delta^2 E}{\delta (a^2_i)^2} = 1`,
      L`\delta^L = \nabla_a E \odot \sigma(z^L)`,
      L`\nabla_a E = 2(a^L - y)`,
      'δE/δz^2_i = δE/δa^2_i (1 - a^2_i)',
    ],
    illFormed: [L`\frac{\delta E}{z^2_i} = 1`],
  },
  {
    name: 'σ² of an array that a program calls sigma2',
    network: `x: input N=5 D=3
mu = mean(x, axes=[0])
sigma2 = variance(x, axes=[0])
eps: input
xhat = (x - mu) / sqrt(sigma2 + eps)
t: input 5 3
L = squaredError(xhat, t)`,
    proved: [
      L`\sigma^2_j = \frac{1}{N} \sum_{i=1}^N (x_{ij} - \mu_j)^2`,
      L`\frac{\partial \hat{x}_{ij}}{\partial \sigma_j^2} = -\frac{1}{2} (x_{ij} - \mu_j) (\sigma_j^2 + \epsilon)^{-3/2}`,
    ],
    refuted: [
      L`\sigma^2_j = \sum_{i=1}^N (x_{ij} - \mu_j)^2`,
      L`\frac{\partial \hat{x}_{ij}}{\partial \sigma_j^2} = -\frac{1}{2} (x_{ij} - \mu_j) (\sigma_j^2 + \epsilon)^{-1/2}`,
    ],
  },
])

// The error of all examples, or of the t-th.
table(
  `X: input n=5 4
W: parameter 3 4
Z = dense(X, W)
Y: input 5 3
E = sum((Z - Y)^2)`,
  [
    ['ambiguous', L`E = \|Z^t - Y^t\|^2`],
    ['refuted', L`E = 2 \|Z^t - Y^t\|^2`],
    ['proved', L`dZ = 2 (Z - Y), \quad dW = dZ^t X`],
  ],
)

// What a formula says its δ is; the summation convention in a derivative; max of a set.
table(
  `x: input 4
W: parameter 3 4
z = W @ x
a = tanh(z)
V: parameter 2 3
θ = V @ a
y: input 2
J = squaredError(θ, y)`,
  [
    [
      'proved',
      L`\delta_1 = \frac{\partial J}{\partial \theta}, \frac{\partial J}{\partial V} = \delta_1 a^T`,
    ],
    [
      'proved',
      L`\delta = \frac{\partial J}{\partial \theta} = \theta - y, \quad \frac{\partial J}{\partial V} = \delta a^T`,
    ],
    [
      'refuted',
      L`\delta_1 = \frac{\partial J}{\partial \theta}, \frac{\partial J}{\partial V} = 2 \delta_1 a^T`,
    ],
    [
      'refuted',
      L`\delta = \frac{\partial J}{\partial \theta} = y - \theta, \quad \frac{\partial J}{\partial V} = \delta a^T`,
    ],
    ['refuted', L`\delta = \frac{\partial J}{\partial \theta}`],
    ['ambiguous', L`\delta = -\frac{\partial J}{\partial z} = V^T (y - \theta) \odot (1 - a^2)`],
    ['refuted', L`\delta = -\frac{\partial J}{\partial z} = V^T (y - \theta) \odot (1 + a^2)`],
    ['holds-if', L`\frac{\partial}{\partial V_{ij}} (V_{lm} a_m) = \delta_{il} a_j`],
    ['refuted', L`\frac{\partial}{\partial V_{ij}} (V_{lm} a_m) = \delta_{il} a_i`],
    ['proved', L`\max(\{a_1, a_2\}) = \max(a_1, a_2)`],
    ['refuted', L`\max(\{a_1, a_2\}) = \max(a_1, a_3)`],
  ],
)

table(
  `X: input 5 4
W: parameter 4 3
Z = X @ W
A = tanh(Z)
Y: input 5 3
J = squaredError(A, Y)`,
  [
    ['proved', L`dZ = (A - Y) \odot \frac{\partial \tanh(Z)}{\partial Z}`],
    ['refuted', L`dZ = (Y - A) \odot \frac{\partial \tanh(Z)}{\partial Z}`],
    ['refuted', L`dZ = (A - Y) \odot \tanh(Z)`],
  ],
)
