// How far a sum over steps or layers goes is what its limits say, whatever they are made of.
import { describe } from 'vitest'
import { table } from '../../authors.fixture.ts'

const recurrent = `x: input T=4 2
h_0: input 3
U: parameter 3 2
W: parameter 3 3
for t = 1, …, 4:
    h_t = tanh(W h_{t-1} + U x_t)
y: input 3
L = sum((h_4 - y)^2)`

describe('a sum over steps', () =>
  table(recurrent, [
    ['proved', 'Σ_{t=1}^{T-1} h_t = h_1 + h_2 + h_3'],
    ['refuted', 'Σ_{t=1}^{T-1} h_t = h_1 + h_2 + h_3 + h_4'],
    ['refuted', 'Σ_{s=1}^{4-1} h_s = h_1 + h_2 + h_3 + h_4'],
    ['refuted', '∂L/∂W = Σ_{t=1}^{T-1} diag(1 - h_t^2) ∂L/∂h_t h_{t-1}^T'],
    ['ill-formed', '∂L/∂W = Σ_{t=1}^{T+1} diag(1 - h_t^2) ∂L/∂h_t h_{t-1}^T'],
    ['proved', 'Σ_{t=1}^{T} Σ_{s=1}^{t} h_s = 4 h_1 + 3 h_2 + 2 h_3 + h_4'],
    ['refuted', 'Σ_{t=1}^{T} Σ_{s=1}^{t} h_s = 4 h_1 + 4 h_2 + 4 h_3 + 4 h_4'],
    ['proved', 'Σ_{t=1}^{4} Σ_{s=t}^{4} h_s = h_1 + 2 h_2 + 3 h_3 + 4 h_4'],
    ['proved', 'Σ_{t=1}^{3} Σ_{s=1}^{t-1} h_s h_t^T = h_1 h_2^T + h_1 h_3^T + h_2 h_3^T'],
    ['refuted', 'Σ_{t=1}^{3} Σ_{s=1}^{t} h_s h_t^T = h_1 h_2^T + h_1 h_3^T + h_2 h_3^T'],
    ['proved', 'Σ_{s=1}^{t} h_s = h_t + Σ_{s=1}^{t-1} h_s for t = 3'],
    ['refuted', 'Σ_{s=1}^{t} h_s = h_t + Σ_{s=1}^{t} h_s for t = 3'],
    ['ill-formed', 'Σ_{s=1}^{t} h_s = h_1 + h_2 + h_3 + h_4 for t = 3'],
    ['proved', 'Σ_{s=1}^{0} h_s = 0'],
  ]))

const layers = `x: input 4
W^1: parameter 3 4
W^2: parameter 3 3
W^3: parameter 3 3
a^1 = tanh(W^1 x)
a^2 = tanh(W^2 a^1)
a^3 = tanh(W^3 a^2)
C = sum(a^3)`

describe('a sum over layers', () =>
  table(layers, [
    ['proved', 'Σ_{l=1}^{L} a^l = a^1 + a^2 + a^3'],
    ['proved', 'Σ_{l=1}^{L-1} a^l = a^1 + a^2'],
    ['refuted', 'Σ_{l=1}^{L-1} a^l = a^1 + a^2 + a^3'],
    ['ill-formed', 'Σ_{l=1}^{L} W^{l+1} a^l = W^2 a^1 + W^3 a^2'],
    ['proved', 'Σ_{l=1}^{L-1} W^{l+1} a^l = W^2 a^1 + W^3 a^2'],
    ['proved', 'Σ_{k=l}^{L} a^k = a^l + Σ_{k=l+1}^{L} a^k'],
    ['refuted', 'Σ_{k=l}^{L} a^k = a^l'],
  ]))
