// δ_o of a unit o: its error, or that of what enters its activation; and what formulas say it is.
import { describe } from 'vitest'
import { table } from '../../authors.fixture.ts'

const units = `x: input 8
W: parameter 6 8
net_h = matmul(W, x)
h = sigmoid(net_h)
U: parameter 3 6
net_o = matmul(U, h)
o = sigmoid(net_o)
t: input 3
E = squaredError(o, t)`

describe('δ of a unit', () =>
  table(units, [
    ['ambiguous', 'δ_o = (o - t) ⊙ o ⊙ (1 - o)'],
    ['ambiguous', 'δ_h = (U^T δ_o) ⊙ h ⊙ (1 - h)'],
    ['ambiguous', 'δ_{o,k} = (o_k - t_k) o_k (1 - o_k)'],
    ['ambiguous', '∂E/∂U = δ_o h^T'],
    ['proved', 'δ_o = o - t'],
    ['proved', 'δ_{net_o} = (o - t) ⊙ o ⊙ (1 - o)'],
    ['proved', 'δ^o = (o - t) ⊙ o ⊙ (1 - o)'],
    ['refuted', 'δ_o = (t - o) ⊙ o ⊙ (1 - o)'],
    ['refuted', 'δ_h = (U^T δ_o) ⊙ h'],
  ]))

describe('what is said of δ', () =>
  table(units, [
    ['proved', '∂E/∂U = δ_o h^T where δ_o = (o - t) ⊙ o ⊙ (1 - o)'],
    ['proved', '∂E/∂U = -δ_o h^T where δ_o = (t - o) ⊙ o ⊙ (1 - o)'],
    ['refuted', '∂E/∂U = δ_o h^T where δ_o = (t - o) ⊙ o ⊙ (1 - o)'],
    ['proved', '∂E/∂U_{kj} = δ_k h_j where δ_k = (o_k - t_k) o_k (1 - o_k)'],
    [
      'proved',
      '∂E/∂W_{ji} = δ_j x_i where δ_j = h_j (1 - h_j) Σ_k δ_k U_{kj}, δ_k = (o_k - t_k) o_k (1 - o_k)',
    ],
    [
      'refuted',
      '∂E/∂W_{ji} = δ_j x_i where δ_j = h_j (1 - h_j) Σ_k δ_k U_{kj}, δ_k = (t_k - o_k) o_k (1 - o_k)',
    ],
    [
      'ill-formed',
      '∂E/∂W_{ji} = δ_j x_i where δ_j = h_j (1 - h_j) Σ_m δ_m U_{mj}, δ_k = o_k - t_k',
    ],
  ]))

const linear = `x: input 8
W: parameter 6 8
z = matmul(W, x)
s = sigmoid(z)
U: parameter 3 6
o = matmul(U, s)
t: input 3
E = squaredError(o, t)`

describe('δ with an array above', () =>
  table(linear, [
    ['proved', 'δ^s = U^T δ^o'],
    ['proved', 'δ^{(o)} = o - t'],
    ['proved', 'δ^z = δ^s ⊙ s ⊙ (1 - s)'],
    ['proved', '∂E/∂U = δ^o s^T where δ^o = ∂E/∂o'],
    ['proved', '∂E/∂U^T = s δ^{oT}'],
    ['proved', '∂E/∂U^T = s (δ^{(o)})^T'],
    ['refuted', 'δ^s = U^T (t - o)'],
  ]))
