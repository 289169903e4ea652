// The checker against corrupted certificates, against hand-written false ones, and its own limits:
// its size and its independence of the prover.

import { readdirSync, readFileSync } from 'node:fs'
import { describe, expect, test } from 'vitest'
import { checkCertificate } from '../index-terms/checked.ts'
import { decideStatement, findWitness } from '../index-terms/fixtures/decide.fixture.ts'
import { identities } from '../index-terms/fixtures/identities.fixture.ts'
import { type Random, randomPair, seededRandom } from '../index-terms/fixtures/random.fixture.ts'
import type { Certificate, PlainContext, PlainTerm } from '../index-terms/plain.ts'
import { type PlainStatement, plainStatement } from '../index-terms/plain.ts'
import { stateFields } from '../index-terms/prove.ts'
import type { Source, Step } from './grammar.ts'

type Json = null | boolean | number | string | Json[] | { [key: string]: Json }

/** Paths to every leaf and every non-empty array of a JSON value. */
const places = (value: Json, path: (string | number)[] = []): (string | number)[][] => {
  if (Array.isArray(value)) {
    return [...(value.length ? [path] : []), ...value.flatMap((v, i) => places(v, [...path, i]))]
  }
  if (value !== null && typeof value === 'object') {
    return Object.entries(value).flatMap(([key, v]) => places(v, [...path, key]))
  }
  return [path]
}

const at = (value: Json, path: readonly (string | number)[]): Json =>
  path.reduce((v, key) => (v as Record<string | number, Json>)[key] as Json, value)

/**
 * Another value of the same kind: a number moved, an id exchanged, an element lost or two swapped.
 */
const spoil = (value: Json, random: Random): Json => {
  if (Array.isArray(value)) {
    const i = random.below(value.length)
    if (random.chance(0.5) || value.length < 2) return value.toSpliced(i, 1)
    const j = (i + 1 + random.below(value.length - 1)) % value.length
    return value.with(i, value[j]!).with(j, value[i]!)
  }
  if (typeof value === 'number') return Math.max(0, value + random.pick([1, -1, 2]))
  if (typeof value === 'string' && /^-?\d+$/.test(value)) {
    return String(random.pick([BigInt(value) + 1n, BigInt(value) - 1n, -BigInt(value), 0n]))
  }
  const words = ['guard', 'equation', 'constraint', 'box', 'sign', 'goal', 'low', 'high', 'drop']
  return random.pick([...words, 'insert', 'merge', 'vanish', 'split'])
}

const corrupt = (certificate: Certificate, random: Random): Certificate => {
  const copy = structuredClone(certificate) as unknown as { [key: string]: Json }
  const path = random.pick(places(copy))
  const parent = at(copy, path.slice(0, -1)) as Record<string | number, Json>
  const key = path.at(-1)!
  parent[key] = spoil(parent[key] as Json, random)
  return copy as unknown as Certificate
}

/** 2 left = right, or left = 0: false wherever left = right ≠ 0. Both must be rejected. */
const falsified = (plain: PlainStatement): PlainStatement[] => [
  { ...plain, right: [...plain.right, ...plain.right.slice(0, 1)] },
  { ...plain, right: plain.right.slice(1) },
]

const check = (plain: PlainStatement, certificate: Certificate) =>
  checkCertificate(plain.left, plain.right, plain.context, certificate)

const proofs = identities.flatMap((i) => {
  if (!i.holds) return []
  const decision = decideStatement(stateFields(i.left(), i.right(), i.assume ?? []))
  return decision.verdict === 'proved' ? [decision] : []
})

describe('corrupted certificates', () => {
  test('1,000 of 1,000 are rejected, or prove no false statement', () => {
    const random = seededRandom(7)
    let corrupted = 0
    let accepted = 0
    while (corrupted < 1_000) {
      const { certificate, plain } = random.pick(proofs)
      const bad = corrupt(certificate, random)
      if (JSON.stringify(bad) === JSON.stringify(certificate)) continue
      corrupted++
      if (!check(plain, bad).ok) continue
      // Accepted: some other true proof (a looser multiplier, an order). It must still prove this
      // statement only.
      accepted++
      for (const lie of falsified(plain)) expect(check(lie, bad).ok).toBe(false)
    }
    console.log(`of 1,000 corrupted certificates ${accepted} were still proofs`)
    expect(accepted).toBeLessThan(200)
  })

  test('of mutated statements only those are accepted that brute force confirms', () => {
    const random = seededRandom(11)
    let tried = 0
    let accepted = 0
    for (let seed = 1; tried < 600; seed++) {
      const pair = randomPair(seededRandom(seed))
      const decision = decideStatement({ ...pair, index: [] })
      if (decision.verdict !== 'proved' || pair.mutant.length === 0) continue
      const { certificate } = decision
      const mutated = { ...pair, right: pair.mutant }
      const plain = plainStatement(mutated.left, mutated.right, mutated.context)
      for (let i = 0; i < 10; i++, tried++) {
        if (!check(plain, i === 0 ? certificate : corrupt(certificate, random)).ok) continue
        accepted++
        expect(findWitness(mutated, 2, () => BigInt(random.below(997)))).toBeUndefined()
        break
      }
    }
    console.log(`of ${tried} attempts on mutated statements ${accepted} were proofs`)
  })

  test('no certificate proves another statement', () => {
    for (const { certificate, plain } of proofs) {
      for (const lie of falsified(plain)) expect(check(lie, certificate).ok).toBe(false)
      const without = { ...plain.context, constraints: [] }
      const weaker = check({ ...plain, context: without }, certificate)
      const used = JSON.stringify(certificate).includes('"constraint"')
      expect(weaker.ok).toBe(!used)
    }
  })

  test('a deleted step is noticed wherever a step is needed', () => {
    for (const { certificate, plain } of proofs) {
      for (const i of certificate.steps.keys()) {
        const steps = certificate.steps.toSpliced(i, 1)
        const outcome = check(plain, { steps })
        const step = certificate.steps[i]!
        if (step.move === 'merge' || step.move === 'vanish') expect(outcome.ok).toBe(false)
      }
    }
  })
})

const [n, t, k, l] = [1, 2, 3, 4]
const array = 9
const poly = (...parts: readonly [number, ...number[]][]) =>
  parts.map(([c, ...variables]) => ({ coefficient: `${c}`, variables }))
const context: PlainContext = {
  variables: [
    { id: n, kind: 'size', name: 'n' },
    { id: t, kind: 'free', name: 't' },
  ],
  arrays: [{ id: array, name: 'x', shape: [poly([1, n])] }],
  constraints: [],
}
const x = (...index: readonly [number, ...number[]][]): PlainTerm => ({
  coefficient: ['1', '1'],
  powers: [],
  bound: [k],
  accesses: [{ array, index: [poly(...index)] }],
  guards: [],
  equations: [],
})

describe('hand-written false certificates', () => {
  const rejects = (left: PlainTerm[], right: PlainTerm[], steps: Step[], reason: string) => {
    const outcome = checkCertificate(left, right, context, { steps })
    expect(outcome).toMatchObject({ ok: false, reason: expect.stringContaining(reason) })
  }
  const merge: Step = { move: 'merge', term: 1, into: 0 }

  test('a change of variables that is not onto: Σ x_{2k} = Σ x_k', () => {
    const change: Step = {
      move: 'change',
      term: 1,
      forward: [{ variable: k, is: poly([2, l]) }],
      inverse: [{ variable: l, is: poly([1, k]) }],
    }
    rejects([{ ...x([2, l]), bound: [l] }], [x([1, k])], [change, merge], 'no inverse')
  })

  test('capture: a bound variable renamed to a free index', () => {
    const change: Step = {
      move: 'change',
      term: 1,
      forward: [{ variable: k, is: poly([1, t]) }],
      inverse: [{ variable: t, is: poly([1, k]) }],
    }
    rejects([x([1, k])], [x([1, k])], [change], 'not new')
  })

  test('elimination with a coefficient that is not ±1', () => {
    const halves = { ...x([1, k]), equations: [poly([2, k], [-1, t])] }
    const step: Step = { move: 'eliminate', term: 0, equation: 0, variable: k }
    rejects([halves], [], [step], 'unit')
  })

  test('elimination of a free index', () => {
    const pinned = { ...x([1, t]), equations: [poly([1, t], [-1, n])] }
    const step: Step = { move: 'eliminate', term: 0, equation: 0, variable: t }
    rejects([pinned], [], [step], 'not bound')
  })

  test('merging Σ_k x_k x_k with Σ_{k,l} x_k x_l', () => {
    const access = (v: number) => ({ array, index: [poly([1, v])] })
    const square = { ...x([1, k]), accesses: [access(k), access(k)] }
    const pairs = { ...x([1, k]), bound: [k, l], accesses: [access(k), access(l)] }
    rejects([square], [pairs], [merge], 'unlike')
  })

  test('a negative multiplier of an inequality, and a divisor that rounds coefficients', () => {
    const goal = { of: { from: 'goal' } as const, multiplier: '1', factors: [] }
    const guarded = { ...x([1, k]), guards: [poly([1, t])] }
    const guard = { of: { from: 'guard', index: 0 } as const, multiplier: '-1', factors: [] }
    const vanish = (sum: (typeof goal | typeof guard)[], divisor: string): Step => ({
      move: 'vanish',
      term: 0,
      proof: [{ sum, divisor }],
    })
    rejects([guarded], [], [vanish([guard], '1')], 'negative multiplier')
    rejects([guarded], [], [vanish([{ ...guard, multiplier: '1' }], '2')], 'does not divide')
    rejects([guarded], [], [vanish([goal], '1')], 'without a contradiction')
  })

  test('an index rewritten by the box of its own access: x_t = x_{n-1} for n - 1 ≤ t ≤ n', () => {
    const near = { ...context, constraints: [poly([1, t], [-1, n], [1]), poly([1, n], [-1, t])] }
    const part = (of: Source) => ({ of, multiplier: '1', factors: [] })
    const high = part({ from: 'box', access: 0, axis: 0, side: 'high' })
    const low = part({ from: 'constraint', index: 0 })
    const proofs = [high, low].map((by) => [{ sum: [by, part({ from: 'goal' })], divisor: '1' }])
    const reindex: Step = {
      move: 'reindex',
      term: 0,
      access: 0,
      axis: 0,
      expression: poly([1, n], [-1]),
      proofs,
    }
    const [left, right] = [x([1, t]), x([1, n], [-1])].map((term) => ({ ...term, bound: [] }))
    const outcome = checkCertificate([left!], [right!], near, { steps: [reindex, merge] })
    expect(outcome).toMatchObject({ ok: false, reason: 'no such item' })
  })

  test('counting an interval whose length may be negative, by its own guards', () => {
    const interval: PlainTerm = {
      ...x([1, t]),
      guards: [poly([1, k]), poly([1, t], [-1, k])],
    }
    const own = (index: number) => {
      return { of: { from: 'guard', index } as const, multiplier: '1', factors: [] }
    }
    const goal = { of: { from: 'goal' } as const, multiplier: '1', factors: [] }
    const step: Step = {
      move: 'count',
      term: 0,
      variable: k,
      lower: 0,
      upper: 1,
      length: poly([1, t], [1]),
      proof: [{ sum: [own(0), own(1), goal], divisor: '1' }],
    }
    rejects([interval], [], [step], 'no such item')
  })

  test('malformed data is rejected, never thrown', () => {
    const bad = [null, {}, { steps: [null] }, { steps: [{ move: '__proto__', term: 0 }] }]
    for (const certificate of bad) {
      const outcome = checkCertificate([x([1, k])], [], context, certificate as Certificate)
      expect(outcome.ok).toBe(false)
    }
  })
})

describe('independence', () => {
  const folder = new URL('.', import.meta.url)
  const sources = readdirSync(folder).filter((f) => /^[a-z]+\.ts$/.test(f))
  const text = (f: string) => readFileSync(new URL(f, folder), 'utf8')

  test('the checker imports nothing but itself', () => {
    for (const f of sources) {
      for (const [, from] of text(f).matchAll(/from '([^']+)'/g))
        expect(from).toMatch(/^\.\/[a-z]+\.ts$/)
    }
  })

  test('the checker is short beside its grammar', () => {
    const code = (f: string) =>
      text(f)
        .split('\n')
        .filter((line) => !/^\s*(\/\/|\/\*|\*|$)/.test(line)).length
    const total = sources.reduce((sum, f) => sum + (f === 'grammar.ts' ? 0 : code(f)), 0)
    expect(total).toBeLessThanOrEqual(1500)
  })
})

test('certificates of random pairs survive JSON and are accepted', () => {
  for (let seed = 1; seed <= 100; seed++) {
    const pair = randomPair(seededRandom(seed))
    expect(decideStatement({ ...pair, index: [] }).verdict).not.toBe('rejected')
  }
})
