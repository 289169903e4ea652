// Indices of entries that are not there, letters in order below a sign, lengths with powers.
import {
  add,
  argmax,
  dense,
  Graph,
  max,
  type Node,
  sigmoid,
  square,
  squaredError,
  sum,
} from '@backprove/graph'
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

describe('k = argmax(x), which counts from 0', () => {
  const found = (): Node => {
    const graph = new Graph()
    const x = graph.input('x', [4])
    argmax(x).as('k')
    return add(square(max(x).as('m')), sum(x)).as('C')
  }
  it.each([
    ['x_k = m', 'ill-formed'],
    ['∂C/∂x_k = 2 m + 1', 'ill-formed'],
    ['∂C/∂x_i = 2 m [i = k] + 1', 'holds-if'],
    ['∂C/∂x_i = 3 m [i = k] + 1', 'refuted'],
    ['Σ_k x_k = C - m^2', 'proved'],
  ])('%s: %s', (claim, kind) => {
    expect(verify(found(), claim).kind).toBe(kind)
  })
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

describe('entries at 0, where all that is said is about them', () => {
  /** z = W x + b. */
  const layer = (): Node => {
    const graph = new Graph()
    const [w, b] = [graph.parameter('W_{ij}', [2, 3]), graph.parameter('b_i', [2])]
    const z = dense(graph.input('x_i', [3]), w, b).as('z_i')
    return squaredError(z, graph.input('t_i', [2])).as('C')
  }
  it.each([
    // Counted from 0 it leaves x_0 out, and counted from 1 it says 0 = 0.
    ['Σ_{j=1}^{2} W_{0j} x_j = z_0 - b_0', 'ill-formed'],
    ['z_0 = Σ_{j=1}^{3} W_{0j} x_j + b_0', 'ill-formed'],
    ['W_{01} x_1 = z_0', 'ill-formed'],
    ['∂C/∂W_{01} = δ_0 x_2', 'ill-formed'],
    ['z_0 = W_{00} x_0 + W_{01} x_1 + W_{02} x_2 + b_0', 'holds-if'],
    ['z_0 = Σ_{j=0}^{2} W_{0j} x_j + b_0', 'holds-if'],
    ['∂C/∂W_{01} = δ_0 x_1', 'holds-if'],
    ['z_1 = Σ_j W_{1j} x_j + b_1', 'proved'],
    ['z_1 = W_{10} x_0 + b_1', 'refuted'],
  ])('%s: %s', (claim, kind) => {
    expect(verify(layer(), claim).kind).toBe(kind)
  })
})

describe('entries that are beyond an axis whatever its length is', () => {
  it.each([
    'z_{n+1} = 5 x_{n+1}',
    'z_{2n} = x_{n+2}',
    'z_{n+1}^2 = 2 z_{n+1}',
    'Σ_{i=5}^{9} z_i = 7 Σ_{i=5}^{9} x_i',
    'Σ_{i=n+1}^{2n} z_i = 0',
    'Σ_{i=1}^{3} z_{i+3} = 2 Σ_{k=1}^{2} x_{k+n}',
    'Σ_{i=1}^{3} z_{-i} = x_{-1}',
    'Σ_{i=4}^{6} z_i x_{i-3} = x_{n+1}',
  ])('claim nothing: %s', (claim) => {
    expect(verify(vector(), claim, { sizes }).kind).toBe('ill-formed')
  })

  it.each([
    ['Σ_{i=1}^{9} z_i = Σ_i z_i', 'proved'],
    ['Σ_{i=2}^{n} z_i = Σ_i z_i - z_1', 'proved'],
    ['z_n = σ(x_n)', 'proved'],
    ['Σ_{i=3}^{5} z_i = σ(x_3)', 'proved'],
    ['Σ_{i=2}^{6} z_i = σ(x_3)', 'refuted'],
    ['Σ_{i=4}^{6} z_i = σ(x_3)', 'ill-formed'],
    ['Σ_{i=1}^{n} z_{i+n-1} = z_n', 'proved'],
  ])('of which one is there: %s: %s', (claim, kind) => {
    expect(verify(vector(), claim, { sizes }).kind).toBe(kind)
  })
})
