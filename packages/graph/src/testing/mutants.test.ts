// The checks themselves: every rule of every op, broken, must turn them red at order 1.
import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { ops } from '../ops/index.ts'
import { recordInstance } from './instance.ts'
import { instances, opNames } from './instances.ts'
import { complaintAbout, mutantsOf } from './mutants.ts'

const SAMPLES = 6

describe.each(opNames)('%s', (name) => {
  test('no broken rule passes', () => {
    const recorded = fc
      .sample(instances[name], { numRuns: SAMPLES, seed: 5 })
      .map((instance, seed) => recordInstance(instance, seed))
    const survivors = mutantsOf(ops[name]).filter((mutant) =>
      recorded.every((application) => complaintAbout(mutant, application, 1) === undefined),
    )
    expect(survivors.map(({ what }) => what)).toEqual([])
  })
})
