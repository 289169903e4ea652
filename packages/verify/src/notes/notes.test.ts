// Networks from text, documents checked, and the report.
import { evaluate, grad, sizeOf } from '@backprove/graph'
import { describe, expect, it } from 'vitest'
import { readNetwork } from '../document/network-text.ts'
import { printClaim } from '../language/print/print.ts'
import { ClaimError } from '../language/syntax.ts'
import type { Verdict } from '../verdict/verdict.ts'
import { checkNotesWith, type Judge } from './check-notes.ts'
import { buildNetwork } from './network/build-network.ts'
import { usualNetworks } from './network/named-networks.ts'

const built = (text: string) => buildNetwork(readNetwork(text))

describe('networks of documents', () => {
  it.each([
    ...['bookCnn', 'bookCnn max', 'bookCnn avg', 'bookCnn l2', 'leNet5'],
    ...usualNetworks.map(({ name, text }) => `# ${name}\n${text}`),
  ])('%.20s has a cost that can be differentiated', (text) => {
    const { cost } = built(text)
    expect(cost.shape).toEqual([])
    const leaf = cost.graph.node([...cost.graph.named.keys()][0]!)
    expect(sizeOf(grad(cost, leaf).shape)).toBe(sizeOf(leaf.shape))
  })

  it('has the 69 parameters of the book', () => {
    const { graph } = built('bookCnn max').cost
    const counts = ['w^F', 'b^F', 'w^O', 'b^O'].map((name) => sizeOf(graph.node(name).shape))
    expect(counts.reduce((sum, each) => sum + each)).toBe(69)
  })

  it('records what lines say', () => {
    const { cost, sizes } = built(
      'x_{ij}: input M=3 N=3\nw: parameter 1 1 2 2\ny = conv2d(reshape(x, [1, 3, 3]), w, padding=same)\nC = sum(y * y / 2) - 1',
    )
    const feeds = {
      x: [
        [1, 0, 0],
        [0, 0, 0],
        [0, 0, 0],
      ],
      w: [
        [
          [
            [2, 0],
            [0, 0],
          ],
        ],
      ],
    }
    expect(evaluate(cost, feeds)[0]).toBe(1)
    expect(sizes).toEqual([
      { name: 'M', array: 'x', axis: 0 },
      { name: 'N', array: 'x', axis: 1 },
    ])
  })

  it.each([
    ['x: input 3\ny = sigmoide(x)', /no operation ‘sigmoide’; near it are sigmoid/],
    ['x: input 3\ny = sigmoid(z)', /Nothing above is called ‘z’/],
    ['x: input 3\ny = sigmoid(x)', /cost is one number/],
    ['x: input 3', /computes nothing/],
    ['x: input 3\nx = x + 1', /given from outside/],
    ['x: input 3\ny: input 4\nC = sum(x + y)', /add/],
    ['x: input 3\nC = sum(x, stride=1)', /no option ‘stride’; it has axes, keepDims/],
    ['x: input 3\nC = sum(x, axis=1)', /distinct axes of \[3\]/],
    ['x: input 3\nC = constructor(x)', /no operation/],
    ['x: input 3\nC = sum(x, __proto__=1)', /missing/],
    ['bookCnn mean', /max\|avg/],
    ['x: input 99999 99999\nC = sum(x)', /more than/],
    ['x: input 3\nC = sum(upsample(reshape(x,[1,1,3]), size=90000))', /more than|entries/],
  ])('%s is ill-formed', (text, reason) => {
    expect(() => built(text)).toThrow(ClaimError)
    expect(() => built(text)).toThrow(reason)
  })
})

const verdictOf = (kind: Verdict['kind']) =>
  ({ kind, diagnoses: [], table: [], tried: [] }) as never

/** Says what the claim asks for: `proved = x` is proved. */
const judge: Judge = {
  verify: (_, claim) => {
    const text = printClaim(claim)
    if (text.includes('p')) return verdictOf('proved')
    return verdictOf(text.includes('r') ? 'refuted' : 'budget')
  },
  verifySizes: () => verdictOf('refuted'),
}

describe('checkNotesWith', () => {
  it('holds verdicts against what is expected', () => {
    const report = checkNotesWith(
      judge,
      '```network\nbookCnn\n```\n$p = 1$ $r = 1$ <!-- expect: refuted --> $r = 2$ $a$ $b = 3 ?$',
    )
    expect(report.entries.map(({ kind, verdict, ok }) => [kind, verdict?.kind, ok])).toEqual([
      ['claim', 'proved', true],
      ['claim', 'refuted', true],
      ['claim', 'refuted', false],
      ['mention', undefined, true],
      ['claim', 'ill-formed', false],
    ])
    expect(report.totals).toMatchObject({ proved: 1, refuted: 2, 'ill-formed': 1 })
    expect(report.ok).toBe(false)
    expect(JSON.parse(JSON.stringify(report))).toEqual(report)
  })

  it('allows what it is told to allow', () => {
    const text = '```network\nbookCnn\n```\n$b = 1$'
    expect(checkNotesWith(judge, text).ok).toBe(false)
    expect(checkNotesWith(judge, text, { allow: ['budget'] }).ok).toBe(true)
  })

  it('says which network it chose where the document has none', () => {
    const { entries } = checkNotesWith(judge, '$$p_1 = 2$$ and $s = 1$ and $q_1 = r$')
    expect(entries.map(({ kind, network }) => [kind, network])).toEqual([
      ['claim', 'softmax under cross-entropy'],
      ['declaration', undefined],
      ['claim', undefined],
    ])
  })

  it('takes each network for the formulas below it, and reports one that makes no sense', () => {
    const text = '```network\nbookCnn\n```\n$p=1$\n```network\nx = y\n```\n$p=2$'
    const { entries, problems, ok } = checkNotesWith(judge, text)
    expect(entries.map(({ verdict }) => verdict?.kind)).toEqual(['proved', 'ill-formed'])
    expect(problems).toMatchObject([{ line: 6, reason: /Nothing above/ }].map(() => ({ line: 6 })))
    expect(ok).toBe(false)
  })
})
