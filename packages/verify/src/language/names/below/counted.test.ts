// i of w_1, w_2, w_3 that are numbers; L_i as the name of the cost; sums without an end; 1/m before
// a product of matrices.
import { checkLectures } from '../../../lecture.fixture.ts'

const { raw } = String

checkLectures([
  {
    name: 'numbers that are counted',
    network: `x_1: input
x_2: input
x_3: input
w_1: parameter
w_2: parameter
w_3: parameter
b: parameter
z = w_1 * x_1 + w_2 * x_2 + w_3 * x_3 + b
y = sigmoid(z)
t: input
L = (y - t)^2`,
    proved: [
      raw`z = \sum_i w_i x_i + b`,
      raw`\frac{\partial L}{\partial w_i} = 2 (y - t) y (1 - y) x_i`,
      "dL/dw_j = 2(y - t) σ'(z) x_j",
      raw`\frac{\partial z}{\partial w_i} = x_i`,
    ],
    refuted: ["dL/dw_i = 2(y - t) σ'(z) w_i", raw`z = \sum_{i=1}^{2} w_i x_i + b`],
    illFormed: ["dL/dw_i = 2(y - t) σ'(z) v_i", 'dL/dw_{ij} = x_i'],
  },
  {
    name: 'the loss of one example',
    network: `x_i: input 3
W: parameter 4 3
s = W @ x_i
y: input 4
L_i = squaredError(s, y)`,
    proved: [
      raw`\frac{\partial L_i}{\partial W} = (s - y) x_i^T`,
      raw`\nabla_W L_i = (s - y) x_i^T`,
      raw`\frac{\partial L}{\partial W} = (s - y) x_i^T`,
    ],
    refuted: [raw`\frac{\partial L_i}{\partial W} = (y - s) x_i^T`],
    illFormed: [raw`\frac{\partial L_q}{\partial W} = (s - y) x_i^T`],
  },
  {
    name: 'sums without an end',
    network: `x: input 6 6
w: parameter 2 2
z = conv2d(x, w)
t: input 5 5
L = squaredError(z, t)`,
    proved: [
      raw`z_{i,j} = \sum_{u=-\infty}^{\infty} \sum_{v=1}^{\infty} x_{i+u-1,j+v-1} w_{u,v}`,
      'z_{i,j} = Σ_{u=-∞}^∞ Σ_{v=-∞}^∞ x_{i+u-1,j+v-1} w_{u,v}',
    ],
    holdsIf: [
      raw`\frac{\partial L}{\partial w_{u,v}} = \sum_{i,j=0}^{\infty} \delta_{i,j} x_{i+u,j+v}`,
    ],
    refuted: ['z_{i,j} = Σ_{u=2}^∞ Σ_{v=-∞}^∞ x_{i+u-1,j+v-1} w_{u,v}'],
    illFormed: ['z_{i,j} = ∞'],
  },
  {
    name: 'one part of a length before a product',
    network: `X: input m=6 d=3
y: input 6
w: parameter 3
p = X @ w
J = 1/m * squaredError(p, y)`,
    proved: ['∂J/∂w = 1/m X^T (p - y)', '∂J/∂w = 1/m X^T p - 1/m X^T y'],
    refuted: ['∂J/∂w = 1/m X^T (y - p)', '∂J/∂w = m X^T (p - y)'],
  },
])

checkLectures([
  {
    name: 'gradients in another font where d is a length',
    network: `x: input n=3 d=4
w: parameter 4
h = x * w
t: input 3 4
L = squaredError(h, t)`,
    proved: [
      raw`d\mathbf{h} = \mathbf{h} - \mathbf{t}`,
      raw`d\mathbf{x} = d\mathbf{h} \odot \mathbf{1} w^T`,
      raw`\frac{1}{d} \sum_i w_i d = \sum_i w_i`,
    ],
    refuted: [
      raw`d\mathbf{h} = \mathbf{t} - \mathbf{h}`,
      raw`d\,\mathbf{h} = \mathbf{h} - \mathbf{t}`,
    ],
    illFormed: [raw`d\mathbf{q} = \mathbf{h}`],
  },
])
