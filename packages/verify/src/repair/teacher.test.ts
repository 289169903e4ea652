// The lessons of `lessons.fixture.ts`: what is said first of each wrong formula.
import { describe, expect, it } from 'vitest'
import { readNetwork } from '../document/network-text.ts'
import { buildNetwork } from '../notes/network/build-network.ts'
import { verify } from '../verify.ts'
import { diagnoseRefuted } from './diagnose-refuted.ts'
import { lessons } from './lessons.fixture.ts'

const deadline = 8000

describe.each(lessons)('$title', ({ network, rows }) => {
  const { cost, sizes } = buildNetwork(readNetwork(network))
  it.each(rows)('%s: %s', (wrong: string, name: string, assume?: string) => {
    const given = assume === undefined ? [] : [assume]
    const options = { deadline, sizes, assume: given }
    const answer = verify(cost, wrong, { ...options, diagnose: diagnoseRefuted })
    // What holds under an unwritten convention is refuted as it stands.
    const verdict = answer.kind === 'holds-if' ? answer.otherwise : answer
    expect(verdict.kind, JSON.stringify({ ...verdict, certificate: 0 })).toBe('refuted')
    if (verdict.kind !== 'refuted') return
    expect(verdict.diagnoses[0], JSON.stringify(verdict.diagnoses)).toMatchObject({ name })
  })
})
