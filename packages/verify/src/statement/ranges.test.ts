// A sum without a range whose letter indexes two axes that nothing links: where they were recorded
// alike it ends there, and is judged there alone; where they were not, it does not end.
import { add, Graph, type Node, relu, square, sum } from '@backprove/graph'
import { describe, expect, it } from 'vitest'
import { verify } from '../verify.ts'

const vectors = (n: number, m: number): Node => {
  const graph = new Graph()
  const y = relu(graph.input('x_i', [n])).as('y_i')
  return add(sum(square(y)), sum(graph.input('t_i', [m]))).as('C')
}

describe('axes that were recorded alike', () => {
  it.each([
    ['Σ_i [x_i = t_i] = 0', 'refuted'],
    ['Σ_i σ(x_i - t_i) = 0', 'refuted'],
    ['Σ_i e^{x_i t_i} = 3', 'refuted'],
    ['Σ_k σ(x_k) σ(t_k) = Σ_k y_k', 'refuted'],
    ['Σ_i e^{x_i + t_i} = Σ_i e^{x_i} e^{t_i}', 'proved'],
    ['Σ_i (1 - x_i)(1 - t_i) = 3 - Σ_i x_i - Σ_i t_i + Σ_i x_i t_i', 'proved'],
    ['Σ_i (1 - x_i)(1 - t_i) = 3 - Σ_i x_i - Σ_i t_i', 'refuted'],
  ])('%s: %s', (claim, kind) => {
    const verdict = verify(vectors(3, 3), claim)
    expect(verdict.kind).toBe(kind)
    if (verdict.kind === 'proved') expect(verdict.scope).toBe('shape')
  })

  it('say nothing against a sum that ends by itself', () => {
    const claim = 'Σ_i (x_i - t_i)^2 = Σ_i x_i^2 - 2 Σ_i x_i t_i + Σ_i t_i^2'
    expect(verify(vectors(3, 3), claim)).toMatchObject({ kind: 'proved', scope: 'all-sizes' })
  })
})

it.each(['Σ_i [x_i = t_i] = 0', 'Σ_i e^{x_i + t_i} = Σ_i e^{x_i} e^{t_i}'])(
  'axes of 3 and 2: %s',
  (claim) => {
    const reason = expect.stringContaining('i indexes axes of 2 and 3 entries')
    expect(verify(vectors(3, 2), claim)).toMatchObject({ kind: 'ill-formed', reason })
  },
)
