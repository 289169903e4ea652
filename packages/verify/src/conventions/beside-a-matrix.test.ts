// A vector written beside a matrix, as derivations of normalisations have it: γ x̂ + β.
import { expect, it } from 'vitest'
import { readNetwork } from '../document/network-text.ts'
import { verify } from '../front.ts'
import { buildNetwork } from '../notes/network/build-network.ts'

const judge = (network: string) => {
  const { cost, sizes } = buildNetwork(readNetwork(network))
  return (claim: string) => verify(cost, claim, { sizes, diagnose: () => [] }).kind
}

/** Each row is normalised, so that μ has a number for each row and γ one for each column. */
const rows = judge(`x: input 2 3
μ_i = mean(x, axis=1)
v_i = variance(x, axis=1)
x̂_{ij} = (x_{ij} - μ_i) / sqrt(v_i + 0.00001)
γ: parameter 3
β: parameter 3
y = γ * x̂ + β
C = sum(y * y)`)

const samples = judge(`X: input 3 4
W: parameter 2 3
b: parameter 2
b2 = reshape(b, [2, 1])
Z = W X + b2
A = sigmoid(Z)
g: parameter 4
r: parameter 3
Y = A * g
C = sum(Y * Y)`)

/** A row and a column, of which the network makes a matrix itself, and a column beside a row. */
const crossed = judge(`B: input 1 3
D: input 4 1
u: input 4
S = B + D
P = matmul(reshape(u, 4, 1), B)
C = sum(S * S) + sum(P * P)`)

const inner = judge(`x: input 4
w: parameter 4
b: parameter
z = sum(x * w) + b
y = sigmoid(z)
C = y * y`)

const networks = { rows, samples, crossed, inner }

it.each<[keyof typeof networks, string, string]>([
  ['rows', 'holds-if', '\\hat{x} = \\frac{x - \\mu}{\\sqrt{v + 0.00001}}'],
  ['rows', 'holds-if', 'y = \\gamma \\hat{x} + \\beta'],
  ['rows', 'refuted', '\\hat{x} = \\frac{x + \\mu}{\\sqrt{v + 0.00001}}'],
  ['rows', 'refuted', '\\hat{x} = \\frac{x - \\mu}{v + 0.00001}'],
  ['rows', 'refuted', 'y = \\beta \\hat{x} + \\gamma'],
  ['samples', 'holds-if', 'Z = W X + b'],
  ['samples', 'holds-if', 'A = \\sigma(W X + b)'],
  ['samples', 'holds-if', 'Y = g A'],
  ['samples', 'holds-if', '\\frac{\\partial C}{\\partial A} = 2 g Y'],
  ['samples', 'refuted', 'Z = W X + 2b'],
  ['samples', 'refuted', 'Y = g Z'],
  ['samples', 'refuted', 'Z = g W'],
  // A product of matrices fits here, and no side has its shape: entry by entry it is true.
  ['samples', 'holds-if', 'Y = A g'],
  ['crossed', 'holds-if', 'S = B + D'],
  ['crossed', 'holds-if', 'S^T = B^T + D^T'],
  ['crossed', 'refuted', 'S = B - D'],
  ['crossed', 'proved', 'S = D 𝟙^T + 𝟙 B'],
  ['crossed', 'proved', '\\frac{\\partial C}{\\partial S} = 2 (𝟙 B + D 𝟙^T)'],
  ['crossed', 'refuted', 'S = D 𝟙^T - 𝟙 B'],
  ['crossed', 'proved', 'P = u B'],
  ['crossed', 'refuted', 'P = D B'],
  // As a column it does not fit; δ aᵀ of an image a of one row is written alike.
  ['crossed', 'ill-formed', 'P = u B^T'],
  ['inner', 'holds-if', 'z = w x + b'],
  ['inner', 'holds-if', 'y = \\sigma(x w + b)'],
  ['inner', 'refuted', 'z = w x - b'],
])('of %s, %s: %s', (of, kind, claim) => {
  expect(networks[of](claim)).toBe(kind)
})
