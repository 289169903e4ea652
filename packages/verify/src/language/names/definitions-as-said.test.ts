// What a formula defines is read as if it stood in the formula itself: names with letters below,
// spellings of two readings, what indices count from.
import { expect, it } from 'vitest'
import { buildNetwork } from '../../notes/network/build-network.ts'
import { readNetwork } from '../../tools.ts'
import { verify } from '../../verify.ts'

const judge = (network: string) => {
  const { cost, sizes } = buildNetwork(readNetwork(network))
  return (claim: string) => verify(cost, claim, { sizes }).kind
}

const networks = {
  words: judge(`v_c: input 3
U: parameter 5 3
u = U @ v_c
y: input 5
J = squaredError(u, y)`),
  attention: judge(`Q: input T=3 d=2
K: input 3 2
S = Q @ K.T / sqrt(d)
C = sum(S * S)`),
  image: judge(`x_{ij}: input 4 4
w_{uv}: parameter 2 2
z_{ij} = conv2d(x, w)
C = sum(z * z)`),
  longer: judge(`g: input 3
x: input 4
W = np.outer(g, x)
C = sum(W * W)`),
  outer: judge(`g: input 3
x: input 3
W = np.outer(g, x)
C = sum(W * W)`),
}

it.each<[keyof typeof networks, string, string]>([
  ['words', 'proved', 'u = D where D = U v_c'],
  ['words', 'proved', '∂J/∂v_c = D where D = U^T ∂J/∂u'],
  ['words', 'proved', '∂J/∂U = D where D = ∂J/∂u v_c^T'],
  ['words', 'refuted', '∂J/∂v_c = D where D = U^T u'],
  ['attention', 'proved', 'S = D where D = 1/√d Q K^T'],
  ['attention', 'refuted', 'S = D where D = 1/d Q K^T'],
  ['image', 'holds-if', '∂C/∂w_{mn} = Σ_{i,j} ∂C/∂z_{ij} x_{i+m,j+n}'],
  ['image', 'holds-if', '∂C/∂w_{mn} = D_{mn} where D_{mn} = Σ_{i,j} ∂C/∂z_{ij} x_{i+m,j+n}'],
  ['image', 'refuted', '∂C/∂w_{mn} = D_{mn} where D_{mn} = Σ_{i,j} ∂C/∂z_{ij} x_{i-m,j-n}'],
  ['outer', 'proved', 'W - g ⊗ x = 0'],
  ['outer', 'refuted', 'W - x ⊗ g = 0'],
  ['outer', 'proved', 'g ⊗ x = x ⊗ g'],
  ['longer', 'proved', 'W - g ⊗ x = 0'],
  ['longer', 'refuted', 'W - 2 (g ⊗ x) = 0'],
])('of %s, %s: %s', (of, kind, claim) => {
  expect(networks[of](claim)).toBe(kind)
})
