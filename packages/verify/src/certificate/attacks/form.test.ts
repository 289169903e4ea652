// Statements and certificates are untrusted: whatever is not of their form is refused whole, before
// any of it means something. Every part is spoiled in every way, none of which may be accepted.

import { describe, expect, test } from 'vitest'
import { ofValues } from '../../certify/plain-build.ts'
import { check } from '../claim.ts'
import { demandForm } from '../form.ts'
import type { ClaimCertificate, PlainClaim, PlainScalar } from '../grammar.ts'
import { kinds, objects } from '../grammar.ts'

type Json = null | boolean | number | string | Json[] | { [key: string]: Json }
type Path = readonly (string | number)[]

const n = [{ coefficient: '1', variables: [1] }]
const i = { kind: 'letter', letter: 7 } as const
const x: PlainScalar = { kind: 'read', from: { kind: 'node', node: 0 }, at: [i] }
const above: PlainScalar = { kind: 'apply', f: '>0', order: 0, to: x }
const whole = (left: PlainScalar, right = left): PlainClaim => ({
  lengths: [{ id: 1, kind: 'size', name: 'n' }],
  constraints: [],
  nodes: [{ name: 'x', shape: [n] }],
  cost: 0,
  equations: [{ letters: [{ letter: 7, name: 'i', within: [n] }], left, right }],
  given: [],
  excluded: ['poles', 'ties', 'kinks'],
})
const merged: ClaimCertificate = {
  proofs: [
    {
      view: { atoms: [], deltas: [] },
      lemmas: [],
      steps: [{ move: 'merge', term: 1, into: 0 }],
    },
  ],
}
const claim = whole({ kind: 'product', factors: [above, x] })

test('the claim and the certificate that are spoiled are accepted as they are', () => {
  expect(check(claim, merged)).toEqual({ ok: true })
})

const places = (value: Json, path: Path = []): Path[] => {
  if (value === null || typeof value !== 'object') return [path]
  return [
    path,
    ...Object.entries(value).flatMap(([key, each]) => places(each, [...path, key])),
  ].filter(({ length }) => length > 0)
}
const put = (value: Json, [key, ...rest]: Path, change: (old: Json) => Json | undefined): Json => {
  const copy = (Array.isArray(value) ? [...value] : { ...(value as object) }) as {
    [key: string | number]: Json
  }
  const next = rest.length === 0 ? change(copy[key!]!) : put(copy[key!]!, rest, change)
  if (next === undefined) delete copy[key!]
  else copy[key!] = next
  return copy as Json
}

const bad: readonly Json[] = [null, '', ' 1', '0x1', '1.5', '1e3', '९', '-', '+1', true, -1, 0.5]
const worse: readonly Json[] = [1e300, '1'.repeat(1001), {}, [[[]]], 'constructor', '__proto__']

/** A part that may stand there too is no lie: a name, a coefficient, points that are left out. */
const isFree = (path: Path): boolean => path.includes('excluded') || path.at(-1) === 'name'

describe('a part in the place of another', () => {
  const spoil = (change: (old: Json) => Json | undefined): number => {
    let tried = 0
    for (const path of places(claim as unknown as Json)) {
      if (isFree(path)) continue
      const other = put(claim as unknown as Json, path, change) as unknown as PlainClaim
      if (JSON.stringify(other) === JSON.stringify(claim)) continue
      expect(check(other, merged).ok, JSON.stringify([path, other.equations])).toBe(false)
      tried++
    }
    for (const path of places(merged as unknown as Json)) {
      const other = put(merged as unknown as Json, path, change) as unknown as ClaimCertificate
      if (JSON.stringify(other) === JSON.stringify(merged)) continue
      expect(check(claim, other).ok, JSON.stringify([path, other])).toBe(false)
      tried++
    }
    return tried
  }
  test.each([...bad, ...worse])('%j', (value) => {
    expect(spoil(() => value)).toBeGreaterThan(60)
  })
  test('nothing at all', () => {
    expect(spoil(() => undefined)).toBeGreaterThan(60)
  })
  test('a field that no one asked for', () => {
    const isObject = (old: Json) => old !== null && typeof old === 'object' && !Array.isArray(old)
    expect(
      spoil((old) => (isObject(old) ? { ...(old as object), other: 1 } : old)),
    ).toBeGreaterThan(20)
  })
})

describe('a number that is none, wherever it stands', () => {
  const halves = (value: readonly [string, string]): PlainScalar[] => {
    const spoiled = { kind: 'number', value } as const
    return [
      spoiled,
      { kind: 'product', factors: [spoiled, x] },
      ofValues['>'](x, spoiled),
      ofValues['='](spoiled, x),
      { kind: 'power', base: spoiled, exponent: '0' },
      { kind: 'apply', f: 'any', order: 0, to: spoiled },
    ]
  }
  test.each([
    ['0', '0'],
    ['1', '0'],
    ['0', '-1'],
    ['0', '1.0'],
    ['0', ''],
    ['', '1'],
    ['0', 'x'],
  ] as const)('%s/%s', (...value) => {
    for (const left of halves(value)) {
      expect(check(whole(left), merged).ok).toBe(false)
      expect(check(whole(left, left.kind === 'apply' ? above : x), merged).ok).toBe(false)
    }
  })
})

const fails = (left: PlainScalar, changed: Partial<PlainClaim> = {}): string => {
  const outcome = check({ ...whole(left), ...changed }, merged)
  return outcome.ok ? 'accepted' : outcome.reason
}
const sumOver = (letters: readonly number[], body: PlainScalar): PlainScalar => ({
  kind: 'reduce',
  over: letters.map((letter) => ({ letter, length: { kind: 'length', of: n } })),
  body,
})

test('letters that are bound twice or not at all; lengths and nodes that are not there', () => {
  const entry = (letter: number): PlainScalar => ({ ...x, at: [{ kind: 'letter', letter }] })
  expect(fails(sumOver([8], entry(8)))).toBe('unlike terms')
  expect(fails(sumOver([8, 8], entry(8)))).toMatch('new letter')
  expect(fails(sumOver([8], sumOver([8], entry(8))))).toMatch('new letter')
  expect(fails(sumOver([7], entry(7)))).toMatch('new letter')
  expect(fails(entry(9))).toMatch('letter')
  expect(fails({ ...x, from: { kind: 'node', node: 1 } })).toMatch('node')
  const twice = [
    { id: 1, kind: 'size', name: 'n' },
    { id: 1, kind: 'parameter', name: 'n' },
  ] as const
  expect(fails(x, { lengths: twice })).toMatch('new length')
  const other = [{ coefficient: '1', variables: [100_000] }]
  const letters = [{ letter: 7, name: 'i', within: [other] }]
  expect(fails(x, { equations: [{ letters, left: x, right: x }] })).toMatch('length')
})

test('a node of a later one, of a derivative, of a line of another shape or without an end', () => {
  const line = (body: PlainScalar, length = n) => ({
    nodes: [
      { name: 'x', shape: [n] },
      { name: 'y', shape: [n], line: { axes: [{ letter: 7, length }], body } },
    ],
  })
  const read = (kind: 'node' | 'adjoint', node: number): PlainScalar => {
    return { ...x, from: { kind, node } }
  }
  expect(fails(x, line(x))).toBe('accepted')
  expect(fails(x, line(read('node', 1)))).toMatch('node before')
  expect(fails(x, line(read('adjoint', 0)))).toMatch('any node')
  expect(fails(x, line(x, [...n, ...n]))).toBe('a line of another shape')
  for (const over of [[{ letter: 8 }], [{ letter: 8, length: undefined }]]) {
    const body = { ...x, at: [{ kind: 'letter', letter: 8 }] }
    const endless = { kind: 'reduce', over, body } as unknown as PlainScalar
    expect(fails(x, line(endless))).toMatch('axis')
  }
})

test('what contains itself, or shares its parts without measure, is refused in time', () => {
  const terms: PlainScalar[] = []
  terms.push({ kind: 'sum', terms })
  expect(fails(terms[0]!)).not.toBe('accepted')
  let doubled: PlainScalar = x
  for (let depth = 0; depth < 60; depth++) doubled = { kind: 'sum', terms: [doubled, doubled] }
  expect(fails(doubled)).toBe('too many parts')
  let deep: PlainScalar = x
  for (let depth = 0; depth < 100_000; depth++) deep = { kind: 'sum', terms: [deep] }
  expect(fails(deep)).not.toBe('accepted')
})

test('powers of powers of a long number are refused in time', () => {
  let power: PlainScalar = { kind: 'number', value: ['9'.repeat(1000), '1'] }
  for (let depth = 0; depth < 9; depth++) power = { kind: 'power', base: power, exponent: '8' }
  expect(fails(power)).toBe('a number of too many digits')
})

test('every name of a form in the grammar is a form', () => {
  const fields = [
    ...Object.values(objects),
    ...Object.values(kinds).flatMap(({ of }) => Object.values(of)),
  ].flatMap((each) => Object.values(each) as string[])
  for (const field of fields) {
    const form = field.replace(/[*?]+$/, '')
    if (form.includes('|')) continue
    const reason = (): string => {
      try {
        demandForm(form, Symbol('no value'))
        return 'accepted'
      } catch (error) {
        return (error as Error).constructor.name
      }
    }
    expect(reason(), form).toBe('Rejected')
  }
})
