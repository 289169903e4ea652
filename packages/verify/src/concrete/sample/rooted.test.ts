// Of many leaves below roots hardly a random point is one at which all roots have values.
import { describe, expect, it } from 'vitest'
import { readNetwork } from '../../document/network-text.ts'
import { buildNetwork } from '../../notes/network/build-network.ts'
import { verify } from '../../verify.ts'

const normalised = `x_k: input 12
m_k: input 12
v_k: input 12
g_k: parameter 12
y = g * (x - m) / sqrt(v + 0.25)
C = sum(relu(y))`

describe('a normalisation of twelve channels', () => {
  const { cost } = buildNetwork(readNetwork(normalised))
  it.each([
    ['∂C/∂x_k = ∂C/∂y_k g_k/√(v_k + 0.25)', 'proved'],
    ['∂C/∂x_k = ∂C/∂y_k g_k/√v_k', 'refuted'],
    ['∂C/∂g_k = [y_k > 0] (x_k + m_k)/√(v_k + 0.25)', 'refuted'],
    // True for v ≥ 0 alone.
    ['√(v_k + 0.25) |v_k| = √(v_k + 0.25) v_k', 'refuted'],
    ['|v_k| = v_k', 'refuted'],
    ['y_k |v_k| = y_k v_k', 'refuted'],
  ])('%s is %s', (claim, kind) => {
    expect(verify(cost, claim).kind).toBe(kind)
  })
})
