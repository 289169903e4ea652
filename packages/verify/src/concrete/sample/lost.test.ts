// What rounding loses beside 1, in float64 and in fifty digits: nothing agrees for that.
import { Graph, mul, sigmoid, square, sum, tanh } from '@backprove/graph'
import { describe, expect, it } from 'vitest'
import { verify } from '../../verify.ts'

const network = () => {
  const graph = new Graph()
  const x = graph.input('x_i', [4])
  const a = tanh(square(x)).as('a_i')
  return sum(mul(a, sigmoid(x).as('s_i'))).as('C')
}

describe('is seen with more digits, or nothing is said', () => {
  it.each([
    'tanh(50 + x_i^2) = 1',
    'tanh(1000) = 1',
    'σ(x_i^2 + 90) x_i = x_i',
    'log(1 + e^{-100 - x_i^2}) = 0',
    'log(e^{x_i^2} + e^{-200}) = x_i^2',
    '(1 + e^{-90}) a_i = a_i',
    '√(x_i^4 + 10^{-60}) = x_i^2',
    "tanh'(100 + x_i^2) = 0",
    "σ'(100 + x_i^2) s_i = 0",
  ])('%s', (claim) => {
    expect(['budget', 'refuted']).toContain(verify(network(), claim).kind)
  })

  it.each([
    'tanh(x_i) = (e^{x_i} - e^{-x_i})/(e^{x_i} + e^{-x_i})',
    'tanh(50 + x_i^2) = 1 - 2/(e^{100 + 2 x_i^2} + 1)',
    'log(e^{x_i + 300} + e^{x_i}) = x_i + log(1 + e^{300})',
  ])('what is equal agrees still: %s', (claim) => {
    expect(['proved', 'agrees']).toContain(verify(network(), claim).kind)
  })
})
