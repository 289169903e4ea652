// What authors write: lengths with letters below, comparisons and matrices in a network, ∇J(θ),
// SiLU and GELU, names of programs with words below, masks with names, MATLAB, δ before a name.
import { checkLectures } from '../../lecture.fixture.ts'

const { raw } = String

checkLectures([
  {
    name: 'lengths with letters below, δ before names',
    network: `Q: input T=3 d_k=2
K: input T=3 2
V: input 3 4
A = Q @ K.T / sqrt(d_k)
P = softmax(A, axis=1)
Y = P @ V
t: input N_{out}=3 4
L = 1/N_out * squaredError(Y, t)`,
    proved: [
      raw`A = \frac{Q K^\top}{\sqrt{d_k}}`,
      raw`\delta V = P^\top \delta Y`,
      raw`\delta P = \delta Y V^\top`,
      raw`L = \frac{1}{2 N_{out}} \sum_{i=1}^{N_{out}} \sum_j (Y_{ij} - t_{ij})^2`,
    ],
    agrees: [raw`\delta Q = \delta A \, K / \sqrt{d_k}`],
    refuted: [
      raw`A = \frac{Q K^\top}{d_k}`,
      raw`\delta V = P \delta Y`,
      raw`\delta Q = \delta A^\top K / \sqrt{d_k}`,
      raw`L = \frac{1}{N_{out}} \sum_{i=1}^{N_{out}} \sum_j (Y_{ij} - t_{ij})^2`,
    ],
    illFormed: [raw`A = \frac{Q K^\top}{\sqrt{d_q}}`, raw`\delta R = P^\top \delta Y`],
  },
  {
    name: 'comparisons and matrices in a network',
    network: `x: input 2
θ: input
slope: input
R = [[cos(θ), -sin(θ)], [sin(θ), cos(θ)]]
y = R @ x
z = where(y > 0, y, y * slope)
t: input 2
L = squaredError(z, t)`,
    proved: [
      raw`y_1 = x_1 \cos θ - x_2 \sin θ`,
      raw`d\mathbf{x} = R^\top d\mathbf{y}`,
      'z = np.where(y > 0, y, y * slope)',
      'dy = np.where(y > 0, 1, slope) * dz',
    ],
    refuted: [raw`d\mathbf{x} = R d\mathbf{y}`, 'dy = np.where(y > 0, slope, 1) * dz'],
  },
  {
    name: 'gradients by what a cost is a function of, lines of MATLAB',
    network: `X: input m=6 n=3
y: input 6
theta: parameter 3
h = sigmoid(X @ theta)
J = -mean(y * log(h) + (1 - y) * log(1 - h))`,
    proved: [
      raw`\nabla J(\theta) = \frac{1}{m} X^T (h - y)`,
      "∇_θ J = (1/m).*X' * (h-y)",
      'h = 1 ./ (1 + exp(-X * theta))',
    ],
    refuted: [raw`\nabla J(\theta) = \frac{1}{m} X^T (y - h)`, "∇_θ J = (1/m).*X' * (y-h)"],
    illFormed: [raw`\nabla J(\phi) = \frac{1}{m} X^T (h - y)`, "∇_θ J = (1/m).*Z' * (h-y)"],
  },
  {
    name: 'activations made of others, and eps',
    network: `u: input n=4
v: parameter 4
eps: input
h = u * sigmoid(u) * v / (sum(u * u) + eps)
g = gelu(u)
t: input 4
L = squaredError(h + g, t)`,
    proved: [
      raw`h_i = \frac{\mathrm{SiLU}(u_i) v_i}{\sum_j u_j^2 + \epsilon}`,
      raw`\frac{\partial h_i}{\partial v_i} = \frac{\mathrm{Swish}(u_i)}{\|u\|^2 + \varepsilon}`,
      'g = GELU(u)',
      raw`\mathrm{Swish}'(u_i) = \sigma(u_i) + \mathrm{Swish}(u_i) (1 - \sigma(u_i))`,
    ],
    refuted: [
      raw`h_i = \frac{\mathrm{SiLU}(u_i) v_i}{\sum_j u_j^2 - \epsilon}`,
      'g = SiLU(u)',
      raw`\mathrm{Swish}'(u_i) = \sigma(u_i) + u_i (1 - \sigma(u_i))`,
    ],
    illFormed: [raw`\mathrm{Swish}''(u_i) = \sigma(u_i)`],
  },
  {
    name: 'names with words below, masks that have names',
    network: `z: input 5 1
c_prev: input 3 1
Wi: parameter 3 5
Wc: parameter 3 5
i = sigmoid(Wi @ z)
c_hat = relu(Wc @ z)
c = c_prev + i * c_hat
a = relu(c)
y_pred = 2 * a
y_true: input 3 1
E = squaredError(y_pred, y_true)`,
    proved: [
      'dc_hat = dc * i; dc_hat *= (c_hat > 0); dWc = dc_hat @ z.T',
      'dy = y_pred - y_true; dWc = 2 * (dy * i * (c > 0) * (c_hat > 0)) @ z.T',
      'mask = (c <= 0); dout = 2 * (y_pred - y_true); dout[mask] = 0; dc = dout',
      'batch_size = z.shape[1]; dWc = (dc * i * (c_hat > 0)) @ z.T / batch_size',
      raw`d_c_hat = d_c \circ i`,
      'da_next = np.multiply(2, y_pred - y_true); dc = da_next * (c > 0)',
    ],
    refuted: [
      'dc_hat = dc * i; dc_hat *= (c_hat < 0); dWc = dc_hat @ z.T',
      'dc = da * (c > 0); dc_hat = dc * 2; dWi = (dc * i * (1 - i)) @ z.T',
      'mask = (c >= 0); dout = 2 * (y_pred - y_true); dout[mask] = 0; dc = dout',
      'mask = (c <= 0); dout = 2 * (y_pred - y_true); dout[mask] = 1; dc = dout',
      raw`d_c_hat = d_c \circ c_hat`,
    ],
    illFormed: ['dout[mask] = 0; dc = dout'],
  },
  {
    name: 'parts as long as a filter',
    network: `X: input 5 5
W: parameter f=3 3
b: parameter
Z = conv2d(X, W) + b
t: input 3 3
J = squaredError(Z, t)`,
    proved: [
      'dW = np.zeros((f, f)); for h in range(3): for w in range(3): dW += X[h:h+f, w:w+f] * dZ[h, w]',
    ],
    refuted: [
      'dW = np.zeros((f, f)); for h in range(3): for w in range(3): dW += X[h:h+f, w:w+f] * dZ[w, h]',
    ],
  },
  {
    name: 'neurons that have words for names',
    network: `i_1: input
w_1: parameter
w_2: parameter
net_{h1} = w_1 * i_1
out_{h1} = sigmoid(net_{h1})
net_{o1} = w_2 * out_{h1}
out_{o1} = sigmoid(net_{o1})
target_{o1}: input
E_{o1} = 0.5 * (target_{o1} - out_{o1})^2
E_{total} = E_{o1} + w_1^2`,
    proved: [
      raw`\text{out}_{h1} = \frac{1}{1+e^{-\text{net}_{h1}}}`,
      raw`\frac{\partial E_{total}}{\partial w_2} = \delta_{o1} out_{h1}`,
      raw`\frac{\partial E_{total}}{\partial out_{h1}} = \frac{\partial E_{o1}}{\partial out_{h1}}`,
    ],
    refuted: [
      raw`\frac{\partial E_{total}}{\partial w_2} = \delta_{h1} out_{h1}`,
      raw`\frac{\partial E_{total}}{\partial w_1} = \frac{\partial E_{o1}}{\partial w_1}`,
    ],
    illFormed: [raw`\frac{\partial E_{total}}{\partial w_2} = \delta_{o1} out_{h2}`],
  },
  {
    name: 'W1 of a graph with W_1, functions of one value, powers of norms, softmax of a row',
    network: `x: input d=3
W_1: parameter 3 4
h = x @ W_1
y = softmax(h)
u: parameter 4
c = sum(u * y) / norm(u)
L = c^2`,
    proved: [
      'dW1 = np.outer(x, dh)',
      'grad_x = W1 @ grad_h',
      raw`\frac{\partial c}{\partial u} = \frac{y}{\|u\|} - \frac{(u^T y) u}{\|u\|^3}`,
    ],
    holdsIf: [raw`y = \text{softmax}(x W_1)`],
    refuted: [
      'dW1 = np.outer(x, h)',
      'grad_x = 2 * W1 @ grad_h',
      raw`\frac{\partial c}{\partial u} = \frac{y}{\|u\|} - \frac{(u^T y) u}{\|u\|^2}`,
      raw`y = \text{softmax}(2 x W_1)`,
    ],
    illFormed: [raw`c = \cos(u, y)`, 'dW2 = np.outer(x, dh)'],
  },
])
