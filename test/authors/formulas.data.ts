// Formulas as they stand in public notes, books and answers, with networks that they could be about.
// The letters, brackets and signs are their authors'; what is true of each is worked out by hand.

export interface Source {
  readonly about: string
  readonly network: string
  /** A formula, and the verdicts that are right for it. */
  readonly formulas: readonly (readonly [formula: string, right: string, assume?: string])[]
}

const { raw } = String

const dense = `
x: input 4
W^{[1]}: parameter 5 4
b^{[1]}: parameter 5
z^{[1]} = dense(x, W^{[1]}, b^{[1]})
a^{[1]} = sigmoid(z^{[1]})
W^{[2]}: parameter 3 5
b^{[2]}: parameter 3
z^{[2]} = dense(a^{[1]}, W^{[2]}, b^{[2]})
a^{[2]} = sigmoid(z^{[2]})
y: input 3
J = squaredError(a^{[2]}, y)`

const logistic = `
X_{ij}: input m=6 n=3
θ_j: parameter 3
z_i = sum(X * θ, axes=[1])
h_i = sigmoid(z)
y_i: input 6
J = 0 - mean(y * log(h) + (1 - y) * log(1 - h))`

const least = `
X_{ij}: input n=6 3
w_j: parameter 3
r_i = sum(X * w, axes=[1])
y_i: input 6
L = sum(square(r - y))`

const softmax = `
z_i: input K=4
p_i = softmax(z)
y_i: input 4
L = crossEntropy(z, y)`

const conv = `
X_{ij}: input 1 5 5
F_{mn}: parameter 1 1 2 2
O_{ij} = conv2d(X, F)
t: input 1 4 4
L = squaredError(O, t)`

const recurrent = `
x_1: input 4
x_2: input 4
h_0: input 3
W_{xh}: parameter 3 4
W_{hh}: parameter 3 3
b_h: parameter 3
W_{hy}: parameter 2 3
a_1 = dense(x_1, W_{xh}, b_h) + dense(h_0, W_{hh})
h_1 = tanh(a_1)
a_2 = dense(x_2, W_{xh}, b_h) + dense(h_1, W_{hh})
h_2 = tanh(a_2)
y_2 = dense(h_2, W_{hy})
t: input 2
L = squaredError(y_2, t)`

const norm = `
x_i: input m=5
μ = mean(x)
v = mean(square(x - μ))
ε: input
x̂_i = (x - μ) / sqrt(v + ε)
γ: parameter
β: parameter
y_i = γ * x̂ + β
t: input 5
L = squaredError(y, t)`

const attention = `
Q: input 3 2
K: input 4 2
V: input 4 3
S = matmul(Q, transpose(K))
P = softmax(S, axis=1)
O = matmul(P, V)
t: input 3 3
L = squaredError(O, t)`

const proved = 'proved agrees'

export const sources: readonly Source[] = [
  {
    about: 'two dense layers, in brackets',
    network: dense,
    formulas: [
      [raw`z^{[1]} = W^{[1]} x + b^{[1]}`, proved],
      [raw`a^{[2]} = \sigma(z^{[2]})`, proved],
      [raw`\delta^{[2]} = (a^{[2]} - y) * a^{[2]} * (1 - a^{[2]})`, proved],
      [raw`\frac{\partial J}{\partial W^{[2]}} = \delta^{[2]} a^{[1]T}`, proved],
      [raw`dz^{[1]} = W^{[2]T} dz^{[2]} * g^{[1]'}(z^{[1]})`, proved],
      [raw`dW^{[1]} = dz^{[1]} x^T`, proved],
      [raw`\nabla_{b^{[1]}} J = \delta^{[1]}`, proved],
      [raw`\delta^{[l]} = \left(W^{[l+1]}\right)^T \delta^{[l+1]} \circ g'(z^{[l]})`, proved],
      [
        raw`\frac{\partial J}{\partial a^{[1]}_j} = \sum_k \frac{\partial J}{\partial z_k^{[2]}} W_{kj}^{[2]}`,
        proved,
      ],
      [raw`J = \frac{1}{2} \lVert a^{[2]} - y \rVert^2`, proved],
      [raw`J = \frac{1}{2} \sum_{k=1}^{n_2} (a^{[2]}_k - y_k)^2`, proved],
      [raw`dW^{[1]} = x\, dz^{[1]T}`, 'refuted'],
      [raw`\delta^{[1]} = W^{[2]} \delta^{[2]} \odot \sigma'(z^{[1]})`, 'refuted'],
    ],
  },
  {
    about: 'logistic regression over examples',
    network: logistic,
    formulas: [
      [
        raw`\frac{\partial J}{\partial \theta_j} = \frac{1}{m} \sum_{i=1}^{m} (h_i - y_i) X_{ij}`,
        proved,
      ],
      [
        raw`\frac{\partial J(\theta)}{\partial \theta_j} = \frac{1}{m} \sum_{i=1}^{m} \left(\sigma(z_i) - y_i\right) X_{ij}`,
        proved,
      ],
      [
        raw`J(\theta) = -\frac{1}{m} \sum_{i=1}^m \left[ y_i \log(h_i) + (1 - y_i) \log(1 - h_i) \right]`,
        proved,
      ],
      [raw`\nabla_\theta J = \frac{1}{m} X^T (h - y)`, proved],
      [raw`\frac{\partial J}{\partial \theta} = \frac{1}{m} \sum_i (h_i - y_i) x_i`, proved],
      [raw`z_i = \theta^T x_i`, proved],
      [raw`\frac{\partial J}{\partial z_i} = h_i - y_i`, 'refuted'],
    ],
  },
  {
    about: 'least squares',
    network: least,
    formulas: [
      [raw`L = \|Xw - y\|_2^2`, proved],
      [raw`\nabla_w L = 2 X^\top (Xw - y)`, proved],
      [raw`L = (Xw - y)^\top (Xw - y)`, proved],
      [raw`\frac{\partial L}{\partial w_j} = 2 \sum_{i} (x_i^\top w - y_i) X_{ij}`, proved],
      [raw`\frac{\partial L}{\partial w} = X^\top (Xw - y)`, 'refuted'],
    ],
  },
  {
    about: 'softmax under cross-entropy',
    network: softmax,
    formulas: [
      [raw`p_i = \frac{e^{z_i}}{\sum_{j=1}^{K} e^{z_j}}`, proved],
      [raw`\frac{\partial p_i}{\partial z_j} = p_i(\delta_{ij} - p_j)`, proved],
      [
        raw`\frac{\partial p_i}{\partial z_j} = \begin{cases} p_i (1 - p_j) & i = j \\ -p_i p_j & i \neq j \end{cases}`,
        proved,
      ],
      [raw`\frac{\partial L}{\partial z_i} = p_i - y_i`, 'holds-if'],
      [raw`\frac{\partial L}{\partial z} = p - y`, proved, 'Σ_i y_i = 1'],
      [raw`L = -\sum_{i=1}^K y_i \ln p_i`, proved],
      [raw`\frac{\partial p}{\partial z} = \text{diag}(p) - p p^T`, proved],
      [raw`\frac{\partial p_i}{\partial z_j} = p_i(1 - p_j)`, 'refuted'],
    ],
  },
  {
    about: 'one convolution',
    network: conv,
    formulas: [
      [raw`O_{11} = X_{11}F_{11} + X_{12}F_{12} + X_{21}F_{21} + X_{22}F_{22}`, proved],
      [raw`O_{ij} = \sum_{m=0}^{1}\sum_{n=0}^{1} X_{i+m,j+n} F_{m,n}`, 'holds-if'],
      [
        raw`\frac{\partial L}{\partial F} = \text{conv}\left(X, \frac{\partial L}{\partial O}\right)`,
        'ambiguous',
      ],
      [raw`\frac{\partial L}{\partial X} = conv2(dO, F, 'full')`, proved],
      [
        raw`\frac{\partial L}{\partial F_{mn}} = \sum_i \sum_j \frac{\partial L}{\partial O_{ij}} X_{i+m-1,j+n-1}`,
        proved,
      ],
    ],
  },
  {
    about: 'a convolution along one axis, its filter declared first',
    network: `
W_{ilk}: parameter 1 2 1 3
x_{lt}: input 2 1 5
f_{ij} = conv2d(x, W, stride=[1,2])
t: input 1 1 2
L = squaredError(f, t)`,
    formulas: [
      [raw`f_{ij} = \sum_{l,k} x_{l,2j+k-2} W_{ilk}`, proved],
      [raw`f[i, j] = \sum_{k=0}^{2} \sum_{l=0}^1 x[l, 2*j + k] W[i, l, k]`, 'holds-if'],
      [raw`f_{ij} = \sum_{l,k} x_{l,j+k-1} W_{ilk}`, 'refuted'],
    ],
  },
  {
    about: 'two steps of a recurrent network',
    network: recurrent,
    formulas: [
      [raw`h_t = \tanh(W_{hh} h_{t-1} + W_{xh} x_t + b_h)`, proved],
      [
        raw`\frac{\partial L}{\partial h_1} = W_{hh}^T \left( \frac{\partial L}{\partial h_2} \odot (1 - h_2^2) \right)`,
        proved,
      ],
      [raw`dW_{hy} = dy_2 h_2^T`, proved],
      [
        raw`\frac{\partial L}{\partial W_{hh}} = \sum_{t=1}^{2} \frac{\partial L}{\partial a_t} h_{t-1}^\top`,
        proved,
      ],
      [raw`\frac{\partial h_2}{\partial h_1} = \text{diag}(1 - h_2^2) W_{hh}`, proved],
    ],
  },
  {
    about: 'batch normalisation of one unit',
    network: norm,
    formulas: [
      [raw`\hat{x}_i = \frac{x_i - \mu}{\sqrt{v + \epsilon}}`, proved],
      [
        raw`\frac{\partial L}{\partial \gamma} = \sum_{i=1}^m \frac{\partial L}{\partial y_i} \cdot \hat{x}_i`,
        proved,
      ],
      [raw`\frac{\partial L}{\partial \beta} = \sum_i \frac{\partial L}{\partial y_i}`, proved],
      [raw`\frac{\partial \mu}{\partial x_i} = \frac{1}{m}`, proved],
    ],
  },
  {
    about: 'attention',
    network: attention,
    formulas: [
      [raw`\mathrm{d}V = P^\top \mathrm{d}O`, proved],
      [raw`\mathrm{d}P = \mathrm{d}O V^\top`, proved],
      [raw`dQ = dS\, K`, proved],
      [raw`dK = dS^T Q`, proved],
    ],
  },
  {
    about: 'letters that could be two things',
    network: `
A: input 3 3
B: parameter 3 3
z = matmul(A, B)
o = softmax(z, axis=1)
t: input 3 3
E = squaredError(o, t)`,
    formulas: [
      [raw`z = A B`, proved],
      [raw`z = A * B`, 'ambiguous'],
      [raw`\frac{\partial z_{ij}}{\partial B_{mn}} = A_{im} \delta_{jn}`, 'ambiguous'],
      [raw`\frac{\partial E}{\partial B_{mn}} = \sum_i A_{im} \delta_{in}`, proved],
      [raw`z = B * A`, 'refuted ambiguous'],
    ],
  },
  {
    about: 'a Jacobian beside a cost of another name',
    network: `
z_j: input n=4
o_j = softmax(z)
t_j: input 4
E = 0 - sum(t * log(o))`,
    formulas: [
      [raw`\nabla_z E = J^\top \nabla_o E \text{ where } J = \text{diag}(o) - oo^\top`, proved],
      [raw`\nabla_z E = J^\top \nabla_o E \text{ where } J = \text{diag}(o) + oo^\top`, 'refuted'],
    ],
  },
]
