// What shapes and the network settle of what authors write: which product a dot is, which axis a Σ
// runs along, what u_k and σ(z)_i are. Each true line has a false twin.
import { describe, expect, test } from 'vitest'
import { readNetwork } from '../../document/network-text.ts'
import { buildNetwork } from '../../notes/network/build-network.ts'
import { verify } from '../../verify.ts'

const said = (network: string, claim: string) => {
  const { cost, sizes } = buildNetwork(readNetwork(network))
  const { kind } = verify(cost, claim, { sizes })
  return kind === 'proved' || kind === 'agrees' ? 'true' : kind
}

const { raw } = String

const rows = `X: input m=5 3
W1: parameter 3 4
b1: parameter 4
Z1 = X @ W1 + b1
A1 = sigmoid(Z1)
W2: parameter 4 2
b2: parameter 2
Z2 = A1 @ W2 + b2
y: input 5 2
J = squaredError(Z2, y)`

const softmax = 'z: input 3\ns = softmax(z)\ny: input 3\nC = -sum(y * log(s))'

const words = `v_c: parameter d=3
u_o: parameter 3
U: parameter K=4 3
J = -log(sigmoid(u_o @ v_c)) - sum(log(sigmoid(-(U @ v_c))))`

const scaled = 'x: input N=5 3\ng: parameter 3\ny = g * x\nL = sum(y^2)'

const maps = `x_{cij}: input 2 5 5
w_{ncuv}: parameter 3 2 3 3
y_{nij} = conv2d(x, w)
T_{nij}: input 3 3 3
L = squaredError(y, T)`

const factors = `R: input 4 3
P: parameter 4 2
Q: parameter 3 2
J = sum((R - P @ Q.T)^2)`

const trace = 'A: parameter 3 4\nB: input 4 3\nD: input 3 3\nf = sum(A * B.T) + sum(D)'

const square = `x: input 3
W: parameter 3 3
z = dense(x, W)
a = sigmoid(z)
t: input 3
C = squaredError(a, t)`

describe('by shapes', () => {
  test.each([
    ['true', rows, raw`dZ^{[1]} = dZ^{[2]} \cdot W^{[2]T} \times f'(Z^{[1]})`],
    ['refuted', rows, raw`dZ^{[1]} = dZ^{[2]} \cdot W^{[2]T} \times f(Z^{[1]})`],
    ['holds-if', rows, raw`db^{[2]} = \sum dZ^{[2]}`],
    ['refuted', rows, raw`db^{[2]} = \frac{1}{m} \sum dZ^{[2]}`],
    [
      'true',
      softmax,
      raw`\frac{\partial \sigma(z)_i}{\partial z_k} = \sigma(z)_i (\delta_{ik} - \sigma(z)_k)`,
    ],
    [
      'refuted',
      softmax,
      raw`\frac{\partial \sigma(z)_i}{\partial z_k} = \sigma(z)_i (1 - \sigma(z)_k)`,
    ],
    ['true', words, raw`\frac{\partial J}{\partial u_k} = \sigma(u_k^\top v_c) v_c`],
    ['refuted', words, raw`\frac{\partial J}{\partial u_k} = -\sigma(u_k^\top v_c) v_c`],
    [
      'true',
      maps,
      raw`y_{nij} = \sum_c \sum_{k_x=1}^3 \sum_{k_y=1}^3 w_{n,c,k_x,k_y} x_{c,i+k_x-1,j+k_y-1}`,
    ],
    [
      'refuted',
      maps,
      raw`y_{nij} = \sum_c \sum_{k_x=1}^3 \sum_{k_y=1}^3 w_{n,c,k_y,k_x} x_{c,i+k_x-1,j+k_y-1}`,
    ],
    ['true', factors, raw`\nabla P = -2 (R - P Q^T) Q`],
    ['refuted', factors, raw`\nabla P = 2 (R - P Q^T) Q`],
    ['ill-formed', factors, raw`\nabla J = 2 (R - P Q^T) Q`],
    ['true', factors, raw`J(P,Q|R) = \|R - P Q^T\|_F^2`],
    ['true', trace, raw`\nabla_A \operatorname{tr}(A^T D A) = D A + D^T A`],
    ['refuted', trace, raw`\nabla_A \operatorname{tr}(A^T D A) = 2 D A`],
    ['refuted', trace, raw`\operatorname{tr}(D D) = \sum_{i,j} D_{ij}^2`],
    // Of one length a ⊗ b is entry by entry, and a matrix where one is meant.
    ['true', square, '∂C/∂W = δ ⊗ x'],
    ['refuted', square, '∂C/∂W = x ⊗ δ'],
    ['true', square, "∂C/∂W = ((a - t) * σ'(z)) ⊗ x"],
    ['true', square, "δ = (a - t) ⊗ σ'(z)"],
    ['refuted', square, 'δ = a ⊗ t'],
    ['holds-if', scaled, 'dx = dy * g'],
    ['refuted', scaled, 'dx = dy * g * g'],
  ])('%s: %#', (wanted, network, claim) => {
    expect(said(network, claim)).toBe(wanted)
  })
})

test('what fits under a convention alone and is false there is refuted with values', () => {
  const { cost, sizes } = buildNetwork(readNetwork(scaled))
  expect(verify(cost, 'dx = dy * g * g', { sizes })).toHaveProperty('entry')
})

// What takes a formula back is part of what is said; what explains it is not.
test.each([
  ['ill-formed', raw`z_k = \sum_i W_{ki} x_i \quad \text{is wrong}`],
  ['ill-formed', raw`z_k = \sum_i W_{ki} x_i \quad \text{up to a constant}`],
  ['ill-formed', raw`z_k = \sum_i W_{ki} x_i \quad \text{不成立}`],
  ['true', raw`z_k = \sum_i W_{ki} x_i \quad \text{by definition, for all k}`],
])('%s: prose behind %s', (wanted, claim) => {
  expect(said(square, claim)).toBe(wanted)
})
