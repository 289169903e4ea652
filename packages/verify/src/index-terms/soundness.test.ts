// Random pairs of sums: no proof may be contradicted by brute force at small shapes, and rewritings
// that keep the value should be seen through. The long run is test/soundness.

import { expect, test } from 'vitest'
import { judge, newTally } from './fixtures/soundness.fixture.ts'

test('1,000 random pairs: no false proof, and at least 95 % of the equal ones proved', () => {
  const tally = newTally()
  for (let seed = 1_000_000; seed < 1_001_000; seed++) judge(tally, seed, 3)
  expect(tally.falseProofs).toEqual([])
  expect(tally.rejected).toEqual([])
  const completeness = tally.provedEqual / tally.equal
  console.log(`proved ${(100 * completeness).toFixed(1)} % of ${tally.equal} equal pairs`)
  expect(completeness).toBeGreaterThan(0.95)
})
