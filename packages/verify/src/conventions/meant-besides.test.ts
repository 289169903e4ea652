// What is true as it is meant, and was refuted as it stands: inner products of three vectors, sums
// over examples at the end of a chain, what is broadcast on the other side of a relation; and what
// is said twice of one thing, or of a thing by itself, which claims nothing.
import { expect, it } from 'vitest'
import { buildNetwork } from '../notes/network/build-network.ts'
import { readNetwork } from '../tools.ts'
import { verify } from '../verify.ts'
import { declaredIn } from './declared.ts'

const judge = (network: string) => {
  const { cost, sizes } = buildNetwork(readNetwork(network))
  return (claim: string, head = '') => verify(cost, claim, { sizes, conventions: declaredIn(head) })
}

const networks = {
  normalised: judge(`x: input N=5 d=3
γ: parameter 3
β: parameter 3
μ_j = mean(x, axes=[0])
xh_{ij} = (x_{ij} - μ_j) / 2
y_{ij} = γ_j xh_{ij} + β_j
t: input 5 3
C = squaredError(y, t)`),
  vectors: judge(`w: input 3
x: input 3
v: input 3
p_j = Σ_i w_i x_i v_j
s_j = Σ_i x_i v_i w_j
C = sum(p * p) + sum(s)`),
  rows: judge(`X: input N=6 4
w: parameter 4
p = X w
y: input 6
C = 1/2 * sum((p - y)^2)`),
  broadcast: judge(`b: input 3
D: input 4 3
S = D + b
C = sum(S * S)`),
  batch: judge(`Z: input 6 3
b: parameter 3
A = Z + b
C = sum(A * A)`),
  square: judge(`W: parameter 3 3
x: input 3
z = W @ x
C = sum(z * z)`),
  dense: judge(`x: input 4
w: parameter 3 4
z = w x
a = tanh(z)
y: input 3
C = squaredError(a, y)`),
}

it.each<[keyof typeof networks, string, string, string?]>([
  ['normalised', 'holds-if', 'dβ = dy · ∂y/∂β = Σ dy'],
  ['normalised', 'holds-if', 'dγ = dy · ∂y/∂γ = Σ dy · xh'],
  ['normalised', 'refuted', 'dβ = dy · ∂y/∂β = 2 Σ dy'],
  ['normalised', 'refuted', 'dβ = dy · ∂y/∂γ = Σ dy'],
  ['normalised', 'refuted', 'dγ = dy · ∂y/∂γ = Σ dy'],
  ['vectors', 'holds-if', 'p = (w x) v'],
  ['vectors', 'holds-if', 'p = w x v'],
  ['vectors', 'holds-if', 's = w x v'],
  ['vectors', 'refuted', 'p = (x v) w'],
  ['vectors', 'refuted', 'p = 2 w x v'],
  ['vectors', 'proved', 'w x = x w'],
  ['rows', 'proved', '∂C/∂w = Σ_x (p - y) x', 'sum: examples'],
  ['rows', 'refuted', '∂C/∂w = 2 Σ_x (p - y) x', 'sum: examples'],
  ['rows', 'refuted', '∂C/∂w = Σ_x p x', 'sum: examples'],
  ['broadcast', 'holds-if', 'S - D = b'],
  ['broadcast', 'holds-if', 'b = S - D'],
  ['broadcast', 'refuted', 'S - D = 2 b'],
  ['broadcast', 'refuted', 'S = b'],
  ['broadcast', 'refuted', '∂C/∂b = ∂C/∂S'],
  ['dense', 'holds-if', '∂a/∂z = 1 - a^2'],
  ['dense', 'holds-if', '∂C/∂z_i = (a_i - y_i) (1 - a^2)'],
  ['dense', 'refuted', '∂C/∂z_i = (a_i - y_i) (1 + a^2)'],
  ['dense', 'proved', '∂C/∂z = ∂C/∂a ⊙ ∂a/∂z'],
  ['dense', 'proved', 'C - 1/2 (a - y)^2 = 0'],
  ['dense', 'refuted', 'C - (a - y)^2 = 0'],
  ['dense', 'holds-if', '∂a/∂z = s where s = 1 - a^2'],
  ['dense', 'refuted', '∂a/∂z = s where s = 1 + a^2'],
  ['dense', 'holds-if', '∂C/∂z_i = D_i where D_i = (a_i - y_i) (1 - a^2)'],
  ['batch', 'holds-if', 'Σ_{batch} dA = db'],
  ['batch', 'holds-if', 'db = D where D = Σ_{batch} dA'],
  ['batch', 'refuted', '2 Σ_{batch} dA = db'],
  ['square', 'proved', 'z_i = W_i x'],
  ['square', 'ambiguous', 'z = Σ_j W_j x_j'],
  ['square', 'refuted', 'z = 2 Σ_j W_j x_j'],
  ['dense', 'proved', 'z ← w x'],
  ['dense', 'refuted', 'z ← 2 w x'],
  ['dense', 'ill-formed', 'z ← 2 z'],
  ['dense', 'ill-formed', 'w := w - ∂C/∂w'],
  ['dense', 'refuted', 'z = 2 z'],
  ['dense', 'proved', '∂C/∂w = ∂C/∂z x^T', 'gradients: rows'],
  ['dense', 'ill-formed', '∂C/∂w = ∂C/∂z x^T', 'layout: denominator; gradients: rows'],
  ['dense', 'ill-formed', 'z = w x', 'vectors: rows; vectors: columns'],
])('of %s, %s: %s %s', (of, kind, claim, head) => {
  expect(networks[of](claim, head).kind).toBe(kind)
})
