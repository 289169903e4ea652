// A sample of the wrong formulas in by-hand.txt: nine of ten are named first, and none is proved.
import { readFileSync } from 'node:fs'
import { expect, it } from 'vitest'
import { helpFor, wrongFormulas } from '../../packages/verify/src/repair/by-hand.fixture.ts'

const every = 9
const deadline = 12_000

it('wrong formulas of every kind of net are named first', () => {
  const all = wrongFormulas(readFileSync(new URL('by-hand.txt', import.meta.url), 'utf8'))
  const sample = all.filter((_, at) => at % every === 0)
  const helped = sample.map((each) => ({ ...each, ...helpFor(each, deadline) }))
  expect(helped.filter(({ kind }) => kind === 'proved' || kind === 'agrees')).toEqual([])
  const missed = helped.filter(({ isWanted }) => !isWanted)
  const list = missed.map(({ claim, first }) => `${claim}: ${first}`).join('\n')
  expect(missed.length / helped.length, list).toBeLessThanOrEqual(0.1)
})
