// What a document says at its head is meant wherever it can be meant: a convention that is left out
// in silence proves what its author denies.
import { describe } from 'vitest'
import { table } from '../language/authors.fixture.ts'

const oneLayer = `X: input 4 m=6
W: parameter 3 4
b: parameter 3 1
Z = W @ X + b
A = sigmoid(Z)
Y: input 3 6
J = 1/(2*m) * sum((A - Y)^2)`

describe('gradients of examples, of one layer alone', () => {
  table(
    oneLayer,
    [
      ['proved', 'dA = A - Y'],
      ['proved', 'dZ = dA ⊙ A ⊙ (1 - A)'],
      ['proved', 'dX = W^T dZ'],
      ['refuted', 'dA = 1/m (A - Y)'],
      ['refuted', 'dW = dZ X^T'],
      ['refuted', 'dX = m W^T dZ'],
      ['refuted', 'db = sum(dZ, axis=1, keepdims=True)'],
      ['refuted', '∂J/∂A = A - Y'],
    ],
    ['example gradients'],
  )
  table(oneLayer, [
    ['holds-if', 'dA = A - Y'],
    ['proved', 'dA = 1/m (A - Y)'],
    ['proved', 'dW = dZ X^T'],
  ])
})

const rows = `X: input m=5 4
W: parameter 4 3
Z = X @ W
Y: input 5 3
J = 1/(2*m) * sum((Z - Y)^2)`

describe('of examples that are rows, and of one array', () =>
  table(
    rows,
    [
      ['proved', 'dZ = Z - Y'],
      ['refuted', 'dZ = 1/m (Z - Y)'],
      ['refuted', 'dW = X^T dZ'],
    ],
    ['example gradients'],
  ))

const dense = `x_i: input 4
w_{ij}: parameter 3 4
z_i = dense(x, w)
a_i = sigmoid(z)
t_i: input 3
C = squaredError(a, t)`

describe('an index that stands twice, in brackets, squares and arguments too', () =>
  table(
    dense,
    [
      ['proved', 'C = 1/2 (a_i - t_i) (a_i - t_i)'],
      ['proved', 'C = 1/2 (a_i - t_i)^2'],
      ['proved', 'C = (a_i a_i - 2 a_i t_i + t_i t_i)/2'],
      ['proved', "δ_i = (a_i - t_i) σ'(w_{ij} x_j)"],
      ['proved', 'z_i z_i = w_{ij} x_j w_{ik} x_k'],
      ['proved', '(z_i + w_{ij} x_j) δ_i = 2 z_i δ_i'],
      ['proved', 'z_i - t_i = w_{ij} x_j - t_i'],
      ['refuted', 'C = (a_i - t_i) (a_i - t_i)'],
      ['refuted', 'C = (a_i a_i + 2 a_i t_i + t_i t_i)/2'],
      ['refuted', 'z_i^2 = w_{ij}^2 x_j^2'],
      ['refuted', "δ_i = (a_i + t_i) σ'(w_{ij} x_j)"],
      // In what is defined, beside a Σ, as a square, and on both sides.
      ['proved', 'z_i = u_i where u_i = w_{ij} x_j'],
      ['refuted', 'z_i = u_i where u_i = w_{ij} x_j x_j'],
      ['proved', 'Σ_i z_i = Σ_i w_{ij} x_j'],
      ['refuted', 'Σ_i z_i = Σ_i w_{ij} x_i'],
      ['proved', 'a_i^2 = Σ_k a_k^2'],
      ['proved', 'w_{ij} w_{ij} = w_{ik} w_{ik}'],
      ['proved', 'w_{ij} Σ_k w_{kj} x_j = w_{ij} x_j Σ_k w_{kj}'],
      ['refuted', 'a_i^2 = Σ_k a_k'],
      ['refuted', 'a_i^2 + a_i = 2 a_i^2'],
    ],
    ['summation'],
  ))

const square = `x: input 3
W: parameter 3 3
y = W x
C = sum(y * y)`

describe('indices that stand twice on both sides', () =>
  table(
    square,
    [
      ['proved', 'W_{ij} W_{ij} = W_{ji} W_{ji}'],
      ['proved', 'C = y_i y_i = y_k y_k'],
      ['refuted', 'W_{ij} W_{ij} = W_{ij} W_{ji}'],
      ['refuted', 'y_i x_i = x_i x_i'],
    ],
    ['summation'],
  ))

const classes = `x: input 3
W: parameter 3 3
z = dense(x, W)
p = softmax(z)
t: input 3
C = -sum(t * log(p))`

describe('targets that are one-hot: 0 or 1 each', () =>
  table(
    classes,
    [
      ['proved', '∂C/∂z = p - t'],
      ['proved', 'Σ_i t_i = 1'],
      ['budget', 'Σ_i t_i^2 = 1'],
      ['budget', 't_i^2 = t_i'],
      ['budget', 'C = -log(Σ_i t_i p_i)'],
      ['refuted', 't_1 = 1'],
      ['refuted', '∂C/∂z = 2 p - t'],
    ],
    ['one-hot'],
  ))

const mixed = `x: input 3
W1: parameter 3 3
z1 = W1 x
a1 = relu(z1)
W2: parameter 2 3
z2 = W2 a1
a2 = sigmoid(z2)
t: input 2
C = squaredError(a2, t)`

describe('σ that is the activation, though one of them is a sigmoid', () =>
  table(
    mixed,
    [
      ['proved', 'a_1 = σ(z_1)'],
      ['proved', 'a_2 = σ(z_2)'],
      ['proved', "δ_1 = (W_2^T δ_2) ⊙ σ'(z_1)"],
      ['refuted', 'δ_1 = (W_2^T δ_2) ⊙ σ(z_1)'],
      ['refuted', 'a_1 = σ(z_1)/2'],
    ],
    ['σ is the activation'],
  ))

const bars = `x: input 3
W: parameter 3 3
u = dense(x, W)
v = tanh(u)
t: input 3
L = squaredError(v, t)`

describe('bars in what is defined', () =>
  table(
    bars,
    [
      ['proved', 'x̄ = W^T g where g = ū'],
      ['refuted', 'x̄ = W^T g where g = v̄'],
    ],
    ['adjoints'],
  ))

const batch = `X: input m=4 3
W: parameter 3 2
b: parameter 2
Z = X W + b
Y: input 4 2
J = 1/(2*m) * sum((Z - Y)^2)`

describe('vectors that are rows: those of a matrix and sums of them', () => {
  table(
    batch,
    [
      ['proved', 'Z_i = X_i W + b'],
      ['proved', 'db = Σ_i dZ_i'],
      ['proved', 'dX_i = dZ_i W^T'],
      ['proved', 'dW = Σ_i X_i^T dZ_i'],
      ['proved', '‖X_i‖^2 = X_i X_i^T'],
      ['refuted', 'Z_i = W^T X_i + b'],
      ['refuted', 'dX_i = W dZ_i^T'],
      ['refuted', 'dW = Σ_i X_i dZ_i^T'],
      ['refuted', '‖X_i‖^2 = X_i^T X_i'],
    ],
    ['row vectors'],
  )
  table(batch, [['proved', 'db = 1/m Σ_i dZ_i']], ['row vectors', 'example gradients'])
})

const convolutions = `x: input 1 6 6
w1: parameter 2 1 3 3
z1 = conv2d(x, w1)
a1 = relu(z1)
w2: parameter 2 2 3 3
z2 = conv2d(a1, w2)
a2 = relu(z2)
C = sum(a2^2)`

describe('layers of convolutions: what is beside a kernel is what enters it', () =>
  table(
    convolutions,
    [
      ['ambiguous', 'z = a * w'],
      ['proved', 'a = relu(z)'],
      ['refuted', 'a = z'],
    ],
    ['layers'],
  ))
