// What a claim is read as: every construct about whole arrays in letters, worked by hand; and the
// reading says the same as the claim.

import { describe, expect, it } from 'vitest'
import { readNetwork } from '../document/network-text.ts'
import * as networks from '../lecturers.fixture.ts'
import { buildNetwork } from '../notes/network/build-network.ts'
import { format } from '../verdict/format.ts'
import type { Verdict } from '../verdict/verdict.ts'
import { verify } from '../verify.ts'

const judged = (network: string, claim: string): Verdict => {
  const { cost, sizes } = buildNetwork(readNetwork(network))
  return verify(cost, claim, { ...(sizes && { sizes }), deadline: 20_000, diagnose: () => [] })
}

const reading = (verdict: Verdict) => ('readAs' in verdict ? verdict.readAs : undefined)

const pooled = networks.pooled('maxPool2d(a, size=2)')

/** The network, the claim as it is written, the same in letters, and what it says. */
const rows: readonly (readonly [network: string, claim: string, index: string, says: string])[] = [
  [
    networks.conv1,
    'z = x *valid w + b',
    'z_{i,j} = (Σ_{u=1}^{3} Σ_{v=1}^{2} x_{i+u-1,j+v-1} w_{u,v}) + b',
    'z_{i,j} = (Σ_{u=1}^{w.u} Σ_{v=1}^{w.v} x_{i+u-1,j+v-1} w_{u,v}) + b ' +
      'for i = 1, …, t.i; j = 1, …, t.j',
  ],
  [
    networks.conv1,
    '∂C/∂x = δ *full rot180(w)',
    '∂C/∂x_{i,j} = Σ_{u=1}^{3} Σ_{v=1}^{2} ∂C/∂z_{i+u-3,j+v-2} w_{4-u,3-v}',
    '∂C/∂x_{i,j} = Σ_{u=1}^{w.u} Σ_{v=1}^{w.v} ∂C/∂z_{i+u-w.u,j+v-w.v} w_{w.u-u+1,w.v-v+1} ' +
      'for i = 1, …, w.u+t.i-1; j = 1, …, w.v+t.j-1',
  ],
  [
    networks.conv1,
    '∂C/∂b = sum(δ)',
    '∂C/∂b = Σ_{i=1}^{4} Σ_{j=1}^{6} ∂C/∂z_{i,j}',
    '∂C/∂b = Σ_{i=1}^{t.i} Σ_{j=1}^{t.j} ∂C/∂z_{i,j}',
  ],
  [
    networks.dense2,
    "δ^1 = (W^2)^T δ^2 ⊙ σ'(z^1)",
    "∂C/∂z^1_{i} = (Σ_{k=1}^{3} W^2_{k,i} ∂C/∂z^2_{k}) σ'(z^1_{i})",
    "∂C/∂z^1_{i} = (Σ_{k=1}^{W^2.1} W^2_{k,i} ∂C/∂z^2_{k}) σ'(z^1_{i}) for i = 1, …, W^1.1",
  ],
  [
    networks.dense2,
    '∂C/∂W^2 = δ^2 (a^1)^T',
    '∂C/∂W^2_{i,j} = ∂C/∂z^2_{i} a^1_{j}',
    '∂C/∂W^2_{i,j} = ∂C/∂z^2_{i} a^1_{j} for i = 1, …, W^2.1; j = 1, …, W^1.1',
  ],
  [
    networks.dense2,
    "∂z^2/∂z^1 = W^2 diag(σ'(z^1))",
    "∂z^2_{i}/∂z^1_{j} = Σ_{k=1}^{5} W^2_{i,k} [k = j] σ'(z^1_{k})",
    "∂z^2_{i}/∂z^1_{j} = Σ_{k=1}^{W^1.1} W^2_{i,k} [k = j] σ'(z^1_{k}) " +
      'for i = 1, …, W^2.1; j = 1, …, W^1.1',
  ],
  [
    networks.dense2,
    "δ^1_j = Σ_{k=1}^{3} W^2_{kj} δ^2_k σ'(z^1_j)",
    "∂C/∂z^1_{j} = Σ_{k=1}^{3} W^2_{k,j} ∂C/∂z^2_{k} σ'(z^1_{j})",
    "∂C/∂z^1_{j} = Σ_{k=1}^{3} W^2_{k,j} ∂C/∂z^2_{k} σ'(z^1_{j}) for j = 1, …, 5",
  ],
  [
    networks.batch,
    '∂C/∂W = (∂C/∂Z)^T X',
    '∂C/∂W_{i,j} = Σ_{k=1}^{N} ∂C/∂Z_{k,i} X_{k,j}',
    '∂C/∂W_{i,j} = Σ_{k=1}^{N} ∂C/∂Z_{k,i} X_{k,j} for i = 1, …, W.k; j = 1, …, X.i',
  ],
  [
    networks.soft,
    'y = softmax(z)',
    'y_{i} = e^{z_{i}}/(Σ_{l=1}^{4} e^{z_{l}})',
    'y_{i} = e^{z_{i}}/(Σ_{l=1}^{K} e^{z_{l}}) for i = 1, …, K',
  ],
  [
    pooled,
    '∂C/∂a_{kij} = ∂C/∂p_{k,⌈i/2⌉,⌈j/2⌉} [a_{kij} = max]',
    '',
    '∂C/∂a_{k,i,j} = ∂C/∂p_{k,⌈i/2⌉,⌈j/2⌉} [⌊(i-1)/2⌋+1 ≤ t.i, ⌊(j-1)/2⌋+1 ≤ t.j, ' +
      'a_{k,i,j} = max_{1≤u≤2, 1≤v≤2} a_{k,2⌊(i-1)/2⌋+u,2⌊(j-1)/2⌋+v}] ' +
      "for k = 1, …, x.k; i = 1, …, 2t.i+r; j = 1, …, 2t.j+r'",
  ],
]

describe('what a claim is read as', () => {
  it.each(rows)('%#', (network, claim, _index, says) => {
    const verdict = judged(network, claim)
    expect(verdict.kind).toBe('proved')
    expect(reading(verdict)?.text).toBe(says)
    expect(reading(verdict)?.latex).not.toMatch(/[Σ∂≤⌈…]/u)
  })
})

describe('the array form and its index form', () => {
  const pairs = rows.filter(([, , index]) => index !== '')
  it.each(pairs)('%#: have one verdict', (network, _claim, index) => {
    expect(judged(network, index).kind).toBe('proved')
  })
})

describe('at the lengths that were judged', () => {
  it('what is refuted was judged at the recorded ones', () => {
    const verdict = judged(networks.conv1, '∂C/∂x = δ *full w')
    const says = '∂C/∂x_{i,j} = Σ_{u=1}^{3} Σ_{v=1}^{2} ∂C/∂z_{i+u-3,j+v-2} w_{u,v}'
    expect(reading(verdict)?.text).toBe(`${says} for i = 1, …, 6; j = 1, …, 7`)
    expect(format(verdict)).toContain(`\n  read as ${says}`)
  })

  it('a letter is not called as a length is', () => {
    const verdict = judged(pooled, "∂C/∂x_{krs} = ∂C/∂a_{krs} σ'(x_{krs})")
    expect(reading(verdict)?.text).toBe(
      "∂C/∂x_{k,r'',s} = ∂C/∂a_{k,r'',s} σ'(x_{k,r'',s}) " +
        "for k = 1, …, x.k; r'' = 1, …, m t.i+r; s = 1, …, n t.j+r'",
    )
  })

  it('no sign has two superscripts or two subscripts', () => {
    const squared = reading(judged(networks.dense2, 'a^2_i a^2_i = (a^2_i)^2'))
    expect(squared?.latex).toMatch(/= \\left\(a\^2_\{i\}\\right\)\^\{2\}/)
    const two = 'h_1: input 3\ny = tanh(h_1)\nt: input 3\nC = squaredError(y, t)'
    const below = reading(judged(two, 'y = tanh(h_1)'))
    expect(below?.text).toContain('y_{i} = tanh((h_1)_{i})')
    expect(below?.latex).toContain('{h_1}_{i}')
  })
})
