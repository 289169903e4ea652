// The chain rule step by step: every step of the book's network is verified.
import { Graph, sum } from '@backprove/graph'
import { describe, expect, it } from 'vitest'
import { readNetwork } from '../document/network-text.ts'
import { buildNetwork } from '../notes/build-network.ts'
import { derivation } from './derivation.ts'

describe('derivation', () => {
  const { cost } = buildNetwork(readNetwork('bookCnn avg'))
  const steps = derivation(cost, cost.graph.node('w^F'))

  it('goes from the cost to the array, through every layer', () => {
    expect(steps.map(({ before }) => before.replace(/^∂C\/∂|[{}]/g, ''))).toEqual([
      'a^O_n',
      'δ^O_n',
      'a^Pk_ij',
      expect.stringContaining('a^F'),
      expect.stringContaining('δ^F'),
      'w^Fk_ij',
    ])
    expect(steps.at(-1)).toMatchObject({
      rule: expect.stringContaining('conv2d(x, w^F'),
      after: 'Σ_{i′,j′} δ^{Fk}_{i′j′} x_{i+i′-1,j+j′-1}',
      latex: expect.stringContaining('\\sum'),
    })
  })

  it('every step is proved', () => {
    expect(steps.map(({ verdict }) => verdict.kind)).toEqual(steps.map(() => 'proved'))
  })

  it('through max pooling is the book’s recursion, proved off ties', () => {
    const max = buildNetwork(readNetwork('bookCnn max')).cost
    const [through] = derivation(max, max.graph.node('a^F')).slice(-1)
    expect(through!.after).toBe(
      '(Σ_n δ^O_n w^{On}_{k-i′j′}) [a^{Fk}_{ij} = max], i′ = ⌈i/2⌉, j′ = ⌈j/2⌉',
    )
    expect(through!.verdict).toMatchObject({ kind: 'proved', excluded: ['ties'] })
  })

  it('of an array that the cost does not depend on is one step', () => {
    const g = new Graph()
    const x = g.input('x', [2])
    const y = g.input('y', [2])
    expect(derivation(sum(x).as('C'), y)).toHaveLength(1)
  })
})
