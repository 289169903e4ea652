// Limits of sums that are worked out before they are numbers: 10^2, |j|, j(j+1)/2. Beyond its three
// entries x is 0, so that σ(x_i) is ½ there.
import { Graph, sigmoid, sum } from '@backprove/graph'
import { describe, expect, it } from 'vitest'
import { verify } from '../../verify.ts'

const kind = (claim: string) => {
  const graph = new Graph()
  const y = sigmoid(graph.input('x_i', [3])).as('y_i')
  return verify(sum(y).as('C'), claim).kind
}

describe.each(['4', '2^2', '|-4|', 'max(2, 4)', '⌊9/2⌋', '8/2', '(-2)^2', '2^{1+1}'])(
  'a sum up to %s',
  (four) => {
    it.each([
      [`Σ_{i=1}^{${four}} σ(x_i) = y_1 + y_2 + y_3 + 1/2`, 'proved'],
      [`Σ_{i=1}^{${four}} σ(x_i) = y_1 + y_2 + y_3`, 'refuted'],
      [`Σ_{i=1}^{${four}} i = 10`, 'proved'],
    ])('%s', (claim, expected) => {
      expect(kind(claim)).toBe(expected)
    })
  },
)

it.each([
  ['Σ_{i=1}^{10^2} σ(x_i) = Σ_i σ(x_i)', 'refuted'],
  ['Σ_{j=1}^{2} Σ_{i=1}^{j^2} σ(x_i) = 2 y_1 + y_2 + y_3 + 1/2', 'proved'],
  ['Σ_{j=-2}^{2} Σ_{i=1}^{|j|} σ(x_i) = 4 y_1 + 2 y_2', 'proved'],
  ['Σ_{j=1}^{3} Σ_{i=1}^{j(j+1)/2} σ(x_i) = 3 y_1 + 2 y_2 + 2 y_3 + 3/2', 'proved'],
  ['Σ_{i=1}^{√16} σ(x_i) = y_1 + y_2 + y_3', 'ill-formed'],
  ['Σ_{i=1}^{x_1} σ(x_i) = y_1', 'ill-formed'],
])('%s: %s', (claim, expected) => {
  expect(kind(claim)).toBe(expected)
})

it.each(['x_{2^2} = 0', 'x_{|-7|} = 0', 'x_{3/2} = 0', 'σ(x_{5/2}) = 1/2'])(
  '%s speaks of an entry that is not there',
  (claim) => {
    expect(kind(claim)).toBe('ill-formed')
  },
)
