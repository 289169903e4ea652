// Statements that are false, and certificates written by hand as an enemy would: none is accepted.

import { expect, test } from 'vitest'
import { createWork } from '../../arithmetic/budget.ts'
import { certify } from '../../certify/certify.ts'
import {
  apply,
  not,
  number,
  ofIndices,
  ofValues,
  sum as plus,
  summedWhere,
} from '../../certify/plain-build.ts'
import { check, readEquation } from '../claim.ts'
import type {
  PlainClaim,
  PlainIndex,
  PlainNode,
  PlainPolynomial,
  PlainScalar,
  PlainUse,
  Step,
} from '../grammar.ts'

const [n, i] = [1, 7]
const length = (...parts: readonly [number, ...number[]][]): PlainPolynomial =>
  parts.map(([c, ...variables]) => ({ coefficient: `${c}`, variables }))
const size = length([1, n])
const letter = (id: number) => ({ kind: 'letter', letter: id }) as const
const whole = (value: number) => ({ kind: 'length', of: length([value]) }) as const
const entry = (node: number, ...at: readonly number[]): PlainScalar => ({
  kind: 'read',
  from: { kind: 'node', node },
  at: at.map(letter),
})
const times = (...factors: PlainScalar[]): PlainScalar => ({ kind: 'product', factors })
const over = (base: PlainScalar): PlainScalar => apply('1/', base)

const fed = (name: string): PlainNode => ({ name, shape: [size] })

/** For all i ≤ n, of x and y with n entries. */
const claimed = (
  left: PlainScalar,
  right: PlainScalar,
  { excluded = [], nodes = [] }: Partial<Pick<PlainClaim, 'excluded' | 'nodes'>> = {},
): PlainClaim => ({
  lengths: [{ id: n, kind: 'size', name: 'n' }],
  constraints: [],
  nodes: [fed('x'), fed('y'), ...nodes],
  cost: 0,
  equations: [{ letters: [{ letter: i, name: 'i', within: [size] }], left, right }],
  given: [],
  excluded,
})

const view = { atoms: [], deltas: [] }

/** The terms merged one after the other: whatever cancels is gone. */
const merges = (count: number): Step[] =>
  Array.from({ length: count }, (_, k) => ({ move: 'merge', term: k + 1, into: k }))

const attempt = (claim: PlainClaim, uses: (inverses: readonly number[]) => readonly PlainUse[]) => {
  const { reader, left, right } = readEquation(claim, view, 0)
  const { arrays } = reader
  const inverses = arrays.all().filter((id) => {
    const made = arrays.madeOf(id)
    return made.kind === 'function' && made.f === '1/'
  })
  const all = uses(inverses)
  const reasons = [merges(left.length + right.length - 1), []].map((steps) =>
    check(claim, { proofs: [{ view, lemmas: [], uses: all, steps }] }),
  )
  expect(reasons.map(({ ok }) => ok)).toEqual([false, false])
  const [first] = reasons
  return first && !first.ok ? first.reason : ''
}

/** [i ≥ 2] x_i, which is 0 for i = 1 whatever x is. */
const least = ofIndices['≥'](letter(i), whole(2))
const late: PlainScalar = {
  kind: 'read',
  from: {
    kind: 'table',
    axes: [{ letter: 9, length: size }],
    body: times(entry(0, 9), ofIndices['≥'](letter(9), whole(2))),
  },
  at: [letter(i)],
}

test('s · 1/s is 1 only where the claim divides by s', () => {
  const guarded = times(least, over(late))
  const claim = claimed(plus(number(5), guarded), plus(number(7), guarded), {
    excluded: ['poles'],
  })
  const reason = attempt(claim, (inverses) =>
    inverses.flatMap((inverse) =>
      [0, 2].map((term) => ({
        kind: 'inverse' as const,
        term,
        inverse,
        at: [length([1, 100_000])],
      })),
    ),
  )
  expect(reason).toBe('an inverse by which no term divides')
})

test('nor at an entry of which nothing is said, nor of another array', () => {
  const claim = claimed(plus(number(5), over(entry(0, i))), plus(number(7), over(entry(0, i))), {
    excluded: ['poles'],
  })
  for (const at of [length([1, n]), length([1, 100_000], [1]), length([1, n], [-1]), length([0])])
    for (const inverse of [0, 1, 2, 99, -1, 0.5])
      attempt(claim, () =>
        [0, 2].map((term) => ({ kind: 'inverse' as const, term, inverse, at: [at] })),
      )
})

const x = entry(0, i)
const y = entry(1, i)
const lies: readonly (readonly [string, PlainClaim])[] = [
  ['1/x · x = 1, poles not excluded', claimed(times(over(x), x), number(1))],
  [
    '1/(x + y) = 1/x + 1/y',
    claimed(over(plus(x, y)), plus(over(x), over(y)), { excluded: ['poles'] }),
  ],
  ['1/(x y) = 1/x', claimed(over(times(x, y)), over(x), { excluded: ['poles'] })],
  ['√(x²) = x', claimed(apply('√', times(x, x)), x)],
  [
    'log(x y) = log x',
    claimed(apply('log', times(x, y)), apply('log', x), { excluded: ['poles'] }),
  ],
  [
    'exp(x) exp(y) = exp(x) + exp(y)',
    claimed(times(apply('exp', x), apply('exp', y)), plus(apply('exp', x), apply('exp', y))),
  ],
  ['sin(x)² = sin(x)', claimed(times(apply('sin', x), apply('sin', x)), apply('sin', x))],
  ['cos(0) = 0', claimed(apply('cos', number(0)), number(0))],
  ['σ(x) = σ(y)', claimed(apply('sigmoid', x), apply('sigmoid', y))],
  ['[x > y] = [y > x]', claimed(ofValues['>'](x, y), ofValues['>'](y, x))],
  ['[x ≥ y] = [x > y]', claimed(ofValues['≥'](x, y), ofValues['>'](x, y))],
  ['[i ≥ 2] = 1', claimed(least, number(1))],
  ['x_i = x_1', claimed(x, { kind: 'read', from: { kind: 'node', node: 0 }, at: [whole(1)] })],
  [
    'x_{n+1} = x_i',
    claimed(
      {
        kind: 'read',
        from: { kind: 'node', node: 0 },
        at: [{ kind: 'length', of: length([1, n], [1]) }],
      },
      x,
    ),
  ],
]

test.each(lies)('%s has no certificate', (_, claim) => {
  const found = certify(claim, [view], createWork(500))
  expect('certificate' in found && found.check.ok).toBe(false)
})

/** p_k = max_{u ≤ 2} x_{2k−2+u} for k ≤ n, of an x with 4 n entries. */
const cellAt = (k: PlainIndex, u: number): PlainIndex => ({
  kind: 'plus',
  terms: [{ kind: 'times', factors: [whole(2), k] }, letter(u), whole(-2)],
})
const cell = (k: PlainIndex, u: number): PlainScalar => ({
  kind: 'read',
  from: { kind: 'node', node: 0 },
  at: [cellAt(k, u)],
})
const window = (k: PlainIndex, u: number) =>
  ({ by: 'max', over: [{ letter: u, length: whole(2) }], body: cell(k, u) }) as const
const pooled = (left: PlainScalar, right: PlainScalar, excluded: PlainClaim['excluded']) => ({
  ...claimed(left, right, { excluded }),
  nodes: [
    { name: 'x', shape: [length([4, n])] },
    {
      name: 'p',
      shape: [size],
      line: {
        axes: [{ letter: 2, length: size }],
        body: summedWhere(window(letter(2), 3).over, [cell(letter(2), 3)], window(letter(2), 4)),
      },
    },
  ],
})
const half = (top: PlainIndex): PlainIndex => ({ kind: 'floor', above: top, below: whole(2) })
const sumOf = (...terms: PlainIndex[]): PlainIndex => ({ kind: 'plus', terms })
const pool = (at: PlainIndex): PlainScalar => ({
  kind: 'read',
  from: { kind: 'node', node: 1 },
  at: [at],
})
/** [x_i = p_k]: as large as the winner where i is a cell of window k. */
const same = (at: PlainIndex): PlainScalar => {
  const ofWindow = (body: PlainScalar): PlainScalar => ({
    kind: 'read',
    from: { kind: 'table', axes: [{ letter: 13, length: size }], body },
    at: [at],
  })
  const isHere = (u: number) => ofIndices['='](cellAt(letter(13), u), letter(i))
  const wins = summedWhere(window(letter(13), 14).over, [isHere(14)], {
    ...window(letter(13), 15),
    isShared: true,
  })
  const isCell: PlainScalar = {
    kind: 'reduce',
    over: window(letter(13), 14).over,
    body: isHere(14),
  }
  return plus(ofWindow(wins), times(not(ofWindow(isCell)), ofValues['='](entry(0, i), pool(at))))
}
/** ⌈i/2⌉ */
const above = sumOf(whole(1), half(sumOf(letter(i), whole(-1))))
const [k, u] = [11, 12]
const first = (at: PlainIndex): PlainScalar => ({
  kind: 'winner',
  at: [whole(1)],
  ...window(at, u),
})
/** Windows from n + 1 on, of which p says nothing, times what is turned around by k ↦ n + 1 − k. */
const turnedAround: PlainScalar = {
  kind: 'reduce',
  over: [{ letter: k, length: { kind: 'length', of: size } }],
  body: times(
    first(
      sumOf(
        whole(1),
        half({
          kind: 'times',
          factors: [whole(2), sumOf(letter(k), { kind: 'length', of: length([1, n], [-1]) })],
        }),
      ),
    ),
    plus(
      { kind: 'read', from: { kind: 'node', node: 0 }, at: [letter(k)] },
      times(number(-1), {
        kind: 'read',
        from: { kind: 'node', node: 0 },
        at: [
          sumOf(
            { kind: 'length', of: length([1, n], [1]) },
            { kind: 'times', factors: [whole(-1), letter(k)] },
          ),
        ],
      }),
    ),
  ),
}

test.each([
  ['[x_i = p_{⌈i/2⌉}] = 1', pooled(same(above), number(1), ['ties'])],
  ['[x_i = p_i] = 0', pooled(same(letter(i)), number(0), ['ties'])],
  ['[x_i = p_{⌈i/2⌉}] = [x_i = p_i]', pooled(same(above), same(letter(i)), ['ties'])],
  ['x_i [x_i = p_i] = x_i', pooled(times(x, same(letter(i))), x, ['ties'])],
  ['p_i = x_{2i}', pooled(pool(letter(i)), cell(letter(i), i), ['ties'])],
  [
    'the first of windows beyond those of p',
    pooled(plus(pool(letter(i)), turnedAround), pool(letter(i)), ['ties']),
  ],
])('of a pooling: %s has no certificate', (_, claim) => {
  const found = certify(claim, [view, { ...view, atoms: [1] }], createWork(500))
  expect('certificate' in found && found.check.ok).toBe(false)
})

test('of a pooling: [x_i = p_{⌈i/2⌉}] is who wins, where ties are excluded', () => {
  const at = sumOf(letter(i), { kind: 'times', factors: [whole(-2), above] }, whole(2))
  const wins = { kind: 'winner', at: [at], ...window(above, u) } as const
  const mask = same(above)
  const isCertified = (excluded: PlainClaim['excluded']) => {
    const claim = pooled(plus(mask, pool(letter(i))), plus(wins, pool(letter(i))), excluded)
    const found = certify(claim, [view], createWork(500))
    return 'certificate' in found && found.check.ok
  }
  expect(isCertified(['ties'])).toBe(true)
  expect(isCertified([])).toBe(false)
})

test('a line asks as a claim does: z = x / y has poles, which z = z does not', () => {
  const ratio: PlainNode = {
    name: 'z',
    shape: [size],
    line: { axes: [{ letter: 3, length: size }], body: times(entry(0, 3), over(entry(1, 3))) },
  }
  const claim = claimed(entry(2, i), entry(2, i), { nodes: [ratio] })
  const of = (excluded: PlainClaim['excluded'], node: number) => {
    const asked = { ...claimed(entry(node, i), entry(node, i), { nodes: [ratio] }), excluded }
    return certify(asked, [view], createWork(500))
  }
  expect(claim.nodes).toHaveLength(3)
  expect(of([], 2)).toMatchObject({ check: { ok: false, reason: 'poles that are not excluded' } })
  expect(of(['poles'], 2)).toMatchObject({ check: { ok: true } })
  expect(of([], 0)).toMatchObject({ check: { ok: true } })
})
