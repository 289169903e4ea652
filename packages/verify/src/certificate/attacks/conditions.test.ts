// Claims that hide what they divide by: behind a second derivative, a bracket of equals.

import { expect, test } from 'vitest'
import { apply, number, ofValues, product } from '../../certify/plain-build.ts'
import { check } from '../claim.ts'
import type { ClaimCertificate, PlainClaim, PlainNode, PlainScalar } from '../grammar.ts'

const entry: PlainScalar = { kind: 'read', from: { kind: 'node', node: 0 }, at: [] }
const cost = (body: PlainScalar): PlainNode => ({ name: 'C', shape: [], line: { axes: [], body } })
const claimed = (
  left: PlainScalar,
  body: PlainScalar,
  excluded: PlainClaim['excluded'],
): PlainClaim => ({
  lengths: [],
  constraints: [],
  nodes: [{ name: 'x', shape: [] }, cost(body)],
  cost: 1,
  equations: [{ letters: [], left, right: left }],
  given: [],
  excluded,
})
/** Terms of the left one by one into those of the right. */
const merged = (terms: number): ClaimCertificate => ({
  proofs: [
    {
      view: { atoms: [], deltas: [] },
      lemmas: [],
      steps: Array.from({ length: terms }, (_, term) => {
        return { move: 'merge', term: terms + term, into: term } as const
      }),
    },
  ],
})
const reasonOf = (claim: PlainClaim, terms: number): string => {
  const outcome = check(claim, merged(terms))
  return outcome.ok ? 'accepted' : outcome.reason
}

const ofCost = { kind: 'jacobian', of: 0, by: 0, ofAdjoint: true } as const
const second: PlainScalar = { kind: 'read', from: ofCost, at: [] }
const first: PlainScalar = { kind: 'read', from: { kind: 'adjoint', node: 0 }, at: [] }

test('∂²C/∂x² asks what the line of C asks, as ∂C/∂x does', () => {
  const inverse = apply('1/', entry)
  for (const [left, terms] of [
    [first, 1],
    [second, 2],
  ] as const) {
    expect(reasonOf(claimed(left, inverse, ['poles']), terms)).toBe('accepted')
    expect(reasonOf(claimed(left, inverse, []), terms)).toBe('poles that are not excluded')
  }
})

test('a derivative of [x = 0] is of a bracket that jumps', () => {
  const body = product(entry, ofValues['='](entry, number(0)))
  expect(reasonOf(claimed(first, body, ['kinks']), 1)).toBe('accepted')
  expect(reasonOf(claimed(first, body, []), 1)).toBe('kinks that are not excluded')
})
