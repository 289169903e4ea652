// σ of a network that has no sigmoid, and Jacobians with a row for each variable: true as half of
// the textbooks write them, and so not refuted.
import { describe, expect, it } from 'vitest'
import { buildNetwork } from '../notes/network/build-network.ts'
import { readNetwork } from '../tools.ts'
import { verify } from '../verify.ts'

const network = (activation: string, outputs: number): string => `
x: input 3
t: input ${outputs}
W: parameter ${outputs} 3
u = W x
a = ${activation}(u)
L = 1/2 sum((a - t)^2)`

const verdictOf = (text: string, claim: string) => {
  const { cost, sizes } = buildNetwork(readNetwork(text))
  return verify(cost, claim, { sizes })
}

const conventionOf = (text: string, claim: string): string => {
  const verdict = verdictOf(text, claim)
  return verdict.kind === 'holds-if' ? verdict.convention : verdict.kind
}

describe('σ where no sigmoid is', () => {
  const isActivation = 'σ is the activation of the network'
  it.each([
    ['relu', 'a = σ(u)', isActivation],
    ['relu', "∂L/∂u = (a - t) ⊙ σ'(u)", isActivation],
    ['relu', "∂L/∂u_i = (a_i - t_i) σ'(u_i)", isActivation],
    ['tanh', "∂L/∂W = ((a - t) ⊙ σ'(u)) x^T", isActivation],
    ['tanh', "σ'(u) = 1 - σ(u)^2", isActivation],
    ['relu', '∂L/∂u = (a - t) ⊙ σ(u)', 'refuted'],
    ['tanh', "∂L/∂u = (a - t) ⊙ σ'(a)", 'refuted'],
    ['tanh', "σ'(u) = 1 + σ(u)^2", 'refuted'],
    ['sigmoid', "∂L/∂u = (a - t) ⊙ σ'(u)", 'proved'],
    ['sigmoid', '∂L/∂u = (a - t) ⊙ σ(u)', 'refuted'],
  ])('of %s: %s: %s', (activation, claim, said) => {
    expect(conventionOf(network(activation, 4), claim)).toBe(said)
  })
})

describe('Jacobians', () => {
  const transposed = 'Jacobians have a row for each variable, as in ∂C/∂x = ∂y/∂x ∂C/∂y'
  const claims: readonly [string, string][] = [
    ['∂L/∂x = ∂u/∂x ∂L/∂u', transposed],
    ['∂L/∂x = ∂u/∂x ∂a/∂u ∂L/∂a', transposed],
    ['∂u/∂x = W^T', transposed],
    ['∂(W x)/∂x = W^T', transposed],
    ['∂(x^T W^T)/∂x = W^T', transposed],
    ['∂u^⊤/∂x = W^⊤', transposed],
    ['∂(x^T W^T)/∂x = W', 'proved'],
    ['∂(x^T W^T)/∂x = 2 W^T', 'refuted'],
    ['∂u/∂x^⊤ = W', 'proved'],
    ['∂u/∂x^{⊤} = W', 'proved'],
    ['∂(W x)/∂x^ᵀ = W', 'proved'],
    ['∂u/∂x⊤ = W^T', 'refuted'],
    ['∂L/∂x^T = ∂L/∂u^T ∂u/∂x^T', 'proved'],
    ['∂u/∂x = W', 'proved'],
    ['∂L/∂x = (∂u/∂x)^T ∂L/∂u', 'proved'],
    ['∂u_i/∂x_j = W_{ij}', 'proved'],
    ['∂L/∂x = 2 ∂u/∂x ∂L/∂u', 'refuted'],
    ['∂L/∂x = W ∂L/∂u', 'refuted'],
    ['∂u/∂x = 2 W', 'refuted'],
    ['∂u/∂x = 2 W^T', 'refuted'],
  ]
  it.each(claims)('%s: %s', (claim, said) => {
    // Of 3 and 3 the sides fit in both layouts.
    for (const outputs of [4, 3]) expect(conventionOf(network('tanh', outputs), claim)).toBe(said)
  })

  it('are proved where the document says its layout', () => {
    const { cost } = buildNetwork(readNetwork(network('tanh', 4)))
    const conventions = ['denominator layout'] as const
    expect(verify(cost, '∂L/∂x = ∂u/∂x ∂L/∂u', { conventions }).kind).toBe('proved')
  })
})

describe('the targets of a softmax sum to 1 along the axis of its classes', () => {
  const columns = `
X: input 4 m=6
W: parameter 3 4
Z = matmul(W, X)
A = softmax(Z, axis=0)
Y: input 3 6
J = -sum(Y * log(A)) / 6`
  const rows = `
X: input m=6 4
W: parameter 3 4
Z = matmul(W, transpose(X))
A = transpose(softmax(transpose(Z)))
Y: input 3 6
J = -sum(Y * log(A)) / 6`
  it.each([
    [columns, 'dZ = (A - Y) / m', 'the targets sum to 1'],
    [columns, 'dW = (A - Y) X^T / m', 'the targets sum to 1'],
    [rows, 'dZ = (A - Y) / m', 'the targets sum to 1'],
    [
      columns,
      'dZ = A - Y',
      'gradients by arrays of the examples are those of their losses, and targets sum to 1',
    ],
    [columns, 'dZ = 2 (A - Y)', 'refuted'],
    [columns, 'dZ = Y - A', 'refuted'],
    [columns, 'dZ = (Y - A) / m', 'refuted'],
  ])('%s: %s: %s', (text, claim, said) => {
    expect(conventionOf(text, claim)).toBe(said)
  })
})
