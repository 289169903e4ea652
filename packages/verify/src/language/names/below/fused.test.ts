// Names of programs below which mathematics writes what stands beside: W_z for Wz, h_0 for h0.
import { describe, expect, it } from 'vitest'
import { readNetwork } from '../../../document/network-text.ts'
import { buildNetwork } from '../../../notes/network/build-network.ts'
import { verify } from '../../../verify.ts'

const gated = `x: input 3
h0: input 4
Wz: parameter 4 3
Uz: parameter 4 4
W: parameter 4 3
U: parameter 4 4
z = sigmoid(Wz @ x + Uz @ h0)
n = tanh(W @ x + U @ h0)
h = (1 - z) * h0 + z * n
C = sum(h)`

const verdictOf = (claim: string) => {
  const { cost, sizes } = buildNetwork(readNetwork(gated))
  return verify(cost, claim, { sizes }).kind
}

describe('beside an array of the letter alone', () => {
  it.each([
    '∂C/∂z = n - h_0',
    '∂C/∂W_z = ((n - h_0) ⊙ z ⊙ (1 - z)) x^T',
    '∂C/∂U_z = ((n - h_0) ⊙ z ⊙ (1 - z)) h_0^T',
    'z_i = σ(Σ_j W_{z,ij} x_j + Σ_j U_{z,ij} h_{0,j})',
    '∂C/∂W = (z ⊙ (1 - n^2)) x^T',
  ])('%s', (claim) => {
    expect(verdictOf(claim)).toBe('proved')
  })

  it.each(['∂C/∂z = n - h_1', '∂C/∂W_z = ((h_0 - n) ⊙ z ⊙ (1 - z)) x^T'])('not %s', (claim) => {
    expect(verdictOf(claim)).toBe('refuted')
  })

  it.each([
    // z is an index where it is summed over, or stands below what has no such word.
    ['∂C/∂n_i = Σ_z [z = i] z_z', 'proved'],
    ['h_i = Σ_z [z = i] h_z', 'proved'],
    ['U_{zj} + x_z = U_{zj}', 'refuted'],
  ])('%s is %s', (claim, kind) => {
    expect(verdictOf(claim)).toBe(kind)
  })
})

it('a letter that may be a length is told how it becomes one', () => {
  const { cost } = buildNetwork(readNetwork(gated))
  const verdict = verify(cost, '∂C/∂z = (1/m) (n - h_0)')
  expect(verdict).toMatchObject({
    kind: 'ill-formed',
    reason: expect.stringMatching(/has no ‘m’.* A length is named at an array: x: input m=6/),
  })
})
