// What is assumed: where it holds alone, at lengths that nothing links, on thin sets, or nowhere;
// claims about integers with powers; extremes over a part of an axis.
import {
  add,
  Graph,
  mul,
  type Node,
  relu,
  sigmoid,
  square,
  sum,
  tanh,
} from '../../../../../packages/graph/src/index.ts'
import { verifySizes } from '../../../../../packages/verify/src/verdict/sizes.ts'
import type { verify } from '../../../../../packages/verify/src/verify.ts'
import type { Random } from '../../random.ts'
import { type Drawn, type Leaves, near, relations, type Sign } from '../drawn.ts'
import { upTo } from './recorded.ts'

type Move = (leaves: Leaves) => Leaves
const each =
  (name: string, f: (value: number, at: number, leaves: Leaves) => number): Move =>
  (leaves) => ({
    ...leaves,
    [name]: leaves[name]!.map((value, at) => f(value, at, leaves)),
  })

/** What is assumed, and how a point is moved until it holds. */
const assumptions: readonly (readonly [all: readonly string[], Move])[] = [
  [['x > 0'], each('x', (x) => Math.abs(x) + 0.01)],
  [['x ≥ 0'], each('x', Math.abs)],
  [['x_i > 0'], each('x', (x) => Math.abs(x) + 0.01)],
  [['x > -1'], each('x', (x) => Math.abs(x) - 0.99)],
  [['x > 1'], each('x', (x) => Math.abs(x) + 1.01)],
  [['x < 0'], each('x', (x) => -Math.abs(x) - 0.01)],
  [['x_1 > 0'], each('x', (x, at) => (at === 0 ? Math.abs(x) + 0.01 : x))],
  [['t_j > 0'], each('t', (t) => Math.abs(t) + 0.01)],
  [['x_1 = t_1'], each('x', (x, at, { t }) => (at === 0 ? t![0]! : x))],
  [['x_i = 1'], each('x', () => 1)],
  [['x_i^2 = 1'], each('x', (x) => (x < 0 ? -1 : 1))],
  // One of the two is 0, or the other.
  [
    ['x_i t_1 = 0'],
    ({ x = [], t = [], ...leaves }) =>
      t[0]! > 0 ? { ...leaves, t, x: x.map(() => 0) } : { ...leaves, x, t: t.with(0, 0) },
  ],
  [['x > 0', 't > 0'], (leaves) => assumptions[0]![1](assumptions[7]![1](leaves))],
]
const impossible = [
  ['x > 0', 'x < 0'],
  ['x_1 = 1', 'x_1 = 2'],
  ['x_i^2 < 0'],
  ['0 = 1'],
  ['x > 1', 'x_1 = 0'],
  ['x_1 > x_2', 'x_2 > x_1'],
] as const

const network = (n: number, m: number): Node => {
  const g = new Graph()
  const a = relu(g.input('x_i', [n])).as('a_i')
  const b = tanh(g.input('t_j', [m])).as('b_j')
  return add(sum(square(a)), sum(mul(b, b))).as('C')
}

const total = (values: readonly number[]): number => values.reduce((a, b) => a + b, 0)
const all = (sides: (i: number) => readonly [number, number]) => (values: readonly number[]) =>
  values.every((_, i) => near(...sides(i)))

type Claim = (leaves: Leaves) => boolean

/** `axis`: the sum only where x has entries, where beyond them is not 0. */
const claims: readonly (readonly [text: string, holds: Claim, axis?: Claim])[] = [
  [
    'Σ_k [x_k > 0] t_k = Σ_k t_k',
    ({ x, t }) => near(total(t!.filter((_, k) => (x![k] ?? 0) > 0)), total(t!)),
  ],
  [
    'Σ_k [x_k ≥ 0] t_k = Σ_k t_k',
    ({ x, t }) => near(total(t!.filter((_, k) => (x![k] ?? 0) >= 0)), total(t!)),
    ({ x, t }) => near(total(t!.filter((_, k) => (x![k] ?? -1) >= 0)), total(t!)),
  ],
  ['a_i = x_i', ({ x }) => all((i) => [Math.max(0, x![i]!), x![i]!])(x!)],
  ['|x_i| = x_i', ({ x }) => all((i) => [Math.abs(x![i]!), x![i]!])(x!)],
  ['a_i = 0', ({ x }) => all((i) => [Math.max(0, x![i]!), 0])(x!)],
  ['[x_i > 0] = 1', ({ x }) => x!.every((value) => value > 0)],
  ['∂C/∂x_i = 2 x_i', ({ x }) => all((i) => [2 * Math.max(0, x![i]!), 2 * x![i]!])(x!)],
  // At 0 itself the policy decides, which is left out.
  ["relu'(x_i) = 1", ({ x }) => x!.every((value) => value >= 0)],
  ['√(x_i^2) = x_i', ({ x }) => x!.every((value) => value >= 0)],
  ['e^{log(x_i)} = x_i', () => true],
  ['x_1 = t_1', ({ x, t }) => near(x![0]!, t![0]!)],
  ['x_1^2 = t_1^2', ({ x, t }) => near(x![0]! ** 2, t![0]! ** 2)],
  ['x_i^3 = x_i', ({ x }) => x!.every((value) => near(value ** 3, value))],
  ['x_i = 1', ({ x }) => x!.every((value) => near(value, 1))],
  ['t_1 = 0', ({ t }) => near(t![0]!, 0)],
  ['Σ_i x_i t_1 = 0', ({ x, t }) => near(total(x!) * t![0]!, 0)],
  ['max(x_1, 0) = x_1', ({ x }) => x![0]! >= 0],
  ['[x_1 > -1] = 1', ({ x }) => x![0]! > -1],
]

const assumed = (random: Random): Drawn => {
  const [n, m] = [random.pick(upTo(4)), random.pick(upTo(4))]
  const leaves = { x: n, t: m }
  const cost = () => network(n, m)
  const [text, holds, axis] = random.pick(claims)
  if (random.chance(0.15)) {
    const assume = random.pick(impossible)
    const isAsked = n > 1 || !assume.some((one) => one.includes('x_2'))
    if (isAsked)
      return { text, cost, leaves, constants: [], assume, holds: () => undefined, isEmpty: true }
  }
  const [assume, move] = random.pick(assumptions)
  const drawnAt = (
    sizes: { readonly x: number; readonly t: number },
    others?: Drawn['others'],
  ): Drawn => ({
    text: `${text}`,
    cost: () => network(sizes.x, sizes.t),
    leaves: sizes,
    constants: [],
    assume,
    within: move,
    holds: (at) =>
      text.includes('log') && at.x!.some((value) => value <= 0) ? undefined : holds(at),
    ...(axis && { readings: [axis] }),
    ...(others && { others }),
  })
  return drawnAt(leaves, (again) => drawnAt({ x: again.pick(upTo(5)), t: again.pick(upTo(5)) }))
}

/** n^1 beside n^0 and n^2 would be the lengths of several layers. */
const power = (name: string, k: number): string => (k === 1 ? name : `${name}^${k}`)

/** Of integers: powers, tried out. */
const integers = (random: Random): Drawn => {
  const [a, b, c] = [random.below(4), random.below(4), random.pick([0, 1, 2, 3])]
  const sign: Sign = random.pick(['=', '≤', '<', '≥', '>', '≠'])
  type Value = (n: number, m: number) => number
  const sides: readonly (readonly [string, Value])[] = [
    [power('n', a), (n) => n ** a],
    [power('n', b), (n) => n ** b],
    [`m ${power('n', a)}`, (n, m) => m * n ** a],
    [`(n + m)^2`, (n, m) => (n + m) ** 2],
    [`n^2 + 2 n m + m^2`, (n, m) => n * n + 2 * n * m + m * m],
    [`${c}`, () => c],
    [`${power('n', a)} ${power('m', b)}`, (n, m) => n ** a * m ** b],
    [`2^${a} n`, (n) => 2 ** a * n],
    [`⌊${power('n', a)}/m⌋`, (n, m) => Math.floor(n ** a / m)],
    [`(n^${a})^${b}`, (n) => n ** (a * b)],
    [power('n', a * b), (n) => n ** (a * b)],
  ]
  const [[left, f], [right, g]] = [random.pick(sides), random.pick(sides)]
  const text = `${left} ${sign} ${right}`
  const isTrue = upTo(12).every((n) => upTo(12).every((m) => relations[sign](f(n, m), g(n, m))))
  return {
    text,
    cost: () => network(1, 1),
    leaves: {},
    constants: [],
    holds: () => isTrue,
    ask: () => verifySizes(text, { deadline: 2000 }) as ReturnType<typeof verify>,
  }
}

const f = {
  'σ(x_i)': (x: number) => 1 / (1 + Math.exp(-x)),
  x_i: (x: number) => x,
  'x_i^2': (x: number) => x * x,
  '|x_i|': Math.abs,
  '(x_i - 1)': (x: number) => x - 1,
}

/** What is not 0 where no entry is, as language.md says: it competes. */
const fills: ReadonlySet<string> = new Set(['σ(x_i)', '(x_i - 1)'])

/** max over the first few of an axis, or beyond it: where no entry is, nothing competes. */
const extremes = (random: Random): Drawn => {
  const n = random.pick(upTo(5))
  const [a, b] = [1 + random.below(3), random.pick(upTo(7))]
  const by = random.pick(['max', 'min'] as const)
  const written = random.pick(Object.keys(f) as (keyof typeof f)[])
  const extreme = (x: readonly number[], from: number, to: number) => {
    const inside = x.slice(from - 1, to).map(f[written])
    return Math[by](...inside, ...(to > n && fills.has(written) ? [f[written](0)] : []))
  }
  const [right, value] = random.pick<readonly [string, (x: readonly number[]) => number]>([
    [`${by}_i ${written}`, (x) => extreme(x, 1, n)],
    [`${by}_{1≤i≤${n}} ${written}`, (x) => extreme(x, 1, n)],
    [`${by}_{i≤${a}} ${written}`, (x) => extreme(x, 1, a)],
    [written.replace('i', '1'), (x) => f[written](x[0]!)],
    ['0', () => 0],
  ])
  return {
    text: `${by}_{${a}≤i≤${b}} ${written} = ${right}`,
    cost: () => {
      const g = new Graph()
      return sum(square(sigmoid(g.input('x_i', [n])))).as('C')
    },
    leaves: { x: n },
    constants: [],
    holds: ({ x }) => {
      const [left, other] = [extreme(x!, a, b), value(x!)]
      return Number.isFinite(left) && Number.isFinite(other) ? near(left, other) : undefined
    },
  }
}

export const givens = (random: Random): Drawn =>
  random.pick([assumed, assumed, integers, extremes])(random)
