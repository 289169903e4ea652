// For tests: runs the prover on random pairs and judges every proof by the checker and by brute
// force.

import { createBudget } from '../arithmetic/budget.ts'
import { decideStatement, findWitness } from './decide.fixture.ts'
import { type Pair, randomPair, seededRandom } from './random.fixture.ts'

export interface Tally {
  pairs: number
  equal: number
  proved: number
  provedEqual: number
  budget: number
  /** Seeds of proofs that brute force contradicts, and of certificates that the checker rejects. */
  readonly falseProofs: number[]
  readonly rejected: number[]
}

export const newTally = (): Tally => ({
  pairs: 0,
  equal: 0,
  proved: 0,
  provedEqual: 0,
  budget: 0,
  falseProofs: [],
  rejected: [],
})

/** Proves the pair of a seed and enters the outcome; shapes up to `largest` are run through. */
export const judge = (tally: Tally, seed: number, largest: number): Pair => {
  const random = seededRandom(seed)
  const pair = randomPair(random)
  const budget = createBudget({ milliseconds: 1_000, operations: 200_000 })
  const decision = decideStatement({ ...pair, index: [] }, budget)
  tally.pairs++
  if (pair.equalByConstruction) tally.equal++
  if (decision.verdict === 'rejected') tally.rejected.push(seed)
  if (decision.verdict === 'budget') tally.budget++
  if (decision.verdict === 'proved') {
    tally.proved++
    if (pair.equalByConstruction) tally.provedEqual++
    const witness = findWitness(pair, largest, () => BigInt(random.below(1_000_003)))
    if (witness) tally.falseProofs.push(seed)
  }
  return pair
}
