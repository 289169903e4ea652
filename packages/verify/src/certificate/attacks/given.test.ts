// What is given may be a derivative, and an argument is of its own letters alone.

import { expect, test } from 'vitest'
import { createWork } from '../../arithmetic/budget.ts'
import { certify } from '../../certify/certify.ts'
import { apply, product } from '../../certify/plain-build.ts'
import { readEquation } from '../claim.ts'
import { demandConditions } from '../conditions.ts'
import type { PlainClaim, PlainIndex, PlainPolynomial, PlainScalar } from '../grammar.ts'
import { idsOf } from '../polynomials.ts'
import { polysOf } from '../sums.ts'

const [n, i] = [1, 7]
const length = (...parts: readonly [number, ...number[]][]): PlainPolynomial =>
  parts.map(([c, ...variables]) => ({ coefficient: `${c}`, variables }))
const size = length([1, n])
const at = (letter: number): PlainIndex => ({ kind: 'letter', letter })
const whole = (k: number): PlainIndex => ({ kind: 'length', of: length([k]) })
const x = (letter: number): PlainScalar => {
  return { kind: 'read', from: { kind: 'node', node: 0 }, at: [at(letter)] }
}
const total = (letter: number, body: PlainScalar, of = size): PlainScalar => {
  return { kind: 'reduce', over: [{ letter, length: { kind: 'length', of } }], body }
}
const view = { atoms: [], deltas: [] }

/** C = Σ f(x_k), and Σ ∂C/∂x_k is given to be 1. */
const bySlope = (f: string, slope: string, excluded: PlainClaim['excluded']): PlainClaim => ({
  lengths: [{ id: n, kind: 'size', name: 'n' }],
  constraints: [],
  nodes: [
    { name: 'x', shape: [size] },
    { name: 'C', shape: [], line: { axes: [], body: total(2, apply(f, x(2))) } },
  ],
  cost: 1,
  equations: [
    {
      letters: [],
      left: total(5, apply(slope, x(5))),
      right: { kind: 'number', value: ['1', '1'] },
    },
  ],
  given: [
    {
      sum: total(3, { kind: 'read', from: { kind: 'adjoint', node: 0 }, at: [at(3)] }),
      value: ['1', '1'],
    },
  ],
  excluded,
})
const said = (claim: PlainClaim) => {
  const found = certify(claim, [view], createWork(5000))
  return 'why' in found ? found.why : found.check
}

test('where a policy decides, a derivative that is given says nothing of signs', () => {
  // x = 0 under relu′(0) = 1: the derivative is 1, and [x > 0] is 0.
  expect(said(bySlope('relu', '>0', []))).toEqual({
    ok: false,
    reason: 'kinks that are not excluded',
  })
  expect(said(bySlope('relu', '>0', ['kinks']))).toEqual({ ok: true })
  expect(said(bySlope('exp', 'exp', []))).toEqual({ ok: true })
})

test('nor of what its cost divides by', () => {
  const checked = bySlope('exp', 'exp', [])
  const [input, cost] = checked.nodes
  const divided = product(total(2, apply('exp', x(2))), apply('1/', total(4, x(4))))
  const nodes = [input!, { ...cost!, line: { axes: [], body: divided } }]
  const claimed = (excluded: PlainClaim['excluded']) => () =>
    demandConditions({ ...checked, nodes, excluded })
  expect(claimed([])).toThrow('poles that are not excluded')
  expect(claimed(['poles'])).not.toThrow()
})

test('the argument of a function knows no letter but its own', () => {
  // Windows of y are as many as i; at k ≤ 2 n nothing is known of who wins beyond.
  const cell = (k: PlainIndex, u: number): PlainScalar => ({
    kind: 'read',
    from: { kind: 'node', node: 0 },
    at: [{ kind: 'plus', terms: [k, at(u), whole(-1)] }],
  })
  const wins = (letter: number, u: number): PlainScalar => ({
    ...{ kind: 'winner', by: 'max', at: [whole(1)], body: cell(at(letter), u) },
    over: [{ letter: u, length: whole(2) }],
  })
  const far = total(5, apply('f', wins(5, 11)), length([2, n]))
  const claim: PlainClaim = {
    ...bySlope('exp', 'exp', []),
    equations: [
      { letters: [{ letter: i, name: 'i', within: [size] }], left: wins(i, 10), right: far },
    ],
    given: [],
  }
  const reading = readEquation(claim, view, 0)
  const functions = reading.reader.arrays.all().filter((id) => {
    return reading.reader.arrays.madeOf(id).kind === 'function'
  })
  expect(functions).toHaveLength(1)
  const { terms, context } = reading.arguments(...functions)
  const loose = terms.flat().flatMap((t) => {
    const used = polysOf(t).flatMap((p) => [...p.keys()].flatMap(idsOf))
    return used.filter((id) => !t.bound.has(id) && !context.kinds.has(id))
  })
  expect(loose).toEqual([])
})
