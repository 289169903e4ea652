// Indices of entries that are not there, letters in order below a sign, lengths with powers.
import { Graph, type Node, sigmoid, square, sum } from '@backprove/graph'
import { describe, expect, it } from 'vitest'
import { verify } from '../verify.ts'

/** C = Σ σ(x)², x of three. */
const vector = (): Node => {
  const graph = new Graph()
  return sum(square(sigmoid(graph.input('x_i', [3])).as('z_i'))).as('C')
}
const sizes = [{ name: 'n', array: 'x', axis: 0 }]

it.each([
  'x_{i+1/2} = 0',
  'Σ_i x_{i+1/2} = 0',
  'x_{i+0.5} = x_{i+1/2}',
  'x_{2i-1/2} = 0',
  'x_{3/2} = 0',
])('an index that is never whole claims nothing: %s', (claim) => {
  expect(verify(vector(), claim).kind).toBe('ill-formed')
})

it('an index that is whole now and then claims something', () => {
  expect(verify(vector(), 'x_{2i/2} = x_i').kind).toBe('proved')
})

describe('letters in order', () => {
  it.each([
    ['Σ_{1≤i<j≤3} x_i x_j = x_1 x_2 + x_1 x_3 + x_2 x_3', 'proved'],
    ['Σ_{1≤i≤j≤3} x_i x_j = x_1 x_2 + x_1 x_3 + x_2 x_3 + Σ_i x_i^2', 'proved'],
    ['\\sum_{1 \\le i < j < k \\le 3} x_i x_j x_k = x_1 x_2 x_3', 'proved'],
    ['Σ_{2≤i<j≤3} x_i x_j = x_2 x_3', 'proved'],
    ['Σ_{1≤i<j≤n} x_i x_j = ((Σ_i x_i)^2 - Σ_i x_i^2)/2', 'proved'],
    ['Σ_{1≤i<j≤3} x_i x_j = (Σ_i x_i)^2/2', 'refuted'],
  ])('%s: %s', (claim, kind) => {
    expect(verify(vector(), claim, { sizes })).toMatchObject({ kind })
  })
})

describe('lengths', () => {
  it.each([
    ['x_i n^2 = n x_i n', 'proved'],
    ['x_i/n = x_i n^{-1}', 'proved'],
    ['x_i n^2 = x_i n', 'refuted'],
  ])('have powers: %s: %s', (claim, kind) => {
    expect(verify(vector(), claim, { sizes })).toMatchObject({ kind })
  })
})
