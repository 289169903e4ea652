// Bare stars in their readings, and points where dead units tie.
import { conv2d, Graph, maxPool2d, relu, sum } from '@backprove/graph'
import { describe, expect, it } from 'vitest'
import { createBudget } from '../../arithmetic/budget.ts'
import { parseClaim } from '../../language/read/claim.ts'
import { resolve } from '../../language/resolve/resolve.ts'
import type { Mode } from '../../language/syntax.ts'
import { networkOf } from '../../network/network.ts'
import { chain } from './networks.fixture.ts'
import { identityTest } from './tests.ts'

const budget = () => createBudget({ operations: 1e8, milliseconds: 30_000 })

describe('bare stars', () => {
  const network = networkOf(chain())
  const holding = (text: string): string[] => {
    const { claim } = resolve(parseClaim(text), network.scope)[0]!.instances[0]!
    const readings = (['valid', 'full', 'same'] as Mode[]).flatMap((mode) =>
      (['correlation', 'convolution'] as const).flatMap((star) =>
        (['left', 'right'] as const).map((kernel) => ({ mode, star, kernel })),
      ),
    )
    return readings.flatMap((reading) => {
      const result = identityTest(claim, network, budget(), { reading: [reading] })
      return result.kind === 'agrees' ? [Object.values(reading).join(' ')] : []
    })
  }

  it('holds as full correlation with a kernel that is turned, on either side', () => {
    // x ∗ rot180(k), full, is rot180(rot180(x) ∗ k) turned: only the kernel may be turned.
    const claim = "δ^{l-1} = δ^l * rot180(W^l) ⊙ σ'(z^{l-1})"
    expect(holding(claim)).toEqual(['full correlation right'])
    expect(holding("δ^{l-1} = δ^l * W^l ⊙ σ'(z^{l-1})")).toEqual([
      'full convolution left',
      'full convolution right',
    ])
    expect(holding('∂C/∂W^l = δ^l * σ(z^{l-1})')).toEqual(['valid correlation left'])
  })
})

describe('ties', () => {
  it('of dead units do not refute', () => {
    const g = new Graph()
    const z = conv2d(g.input('x', [1, 8, 8]), g.parameter('w', [1, 1, 1, 1])).as('z_{ij}')
    const a = relu(z).as('a_{ij}')
    sum(maxPool2d(a, { size: 2 }).as('p_{ij}')).as('C')
    const network = networkOf(g.node('C'))
    const judge = (text: string) => {
      const { claim } = resolve(parseClaim(text), network.scope)[0]!.instances[0]!
      return identityTest(claim, network, budget())
    }
    expect(judge('δ_{ij} = [a_{ij} = max] [z_{ij} > 0]')).toMatchObject({
      kind: 'agrees',
      excluded: ['ties', 'kinks'],
    })
    // Where all four are 0, all are the maximum, and the policy picks one: such points are left
    // out.
    expect(judge('∂C/∂a_{ij} = [a_{ij} = max]')).toMatchObject({
      kind: 'agrees',
      excluded: ['ties', 'kinks'],
    })
    expect(judge('∂C/∂a_{ij} = [z_{ij} > 0]').kind).toBe('differs')
  })
})
