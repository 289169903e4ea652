// What claims say of the cells that a pooling picks, in the ways in which people write it: true
// ones for all sizes, and their false neighbours.
import { Graph, maxPool2d, medianPool2d, type Node, sigmoid, squaredError } from '@backprove/graph'
import { describe, expect, it } from 'vitest'
import { verify } from '../verify.ts'

type Options = Parameters<typeof maxPool2d>[1]

const network = (pool: (x: Node, options: Options) => Node, options: Options): Node => {
  const g = new Graph()
  const x = g.parameter('x_{cij}', [2, 7, 7])
  const p = pool(x, options).as('p_{cij}')
  return squaredError(sigmoid(p), g.input('t', p.shape)).as('C')
}

const blocks = () => network(maxPool2d, { size: 2 })
const overlapping = () => network(maxPool2d, { size: 3, stride: 2 })
const padded = () => network(maxPool2d, { size: 3, stride: 2, padding: 1 })
const gapped = () => network(maxPool2d, { size: 2, stride: 3 })
const middles = () => network(medianPool2d, { size: 3 })

const rows: readonly (readonly [network: () => Node, isTrue: boolean, claim: string])[] = [
  [blocks, true, 'p_{cij} = max_{u,v ≤ 2} x_{c,2(i-1)+u,2(j-1)+v}'],
  [blocks, true, 'p_{cij} = max_{1≤u≤2, 1≤v≤2} x_{c,2i+u-2,2j+v-2}'],
  [blocks, true, 'p_{cij} = max_{v,u ≤ 2} x_{c,2(i-1)+u,2(j-1)+v}'],
  [blocks, false, 'p_{cij} = max_{v,u ≤ 2} x_{c,2(i-1)+v,2(j-1)+v}'],
  [blocks, false, 'p_{cij} = max_{u ≤ 2} x_{c,2(i-1)+u,2(j-1)+u}'],
  [blocks, false, 'p_{cij} = max_{u,v ≤ 3} x_{c,2(i-1)+u,2(j-1)+v}'],
  [blocks, false, 'p_{cij} = max_{u,v ≤ 2} x_{c,i+u-1,j+v-1}'],
  [blocks, false, 'p_{cij} = max_{u,v ≤ 2} x_{c,2i+u-1,2j+v-1}'],
  [blocks, true, '∂C/∂x_{cij} = [x_{cij} = p_{c,⌈i/2⌉,⌈j/2⌉}] ∂C/∂p_{c,⌈i/2⌉,⌈j/2⌉}'],
  [blocks, true, '∂p_{ckl}/∂x_{cij} = [x_{cij} = p_{ckl}]'],
  [blocks, false, '∂C/∂x_{cij} = [x_{cij} ≠ p_{c,⌈i/2⌉,⌈j/2⌉}] ∂C/∂p_{c,⌈i/2⌉,⌈j/2⌉}'],
  [overlapping, true, 'p_{cij} = max_{u,v ≤ 3} x_{c,2i+u-2,2j+v-2}'],
  [overlapping, true, '∂C/∂x_{cij} = Σ_{kl} [x_{cij} = p_{ckl}] ∂C/∂p_{ckl}'],
  [overlapping, false, '∂C/∂x_{cij} = Σ_{kl} ∂C/∂p_{ckl}'],
  [padded, true, 'p_{cij} = max_{u,v ≤ 3} x_{c,2i+u-3,2j+v-3}'],
  [padded, false, 'p_{cij} = max_{u,v ≤ 3} x_{c,2i+u-2,2j+v-2}'],
  [gapped, true, '∂C/∂x_{cij} = [x_{cij} = max] ∂C/∂p_{c,⌈i/3⌉,⌈j/3⌉}'],
  [gapped, false, '∂C/∂x_{cij} = ∂C/∂p_{c,⌈i/3⌉,⌈j/3⌉}'],
  [padded, true, '∂C/∂x_{cij} = Σ_{kl} [p_{ckl} = x_{cij}] ∂C/∂p_{ckl}'],
  [middles, true, '∂C/∂x_{cij} = [x_{cij} = p_{c,⌈i/3⌉,⌈j/3⌉}] ∂C/∂p_{c,⌈i/3⌉,⌈j/3⌉}'],
  [middles, true, '∂C/∂x_{cij} = [x_{cij} = median] ∂C/∂p_{c,⌈i/3⌉,⌈j/3⌉}'],
  [middles, false, '∂C/∂x_{cij} = [x_{cij} = max] ∂C/∂p_{c,⌈i/3⌉,⌈j/3⌉}'],
]

describe('the cell that a window picks', () => {
  it.each(rows)('%o, %s: %s', (cost, isTrue, claim) => {
    const verdict = verify(cost(), claim)
    if (isTrue) expect(verdict).toMatchObject({ kind: 'proved', scope: 'all-sizes' })
    else expect(verdict.kind).toBe('refuted')
  })

  it('has ties, at which nothing is said', () => {
    const verdict = verify(blocks(), '∂p_{ckl}/∂x_{cij} = [x_{cij} = p_{ckl}]')
    expect(verdict).toMatchObject({ excluded: ['ties'] })
  })
})
