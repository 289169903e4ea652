// How often the mistake that was made is the one that is named first: a sample of what
// `test/mistakes/main.ts` asks of all.
import { describe, expect, it } from 'vitest'
import { createOperations } from '../arithmetic/budget.ts'
import { mistakes, outcomeOf } from './mistakes.fixture.ts'

const every = 29

/** For each of them, however busy the machine is. */
const operations = 800_000

describe('mistakes in true formulas', () => {
  it('are proved only where they change nothing, and named first in nine cases of ten', () => {
    const outcomes = mistakes()
      .filter((_, at) => at % every === 0)
      .map((mistake) => outcomeOf(mistake, createOperations(operations)))
    expect(outcomes.filter(({ kind, equal }) => kind === 'proved' && !equal)).toEqual([])
    const refuted = outcomes.filter(({ kind }) => kind === 'refuted')
    const missed = refuted.filter(({ isNamed }) => !isNamed)
    expect(refuted.length).toBeGreaterThan(20)
    const list = missed.map(({ name, first, wrong }) => `${name}, not ${first}: ${wrong}`)
    expect(missed.length / refuted.length, list.join('\n')).toBeLessThanOrEqual(0.1)
  }, 300_000)
})
