// What is left unsaid is one thing for all of a formula: a part that is true under one convention,
// and another part under another, are not true together.
import { describe, expect, it } from 'vitest'
import { buildNetwork } from '../notes/network/build-network.ts'
import { readNetwork } from '../tools.ts'
import type { Verdict } from '../verdict/verdict.ts'
import { verify } from '../verify.ts'

const twice = 'x: input 3\ny = 2*x\nC = sum(y)'
const softmax = `x: input 3
W: parameter 3 3
z = dense(x, W)
p = softmax(z)
t: input 3
C = -sum(t * log(p))`

const verdictOf = (text: string, claim: string): Verdict => {
  const { cost, sizes } = buildNetwork(readNetwork(text))
  return verify(cost, claim, { sizes })
}

const fromZero = 'indices count from 0'
const sumsToOne = 'the targets sum to 1'
const summed = 'an index that stands twice in a product is summed over'

describe('claims of one formula', () => {
  it.each([
    [twice, 'y_0 = 2 x_0, y_2 = 2 x_2', fromZero],
    [twice, 'C = Σ_i y_i, y_0 = 2 x_0', fromZero],
    [softmax, '∂C/∂z = p - t, ∂C/∂z_i = p_i - t_i', sumsToOne],
    [softmax, 'z_i = W_{ij} x_j, p_i = e^{z_i}/Σ_k e^{z_k}', summed],
    // y_3 is the last from 1, and none from 0.
    [twice, 'y_0 = 2 x_0, y_3 = 2 x_3', 'ill-formed'],
    [twice, 'y_3 = 2 x_3, y_0 = 2 x_0', 'ill-formed'],
    // Each is true under one convention, and both under two.
    [softmax, 'z_i = W_{ij} x_j, ∂C/∂z = p - t', 'refuted'],
    [softmax, '∂C/∂z = p - t, z_i = W_{ij} x_j', 'refuted'],
    [softmax, 'p_0 + p_1 + p_2 = 1, ∂C/∂z = p - t', 'refuted'],
    [softmax, 'z_i = W_{ij} x_j, p_0 + p_1 + p_2 = 1', 'refuted'],
    [twice, 'y_0 = 2 x_0, y_1 = 3 x_1', 'refuted'],
  ])('%#: %s', (text, claim, expected) => {
    const verdict = verdictOf(text, claim)
    expect(verdict.kind === 'holds-if' ? verdict.convention : verdict.kind).toBe(expected)
  })

  it('says of all of them how far they hold, and what they are as they stand', () => {
    const verdict = verdictOf(twice, 'y_0 = 2 x_0, y_0 + y_1 + y_2 = C')
    if (verdict.kind !== 'holds-if') throw new Error(verdict.kind)
    expect(verdict.then).toMatchObject({ kind: 'proved', scope: 'shape', assumptions: [fromZero] })
    expect(verdict.otherwise.kind).toBe('ill-formed')
  })

  it('nor is what is true from 0 on under a convention besides', () => {
    expect(verdictOf(softmax, 'dz += p - t').kind).toBe('ill-formed')
    expect(verdictOf(softmax, 'dW += outer(dz, x)').kind).toBe('holds-if')
  })
})
