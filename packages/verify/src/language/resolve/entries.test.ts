// An index that is left out, slopes of entries, one-hot targets, expectations of a batch, sums of
// rows in words, turned kernels and names at the end of a chain. Each beside its false twins.

import { checkLectures } from '../../lecture.fixture.ts'

const L = String.raw

const normalised = `x_i: input N=6
μ = mean(x)
σ^2 = mean(square(x - μ))
ε: input
x̂_i = (x - μ) / sqrt(σ^2 + ε)
γ_i: parameter 6
β_i: parameter 6
y_i = γ * x̂ + β
t: input 6
L = squaredError(tanh(y), t)`

checkLectures([
  {
    name: 'a vector without its index beside entries',
    network: normalised,
    proved: [
      L`\mu = \mathbb{E}[x]`,
      L`\sigma^2 = \mathrm{Var}[x]`,
      L`\sigma^2 = 𝔼[x^2] - 𝔼[x]^2`,
      L`\hat{x}_i = \frac{x_i - \mathbb{E}[x]}{\sqrt{\mathbb{V}[x] + \epsilon}}`,
    ],
    holdsIf: [
      L`y_i = \gamma_i \cdot \hat{x} + \beta_i`,
      L`\frac{\partial L}{\partial \gamma_i} = \frac{\partial L}{\partial y} \hat{x}_i`,
    ],
    refuted: [
      L`y_i = \gamma_i \cdot \hat{x} - \beta_i`,
      L`\hat{x} = \frac{x_i + \mu}{\sqrt{\sigma^2 + \epsilon}}`,
      L`\sigma^2 = \mathbb{E}[x^2]`,
      L`y_i = \sum_j \gamma_j \hat{x}`,
    ],
  },
  {
    name: 'slopes of what is computed entry by entry',
    network: `x: input 4
W: parameter 3 4
z = W @ x
a = sigmoid(z)
p = softmax(z)
y: input 3
L = sum((a - y)^2) + sum(y * log(p))`,
    proved: [
      L`\frac{\partial a}{\partial z} = diag(a(1 - a))`,
      L`\frac{\partial \sigma(z)}{\partial z} = diag(\sigma(z) ⊙ (1 - \sigma(z)))`,
    ],
    holdsIf: [
      L`\frac{\partial a}{\partial z} = a(1 - a)`,
      L`\frac{\partial \sigma(z)}{\partial z} = \sigma(z)(1 - \sigma(z))`,
      L`\frac{\partial \tanh(z)}{\partial z} = 1 - \tanh^2(z)`,
    ],
    refuted: [
      L`\frac{\partial \sigma(z)}{\partial z} = \sigma(z)(1 + \sigma(z))`,
      L`\frac{\partial a}{\partial z} = a(1 + a)`,
      // Of a softmax every entry depends on all.
      L`\frac{\partial p}{\partial z} = p(1 - p)`,
      L`\frac{\partial a}{\partial x} = a(1 - a)`,
    ],
  },
  {
    name: 'slopes of entries in a chain',
    network: `z: input 3
a = sigmoid(z)
y: input 3
L = 1/2 * sum((a - y)^2)`,
    proved: [],
    holdsIf: [
      L`\frac{\partial L}{\partial z} = \frac{\partial L}{\partial a} \cdot \frac{\partial a}{\partial z} = (a - y) \cdot a (1 - a)`,
    ],
    refuted: [
      L`\frac{\partial L}{\partial z} = \frac{\partial L}{\partial a} \cdot \frac{\partial a}{\partial z} = (a - y) \cdot a (1 + a)`,
    ],
  },
  {
    name: 'targets that are one-hot',
    network: `X: input N=3 K=4
P = softmax(X, axis=1)
Y: input 3 4
L = 0 - sum(Y * log(P)) / 3`,
    proved: [],
    holdsIf: [
      L`\frac{\partial L}{\partial X_{ik}} = \frac{1}{N} (P_{ik} - 1[Y_i = k])`,
      L`\frac{\partial L}{\partial X_{ik}} = \frac{1}{N} (P_{ik} - \mathbb{1}(k = y_i))`,
      L`\frac{\partial L}{\partial X} = \frac{1}{N} (P - \text{one\_hot}(Y))`,
      L`L = -\frac{1}{N} \sum_i \log P_{i,Y_i}`,
      L`L = \frac{1}{N} \sum_i (\log \sum_k e^{X_{ik}} - X_{i Y_i})`,
    ],
    refuted: [L`\frac{\partial L}{\partial X_{ik}} = \frac{1}{N} (P_{ik} + 1[Y_i = k])`],
    illFormed: [
      L`\frac{\partial L}{\partial X} = P - \text{onehot}(Y)`,
      L`L = -\sum_i \log P_{i,Y_i}`,
      L`L = \frac{1}{N} \sum_i (\log \sum_k e^{X_{ik}} + X_{i Y_i})`,
    ],
  },
  {
    name: 'the class of a target, and a condition that says it',
    network: `z: input 3
y: input 3
p = softmax(z)
L = -sum(y * log(p))`,
    proved: [L`\sum_y p_y = 1`, 'p_c = e^{z_c}/Σ_k e^{z_k} where y_c = 1'],
    holdsIf: [
      L`L = -\log p_y`,
      L`L = -\log p_c`,
      L`L = -\log p_k \quad \text{where } y_k = 1`,
      L`L = -z_y + \log \sum_j e^{z_j}`,
      L`\frac{\partial L}{\partial z_i} = p_i - \mathbb{1}(i = c)`,
    ],
    refuted: [
      L`L = \log p_y`,
      L`L = -2 \log p_c`,
      L`\frac{\partial L}{\partial z_i} = p_c - \mathbb{1}(i = c)`,
      L`\sum_y p_y = 2`,
      'y_c = 1',
    ],
  },
  {
    name: 'sums of rows and columns in words',
    network: `A: input 3 4
r = sum(A, axis=1)
c = sum(A, axis=0)
B = A * A
g: input 3
h: input 4
L = sum(r * g) + sum(c * h) + sum(B)`,
    proved: [
      L`r = \text{row\_sum}(A)`,
      L`r = \mathrm{rowsum}(A)`,
      L`c = \operatorname{col\_sum}(A)`,
      'c = colsum(A)',
      L`r = A \bold{1_4}`,
      L`r = A \mathbb{1}_4`,
    ],
    refuted: [L`r = 2\,\text{row\_sum}(A)`, 'c = colsum(A + A)'],
  },
  {
    name: 'a kernel that is turned',
    network: `X: input 5 5
K: parameter 3 3
Y = conv2d(X, K)
T: input 3 3
L = squaredError(Y, T)`,
    proved: [
      L`\frac{\partial L}{\partial X} = \frac{\partial L}{\partial Y} *_{full} K_{\text{rot180}}`,
      L`\frac{\partial L}{\partial X} = \frac{\partial L}{\partial Y} *_{full} K^{flip}`,
    ],
    refuted: [
      L`\frac{\partial L}{\partial X} = 2 \frac{\partial L}{\partial Y} *_{full} K_{rot}`,
      L`\frac{\partial L}{\partial X} = \frac{\partial L}{\partial Y} *_{full} K`,
    ],
    illFormed: [L`\frac{\partial L}{\partial X} = \frac{\partial L}{\partial Y} *_{full} Q_{rot}`],
  },
  {
    name: 'a name at the end of a chain',
    network: `x: input 3
W: parameter 3 3
z = W @ x
t: input 3
L = squaredError(tanh(z), t)`,
    proved: [
      'z = W x = u',
      L`\tanh(z) = \tanh(W x) = h, \frac{\partial L}{\partial z} = (h - t) \odot (1 - h^2)`,
    ],
    refuted: ['z = W^T x = u', L`z = W x = u, \frac{\partial L}{\partial z} = u`],
  },
])
