// Names of several words in programs and in formulas; powers below 0 of whole arrays; outer
// products with a number.
import { describe, expect, it } from 'vitest'
import { readNetwork } from '../../document/network-text.ts'
import { buildNetwork } from '../../notes/network/build-network.ts'
import { verify as verifyWithRepairs } from '../../notes/verify-with-repairs.ts'
import { verify } from '../../verify.ts'

const kindOf = (text: string, claim: string): string => {
  const { cost, sizes } = buildNetwork(readNetwork(text))
  return verify(cost, claim, { sizes }).kind
}

const normalised = `raw_in: input 4 3
w_row_scale: parameter 3
row_sum = raw_in.sum(1, keepdims=True)
row_sum_inv = row_sum**-1
row_share = raw_in * row_sum_inv
share: input 4 3
total_loss = sum((row_share * w_row_scale - share)**2)`

describe('names of several words', () => {
  it.each([
    ['row_share = raw_in / row_sum', 'proved'],
    ['row_share_{ij} = raw_in_{ij} / row_sum_i', 'proved'],
    ['row_share_{ij} = raw_in_{ij} / row_sum_j', 'refuted'],
    ['drow_share = 2 * (row_share * w_row_scale - share) * w_row_scale', 'proved'],
    ['drow_sum_inv = (raw_in * drow_share).sum(1, keepdims=True)', 'proved'],
    ['drow_sum = -row_sum**-2 * drow_sum_inv', 'proved'],
    ['drow_sum = -row_sum**-3 * drow_sum_inv', 'refuted'],
    ['draw_in = row_sum_inv * drow_share + np.ones_like(raw_in) * drow_sum', 'proved'],
    ['\\frac{\\partial total_loss}{\\partial share} = 2 (share - row_share)', 'ill-formed'],
    [
      '∂total_loss/∂w_row_scale_j = Σ_i 2 (row_share_{ij} w_row_scale_j - share_{ij}) row_share_{ij}',
      'proved',
    ],
  ])('%s: %s', (claim, kind) => {
    expect(kindOf(normalised, claim)).toBe(kind)
  })
})

describe('powers below 0', () => {
  const inverses = `A: input 3 3
B: input 3 4
P = A**-1
Q = B**-2
C = sum(P) + sum(Q)`
  it.each([
    ['∂C/∂A = -A**-2', 'proved'],
    ['∂C/∂B = -2*B**-3', 'proved'],
    ['∂C/∂B = -2*B**-2', 'refuted'],
    // Of a square matrix, outside of a program, this is its inverse.
    ['P = A^{-1}', 'ill-formed'],
  ])('%s: %s', (claim, kind) => {
    expect(kindOf(inverses, claim)).toBe(kind)
  })
})

describe('outer with a number', () => {
  const layer = `x: input N=4 D=3
w: parameter 3 2
y = x @ w
t: input 4 2
L = squaredError(y, t)`
  it.each([
    ['dy[0] = np.outer(y[0] - t[0], 1)', 'proved'],
    ['dy[0] = np.outer(y[0] - t[0], 2)', 'refuted'],
    ['dw = np.outer(x[0, 1], dy[0])', 'refuted'],
    ['for n in range(N): dw += np.outer(x[n], dy[0])', 'refuted'],
  ])('%s: %s', (claim, kind) => {
    const { cost, sizes } = buildNetwork(readNetwork(layer))
    expect(verifyWithRepairs(cost, claim, { sizes, deadline: 2500 }).kind).toBe(kind)
  })
})
