// Identities of backpropagation, proved for all sizes, beside the near misses that must not be.
// Every proof is checked by the independent checker; every non-identity has a brute-force witness.

import { describe, expect, test } from 'vitest'
import { decideStatement, findWitness } from './fixtures/decide.fixture.ts'
import { identities } from './fixtures/identities.fixture.ts'
import { stateFields } from './prove.ts'

const draws = () => {
  let state = 1n
  return () => {
    state = (state * 6364136223846793005n + 1442695040888963407n) % (1n << 64n)
    return (state >> 33n) % 97n
  }
}

describe('for all sizes', () => {
  test.each(identities.filter((i) => i.holds))('$name', ({ left, right, assume }) => {
    const statement = stateFields(left(), right(), assume ?? [])
    expect(decideStatement(statement)).toMatchObject({ verdict: 'proved' })
  })

  test.each(identities.filter((i) => !i.holds))('not: $name', ({ left, right, assume, upTo }) => {
    const statement = stateFields(left(), right(), assume ?? [])
    expect(decideStatement(statement).verdict).toBe('differs')
    expect(findWitness(statement, upTo ?? 2, draws())).toBeDefined()
  })
})
