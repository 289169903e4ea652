// True claims whose sides cancel at large numbers, where float64 leaves seven digits or none: what
// it sees there refutes nothing.
import { buildNetwork, readNetwork, verify } from '@backprove/verify'
import { describe, expect, it } from 'vitest'

const built = (text: string) => buildNetwork(readNetwork(text)).cost

describe('cancellation refutes nothing', () => {
  const cost = built('x: input 3\nt: input 3\ny = square(x)\nC = sum(y * t)')
  it.each([
    '(e^{x_i} + e^{-x_i})^2/4 - (e^{x_i} - e^{-x_i})^2/4 = 1',
    '(√(x_i^2 + 1) - x_i)(√(x_i^2 + 1) + x_i) = 1',
    '(x_i^2 + 1)^{-1/2} - (x_i^2 + 1)^{-3/2} = x_i^2 (x_i^2 + 1)^{-3/2}',
    '(y_i + 10^{-5})^{-1/2} - 10^{-5} (y_i + 10^{-5})^{-3/2} = y_i (y_i + 10^{-5})^{-3/2}',
    '(x_i + 10^9)^2 - 2 · 10^9 x_i - 10^{18} = y_i',
  ])('%s', (claim) => {
    expect(verify(cost, claim).kind).toMatch(/proved|agrees/)
  })

  it.each([
    '(√(x_i^2 + 1) - x_i)(√(x_i^2 + 1) + x_i) = 1 + 10^{-9}',
    '(x_i^2 + 1)^{-1/2} - (x_i^2 + 1)^{-3/2} = 0',
  ])('%s', (claim) => {
    expect(verify(cost, claim).kind).toBe('refuted')
  })
})

it('the shortest form of the gradient of a batch normalisation, at ε = 10⁻⁵ and x of 2304', () => {
  const cost = built(`x: input 4 3
gamma: parameter 3
beta: parameter 3
t: input 4 3
mu = mean(x, axes=0)
v = variance(x, axes=0)
xhat = (x - mu) / sqrt(v + 0.00001)
y = gamma * xhat + beta
C = squaredError(y, t)`)
  const formula = (sign: '-' | '+') =>
    'dx = (1. / 4) * gamma * (v + 1e-5)**(-0.5) * (4 * dy - np.sum(dy, axis=0) ' +
    `${sign} (x - mu) * (v + 1e-5)**(-1.0) * np.sum(dy * (x - mu), axis=0))`
  expect(verify(cost, formula('-')).kind).toMatch(/proved|agrees/)
  expect(verify(cost, formula('+')).kind).toBe('refuted')
})
