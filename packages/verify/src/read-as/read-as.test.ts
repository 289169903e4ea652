// What a claim is read as: every construct about whole arrays in letters, worked by hand; and the
// reading says the same as the claim.

import { describe, expect, it } from 'vitest'
import { readNetwork } from '../document/network-text.ts'
import * as networks from '../lecturers.fixture.ts'
import { buildNetwork } from '../notes/build-network.ts'
import type { Verdict } from '../verdict/verdict.ts'
import { verify } from '../verify.ts'

const judged = (network: string, claim: string): Verdict => {
  const { cost, sizes } = buildNetwork(readNetwork(network))
  return verify(cost, claim, { ...(sizes && { sizes }), deadline: 20_000, diagnose: () => [] })
}

const reading = (verdict: Verdict) => ('readAs' in verdict ? verdict.readAs : undefined)

const pooled = networks.pooled('maxPool2d(a, size=2)')
const border = 'for k = 1, …, 2; i = 1, …, 6; j = 1, …, 6'

/** The network, the claim as it is written, and what it says. */
const rows: readonly (readonly [network: string, claim: string, says: string])[] = [
  [
    networks.conv1,
    'z = x *valid w + b',
    'z_{i,j} = (Σ_{u=1}^{3} Σ_{v=1}^{2} x_{i+u-1,j+v-1} w_{u,v}) + b for i = 1, …, 4; j = 1, …, 6',
  ],
  [
    networks.conv1,
    '∂C/∂x = δ *full rot180(w)',
    '∂C/∂x_{i,j} = Σ_{u=1}^{3} Σ_{v=1}^{2} ∂C/∂z_{i+u-3,j+v-2} w_{4-u,3-v} ' +
      'for i = 1, …, 6; j = 1, …, 7',
  ],
  [
    networks.conv1,
    '∂C/∂x = δ conv_full w',
    '∂C/∂x_{i,j} = Σ_{u=1}^{3} Σ_{v=1}^{2} ∂C/∂z_{i+u-3,j+v-2} w_{4-u,3-v} ' +
      'for i = 1, …, 6; j = 1, …, 7',
  ],
  [networks.conv1, '∂C/∂b = sum(δ)', '∂C/∂b = Σ_{i=1}^{4} Σ_{j=1}^{6} ∂C/∂z_{i,j}'],
  [
    networks.dense2,
    "δ^1 = (W^2)^T δ^2 ⊙ σ'(z^1)",
    "∂C/∂z^1_{i} = (Σ_{k=1}^{3} W^2_{k,i} ∂C/∂z^2_{k}) σ'(z^1_{i}) for i = 1, …, 5",
  ],
  [
    networks.dense2,
    '∂C/∂W^2 = δ^2 (a^1)^T',
    '∂C/∂W^2_{i,j} = ∂C/∂z^2_{i} a^1_{j} for i = 1, …, 3; j = 1, …, 5',
  ],
  [
    networks.dense2,
    "∂z^2/∂z^1 = W^2 diag(σ'(z^1))",
    "∂z^2_{i}/∂z^1_{j} = Σ_{k=1}^{5} W^2_{i,k} [k = j] σ'(z^1_{k}) for i = 1, …, 3; j = 1, …, 5",
  ],
  [networks.soft, 'y = softmax(z)', 'y_{i} = e^{z_{i}}/(Σ_{l=1}^{4} e^{z_{l}}) for i = 1, …, 4'],
  [
    pooled,
    '∂C/∂a_{kij} = ∂C/∂p_{k,⌈i/2⌉,⌈j/2⌉} [a_{kij} = max]',
    '∂C/∂a_{k,i,j} = ∂C/∂p_{k,⌈i/2⌉,⌈j/2⌉} [⌊(i-1)/2⌋+1 ≤ 3, ⌊(j-1)/2⌋+1 ≤ 3, ' +
      'a_{k,i,j} = max_{1≤u≤2, 1≤v≤2} a_{k,2⌊(i-1)/2⌋+u,2⌊(j-1)/2⌋+v}] ' +
      border,
  ],
]

describe('what a claim is read as', () => {
  it.each(rows)('%#', (network, claim, says) => {
    const verdict = judged(network, claim)
    expect(verdict.kind).toBe('proved')
    expect(reading(verdict)?.text).toBe(says)
    expect(reading(verdict)?.latex).not.toMatch(/[Σ∂≤⌈…]/u)
  })
})

describe('the array form and its index form', () => {
  const pairs = rows.filter(([, claim]) => !claim.includes('= max'))
  it.each(pairs)('%#: have one verdict', (network, _claim, says) => {
    expect(judged(network, says.replace(/ for .*/, '')).kind).toBe('proved')
  })
})
