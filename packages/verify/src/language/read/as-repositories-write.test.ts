// Formulas of notes in repositories, in their LaTeX: words below, dots in brackets, names with a
// script above and one below, sums of whole arrays.
import { describe } from 'vitest'
import { table } from '../authors.fixture.ts'

const L = String.raw

const words = `z: input 4
ε: input
inv_std = 1 / sqrt(mean(z^2) + ε)
W_{out}: parameter 3 4
z_norm = z * inv_std
h = tanh(W_{out} @ z_norm)
y: input 3
L = squaredError(h, y)`

describe('words below a name, and with a low line of their own', () =>
  table(words, [
    ['proved', L`\text{inv\_std} = \frac{1}{\sqrt{\frac14 \sum_i z_i^2 + \epsilon}}`],
    ['refuted', L`\mathrm{inv\_std} = \frac{1}{\frac14 \sum_i z_i^2 + \epsilon}`],
    ['proved', L`z_{\text{norm}} = z \cdot \text{inv\_std}`],
    ['proved', L`z_{\text{norm}}^{(i)} = z_i \cdot \text{inv\_std}`],
    ['refuted', L`z_{\text{norm},i} = z_i`],
    ['proved', L`h = \tanh(W_\text{out} z_\text{norm})`],
    ['ill-formed', L`h = \tanh(W_\text{in} z_\text{norm})`],
    ['ill-formed', L`\sum_{i \text{ even}} z_i = z_2 + z_4`],
    ['ill-formed', L`\sum_{\text{pixels}} z_i = z_2 + z_4`],
  ]))

describe('what stands around', () =>
  table(words, [
    ['proved', L`\frac{\partial L}{\partial h} = h - y \quad (\text{squared error})`],
    ['proved', L`\frac{\partial L}{\partial h} = h - y \qquad (\text{与平方误差})`],
    ['ill-formed', L`\frac{\partial L}{\partial h} = h - y \quad (\text{wrong})`],
    ['ill-formed', L`h = \tanh(\text{input})`],
    ['proved', L`(\tanh x)'=1-\tanh^2x`],
    ['refuted', L`(\sigma(u))' = \sigma(u)(1+\sigma(u))`],
    ['ill-formed', L`(h - y)' = 0`],
  ]))

describe('a script above and one below, dots in brackets', () =>
  table(
    `x_t: input 3
h_{t-1}: input 4
W_{ox}: parameter 3 4
W_{oh}: parameter 4 4
a^o_t = x_t @ W_{ox} + h_{t-1} @ W_{oh}
o_t = sigmoid(a^o_t)
c̃_t: input 4
h_t = o_t * tanh(c̃_t)
y: input 4
L = squaredError(h_t, y)`,
    [
      ['proved', L`da^o_t = dh_t \odot \tanh(\tilde{c}_t) \odot o_t \odot (1 - o_t)`],
      ['refuted', L`\frac{\partial L}{\partial a_t^{(o)}} = \frac{\partial L}{\partial h_t}`],
      ['proved', L`da^o_t = dh_t\cdot\tanh(\stackrel{\sim }{c_t})\cdot(o_t\cdot(1-o_t))`],
      ['holds-if', L`dW_{oh}=h_{t-1}^T\times[dh_t\cdot\tanh(\tilde{c}_t)\cdot(o_t\cdot(1-o_t))]`],
      ['refuted', L`da^o_t = dh_t\cdot\tanh(\tilde{c}_t)\cdot(o_t\cdot(1+o_t))`],
      ['ill-formed', L`da^f_t = dh_t`],
    ],
  ))

describe('a capital letter below what a formula defines', () =>
  table(
    `A: input 3 4
V: input 4 2
Z = A @ V
Y: input 3 2
L = squaredError(Z, Y)`,
    [
      ['proved', L`G_Z = \frac{\partial L}{\partial Z}, \frac{\partial L}{\partial A} = G_Z V^T`],
      ['proved', L`\frac{\partial L}{\partial Z} = G_Z \Rightarrow dV = A^T G_Z`],
      ['refuted', L`\frac{\partial L}{\partial Z} = G_Z \Rightarrow dV = -A^T G_Z`],
      ['ill-formed', L`\frac{\partial L}{\partial Z} = G_Z, dV = A^T G_A`],
      ['ill-formed', L`\frac{\partial L}{\partial Z} = G_Z`],
    ],
  ))

const examples = `A^{[0]}: input 4 m=6
W^{[1]}: parameter 5 4
Z^{[1]} = W^{[1]} @ A^{[0]}
A^{[1]} = relu(Z^{[1]})
W^{[2]}: parameter 3 5
b^{[2]}: parameter 3 1
Z^{[2]} = W^{[2]} @ A^{[1]} + b^{[2]}
A^{[2]} = softmax(Z^{[2]}, axis=0)
Y: input 3 6
L = 0 - sum(Y * log(A^{[2]})) / m`

describe('δ of the examples beside a mean of their losses', () =>
  table(examples, [
    ['holds-if', L`\delta^{[2]} = A^{[2]} - Y`],
    ['proved', L`\delta^{[1]} = (W^{[2]})^T \delta^{[2]} \odot \phi'(Z^{[1]})`],
    ['holds-if', L`dW^{[2]} = \frac{1}{m}\,\delta^{[2]}\left(A^{[1]}\right)^T`],
    ['holds-if', L`db^{[2]} = \frac{1}{m} \sum_{i=1}^{m} \delta^{[2](i)}`],
    ['proved', L`dW^{[2]} = \delta^{[2]}\left(A^{[1]}\right)^T`],
    ['refuted', L`dW^{[2]} = \frac{2}{m}\,\delta^{[2]}\left(A^{[1]}\right)^T`],
    ['refuted', L`\delta^{[2]} = Y - A^{[2]}`],
  ]))

describe('sums over letters that the body has not', () => {
  table(
    `F_{in}: input 3 4 4
γ: parameter 3 1 1
F_{out} = γ * F_{in}
T: input 3 4 4
L = squaredError(F_{out}, T)`,
    [
      ['holds-if', L`d\gamma = \sum_{h,w} \frac{\partial L}{\partial F_{out}} \odot F_{in}`],
      ['ill-formed', L`d\gamma = \sum_{h} \frac{\partial L}{\partial F_{out}} \odot F_{in}`],
      [
        'holds-if',
        L`\frac{\partial L}{\partial F_{in}} = \frac{\partial L}{\partial F_{out}} \odot \gamma`,
      ],
      [
        'refuted',
        L`\frac{\partial L}{\partial F_{in}} = \frac{\partial L}{\partial F_{out}} \odot F_{in}`,
      ],
    ],
  )
  table(
    `X: input 2 1 6 6
W: parameter 3 1 3 3
b: parameter 3
Y = conv2d(X, W, bias=b)
T: input 2 3 4 4
L = squaredError(Y, T)`,
    [
      [
        'holds-if',
        L`\frac{\partial L}{\partial b} = \sum_{batch, h, w} \frac{\partial L}{\partial Y}`,
      ],
      ['ill-formed', L`db = 2 \sum_{n,h,w} dY`],
      ['ill-formed', L`db = \sum_{f,n,h,w} dY`],
    ],
  )
})
