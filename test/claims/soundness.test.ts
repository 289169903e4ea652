// Random claims about random networks: true ones in unfamiliar form and damaged ones. What is
// proved must be true at the recorded and at other shapes; what is true must not be refuted.
import { describe, expect, it } from 'vitest'
import { networkOf } from '../../packages/verify/src/network/network.ts'
import { caseOf, judge, newTally, summary, truthAt } from './judge.ts'

const pairs = 160

describe('random claims', () => {
  it('no proof of what is false, no refutation of what is true', () => {
    const tally = newTally()
    for (let seed = 1; seed <= pairs; seed++) judge(tally, seed, 3)
    console.log(summary(tally))
    expect(tally.falseProofs).toEqual([])
    expect(tally.falseAgreements).toEqual([])
    expect(tally.falseRefutations).toEqual([])
    const proved = tally.truths - [...tally.refused.values()].flat().length
    expect(proved / tally.truths, [...tally.refused.keys()].join('\n')).toBeGreaterThan(0.9)
  }, 240_000)

  it('are true where they are meant to be, and mostly false where not', () => {
    const truths = { true: 0, false: 0, unknown: 0 }
    for (let seed = 1; seed <= pairs; seed++) {
      const { cost, claim, isTrue } = caseOf(seed)
      const truth = truthAt(networkOf(cost), claim, seed)
      if (isTrue) expect(truth, claim).not.toBe('false')
      else truths[truth]++
    }
    expect(truths.false).toBeGreaterThan(2 * truths.true)
  }, 120_000)
})
