// The chain rule step by step: every step of the book's network is verified.
import { Graph, sum } from '@backprove/graph'
import { describe, expect, it } from 'vitest'
import { readNetwork } from '../document/network-text.ts'
import { checkNotes } from '../notes/check.ts'
import { buildNetwork } from '../notes/network/build-network.ts'
import { verify } from '../verify.ts'
import { derivation } from './derivation.ts'
import { formatDerivation } from './format.ts'

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
      'b^Fk',
    ])
    expect(steps.at(-2)).toMatchObject({
      rule: 'through z^F = x ∗_valid w^F + b^F',
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
    expect(through!.after).toBe('[a^{Fk}_{ij} = max] ∂C/∂a^{Pk}_{⌈i/2⌉,⌈j/2⌉}')
    expect(through!.verdict).toMatchObject({ kind: 'proved', excluded: ['ties'] })
  })

  it('states the chain rule of each step, which is proved as well', () => {
    const chains = steps.flatMap(({ before, chain }) =>
      chain ? [`${before} = ${chain.text}`] : [],
    )
    expect(chains.at(1)).toBe('∂C/∂a^{Pk}_{ij} = Σ_n δ^O_n ∂z^O_n/∂a^{Pk}_{ij}')
    expect(chains.map((claim) => verify(cost, claim).kind)).toEqual(chains.map(() => 'proved'))
  })

  it('proves a step alone: equal errors of two consumers are free of one another', () => {
    const net = 'x_i: input 3\nw_i: parameter 3\nu_i: parameter 3\nz^1 = x * w\nz^2 = x * u'
    const built = buildNetwork(readNetwork(`${net}\nC = sum(z^1 + z^2)`))
    const [, , last] = derivation(built.cost, built.cost.graph.node('x'))
    expect(last).toMatchObject({
      rule: '2 paths join: z^1 = x ⊙ w and z^2 = x ⊙ u',
      after: 'δ^2_i u_i + δ^1_i w_i',
      verdict: { kind: 'proved' },
    })
  })

  it('one consumer may read another', () => {
    const net = 'x_i: input 3\nw_i: parameter 3\na^1 = x * w\na^2 = x * a^1'
    const built = buildNetwork(readNetwork(`${net}\nC = sum(a^2)`))
    const { cost } = built
    const steps = derivation(cost, cost.graph.node('x'))
    expect(steps.map(({ verdict }) => verdict.kind)).toEqual(['proved', 'proved', 'proved'])
    expect(steps.at(-1)?.after).toBe('∂C/∂a^2_i a^1_i + ∂C/∂a^1_i w_i')
  })

  it('is by every parameter where no array is named: each step once, none reprinted', () => {
    const all = derivation(cost).map(({ by }) => by)
    expect(new Set(all).size).toBe(all.length)
    expect(all).toEqual(expect.arrayContaining(['w^O', 'b^O', 'w^F', 'b^F', 'z^F']))
    expect(all.indexOf('z^O')).toBeLessThan(all.indexOf('w^O'))
  })

  it('has no chain rule where one of the arrays passed reads another', () => {
    const net = 'x_i: input 3\nm = mean(x)\nh_i = x - m'
    const built = buildNetwork(readNetwork(`${net}\nC = sum(h * h)`))
    const last = derivation(built.cost, built.cost.graph.node('x')).at(-1)
    expect(last?.chain).toBeUndefined()
    expect(last?.verdict.kind).toBe('proved')
  })

  it('of an array that the cost does not depend on is one step', () => {
    const g = new Graph()
    const x = g.input('x', [2])
    const y = g.input('y', [2])
    expect(derivation(sum(x).as('C'), y)).toHaveLength(1)
  })
})

describe('formatDerivation', () => {
  it('is text, LaTeX, or Markdown that says what was proved', () => {
    const { cost } = buildNetwork(readNetwork('bookCnn avg'))
    const steps = derivation(cost, cost.graph.node('z^O'))
    expect(formatDerivation(steps).split('\n\n')[1]).toBe(
      [
        '2. δ^O_n = ∂C/∂a^O_n ∂a^O_n/∂z^O_n',
        '         = ∂C/∂a^O_n σ′(z^O_n)',
        '   through a^O = σ(z^O); proved for all sizes',
      ].join('\n'),
    )
    expect(formatDerivation(steps, 'latex')).toContain('\\begin{align*}\n  \\delta^{O}_{n} &= ')
    const notes = `\`\`\`network\nbookCnn avg\n\`\`\`\n\n${formatDerivation(steps, 'markdown')}`
    expect(checkNotes(notes).totals).toMatchObject({ proved: 5, refuted: 0, 'ill-formed': 0 })
  })
})
