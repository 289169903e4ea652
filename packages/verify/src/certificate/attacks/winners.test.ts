// Who wins, and what is divided by: false statements at windows that are not there, at masks of
// other contests, at reciprocals of reciprocals. The prover itself looks for certificates.

import { expect, test } from 'vitest'
import { createWork } from '../../arithmetic/budget.ts'
import { certify } from '../../certify/certify.ts'
import {
  apply,
  number,
  ofIndices,
  ofValues,
  power,
  product,
  sum,
  summedWhere,
} from '../../certify/plain-build.ts'
import type { PlainClaim, PlainIndex, PlainPolynomial, PlainScalar } from '../grammar.ts'

const [n, i] = [1, 7]
const length = (...parts: readonly [number, ...number[]][]): PlainPolynomial =>
  parts.map(([c, ...variables]) => ({ coefficient: `${c}`, variables }))
const [size, twice] = [length([1, n]), length([2, n])]
const at = (letter: number) => ({ kind: 'letter', letter }) as const
const whole = (k: number): PlainIndex => ({ kind: 'length', of: length([k]) })
const plus = (...terms: PlainIndex[]): PlainIndex => ({ kind: 'plus', terms })
const double = (e: PlainIndex): PlainIndex => ({ kind: 'times', factors: [whole(2), e] })
const read = (node: number, ...index: PlainIndex[]): PlainScalar => {
  return { kind: 'read', from: { kind: 'node', node }, at: index }
}
/** y_{2k−2+u}, of a y of 2n entries. */
const cell = (k: PlainIndex, u: PlainIndex) => read(1, plus(double(k), u, whole(-2)))
const among = (k: PlainIndex, u: number, by: 'max' | 'min') => {
  return { by, over: [{ letter: u, length: whole(2) }], body: cell(k, at(u)) } as const
}
const wins = (u: number, k: PlainIndex = at(i), by: 'max' | 'min' = 'max'): PlainScalar => {
  return { kind: 'winner', at: [whole(u)], ...among(k, 10, by) }
}
const isLargest = (u: number): PlainScalar => {
  return { kind: 'winner', at: [whole(u)], isShared: true, ...among(at(i), 10, 'max') }
}
const pooled = (by: 'max' | 'min') => {
  const body = summedWhere(among(at(2), 3, by).over, [cell(at(2), at(3))], among(at(2), 4, by))
  return { shape: [size], line: { axes: [{ length: size, letter: 2 }], body } }
}
const cost = product(read(2, at(5)), read(0, at(5)))
const sides = [{ letter: 5, length: { kind: 'length', of: size } }] as const
const nodes: PlainClaim['nodes'] = [
  { name: 'x', shape: [size] },
  { name: 'y', shape: [twice] },
  { name: 'p', ...pooled('max') },
  { name: 'q', ...pooled('min') },
  { name: 'C', shape: [], line: { axes: [], body: { kind: 'reduce', over: sides, body: cost } } },
]
const [x, p, q] = [0, 2, 3].map((node) => read(node, at(i))) as [
  PlainScalar,
  PlainScalar,
  PlainScalar,
]
const adjoint: PlainScalar = {
  kind: 'read',
  from: { kind: 'adjoint', node: 1 },
  at: [plus(double(at(i)), whole(-1))],
}
const isIn = ofIndices['≤'](at(i), { kind: 'length', of: size })

type Row = readonly [
  what: string,
  left: PlainScalar,
  right: PlainScalar,
  excluded?: PlainClaim['excluded'],
  within?: PlainPolynomial,
]
const all = ['poles', 'ties', 'kinks'] as const

const isCertified = ([, left, right, excluded = all, within = size]: Row): boolean => {
  const letters = [{ letter: i, name: 'i', within: [within] }]
  const claim: PlainClaim = {
    lengths: [{ id: n, kind: 'size', name: 'n' }],
    constraints: [],
    nodes,
    cost: 4,
    equations: [{ letters, left, right }],
    given: [],
    excluded,
  }
  const views = [[], [2, 3], [2]].map((atoms, k) => ({ atoms, deltas: k === 2 ? [2] : [] }))
  const found = certify(claim, views, createWork(500))
  return 'certificate' in found && found.check.ok
}

const lies: readonly Row[] = [
  ['the largest is the least', p, q],
  ['the first wins as the second does', wins(1), wins(2)],
  ['who is largest is least', wins(1), wins(1, at(i), 'min')],
  ['the third of two wins', wins(3), wins(1)],
  ['as large as the winner, with ties', isLargest(1), wins(1), ['poles', 'kinks']],
  ['p times the next window', product(p, wins(1, plus(at(i), whole(1)))), product(p, wins(1))],
  ['no window beyond those of p', sum(p, wins(1)), p, all, twice],
  ['nor any that counts', sum(p, wins(1)), sum(p, product(isIn, wins(1))), all, twice],
  ['∂C/∂y passes the other cell', adjoint, product(x, wins(2))],
  ['∂C/∂y, with ties', adjoint, product(x, wins(1)), ['poles', 'kinks']],
  ['1/(1/x) = 1/x', apply('1/', apply('1/', x)), apply('1/', x)],
  ['x/x = 1 at any x', product(apply('1/', x), x), number(1), []],
  ['1/(x + x) = 1/x', apply('1/', sum(x, x)), apply('1/', x)],
  ['1/x² = x²', power(x, -2n), power(x, 2n)],
  ['x⁰ = 0', power(x, 0n), number(0)],
  ['[x ≥ 0] = [x > 0]', ofValues['≥'](x, number(0)), ofValues['>'](x, number(0))],
  ['[i ≠ 1] = 1', ofIndices['≠'](at(i), whole(1)), number(1)],
]
test.each(lies.map((row) => ({ what: row[0], row })))('a lie: $what', ({ row }) => {
  expect(isCertified(row)).toBe(false)
})

const truths: readonly Row[] = [
  ['∂C/∂y passes the cell that wins', adjoint, product(x, wins(1))],
  ['who is as large as the winner wins', sum(p, isLargest(1)), sum(p, wins(1))],
  ['1/(1/x) = x', apply('1/', apply('1/', x)), x],
  ['1/x² = (1/x)²', power(x, -2n), product(apply('1/', x), apply('1/', x))],
  ['[x ≠ 0] = 1 − [x = 0]', ofValues['≠'](x, number(0)), ofValues['≠'](x, number(0))],
]
test.each(truths.map((row) => ({ what: row[0], row })))('a truth: $what', ({ row }) => {
  expect(isCertified(row)).toBe(true)
})
