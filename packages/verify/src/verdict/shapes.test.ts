// Sides and operands that do not fit, arrays that have no such form, and the derivative by a
// transpose: ∂C/∂Aᵀ is (∂C/∂A)ᵀ, as for C = Σ (A B)², where ∂C/∂A = 2 A B Bᵀ.
import { Graph, matmul, type Node, square, sum } from '@backprove/graph'
import { describe, expect, it } from 'vitest'
import { verify } from '../verify.ts'
import { format } from './format.ts'

const product = (): Node => {
  const graph = new Graph()
  const A = graph.parameter('A_{ij}', [3, 4])
  const P = matmul(A, graph.parameter('B_{jk}', [4, 2])).as('P_{ik}')
  return sum(square(P)).as('C')
}

describe('the derivative by a transpose', () => {
  it.each([
    ['∂C/∂A^T = 2 B P^T', 'proved'],
    ['∂C/∂A^T = B (∂C/∂P)^T', 'proved'],
    ['\\frac{\\partial C}{\\partial A^T} = B \\frac{\\partial C}{\\partial P^T}', 'proved'],
    ['∂C/∂A^T_{ji} = Σ_k 2 P_{ik} B_{jk}', 'proved'],
    ['∂C/∂A^T_{ij} = Σ_k 2 P_{ik} B_{jk}', 'refuted'],
    ['∂C/∂A^T = ∂C/∂A', 'refuted'],
    ['∂C/∂A^T = 2 P B^T', 'refuted'],
  ])('%s: %s', (claim, kind) => {
    expect(verify(product(), claim).kind).toBe(kind)
  })
})

describe('what has no meaning for these arrays', () => {
  it.each(['diag(P) = P', 'tr(A B) = 0'])('claims nothing: %s', (claim) => {
    const reason = expect.stringContaining('square matrix')
    expect(verify(product(), claim)).toMatchObject({ kind: 'ill-formed', reason })
  })

  it('names the product whose operands do not fit, and not sides that do', () => {
    const text = format(verify(product(), 'P P = P'))
    expect(text).toContain('A product of [3, 2] and [3, 2]')
    expect(text).not.toContain('left')
    expect(format(verify(product(), 'P = A'))).toContain('left [3, 2], right [3, 4]')
  })
})
