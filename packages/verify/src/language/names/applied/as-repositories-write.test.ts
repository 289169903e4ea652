// Functions that are called by a word, slopes without an argument, indices with a word below them.
import { describe } from 'vitest'
import { table } from '../../authors.fixture.ts'

const L = String.raw

const rms = `x: input d=4
ε: input
r = sqrt(mean(x^2) + ε)
γ: parameter 4
y = γ * x / r
t: input 4
L = squaredError(y, t)`

describe('RMSNorm(x) is what the network makes of x, or another function', () =>
  table(rms, [
    ['proved', L`\text{RMSNorm}(x)_i = \frac{x_i}{r} \gamma_i`],
    ['proved', L`\operatorname{RMSNorm}(x) = \gamma \odot \frac{x}{r}`],
    [
      'proved',
      L`\text{RMSNorm}(x)_i = \frac{x_i}{\text{RMS}(x)} \gamma_i, \quad \text{RMS}(x) = \sqrt{\frac{1}{d} \sum_{j=1}^d x_j^2 + \epsilon}`,
    ],
    [
      'ill-formed',
      L`\text{RMSNorm}(x)_i = \frac{x_i}{\text{RMS}(x)} \gamma_i, \quad \text{RMS}(x) = \sqrt{\sum_{j=1}^d x_j^2 + \epsilon}`,
    ],
    [
      'proved',
      L`\frac{\partial \text{RMSNorm}(x)_i}{\partial x_j} = \frac{\gamma_i}{r}\left(\delta_{ij} - \frac{x_i x_j}{d r^2}\right)`,
    ],
    ['ill-formed', L`\text{RMSNorm}(x) = \gamma \odot x`],
    ['ill-formed', L`\text{Foo}(x) = x`],
    ['ill-formed', 'y = LN(x)'],
    ['ill-formed', L`\text{RMSNorm}(u) = \gamma \odot \frac{x}{r}`],
  ]))

describe('Attention(Q, K, V) is of all of them', () =>
  table(
    `Q: input m=3 d_k=2
K: input n=4 2
V: input 4 2
S = Q @ K.T / sqrt(d_k)
P = softmax(S, axis=1)
O = P @ V
Y: input 3 2
L = squaredError(O, Y)`,
    [
      [
        'proved',
        L`\text{Attention}(Q, K, V) = \text{softmax}\left(\frac{QK^T}{\sqrt{d_k}}\right)V`,
      ],
      ['ill-formed', L`\text{Attention}(Q, K, V) = \text{softmax}\left(\frac{QK^T}{d_k}\right)V`],
      ['proved', L`P = \text{softmax}_\text{row}(S)`],
      ['proved', L`P = \mathrm{softmax}(S, dim=-1)`],
    ],
  ))

describe('slopes without an argument', () => {
  table(
    `x: input 4
w: parameter 3 4
z = dense(x, w)
a = sigmoid(z)
y: input 3
C = squaredError(a, y)`,
    [
      ['proved', L`\delta = (a - y) \odot f'`],
      ['proved', L`\frac{\partial C}{\partial w} = (a - y) \odot \sigma' x^T`],
      ['refuted', L`\delta = (a + y) \odot \sigma'`],
      ['proved', "a' = a(1-a)"],
      ['refuted', "a' = a(1+a)"],
      ['ill-formed', "a' = w x"],
      ['ill-formed', "x' = x"],
      ['ill-formed', L`dz_i = \sum_j f' a_j`],
      ['proved', L`\sigma' = \sigma (1 - \sigma)`],
    ],
  )
  table(
    `x: input 4
W^1: parameter 5 4
z^1 = dense(x, W^1)
a^1 = tanh(z^1)
W^2: parameter 3 5
z^2 = dense(a^1, W^2)
a^2 = tanh(z^2)
t: input 3
C = squaredError(a^2, t)`,
    [
      ['proved', L`\delta^l = (W^{l+1})^T \delta^{l+1} \odot f'`],
      ['refuted', L`\delta^1 = (W^{2})^T \delta^{2} \odot f' \odot f'`],
      ['ill-formed', L`\frac{\partial C}{\partial W^1} = (W^{2})^T \delta^{2} \odot f' x^T`],
    ],
  )
})

describe('indices with a word below them, a name with a low line', () =>
  table(
    `X: input C_{in}=2 6 6
W: parameter C_{out}=3 2 3 3
b: parameter 3
Z = conv2d(X, W, bias=b)
c_count: input 3 4 4
L = sum(Z * c_count)`,
    [
      ['proved', L`\frac{\partial L}{\partial b_{c_{out}}} = \sum_{h,w} dZ_{c_{out}, h, w}`],
      ['proved', L`db_{c_{\text{out}}} = \sum_{h,w} dZ_{c_{\text{out}}, h, w}`],
      ['ambiguous', L`dW_{c_{out}, c_{in}} = X_{c_{in}} * dZ_{c_{out}}`],
      ['refuted', L`\frac{\partial L}{\partial b_{c_{out}}} = b_{c_{out}}`],
      ['proved', L`\frac{\partial L}{\partial Z} = \mathbf{c\_count}`],
    ],
  ))

describe('the slope of a hinge', () =>
  table(
    `X: input N=5 D=3
y: input 5
w: parameter 3
b: parameter
L = mean(maximum(1 - y * (X @ w + b), 0))`,
    [
      ['agrees', L`\nabla_w L = \frac{1}{N} \sum_i \nabla_w \max(0, 1 - y_i (w^T x_i + b))`],
      [
        'proved',
        L`\nabla_w \max(0, 1 - y_i (w^T x_i + b)) = -y_i x_i \mathbb{1}[y_i(w^T x_i + b) < 1]`,
      ],
      [
        'refuted',
        L`\nabla_w \max(0, 1 - y_i (w^T x_i + b)) = y_i x_i \mathbb{1}[y_i(w^T x_i + b) < 1]`,
      ],
      [
        'agrees',
        L`\nabla_w \max(0, 1 - y_i (w^T x_i + b)) = -y_i x_i \mathbb{1}[y_i(w^T x_i + b) \le 1]`,
      ],
    ],
  ))
