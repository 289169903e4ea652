// [h, x]: vectors end to end, columns side by side, matrices beside each other or below.
import { describe } from 'vitest'
import { table } from '../language/authors.fixture.ts'

const gates = `x_t: input 3
h_{t-1}: input 4
c_{t-1}: input 4
W_f: parameter 4 7
W_i: parameter 4 7
b_f: parameter 4
f_t = sigmoid(matmul(W_f, concat(h_{t-1}, x_t)) + b_f)
i_t = sigmoid(W_i [h_{t-1}, x_t])
c_t = f_t * c_{t-1} + i_t
y: input 4
L = squaredError(c_t, y)`

describe('vectors end to end', () =>
  table(gates, [
    ['proved', 'f_t = σ(W_f [h_{t-1}, x_t] + b_f)'],
    ['proved', 'f_t = σ(W_f · [h_{t-1}; x_t] + b_f)'],
    ['refuted', 'f_t = σ(W_f [x_t, h_{t-1}] + b_f)'],
    ['proved', String.raw`i_t = \sigma(W_i \begin{bmatrix} h_{t-1} \\ x_t \end{bmatrix})`],
    ['proved', '∂L/∂W_f = (∂L/∂f_t ⊙ f_t ⊙ (1 - f_t)) [h_{t-1}, x_t]^T'],
    ['refuted', '∂L/∂W_f = (∂L/∂f_t ⊙ f_t ⊙ (1 - f_t)) [x_t, h_{t-1}]^T'],
    [
      'proved',
      '[∂L/∂h_{t-1}; ∂L/∂x_t] = W_f^T (df_t ⊙ f_t ⊙ (1 - f_t)) + W_i^T (di_t ⊙ i_t ⊙ (1 - i_t))',
    ],
    ['proved', 'z_t = [h_{t-1}, x_t], f_t = σ(W_f z_t + b_f)'],
    ['refuted', 'f_t = σ(W_f [h_{t-1}, x_t, x_t] + b_f)'],
    ['ill-formed', 'f_t = [1, 2, 3, 4]'],
  ]))

const gated = `x_t: input 3
h_{t-1}: input 4
W_z: parameter 4 7
W_h: parameter 4 7
z_t = sigmoid(W_z [h_{t-1}, x_t])
g_t = tanh(W_h [z_t * h_{t-1}, x_t])
h_t = (1 - z_t) * h_{t-1} + z_t * g_t
L = sum(h_t)`

describe('a star beside such a vector', () =>
  table(gated, [
    ['proved', 'g_t = tanh(W_h · [z_t * h_{t-1}, x_t])'],
    ['proved', 'h_t = (1 - z_t) * h_{t-1} + z_t * tanh(W_h [z_t ⊙ h_{t-1}, x_t])'],
    ['proved', 'u = tanh(W_h [z_t * h_{t-1}, x_t]), h_t = (1 - z_t) * h_{t-1} + z_t * u'],
    ['refuted', 'h_t = z_t * h_{t-1} + (1 - z_t) * tanh(W_h [z_t ⊙ h_{t-1}, x_t])'],
  ]))

const affine = `x: input 3
W: parameter 4 3
b: parameter 4
z = matmul(W, x) + b
L = sum(z * z)`

describe('a bias as a column', () =>
  table(affine, [
    ['proved', 'z = [W, b] [x; 1]'],
    [
      'proved',
      String.raw`z = \begin{bmatrix} W & b \end{bmatrix} \begin{bmatrix} x \\ 1 \end{bmatrix}`,
    ],
    ['refuted', 'z = [W, b] [x; 2]'],
    ['refuted', 'z = [W, b] [1; x]'],
  ]))

const batch = `X: input 5 3
H: input 5 4
W: parameter 7 2
Z = matmul([H, X], W)
L = sum(Z * Z)`

describe('matrices beside each other', () =>
  table(batch, [
    ['proved', 'Z = [H, X] W'],
    ['proved', '∂L/∂W = [H, X]^T ∂L/∂Z'],
    ['proved', '[dH, dX] = dZ W^T'],
    ['refuted', 'Z = [X, H] W'],
  ]))

const columns = `x_1: input 3
x_2: input 3
X = stack([x_1, x_2], axis=1)
Y = stack([x_1, x_2], axis=0)
L = sum(X * X) + sum(Y)`

describe('columns and rows of a matrix', () =>
  table(columns, [
    ['proved', 'X = [x_1, x_2]'],
    ['refuted', 'X = [x_2, x_1]'],
    ['proved', 'Y = [x_1^T; x_2^T]'],
    ['proved', 'Y = [x_1, x_2]^T'],
    ['refuted', 'Y = [x_1, x_2]'],
  ]))
