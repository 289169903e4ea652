// Verdicts on random claims of every kind against brute force; the long runs are brute-force.ts.
import { describe, expect, it } from 'vitest'
import { judgeClaims } from './oracle/judge/judge.ts'
import { judgeArrays } from './oracle/judge/judge-array.ts'
import { judgeBrackets } from './oracle/judge/judge-brackets.ts'
import { judgeGraphs } from './oracle/judge/judge-graphs.ts'
import { judgeKinds } from './oracle/judge/judge-kinds.ts'
import { judgeRows } from './oracle/judge/judge-rows.ts'
import { judgeSizes } from './oracle/judge/judge-sizes.ts'
import { judgeStatements } from './oracle/judge/judge-statements.ts'
import { bruteForce } from './oracle/run.ts'

describe('no verdict contradicts brute force', () => {
  it.each([
    ['claims in indices', judgeClaims, 120],
    ['claims about whole arrays', judgeArrays, 120],
    ['pairs of graphs', judgeGraphs, 100],
    ['claims about integers', judgeSizes, 250],
    ['numbers with and without brackets', judgeBrackets, 150],
    ['claims whose letters may run through this or that', judgeStatements, 300],
    ['masks, extremes, conditions, layers, definitions and windows', judgeKinds, 300],
    ['steps, kinks, winners, poles, readings and assumptions', judgeRows, 80],
  ] as const)(
    '%s',
    (kind, judge, count) => {
      const { outcomes, wrong } = bruteForce(judge, count, 1)
      console.log(`${count} ${kind}: ${outcomes.join('; ')}`)
      expect(wrong).toEqual([])
      // The judge must have something to contradict.
      expect(outcomes.some((each) => each.includes('proved'))).toBe(true)
      expect(outcomes.some((each) => each.includes('refuted'))).toBe(true)
    },
    120_000,
  )

  // √a = [Σ 1/x ≠ 0] √a agreed: where the bracket was 0, at a corner, the sides were not compared.
  it('what a long run met: a bracket that says ≠ and is 0 at a corner alone', () => {
    expect(bruteForce(judgeRows, 1, 900_002_186).wrong).toEqual([])
    // Where a sum without a range would end in two places, nothing is a counterexample.
    expect(bruteForce(judgeClaims, 1, 1_980_000_617).wrong).toEqual([])
    expect(bruteForce(judgeClaims, 1, 1_995_000_880).wrong).toEqual([])
    // Rounding alone, at another point, is no difference.
    expect(bruteForce(judgeGraphs, 1, 1_995_002_544).wrong).toEqual([])
  })
})
