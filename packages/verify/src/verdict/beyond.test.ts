// An extreme over more than an axis has: an entry that is not there is nothing and does not win; in
// a function or beside a number it is 0, as in a sum, and does. Worked by hand for x of four.
import { Graph, square, sum } from '@backprove/graph'
import { expect, it } from 'vitest'
import { verify } from '../verify.ts'

it.each([
  ['max_{1≤i≤10} x_i = max_i x_i', true],
  ['min_{1≤i≤10} x_i = min_i x_i', true],
  ['max_{1≤i≤10} x_i = max(0, max_i x_i)', false], // x = −1
  ['min_{1≤i≤10} |x_i| = min_i |x_i|', true],
  ['max_{0≤i≤2} x_i = max(x_1, x_2)', true],
  ['max_{i≤4} x_{i+1} = max(x_2, x_3, x_4)', true],
  ['max_{i≤4} x_{i+1} = max(x_2, x_3, x_4, 0)', false], // x = −1
  ['max_{2≤i≤3} x_i = max_i x_i', false],
  ['max_{1≤i≤10} σ(x_i) = max_i σ(x_i)', false], // x = −1: σ(0)
  ['max_{1≤i≤10} σ(x_i) = max(1/2, max_i σ(x_i))', true],
  ['max_{1≤i≤10} (x_i - 1) = max(-1, max_i x_i - 1)', true],
])('%s: %s', (claim, holds) => {
  const graph = new Graph()
  const { kind } = verify(sum(square(graph.input('x_i', [4]))).as('C'), claim)
  expect(kind === 'refuted').toBe(!holds)
  expect(['proved', 'agrees'].includes(kind)).toBe(holds)
})
