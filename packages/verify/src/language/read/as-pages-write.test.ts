// Braces that nobody sees after Σ, stars before dots, names inside of chains, ∇ before names,
// blocks of ones, dots in fractions, δ of other axes, vectors beside matrices: each beside its
// false twins.
import { describe, expect, it } from 'vitest'
import { readNetwork } from '../../document/network-text.ts'
import { checkLectures } from '../../lecture.fixture.ts'
import { buildNetwork } from '../../notes/network/build-network.ts'
import { verify } from '../../verify.ts'

const L = String.raw

checkLectures([
  {
    name: 'a batch norm of numbers',
    network: `x: input m=6
μ = mean(x)
σ2 = variance(x)
ε: input
γ: parameter
β: parameter
y = γ * (x - μ) / sqrt(σ2 + ε) + β
t: input 6
L = squaredError(y, t)`,
    proved: [
      L`\nabla \beta = \text{sum}(\nabla y)`,
      L`\nabla \gamma = \text{sum}\Big( \nabla y * \frac{( x - \mu )}{ \sqrt{\sigma^2 + \epsilon}} \Big)`,
      L`\operatorname{var}(x) = \sigma^2`,
      L`\frac{\partial L}{\partial \beta} = s = \sum_i (y_i - t_i)`,
      L`grad(\beta) = \sum_i (y_i - t_i)`,
      L`\frac{dL}{dy} = y - t, \quad dL/d\beta = mean(dL/dy) .* m`,
    ],
    refuted: [
      L`\nabla \beta = \text{sum}(\nabla x)`,
      L`\nabla \gamma = \text{sum}\Big( \nabla y * ( x - \mu ) * \sqrt{\sigma^2 + \epsilon} \Big)`,
      L`\frac{\partial L}{\partial \beta} = s = \sum_i (y_i + t_i)`,
      L`grad(\beta) = \sum_i (t_i - y_i)`,
    ],
    illFormed: [
      L`\nabla y = y - t`,
      L`\frac{\partial L}{\partial \beta} = q s = \sum_i (y_i - t_i)`,
    ],
  },
  {
    name: 'a softmax with the letter of its input',
    network: `z_i: input n=5
p_i = softmax(z)
t: input 5
L = squaredError(p, t)`,
    proved: [
      L`\text{softmax}(\mathbf{z})_i = \frac{\exp(z_i)}{\sum_{j=1}^{n} \exp(z_j)}`,
      L`\text{softmax}(z)_i = p_i`,
    ],
    refuted: [
      L`\text{softmax}(z)_i = \frac{e^{z_i}}{1 + \sum_j e^{z_j}}`,
      L`\text{softmax}(z)_i = 2 p_i`,
    ],
  },
  {
    name: 'a softmax over rows',
    network: `z_{ij}: input 3 K=4
S_{ij} = softmax(z, axis=1)
T: input 3 4
C = squaredError(S, T)`,
    proved: [
      L`\frac{\partial C}{\partial z_{ij}} = \delta_{ij}, \quad i=1,\cdots,3 : j=1,\cdots,K`,
    ],
    refuted: [
      L`\frac{\partial S_{i,j}}{\partial z_{i,k}} = S_{i,j} \cdot (\delta_{j,k} - S_{i,j})`,
      L`\frac{\partial C}{\partial z_{ij}} = 2 \delta_{ij}`,
    ],
  },
  {
    name: 'a layer norm of rows',
    network: `X_{ij}: input 3 F=5
μ_i = mean(X, axes=[1])
v_i = variance(X, axes=[1])
g_j: parameter 5
Y_{ij} = g * (X - expandDims(μ, axis=1)) / sqrt(expandDims(v, axis=1) + 1)
T: input 3 5
L = squaredError(Y, T)`,
    proved: [
      L`\frac{\partial Y_{il}}{\partial v_i} = \frac{-Y_{il}}{2.(v_i + 1)}`,
      L`\frac{-Y_{il}.v_i}{F.(v_i + 1)} = -\frac{1}{F} Y_{il} (1 - \frac{1}{v_i + 1})`,
    ],
    holdsIf: [
      L`\mu = \frac{1}{F} \sum_{j=1}^{F} X_{ij}`,
      L`v = \frac{1}{F} \sum_{j=1}^{F} (X_{ij} - \mu)^2`,
      L`Y_{ij} = g \frac{X_{ij} - \mu}{\sqrt{v + 1}}`,
    ],
    refuted: [
      L`\mu = \frac{1}{F} \sum_{i} X_{ij}`,
      L`v = \frac{1}{F} \sum_{j=1}^{F} (X_{ij} + \mu)^2`,
      L`Y_{ij} = g \frac{X_{ij} - \mu}{v + 1}`,
    ],
  },
  {
    name: 'a mean pooling',
    network: `x: input 6 6
p = avgPool2d(x, size=2)
t: input 3 3
L = squaredError(p, t)`,
    proved: [
      L`\frac{\partial L}{\partial x} = \frac14 \text{kron}(\frac{\partial L}{\partial p}, \mathbf{1}_{2 \times 2})`,
      L`\frac{\partial L}{\partial x} = \frac14 \mathrm{up}_2(p - t)`,
      L`\frac{\partial L}{\partial x_{2i-a,2j-b}} = \frac14 (p_{ij} - t_{ij}), \quad 0 \le a, b \le 1`,
      L`\frac{\partial L}{\partial x_{2i-a,2j-b}} = \frac14 (p_{ij} - t_{ij}) \text{ for } 0 \le a, b \le 1`,
    ],
    refuted: [
      L`\frac{\partial L}{\partial x} = \text{kron}(\frac{\partial L}{\partial p}, \mathbf{1}_{2 \times 2})`,
      L`\frac{\partial L}{\partial x_{2i-a,2j-b}} = \frac14 (p_{ij} - t_{ij}), \quad 0 \le a, b \le 2`,
    ],
    illFormed: [
      L`\frac{\partial L}{\partial x} = \frac14 \text{kron}(\frac{\partial L}{\partial p}, \mathbf{1}_{2 \times 3})`,
    ],
  },
  {
    name: 'two spellings at once',
    network: `x: input 2 3
W: parameter 3 3
h = tanh(x @ W)
V: parameter 3 4
b: parameter 4
y = h @ V + b
t: input 2 4
L = squaredError(y, t)`,
    proved: [
      L`\frac{\partial L}{\partial b_j} = \sum_i \mathbb{1}(i > 0) (y_{ij} - t_{ij})`,
      L`\sum_i \mathbb{1}(y_{ij} > 0) = \sum_n [y_{nj} > 0]`,
    ],
    refuted: [
      L`dx = ((dy V^T) * (1 + h \odot h) \cdot W^T)`,
      L`y_{ij} = \sum_k \left(h_{ik} V_{kj} + b_j\right)`,
      L`y_{ij} = \sum_k {h_{ik} V_{kj} + 2 b_j}`,
      'dx = dy * sum(h, dim=-1, keepdim=true)',
    ],
  },
])

describe('either reading may be meant', () => {
  const { cost, sizes } = buildNetwork(
    readNetwork(`x: input 2 3
W: parameter 3 3
h = tanh(x @ W)
V: parameter 3 3
b: parameter 3
y = h @ V + b
t: input 2 3
L = squaredError(y, t)`),
  )
  it.each([L`dx = (dy V^T) * (1 - h \odot h) \cdot W^T`, L`y_{ij} = \sum_k {h_{ik} V_{kj} + b_j}`])(
    '%s',
    (claim) => {
      expect(verify(cost, claim, { sizes })).toMatchObject({
        kind: 'ambiguous',
        table: expect.arrayContaining([
          [expect.anything(), expect.objectContaining({ kind: 'proved' })],
          [expect.anything(), expect.objectContaining({ kind: 'refuted' })],
        ]),
      })
    },
  )
})
