// Of several claims together no more is said than of the weakest of them.
import { expect, it } from 'vitest'
import { conjunction } from './combine.ts'
import type { Agrees, Verdict } from './verdict.ts'

const agreeing = (errorBound: number | undefined, why: string): Agrees => ({
  kind: 'agrees',
  method: errorBound === undefined ? 'float64' : 'identity-test',
  ...(errorBound !== undefined && { errorBound }),
  digits: 12,
  points: 2,
  why,
  assumptions: [],
  excluded: [],
})

const [modular, larger, float] = [
  agreeing(1e-29, 'modulo primes'),
  agreeing(1e-20, 'of a higher degree'),
  agreeing(undefined, 'in float64'),
]

const boundOf = (verdicts: readonly Verdict[]) => {
  const found = conjunction(verdicts)
  return found.kind === 'agrees' ? [found.errorBound, found.why] : found.kind
}

it.each([
  [modular, larger, float],
  [float, modular, larger],
])('where one of them has no error bound, all have none', (...all) => {
  expect(boundOf(all)).toEqual([undefined, 'in float64'])
})

it('and the larger of two', () => {
  expect(boundOf([modular, larger])).toEqual([1e-20, 'of a higher degree'])
  expect(boundOf([larger, modular])).toEqual([1e-20, 'of a higher degree'])
})
