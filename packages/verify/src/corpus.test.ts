// The formulas of lecture notes on convolutional networks get the verdicts of their table. Every
// verdict for all sizes is tested again at small sizes, by the evaluator that shares nothing with
// the prover.
import type { Node } from '@backprove/graph'
import { describe, expect, it } from 'vitest'
import { createBudget } from './arithmetic/budget.ts'
import { randomFrom } from './concrete/domains/random.ts'
import { book, classifier } from './concrete/sample/networks.fixture.ts'
import { numericTest } from './concrete/sample/tests.ts'
import { systems } from './corpus.fixture.ts'
import { parseClaim } from './language/read/claim.ts'
import { resolve } from './language/resolve/resolve.ts'
import { networkOf } from './network/network.ts'
import { sizesOf } from './network/sizes.ts'
import { formatReading } from './verdict/format.ts'
import { verifySizes } from './verdict/sizes.ts'
import type { Reading, Verdict } from './verdict/verdict.ts'
import { verify } from './verify.ts'

const holds = ({ kind }: Verdict): boolean => kind === 'proved' || kind === 'agrees'

/** Small lengths, the same ones every time. */
const lengthsAt = (round: number, count: number): number[] => {
  const random = randomFrom(round)
  return Array.from({ length: count }, () => 1 + (random() % 5))
}

/** SHAPES=200 for the long run. */
const rounds = Number(process.env.SHAPES ?? 60)

/** The claim at other sizes, by the evaluator. */
const heldAtSmallSizes = (cost: Node, claim: string, assume: readonly string[]): number => {
  const network = networkOf(cost)
  const sizes = sizesOf(network, 'ones stay')
  let tested = 0
  for (let round = 0; round < rounds; round++) {
    const smaller = sizes.at(lengthsAt(round, sizes.free.length))
    if (!smaller) continue
    const read = (text: string) => resolve(parseClaim(text), smaller.scope)[0]!.instances
    const assumptions = assume.flatMap((text) => read(text).map((each) => each.claim))
    for (const instance of read(claim)) {
      const budget = createBudget({ milliseconds: 5000 })
      const result = numericTest(instance.claim, smaller, budget, { assumptions, seed: round + 1 })
      expect(['agrees', 'unable'], JSON.stringify([result, lengthsAt(round, 9)])).toContain(
        result.kind,
      )
      if (result.kind === 'agrees') tested++
    }
  }
  return tested
}

describe.each(systems)(
  '$name',
  ({ cost, provedForAllSizes, refuted = [], ambiguous = [], holdsIf = [] }) => {
    it.each(provedForAllSizes)(
      'proved for all sizes: %s',
      (claim: string, assume: readonly string[] = []) => {
        const verdict = verify(cost(), claim, { assume, deadline: 30_000 })
        const isWrittenOut = 'fixed' in verdict
        expect(verdict, JSON.stringify({ ...verdict, certificate: 0 })).toMatchObject({
          kind: 'proved',
          scope: isWrittenOut ? 'some-sizes' : 'all-sizes',
        })
        expect(JSON.parse(JSON.stringify(verdict))).toEqual(verdict)
        if (!isWrittenOut) expect(heldAtSmallSizes(cost(), claim, assume)).toBeGreaterThan(0)
      },
    )

    it.each(refuted)('refuted: %s', (claim: string, assume: readonly string[] = []) => {
      const verdict = verify(cost(), claim, { assume, deadline: 30_000 })
      expect(verdict.kind, JSON.stringify(verdict)).toBe('refuted')
    })

    it.each(holdsIf)('holds if: %s', (claim, convention) => {
      const verdict = verify(cost(), claim, { deadline: 30_000 })
      expect(verdict).toMatchObject({
        kind: 'holds-if',
        convention,
        // biome-ignore lint/suspicious/noThenProperty: an object of data, which nobody awaits.
        then: { kind: 'proved' },
        otherwise: { kind: 'refuted' },
      })
    })

    it.each(ambiguous)('depends on the reading: %s', (claim, readings) => {
      const verdict = verify(cost(), claim, { deadline: 30_000 })
      expect(verdict.kind).toBe('ambiguous')
      if (verdict.kind !== 'ambiguous') return
      const isTrue = ([, each]: readonly [Reading, Verdict]) => holds(each)
      expect(verdict.table.filter(isTrue).map(([reading]) => formatReading(reading))).toEqual(
        readings,
      )
    })
  },
)

describe('an index that a sum captures', () => {
  it.each(['y = e^{z_i} / Σ_i e^{z_i}', 'y_i = e^{z_i} / Σ_{i=1}^3 e^{z_i}'])('%s', (claim) => {
    expect(verify(classifier(), claim)).toMatchObject({
      kind: 'ill-formed',
      reason: expect.stringContaining('captured'),
    })
  })
})

describe('claims about lengths', () => {
  it.each<[string, string[]]>([
    ['n + 2(m − 1) − m + 1 = n + m − 1', []],
    ['⌊(n + 2p − m)/s⌋ + 1 = n − m + 1', ['p = 0', 's = 1']],
    ['⌊(n + 2p − m)/s⌋ + 1 = n', ['p = (m − 1)/2', 's = 1']],
    ['⌊(n − 1)/s⌋ + 1 = ⌈n/s⌉', []],
    ['n^{(1)} = n^{(2)} + m − 1', ['n^{(2)} = n^{(1)} − m + 1']],
    ['n_{out} ≤ n', ['n_{out} = ⌊(n − m)/s⌋ + 1']],
  ])('%s', (claim, assume) => {
    expect(verifySizes(claim, { assume })).toMatchObject({ kind: 'proved' })
  })

  it.each([
    ['(n^1)^3 ≤ n^3', 'ambiguous'],
    ['(n^1)^3 ≤ n^2', 'refuted'],
    ['n^1 ≤ n^2', 'refuted'],
    ['(n^1)^2 = n^2', 'ambiguous'],
    // False in both, or of lengths alone.
    ['n^1 > n^3', 'refuted'],
    ['n^1 = n^1', 'proved'],
    ['n^{(1)} ≤ n^{(2)}', 'refuted'],
  ])('a length or a power of n: %s is %s', (claim, kind) => {
    expect(verifySizes(claim).kind).toBe(kind)
  })

  it('refutes by the smallest integers', () => {
    const assume = ['n^{(2)} = n^{(1)} − m + 1']
    expect(verifySizes('n^{(1)} = n^{(2)} + m + 1', { assume })).toMatchObject({
      kind: 'refuted',
      sizes: { 'n^1': 1, 'n^2': 1, m: 1 },
      expected: '1',
      got: '3',
    })
    const even = verifySizes('n + 2p − m + 1 = n', { assume: ['p = ⌊(m − 1)/2⌋'] })
    expect(even).toMatchObject({ kind: 'refuted', sizes: { n: 1, p: 0, m: 2 } })
  })

  it('refuses assumptions that contradict one another', () => {
    expect(verifySizes('n = n', { assume: ['n = n + 1'] }).kind).toBe('ill-formed')
  })
})

describe('what is not a claim', () => {
  it.each([
    ['q = a^O', 0, 1],
    ['a^O', 0, 3],
    ['a^O = a^O +', 11, 11],
  ])('%s', (claim, start, end) => {
    expect(verify(book(), claim)).toMatchObject({ kind: 'ill-formed', at: { start, end } })
  })

  it('marks what is trivial', () => {
    expect(verify(book(), 'δ^F = δ^F')).toMatchObject({ kind: 'proved', trivial: true })
  })

  it('refuses assumptions that no point meets', () => {
    const assume = ['Σ_i t_i = 1', 'Σ_i t_i = 2']
    expect(verify(classifier(), 'z = 2 z', { assume }).kind).toBe('ill-formed')
  })
})
