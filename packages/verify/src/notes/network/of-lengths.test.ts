// Letters of lengths in a network's text: 1/n · Σ is a mean for every n, n elsewhere is its number.
import { describe, expect, it } from 'vitest'
import { readNetwork } from '../../document/network-text.ts'
import { verify } from '../../verify.ts'
import { buildNetwork } from './build-network.ts'

const regression = `x: input n=4 k=3
w: parameter 3
y: input 4
p = x @ w
`
const logistic = `X: input m=4 n=3
w: parameter 3
b: parameter
y: input 4
p = sigmoid(X @ w + b)
`
const square = `W: parameter n=3 k=3
c = W.sum(1) / n
d = W.sum(0) / n
C = sum(c * d)`
const both = `x: input N=2 D=3
t: input 2 3
L = 1/(N*D) * ((x - t)**2).sum()`
const apart = `x: input n=4
t: input 4
C = 1/n * squaredError(sigmoid(x), t) + n/2`

describe('a sum divided by the length of its axis', () => {
  it.each([
    [`${regression}C = 1/(2n) * sum((p - y)^2)`, 'dw = x.T @ (p - y) / n', 'proved', 'all-sizes'],
    [`${regression}C = sum((p - y)^2) / (2*n)`, 'dw = x.T @ (p - y) / n', 'proved', 'all-sizes'],
    [`${regression}C = 0.5/n * sum((p - y)^2)`, 'dw = 2 x.T @ (p - y) / n', 'refuted'],
    [`${regression}C = sum((p - y)^2) / k`, 'dw = 2 x.T @ (p - y) / n', 'refuted'],
    [
      `${logistic}J = -1/m * (sum(y*log(p)) + sum((1 - y)*log(1 - p)))`,
      '∂J/∂b = 1/m Σ_i (p_i - y_i)',
      'proved',
      'all-sizes',
    ],
    [
      `${logistic}J = -(y*log(p) + (1 - y)*log(1 - p)).sum() / m`,
      '∂J/∂w = (1/m) X^T (p - y)',
      'proved',
      'all-sizes',
    ],
    [square, 'd_j = (1/n) Σ_i W_{ij}', 'proved', 'all-sizes'],
    // Along the other axis n is the number 3.
    [square, 'c_i = (1/n) Σ_j W_{ij}', 'proved', 'shape'],
    [both, '∂L/∂x = 2/(N D) ⊙ (x - t)', 'proved', 'all-sizes'],
    [apart, "∂C/∂x_i = (1/n) (σ(x_i) - t_i) σ'(x_i)", 'proved', 'shape'],
    [apart, "∂C/∂x_i = (σ(x_i) - t_i) σ'(x_i)", 'refuted'],
  ])('%s: %s', (text, claim, kind, scope?: string) => {
    const { cost, sizes } = buildNetwork(readNetwork(text))
    expect(verify(cost, claim, { sizes })).toMatchObject({ kind, ...(scope && { scope }) })
  })

  it('takes names of several words, as programs have them', () => {
    const text = `raw_scores_in: input 3
soft_max_out = softmax(raw_scores_in)
C = sum(soft_max_out * raw_scores_in)`
    const { cost } = buildNetwork(readNetwork(text))
    expect(cost.graph.node('soft_max_out')?.shape).toEqual([3])
  })
})
