// What a formula says of the layer before the first, and cases by layer.
import { describe } from 'vitest'
import { table } from '../../authors.fixture.ts'

const layers = `x: input 4
W^1: parameter 5 4
b^1: parameter 5
z^1 = matmul(W^1, x) + b^1
a^1 = sigmoid(z^1)
W^2: parameter 3 5
b^2: parameter 3
z^2 = matmul(W^2, a^1) + b^2
a^2 = sigmoid(z^2)
W^3: parameter 2 3
b^3: parameter 2
z^3 = matmul(W^3, a^2) + b^3
a^3 = sigmoid(z^3)
y: input 2
C = squaredError(a^3, y)`

describe('a^0', () =>
  table(layers, [
    ['proved', '∂C/∂W^l = δ^l (a^{l-1})^T, a^0 = x'],
    ['proved', String.raw`\frac{∂C}{∂W^l} = δ^l (a^{l-1})^T, \quad \text{where } a^0 = x`],
    ['proved', 'a^l = σ(W^l a^{l-1} + b^l), a^0 = x'],
    ['proved', '∂C/∂W^l_{jk} = a^{l-1}_k δ^l_j, a^0 = x'],
    ['proved', '∂C/∂W^1 = δ^1 (a^0)^T, a^0 = x'],
    ['refuted', '∂C/∂W^l = δ^l (a^{l-1})^T, a^0 = 2 x'],
    ['ill-formed', 'a^0 = x'],
    ['ill-formed', '∂C/∂W^1 = δ^1 (a^0)^T'],
  ]))

const last = String.raw`(a^l - y) \odot \sigma'(z^l)`
const before = String.raw`(W^{l+1})^T \delta^{l+1} \odot \sigma'(z^l)`
const byCases = (first: string, second: string) =>
  String.raw`\delta^l = \begin{cases} ${first} & \text{if } l = L \\ ${second} & \text{otherwise} \end{cases}`

describe('cases by layer', () =>
  table(layers, [
    ['proved', byCases(last, before)],
    ['refuted', byCases('(a^l - y)', before)],
    ['refuted', byCases(last, String.raw`W^{l+1} \delta^{l+1} \odot \sigma'(z^l)`)],
  ]))

describe('a diagonal matrix of each layer', () =>
  table(layers, [
    ['proved', "δ^l = Σ'(z^l) (W^{l+1})^T δ^{l+1}, Σ'(z^l) = diag(σ'(z^l))"],
    ['refuted', "δ^l = Σ'(z^l) (W^{l+1})^T δ^{l+1}, Σ'(z^l) = diag(σ(z^l))"],
    ['ill-formed', "δ^l = Σ'(z^l) (W^{l+1})^T δ^{l+1}"],
    ['proved', 'D_l = diag(a^l ⊙ (1 - a^l)), δ^2 = D_2 (W^3)^T δ^3'],
    ['proved', 'δ^l = D_l (W^{l+1})^T δ^{l+1}, D_l = diag(a^l ⊙ (1 - a^l))'],
    ['refuted', 'δ^l = D_l (W^{l+1})^T δ^{l+1}, D_l = diag(a^l)'],
  ]))
