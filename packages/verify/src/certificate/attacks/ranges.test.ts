// Arrays and sums whose extent depends on an index: false claims with the proofs that they would
// have if a mask of windows, or a sum without an end, were one thing for all values of a letter.

import { expect, test } from 'vitest'
import { ofIndices, summedWhere } from '../../certify/plain-build.ts'
import { check, readEquation } from '../claim.ts'
import type {
  PlainAxis,
  PlainClaim,
  PlainIndex,
  PlainPolynomial,
  PlainScalar,
  Step,
} from '../grammar.ts'

const [n, p] = [1, 2]
const [i, k, u] = [7, 8, 9]
const length = (...parts: readonly [number, ...number[]][]): PlainPolynomial =>
  parts.map(([c, ...variables]) => ({ coefficient: `${c}`, variables }))
const size = length([1, n])
const whole = (...parts: readonly [number, ...number[]][]) =>
  ({ kind: 'length', of: length(...parts) }) as const
const at = (letter: number) => ({ kind: 'letter', letter }) as const
const plus = (...terms: PlainIndex[]): PlainIndex => ({ kind: 'plus', terms })
const minus = (e: PlainIndex): PlainIndex => ({ kind: 'times', factors: [whole([-1]), e] })
const read = (node: number, ...index: PlainIndex[]): PlainScalar => ({
  kind: 'read',
  from: { kind: 'node', node },
  at: index,
})
const number = (value: number): PlainScalar => ({ kind: 'number', value: [`${value}`, '1'] })
const times = (...factors: PlainScalar[]): PlainScalar => ({ kind: 'product', factors })
const sum = (over: PlainAxis[], body: PlainScalar): PlainScalar => {
  return { kind: 'reduce', over, body }
}
/** The letters of those that compete are others than those of the sum. */
const largest = (length: PlainIndex, body: (letter: number) => PlainScalar): PlainScalar => {
  const competing = { by: 'max', over: [{ letter: u + 1, length }], body: body(u + 1) } as const
  return summedWhere([{ letter: u, length }], [body(u)], competing)
}
const claimed = (left: PlainScalar, right: PlainScalar): PlainClaim => ({
  lengths: [
    { id: n, kind: 'size', name: 'n' },
    { id: p, kind: 'parameter', name: 'p' },
  ],
  constraints: [],
  nodes: [
    { name: 'x', shape: [size] },
    { name: 'y', shape: [size] },
  ],
  cost: 0,
  equations: [{ letters: [], left, right }],
  given: [],
  excluded: ['poles', 'ties', 'kinks'],
})
const view = { atoms: [], deltas: [] }
const proof = (steps: readonly Step[]) => ({ proofs: [{ view, lemmas: [], steps }] })

/** y_i − y_{n+1−i}: what it multiplies must not be the same for all i, or the sum over i is 0. */
const turned = {
  kind: 'sum',
  terms: [read(1, at(i)), times(number(-1), read(1, plus(whole([1, n], [1]), minus(at(i)))))],
} as const

/** Guards on what is neither i nor free are left out by the boxes of the mask, then i is turned. */
const stepsOf = (claim: PlainClaim): Step[] => {
  const { left, reader } = readEquation(claim, view, 0)
  const [first, second] = [left[0]!, left[1]!]
  const shared = [...first.bound].find((id) => second.bound.has(id))!
  const own = (bound: ReadonlySet<number>) => [...bound].filter((id) => id !== shared)
  const drops = left.slice(0, 2).flatMap(({ guards, accesses, bound }, term): Step[] => {
    const access = accesses.findIndex(({ array }) => reader.arrays.madeOf(array).kind === 'winners')
    return guards
      .map((guard, index) => ({ guard, index }))
      .filter(({ guard }) => own(bound).some((id) => guard.has(`${id}`)))
      .reverse()
      .map(({ guard, index }): Step => {
        const axis = own(bound).findIndex((id) => guard.has(`${id}`))
        const side = guard.get(`${own(bound)[axis]}`)! > 0n ? 'low' : 'high'
        const parts = [{ from: 'box', access, axis, side } as const, { from: 'goal' } as const]
        const line = {
          sum: parts.map((of) => ({ of, multiplier: '1', factors: [] })),
          divisor: '1',
        }
        return { move: 'drop', term, relation: 'guard', index, proofs: [[line]] }
      })
  })
  const [mine, theirs] = [own(first.bound), own(second.bound)]
  const around = [{ variable: shared, is: length([1, n], [-1], [-1, shared]) }]
  return [
    ...drops,
    {
      move: 'change',
      term: 1,
      forward: theirs.map((variable, at) => ({ variable, is: length([1, mine[at]!]) })),
      inverse: mine.map((variable, at) => ({ variable, is: length([1, theirs[at]!]) })),
    },
    { move: 'change', term: 1, forward: around, inverse: around },
    { move: 'merge', term: 1, into: 0 },
  ]
}

test('a window that ends at a letter: Σ_i (y_i − y_{n+1−i}) max_{u ≤ i} x_u is not 0', () => {
  const peak = largest(at(i), (cell) => read(0, at(cell)))
  const claim = claimed(sum([{ letter: i, length: whole([1, n]) }], times(turned, peak)), number(0))
  const reason = 'an array whose shape depends on an index'
  expect(() => stepsOf(claim)).toThrow(reason)
  expect(check(claim, proof([]))).toEqual({ ok: false, reason })
})

test('windows as many as a letter says: nor with Σ_{k ≤ i} max_{u ≤ 2} x_{k+u}', () => {
  const peak = largest(whole([2]), (cell) => read(0, plus(at(k), at(cell))))
  const inner = sum([{ letter: k, length: at(i) }], peak)
  const claim = claimed(
    sum([{ letter: i, length: whole([1, n]) }], times(turned, inner)),
    number(0),
  )
  expect(check(claim, proof([]))).toEqual({
    ok: false,
    reason: 'an array whose shape depends on an index',
  })
})

const merges: Step[] = [{ move: 'merge', term: 1, into: 0 }]

test('a sum that does not end, in an argument: e^{Σ_k 1} = e^{Σ_k 1}', () => {
  const endless = sum([{ letter: k }], number(1))
  const power: PlainScalar = { kind: 'apply', f: 'exp', order: 0, to: endless }
  const reason = 'a sum that does not end'
  expect(check(claimed(power, power), proof(merges))).toEqual({ ok: false, reason })
  const ended: PlainScalar = { ...power, to: sum([{ letter: k }], read(0, at(k))) }
  expect(check(claimed(ended, ended), proof(merges))).toEqual({ ok: true })
})

test('a sum of 0 ≤ k p ≤ n, which ends for a p that is at least 1 alone', () => {
  const product = (by: number): PlainIndex => ({ kind: 'times', factors: [at(k), whole([1, by])] })
  const between = (by: number): PlainScalar => {
    const bounds = [
      [product(by), whole([0])],
      [whole([1, n]), product(by)],
    ] as const
    const inside = bounds.map(([left, right]) => ofIndices['≥'](left, right))
    return sum([{ letter: k }], times(...inside))
  }
  const reasonBy = (by: number): string => {
    const claim = claimed(between(by), between(by))
    const { left, right } = readEquation(claim, view, 0)
    const [[mine], [theirs]] = [[...left[0]!.bound], [...right[0]!.bound]] as [number[], number[]]
    const forward = [{ variable: theirs!, is: length([1, mine!]) }]
    const inverse = [{ variable: mine!, is: length([1, theirs!]) }]
    const outcome = check(claim, proof([{ move: 'change', term: 1, forward, inverse }, ...merges]))
    return outcome.ok ? 'accepted' : outcome.reason
  }
  expect(reasonBy(p)).toBe('a sum that does not end')
  expect(reasonBy(n)).toBe('accepted')
})

test('ties count in an argument too: e^{∂C/∂x} of a largest entry', () => {
  const peak = largest(whole([1, n]), (cell) => read(0, at(cell)))
  const nodes = [
    { name: 'x', shape: [size] },
    { name: 'm', shape: [], line: { axes: [], body: peak } },
  ]
  const slope: PlainScalar = { kind: 'read', from: { kind: 'adjoint', node: 0 }, at: [at(i)] }
  const power: PlainScalar = { kind: 'apply', f: 'exp', order: 0, to: slope }
  const letters = [{ letter: i, name: 'i', within: [size] }]
  const claim = (excluded: PlainClaim['excluded']): PlainClaim => {
    const equations = [{ letters, left: power, right: power }]
    return { ...claimed(power, power), nodes, cost: 1, equations, excluded }
  }
  expect(check(claim(['ties']), proof(merges))).toEqual({ ok: true })
  expect(check(claim([]), proof(merges)).ok).toBe(false)
})
