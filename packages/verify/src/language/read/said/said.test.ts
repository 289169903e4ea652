// What is said around a formula: ranges that count down, conditions before it, bars, reasons,
// remarks with mathematics in them, regions of a pooling, numbers c for all c.
import { expect, it } from 'vitest'
import { readNetwork } from '../../../document/network-text.ts'
import { checkLectures } from '../../../lecture.fixture.ts'
import { buildNetwork } from '../../../notes/network/build-network.ts'
import { verify } from '../../../verify.ts'

const L = String.raw

checkLectures([
  {
    name: 'three layers, the second of another activation',
    network: `a^1: input 3
w^2: parameter 4 3
b^2: parameter 4
z^2 = dense(a^1, w^2, b^2)
a^2 = sigmoid(z^2)
w^3: parameter 4 4
b^3: parameter 4
z^3 = dense(a^2, w^3, b^3)
a^3 = tanh(z^3)
w^4: parameter 2 4
b^4: parameter 2
z^4 = dense(a^3, w^4, b^4)
a^4 = sigmoid(z^4)
y: input 2
C = squaredError(a^4, y)`,
    proved: [
      L`\frac{\partial C}{\partial b^l_j} = \delta^l_j, \quad l = L, L-1, \ldots, 2`,
      L`\text{For } l = L, \ldots, 2: \frac{\partial C}{\partial b^l_j} = \delta^l_j`,
      L`\frac{\partial C}{\partial b^l_j} = \delta^l_j \text{ for } l = L \text{ down to } 2`,
      L`\delta^l = (w^{l+1})^T \delta^{l+1} \odot f'(z^l) \text{ for each hidden layer } l`,
      L`\frac{\partial C}{\partial b^l_j} = \delta^l_j \text{ where } \delta^l_j \text{ is the error}`,
      L`\frac{\partial C}{\partial b^l_j} = \delta^l_j \text{ (the error at layer } l \text{)}`,
      'for i = 1, …, 2, y_i = y_i + 0 a^4_i',
    ],
    refuted: [
      L`\frac{\partial C}{\partial b^l_j} = 2 \delta^l_j, \quad l = L, L-1, \ldots, 2`,
      L`\text{For } l = L, \ldots, 2: \frac{\partial C}{\partial b^l_j} = 2 \delta^l_j`,
      L`a^l = \sigma(z^l) \text{ for all hidden layers } l`,
      L`\delta^l = (w^{l+1})^T \delta^{l+1} \odot \sigma'(z^l) \text{ for } l = L-1 \text{ down to } 2`,
      L`\frac{\partial C}{\partial b^l_j} = 2 \delta^l_j \text{ where } \delta^l_j \text{ is the error}`,
      L`w^2_{ij} = c \text{ for any } c`,
    ],
    illFormed: [
      L`\frac{\partial C}{\partial b^l_j} = \delta^l_j, \quad l = L, L-2, \ldots, 2`,
      L`\delta^L_j = a^L_j - y_j \text{ (up to a factor } \sigma' \text{)}`,
    ],
  },
  {
    name: 'softmax and its shift',
    network: `z: input 4
p = softmax(z)
y: input 4
L = 0 - sum(y * log(p))`,
    proved: [
      L`\text{softmax}(z)_i = \frac{e^{z_i + c}}{\sum_j e^{z_j + c}} \quad \text{for any constant } c`,
      L`\frac{\partial L}{\partial z_i} = p_i - y_i \quad (\text{since } \sum_i y_i = 1)`,
      L`\frac{\partial L}{\partial z_i} = p_i - y_i \text{ because } \sum_j y_j = 1`,
      L`\text{If } i = j: \frac{\partial p_i}{\partial z_j} = p_i (1 - p_j)`,
      L`\text{for all } i, j: \frac{\partial p_i}{\partial z_j} = p_i ([i = j] - p_j)`,
      L`e^{z_i + c} = e^c e^{z_i} \text{ for all } c`,
    ],
    refuted: [
      L`p_i = \frac{e^{z_i + c}}{\sum_j e^{z_j}} \quad \text{for any } c`,
      L`\text{If } i \neq j: \frac{\partial p_i}{\partial z_j} = p_i (1 - p_j)`,
      L`e^{z_i + c} = c e^{z_i} \text{ for all } c`,
      L`\frac{\partial L}{\partial z_i} = y_i - p_i \quad (\text{since } \sum_i y_i = 1)`,
    ],
    illFormed: [L`p_i = \frac{e^{z_i + v_i}}{\sum_j e^{z_j + v_j}} \quad \text{for any } v`],
  },
  {
    name: 'windows side by side',
    network: `x: input 6 6
y = avgPool2d(x, size=3)
t: input 2 2
C = squaredError(y, t)`,
    proved: [
      L`y_{ij} = \frac{1}{|R_{ij}|} \sum_{(m,n) \in R_{ij}} x_{mn}`,
      L`\frac{\partial C}{\partial x_{mn}} = \frac{1}{9} \frac{\partial C}{\partial y_{ij}} \text{ for } (m,n) \in \mathcal{R}_{ij}`,
    ],
    refuted: [
      L`y_{ij} = \sum_{(m,n) \in R_{ij}} x_{mn}`,
      L`\frac{\partial C}{\partial x_{mn}} = \frac{\partial C}{\partial y_{ij}} \text{ for } (m,n) \in R_{ij}`,
    ],
    illFormed: [L`y_{ij} = \frac{1}{9} \sum_{(m,n) \in R} x_{mn}`],
  },
  {
    name: 'windows that overlap have no such regions',
    network: `x: input 5 5
y = maxPool2d(x, size=3, stride=2)
C = sum(y)`,
    proved: [],
    refuted: [],
    illFormed: [L`y_{ij} = \max_{(m,n) \in R_{ij}} x_{mn}`],
  },
  {
    name: 'a slope at a place',
    network: `x: input
w: parameter
y = w * x^2`,
    proved: [L`\left.\frac{\partial y}{\partial x}\right|_{x=3} = 6 w`, 'dy/dx|_{x=2} = 4 w'],
    refuted: [L`\left.\frac{\partial y}{\partial x}\right|_{x=3} = 5 w`, 'dy/dx|_{x=2} = w'],
    illFormed: [
      L`\left.\frac{\partial y}{\partial x}\right|_{x=3} = 2 x w`,
      L`\frac{dy}{dx}\Big|_{x=2} + \frac{dy}{dx}\Big|_{x=1} = 6w`,
    ],
  },
  {
    name: 'what an author calls a formula',
    network: `x: input m=5
γ: parameter
β: parameter
y = γ * x + β
C = sum(y * y)`,
    proved: [L`y_i \leftarrow \gamma x_i + \beta \equiv \text{BN}_{\gamma, \beta}(x_i)`],
    refuted: [L`y_i \leftarrow \gamma x_i - \beta \equiv \text{BN}_{\gamma, \beta}(x_i)`],
  },
  {
    name: 'the winner of a region, which is that of its place',
    network: `I: input 4 4
O = maxPool2d(I, size=2)
t: input 2 2
L = squaredError(O, t)`,
    proved: [
      L`\frac{\partial L}{\partial I_{p,q}} = \begin{cases} \frac{\partial L}{\partial O_{i,j}}, & \text{if } (p,q) = \arg\max_{(m,n) \in R_{ij}} I_{m,n} \\ 0, & \text{otherwise} \end{cases}`,
      L`\frac{\partial O_{ij}}{\partial I_{p,q}} = \begin{cases} 1, & \text{if } (p,q) = \arg\max_{(m,n) \in R_{ij}} I_{m,n} \\ 0, & \text{otherwise} \end{cases}`,
    ],
    refuted: [
      L`\frac{\partial L}{\partial I_{p,q}} = \begin{cases} \frac{\partial L}{\partial O_{i,j}}, & \text{if } (p,q) \in R_{ij} \\ 0, & \text{otherwise} \end{cases}`,
    ],
    illFormed: [
      L`\frac{\partial L}{\partial I_{p,q}} = [p,q = \arg\max_{m \neq n} I_{m,n}] \frac{\partial L}{\partial O_{i,j}}`,
    ],
  },
  {
    name: 'windows of k by k',
    network: `I: input 6 6
O = avgPool2d(I, size=3)
C = sum(O * O)`,
    proved: [L`O_{i,j} = \frac{1}{k^2} \sum_{m=1}^{k}\sum_{n=1}^{k} I_{k(i-1)+m, k(j-1)+n}`],
    holdsIf: [L`O_{i,j} = \frac{1}{k \times k} \sum_{m=0}^{k-1}\sum_{n=0}^{k-1} I_{ki+m, kj+n}`],
    refuted: [L`O_{i,j} = \frac{1}{k} \sum_{m=0}^{k-1}\sum_{n=0}^{k-1} I_{ki+m, kj+n}`],
  },
  {
    name: 'a latent z that is no pre-activation',
    network: `z: input 3
W_d: parameter 5 3
a^{(2)} = W_d @ z
x̂ = tanh(a^{(2)})
x: input 5
L = squaredError(x̂, x)`,
    proved: [L`\delta^{(2)} = (\hat{x} - x) \odot \psi'(a^{(2)})`],
    refuted: [L`\delta^{(2)} = \hat{x} - x`],
  },
])

it('a kernel that stands left of a full star is told as another reading', () => {
  const network = 'X: input 4 4\nF: parameter 2 2\nO = conv2d(X, F)\nL = sum(O * O)'
  const { cost } = buildNetwork(readNetwork(network))
  const kindOf = (right: string) => verify(cost, L`\frac{\partial L}{\partial X} = ${right}`).kind
  const error = L`\frac{\partial L}{\partial O}`
  expect(kindOf(L`rot180(F) *_{full} ${error}`)).toBe('ambiguous')
  // In text the image stands on the left, and who swaps them is told so.
  expect(verify(cost, '∂L/∂X = rot180(F) *full ∂L/∂O').kind).toBe('refuted')
  expect(kindOf(L`${error} *_{full} rot180(F)`)).toBe('proved')
  expect(kindOf(L`F *_{full} ${error}`)).toBe('refuted')
})
