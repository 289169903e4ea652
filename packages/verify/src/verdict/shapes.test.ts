// Sides and operands that do not fit, arrays that have no such form, and the derivative by a
// transpose: ∂C/∂Aᵀ is (∂C/∂A)ᵀ, as for C = Σ (A B)², where ∂C/∂A = 2 A B Bᵀ.
import { Graph, matmul, mul, type Node, square, sum } from '@backprove/graph'
import { describe, expect, it } from 'vitest'
import { readNetwork } from '../document/network-text.ts'
import { buildNetwork } from '../notes/network/build-network.ts'
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

describe('a column is no row', () => {
  const cost = (): Node => {
    const graph = new Graph()
    const column = graph.input('z', [4, 1])
    const row = graph.input('r', [1, 4])
    return sum(square(matmul(mul(row, graph.input('v', [4])), column))).as('C')
  }
  it.each([
    ['z + v = v + z', 'proved'],
    ['r + v = v + r', 'proved'],
    ['z^T + r = r + z^T', 'proved'],
    ['r ⊙ v^T = v^T ⊙ r', 'proved'],
    ['z + z^T = z^T + z', 'refuted'],
    ['z - z^T = z - z', 'refuted'],
    ['z = z^T', 'refuted'],
    ['∂C/∂z = (∂C/∂z)^T', 'refuted'],
    // As NumPy has it.
    ['z ⊙ r = r ⊙ z', 'holds-if'],
    ['z + v^T = v + z', 'refuted'],
  ])('%s: %s', (claim, kind) => {
    expect(verify(cost(), claim).kind).toBe(kind)
  })
})

describe('lengths that follow from others', () => {
  it('are held where a proof is for these lengths alone', () => {
    const text = `x: input 2 6 6
w^1: parameter 1 2 3 3
z^1 = conv2d(x, w^1)
p^1 = l2Pool2d(z^1, size=2)
w^O: parameter 3 1 2 2
b^O: parameter 3
z^O = dense(p^1, w^O, b^O)
t: input 3
C = crossEntropy(z^O, t)`
    const { cost, sizes } = buildNetwork(readNetwork(text))
    const sum = [11, 12, 21, 22].map((at) => `w^O_{11${at}} p^1_{1${at}}`).join(' + ')
    expect(verify(cost, `z^O_1 = b^O_1 + ${sum}`, { sizes })).toMatchObject({
      kind: 'proved',
      scope: 'some-sizes',
      // One channel is written out, so that of more channels nothing is said.
      fixed: ['w^O.3', 'w^O.4', 'w^1.1'],
      extent: 'w^O of 2×2, w^1.1 = 1 and every size of x, w^1 and b^O',
    })
  })
})

describe('an axis of length 1 that is spoken of', () => {
  const layer = (x: string, size: string) =>
    buildNetwork(
      readNetwork(`${x}: input ${size} D=4
W: parameter 4 3
b: parameter 3
z = matmul(x, W) + b
t: input 1 3
L = squaredError(tanh(z), t)`),
    )
  const scopeOf = (claim: string, { cost, sizes } = layer('x', 'N=1')): string => {
    const verdict = verify(cost, claim, { sizes })
    return verdict.kind === 'proved' ? verdict.extent : verdict.kind
  }

  // With N = 2 each of them is false.
  it.each([
    'N = 1',
    'N x_{ni} = x_{ni}',
    'x_{ni} = x_{1,i}',
    'Σ_n ∂L/∂z_{nk} = ∂L/∂z_{1,k}',
    'x.shape[0] = 1',
    'x - x.sum(0) = 0 * x',
    'x @ x.T = (x**2).sum()',
    'x.max(0) = x.sum(0)',
  ])('stays so: %s', (claim) => {
    expect(scopeOf(claim)).toMatch(/N = 1|this shape/)
  })

  it('has the name of its axis where it has no letter', () => {
    expect(scopeOf('x.shape[0] = 1', layer('x', '1'))).toContain('x.1 = 1')
  })

  it.each(['z_k = Σ_i x_i W_{ik} + b_k', '∂L/∂W_{ik} = x_i ∂L/∂z_k'])(
    'is none where it is not: %s',
    (claim) => {
      expect(scopeOf(claim)).toBe('all sizes')
    },
  )
})

it('no length is 0', () => {
  const { cost, sizes } = buildNetwork(readNetwork('x: input N=5 4\ny = tanh(x)\nC = sum(y)'))
  expect(verify(cost, 'y.mean(0).mean() = y.mean()', { sizes })).toMatchObject({
    scope: 'all-sizes',
    excluded: [],
  })
})
