// A misfit of shapes refutes only what is true in no reading: rows and columns of ones, channels,
// arrays entry by entry, sums along the examples. Beside each its twin, which is false in all.
import { expect, it } from 'vitest'
import { buildNetwork } from '../notes/network/build-network.ts'
import { readNetwork } from '../tools.ts'
import { verify } from '../verify.ts'

const judge = (network: string) => {
  const { cost, sizes } = buildNetwork(readNetwork(network))
  return (claim: string) => verify(cost, claim, { sizes })
}

const networks = {
  rows: judge(`A: input m=6 4
W: parameter 4 3
b: parameter 3
Z = matmul(A, W) + b
Y: input 6 3
J = sum((Z - Y)^2)`),
  columns: judge(`A: input 4 m=6
W: parameter 3 4
b: parameter 3 1
Z = matmul(W, A) + b
Y: input 3 6
J = sum((Z - Y)^2)`),
  channels: judge(`F: input 3 4 5
γ: parameter 3 1 1
β: parameter 3 1 1
G = γ * F + β
C = sum(G^2)`),
  normalised: judge(`X: input N=5 3
μ_j = mean(X, axes=[0])
v_j = mean((X_{ij} - μ_j)^2, axes=[0])
H_{ij} = (X_{ij} - μ_j) / sqrt(v_j + 1)
g: parameter 3
b: parameter 3
Y = g * H + b
T: input 5 3
L = sum((Y - T)^2)`),
  single: judge(`X: input 1 3
W: parameter 3 4
Y = matmul(X, W)
C = sum(Y^2)`),
}

it.each<[keyof typeof networks, string, string]>([
  ['rows', 'holds-if', 'db = 1^T dZ'],
  ['rows', 'holds-if', '∂J/∂b - 2 1^T (Z - Y) = 0'],
  ['rows', 'holds-if', 'db = \\mathbf{1}^T D where D = dZ'],
  ['rows', 'refuted', 'db = 2 1^T dZ'],
  ['rows', 'proved', 'db = dZ^T 1'],
  ['rows', 'refuted', 'db = 2 dZ^T 1'],
  ['rows', 'proved', 'dZ = 2 (Z - Y) \\cdot 1'],
  ['rows', 'refuted', 'db = dZ \\cdot 1'],
  ['rows', 'holds-if', 'db = sum(dZ)'],
  ['rows', 'refuted', 'db = 2 sum(dZ)'],
  ['rows', 'ill-formed', 'db = np.sum(dZ)'],
  ['rows', 'holds-if', 'db - Σ_{batch} dZ = 0'],
  ['rows', 'refuted', 'db - 2 Σ_{batch} dZ = 0'],
  ['columns', 'holds-if', 'db - Σ_{batch} dZ = 0'],
  ['columns', 'refuted', 'db + Σ_{batch} dZ = 0'],
  ['columns', 'holds-if', 'db = sum(dZ)'],
  ['channels', 'holds-if', 'G = γ F + β'],
  ['channels', 'holds-if', 'G = Q + β where Q = γ F'],
  ['channels', 'refuted', 'G = γ F - β'],
  ['channels', 'refuted', 'G = β F + γ'],
  ['normalised', 'holds-if', 'dL/dX = g/(N √(v+1)) (N dY - Σ_i dY_i - H Σ_i dY_i H_i)'],
  ['normalised', 'refuted', 'dL/dX = g/(N √(v+1)) (N dY + Σ_i dY_i - H Σ_i dY_i H_i)'],
  ['single', 'refuted', '∂C/∂W = ∂C/∂Y X^T'],
])('of %s, %s: %s', (of, kind, claim) => {
  expect(networks[of](claim).kind).toBe(kind)
})

// Their shapes are asked for at each of them: 2^98 times, if nobody remembered them.
it('calls inside of calls are looked at once', () => {
  const nested = `${'rot180('.repeat(98)}X${')'.repeat(98)}`
  const { cost, sizes } = buildNetwork(
    readNetwork('X: input 4 4\nx: input 4\nC = sum(X * X) + sum(x)'),
  )
  expect(verify(cost, `x = ${nested}`, { sizes, deadline: 30 }).kind).toMatch(/refuted|budget/)
})
