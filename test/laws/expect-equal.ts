// Asserts that two nodes are the same function: proved, or — where a reason is given — equal by
// exact evaluation at random points only.
import type { Node } from '@backprove/graph'
import { verifyEqual } from '@backprove/verify'
import { expect } from 'vitest'

/** Why a law is evaluated and not proved. */
export type Reason = string

export interface Outcome {
  readonly kind: 'proved' | 'agrees'
  readonly excluded: readonly string[]
}

export function expectEqual(left: Node, right: Node, reason?: Reason): Outcome {
  const verdict = verifyEqual(left, right, { deadline: 20_000 })
  const shown = JSON.stringify({ ...verdict, certificate: undefined })
  expect(verdict.kind, shown).toBe(reason === undefined ? 'proved' : 'agrees')
  if (verdict.kind !== 'proved' && verdict.kind !== 'agrees') throw new Error(shown)
  return { kind: verdict.kind, excluded: verdict.excluded }
}

/** What differs is refuted: a test of the test. */
export function expectDifferent(left: Node, right: Node): void {
  const verdict = verifyEqual(left, right, { deadline: 20_000 })
  expect(verdict.kind, JSON.stringify({ ...verdict, certificate: undefined })).toBe('refuted')
}

/** Printed with the results, so that what is not proved is seen. */
export const report = (name: string, reason: Reason | undefined): void => {
  if (reason !== undefined) console.log(`${name}: evaluated, not proved: ${reason}`)
}
