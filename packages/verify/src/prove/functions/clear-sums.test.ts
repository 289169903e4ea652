// Denominators under Σ: costs of many examples, whose gradient divides by p and by 1 − p.
import { describe, expect, it } from 'vitest'
import { readNetwork } from '../../document/network-text.ts'
import { buildNetwork } from '../../notes/network/build-network.ts'
import { verify } from '../../verify.ts'

const verdictOf = (text: string, claim: string) => {
  const { cost, sizes } = buildNetwork(readNetwork(text))
  return verify(cost, claim, { sizes, deadline: 20_000, diagnose: () => [] })
}

const logistic = `X: input m=6 n=3
y: input 6
w: parameter 3
b: parameter
p = sigmoid(X @ w + b)
J = -mean(y * log(p) + (1 - y) * log(1 - p))`

const skipGram = `u: parameter 5 3
v: parameter 3
s = u @ v
y: input 5
L = -sum(y * log(sigmoid(s)) + (1 - y) * log(1 - sigmoid(s)))`

const quotients = `t: input 5
u: input 5
s: input 5
C = sum(t * s * u)`

describe('divided under Σ', () => {
  it.each([
    [logistic, '∂J/∂w = (1/m) X^T (p - y)'],
    [logistic, '∂J/∂w_j = 1/m Σ_{i=1}^{m} (p_i - y_i) X_{ij}'],
    [logistic, '∂J/∂b = 1/m Σ_i (p_i - y_i)'],
    [skipGram, '∂L/∂v = Σ_j (σ(s_j) - y_j) u_j'],
    [quotients, 'Σ_i t_i s_i/s_i = Σ_i t_i'],
    [quotients, 'Σ_i t_i/s_i + Σ_i u_i = Σ_i (t_i + u_i s_i)/s_i'],
    [quotients, 'Σ_i t_i/(1 + s_i^2) + Σ_i u_i = Σ_i (t_i + u_i + u_i s_i^2)/(1 + s_i^2)'],
  ])('%s: %s', (network, claim) => {
    expect(verdictOf(network, claim)).toMatchObject({ kind: 'proved', scope: 'all-sizes' })
  })

  it.each([
    [logistic, '∂J/∂w = 1/m X^T (y - p)'],
    [logistic, '∂J/∂b = 1/m Σ_i (p_i - y_i p_i)'],
    [skipGram, '∂L/∂v = Σ_j (σ(s_j) - y_j) u_1'],
    [quotients, 'Σ_i t_i/s_i + Σ_i u_i = Σ_i (t_i + u_i)/s_i'],
    [quotients, 'Σ_{i=1}^{3} t_i s_i/s_i = Σ_{i=1}^{5} t_i'],
    [quotients, 'Σ_{i=1}^{3} t_i/s_i + Σ_i u_i = Σ_{i=1}^{3} (t_i + u_i s_i)/s_i'],
    [quotients, 'Σ_i [s_i > 0] t_i s_i/s_i = Σ_i t_i'],
    [quotients, 'Σ_i t_i/s_i + Σ_i u_i = Σ_i t_i/s_i + Σ_{i ≤ 4} u_i s_i/s_i'],
  ])('%s: not %s', (network, claim) => {
    expect(verdictOf(network, claim).kind).toBe('refuted')
  })

  it('what is 0 wherever it is divided by proves nothing', () => {
    const network = `${quotients.replace('\nC', '\nz = 0 * s\nC')} + sum(z)`
    for (const claim of ['Σ_i t_i z_i/z_i = Σ_i t_i', 'Σ_i t_i/z_i + Σ_i u_i = Σ_i t_i/z_i'])
      expect(['proved', 'agrees']).not.toContain(verdictOf(network, claim).kind)
  })
})
