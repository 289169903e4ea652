// Spellings that some read so and others otherwise, and names before parentheses.
import { describe, expect, test } from 'vitest'
import { judged, table } from './authors.fixture.ts'

describe('where a ∏ ends', () => {
  table('x_i: input 4\nt_i: input 4\ny_i = x_i * t_i\nC = sum(y)', [
    ['ambiguous', '∏_{i=1}^{3} x_i ∏_{j=4}^{4} x_j = x_1 x_2 x_3 x_4'],
    ['ambiguous', '∏_{i=1}^{3} x_i t_1 = x_1 x_2 x_3 t_1'],
    ['ambiguous', '∏_{i=1}^{3} x_i t_1 = x_1 x_2 x_3 t_1^3'],
    ['refuted', '∏_{i=1}^{3} x_i t_1 = x_1 x_2 x_3 t_1^2'],
    ['proved', '∏_{i=1}^{3} x_i t_i = x_1 x_2 x_3 t_1 t_2 t_3'],
    ['proved', '(∏_{i=1}^{3} x_i) t_1 = x_1 x_2 x_3 t_1'],
    ['refuted', '(∏_{i=1}^{3} x_i) t_1 = x_1 x_2 x_3 t_1^3'],
    // (−1)^i is a number, though the logarithm of −1 is none.
    ['proved', 'Σ_{i=1}^{4} (-1)^i = 0'],
    ['refuted', 'Σ_{i=1}^{4} (-1)^i = 1'],
  ])
})

describe('a ∏ over steps', () => {
  const step = (t: number) => `h_${t} = tanh(W h_${t - 1} + U x_${t})`
  const lines = [1, 2, 3].flatMap((t) => [`x_${t}: input 2`, step(t)])
  const given = ['h_0: input 3', 'W: parameter 3 3', 'U: parameter 3 2', 'y: input 3']
  table([...given, ...lines, 'L = 1/2 sum((h_3 - y)^2)'].join('\n'), [
    ['proved', '∂h_t/∂h_k = ∏_{j=k+1}^{t} ∂h_j/∂h_{j-1}'],
    ['proved', '∂h_t/∂h_k = ∏_{t ≥ j > k} ∂h_j/∂h_{j-1}'],
    ['proved', '∂h_t/∂h_k = ∏_{j=k}^{t-1} ∂h_{j+1}/∂h_j'],
    ['refuted', '∂h_t/∂h_k = ∏_{j=k}^{t} ∂h_j/∂h_{j-1}'],
    ['refuted', '∂h_t/∂h_k = ∏_{j=k+2}^{t} ∂h_j/∂h_{j-1}'],
    ['ambiguous', '∂h_t/∂h_k = ∏_{j=k+1}^{t} diag(1 - h_j^2) W'],
    ['refuted', '∂h_t/∂h_k = ∏_{j=k+1}^{t} diag(1 - h_{j-1}^2) W'],
    ['proved', '∂L/∂h_k = (∏_{j=k+1}^{T} ∂h_j/∂h_{j-1})^T ∂L/∂h_T for k ≥ 1'],
    // Without a factor at k = 3.
    ['refuted', '∂L/∂h_k = 2 (∏_{j=k+1}^{3} ∂h_j/∂h_{j-1})^T ∂L/∂h_3 for k = 3'],
    ['ill-formed', '∂h_t/∂h_k = ∏_{j} ∂h_j/∂h_{j-1}'],
  ])
})

describe('an array before one name in parentheses', () => {
  table('σ: parameter 3\nx: input 3\ny = σ * x\nC = sum(y)', [
    ['ambiguous', 'y = σ(x)'],
    ['proved', 'y = σ ⊙ x'],
    ['proved', 'y = σ (x + 0 x)'],
  ])
  table('f: parameter 3\ng: input 3\nh = f * g\nC = sum(h)', [
    ['ill-formed', 'h = f(g)'],
    ['proved', 'h = f ⊙ g'],
  ])
})

describe('what is predicted is predicted of what it is made of', () =>
  table(
    `X: input m=6 n=3
θ: parameter 3
h = sigmoid(X @ θ)
y: input 6
J = -1/m * sum(y * log(h) + (1 - y) * log(1 - h))`,
    [
      ['ill-formed', 'h_θ(y) = h'],
      ['proved', 'h_θ(X) = h'],
      ['proved', 'h_θ(x^{(i)}) = σ(θ^T x^{(i)})'],
    ],
  ))

test('equals by chance are nobody’s choice: an overlapping maximum is not refuted at x = 0', () => {
  const judge = judged(`x_{ij}: input 1 3 3
p_{ij} = maxPool2d(x, size=2, stride=1)
g_{ij}: input 1 2 2
C = sum(p*g)`)
  const at = (i: number, j: number) => `g_{${i}${j}} [x_{22} = p_{${i}${j}}]`
  const three = `${at(1, 1)} + ${at(1, 2)} + ${at(2, 1)}`
  expect(judge(`∂C/∂x_{22} = ${three} + ${at(2, 2)}`).kind).not.toBe('refuted')
  expect(judge(`∂C/∂x_{22} = ${three}`).kind).toBe('refuted')
})
