// What a proof is worth to someone who does not trust it: `check(statement, certificate)`.
import { beforeAll, describe, expect, test } from 'vitest'
import { isFalse } from '../certificate/attacks/oracle.fixture.ts'
import { check } from '../certificate/claim.ts'
import type { PlainClaim, PlainScalar } from '../certificate/grammar.ts'
import { systems } from '../corpus.fixture.ts'
import { seededRandom } from '../index-terms/fixtures/random.fixture.ts'
import { verify } from '../verify.ts'
import {
  isSeenFalse,
  type Pair,
  provedPairs,
  spoiledCertificate,
  spoiledStatement,
} from './pairs.fixture.ts'

let pairs: Pair[] = []
beforeAll(() => {
  pairs = provedPairs()
}, 60_000)

const draws = (seed: number) => {
  const random = seededRandom(seed)
  return () => random.below(1_000_003) / 1_000_003
}

test('all of the proved formulas of the notes have a certificate that is accepted', () => {
  const all = systems.flatMap(({ provedForAllSizes }) => provedForAllSizes).map(([text]) => text)
  expect(new Set(pairs.map(({ formula }) => formula))).toEqual(new Set(all))
  for (const { formula, statement, certificate } of pairs)
    expect(check(statement, certificate), formula).toEqual({ ok: true })
})

test('a verdict leaves out what its statement asks for, and nothing else', () => {
  for (const { formula, statement, certificate } of pairs)
    for (const each of statement.excluded) {
      const excluded = statement.excluded.filter((other) => other !== each)
      const { ok } = check({ ...statement, excluded }, certificate)
      expect(ok, `${formula} without ${each}`).toBe(false)
    }
})

test('in numbers, statements say what is true', () => {
  const seen = pairs.map(({ statement }) => isFalse(statement, draws(3), 2))
  expect(seen.filter((each) => each === true)).toEqual([])
  expect(seen.filter((each) => each === false).length).toBeGreaterThan(30)
})

describe('a pair that proves nothing any more is rejected', () => {
  test('200 statements with one part changed', () => {
    const random = seededRandom(31)
    let seenFalse = 0
    for (let k = 0; k < 200; k++) {
      const { formula, statement, certificate } = random.pick(pairs)
      const other = spoiledStatement(statement, random)
      if (!check(other, certificate).ok) {
        if (k % 10 === 0 && isSeenFalse(other, random)) seenFalse++
        continue
      }
      expect(isSeenFalse(other, random), `${formula}: ${JSON.stringify(other.equations)}`).toBe(
        false,
      )
    }
    expect(seenFalse).toBeGreaterThan(3)
  })

  test('200 certificates with one part changed prove no other claim', () => {
    const random = seededRandom(32)
    for (let k = 0; k < 200; k++) {
      const { formula, statement, certificate } = random.pick(pairs)
      const other = spoiledCertificate(certificate, random)
      if (!check(statement, other).ok) continue
      expect(check(twice(statement), other).ok, formula).toBe(false)
    }
  })

  test('a step, a lemma or a proof that is left out', () => {
    for (const { formula, statement, certificate } of pairs)
      for (const [at, proof] of certificate.proofs.entries()) {
        const steps = proof.steps.slice(0, -1)
        if (proof.steps.length > 0)
          expect(
            check(statement, { proofs: certificate.proofs.with(at, { ...proof, steps }) }).ok,
            formula,
          ).toBe(false)
        expect(check(statement, { proofs: certificate.proofs.toSpliced(at, 1) }).ok).toBe(false)
      }
  })

  test('a certificate of another claim', () => {
    for (const [k, { formula, certificate }] of pairs.entries())
      for (const { formula: other, statement } of pairs.filter((_, at) => (at + k) % 3 === 0))
        if (check(twice(statement), certificate).ok)
          expect(`${formula} proves twice ${other}`).toBe('')
  })
})

/** 2 left = right: false wherever left is not 0. */
const twice = (statement: PlainClaim): PlainClaim => {
  const two: PlainScalar = { kind: 'number', value: ['2', '1'] }
  return {
    ...statement,
    equations: statement.equations.map((each) => ({
      ...each,
      left: { kind: 'product', factors: [two, each.left] },
    })),
  }
}

describe('conditions belong to the statement', () => {
  const claimOf = (text: string) => {
    const verdict = verify(systems.find(({ name }) => /softmax/.test(name))!.cost(), text, {
      certify: true,
    })
    const { certificate } = verdict as Extract<typeof verdict, { kind: 'proved' }>
    const [claim] = certificate.kind === 'index' ? (certificate.claims ?? []) : []
    if (!claim || 'why' in claim) throw new Error(claim?.why ?? 'no claim')
    return claim
  }

  test('a sum of exponentials is never 0, and nothing is asked', () => {
    const { statement, certificate } = claimOf('y_i = e^{z_i} / Σ_k e^{z_k}')
    expect(statement.excluded).toEqual([])
    expect(check(statement, certificate)).toEqual({ ok: true })
  })

  test('what may be 0 must be excluded by the statement', () => {
    const { statement, certificate } = claimOf('y_i / z_i = (e^{z_i} / Σ_k e^{z_k}) / z_i')
    expect(statement.excluded).toEqual(['poles'])
    expect(check(statement, certificate)).toEqual({ ok: true })
    expect(check({ ...statement, excluded: [] }, certificate)).toEqual({
      ok: false,
      reason: 'poles that are not excluded',
    })
  })
})

test('no data makes it throw', () => {
  const [{ statement, certificate }] = pairs as [Pair]
  const bad: unknown[] = [null, {}, [], 'x', { proofs: null }, { proofs: [null] }, { equations: 7 }]
  for (const each of bad) {
    expect(check(statement, each as never).ok).toBe(false)
    expect(check(each as never, certificate).ok).toBe(false)
  }
})

test('an assumption that a proof needs not is left out of what is certified', () => {
  const claimsOf = (text: string, assume: string) => {
    const cost = systems.find(({ name }) => /softmax/.test(name))!.cost()
    const verdict = verify(cost, text, { certify: true, assume: [assume] })
    const { certificate } = verdict as Extract<typeof verdict, { kind: 'proved' }>
    return certificate.kind === 'index' ? certificate.claims : undefined
  }
  expect(claimsOf('y_i = e^{z_i} / Σ_k e^{z_k}', 'z > 0')).toMatchObject([{ statement: {} }])
  expect(claimsOf('relu(z_i) = z_i', 'z > 0')).toMatchObject([{ why: /without an assumption/ }])
})
