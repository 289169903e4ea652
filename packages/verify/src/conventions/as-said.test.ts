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
    ],
    ['summation'],
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
