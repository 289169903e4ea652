// Functions with pieces behind one another, under every policy: slopes where something stays at a
// kink for a whole region of points, and pairs of nodes that differ far away alone.
import {
  abs,
  clamp,
  Graph,
  leakyRelu,
  max,
  maximum,
  minimum,
  mul,
  type Node,
  neg,
  relu,
  square,
  sub,
  sum,
} from '../../../../../packages/graph/src/index.ts'
import { verifyEqual } from '../../../../../packages/verify/src/verify-equal.ts'
import type { Random } from '../../random.ts'
import { type Drawn, type Leaves, near, relations } from '../drawn.ts'
import { slopesOf, valuesOf } from './recorded.ts'

const numbers = [0, 0, 0, 1, -1, 2, -2, 0.5, 3, 5, -5, 8]

type Piece = readonly [apply: (a: Node) => Node, constants: readonly number[]]

const piece = (random: Random): Piece => {
  const [a, b] = [random.pick(numbers), random.pick(numbers)]
  const [low, high] = a < b ? [a, b] : [b, a]
  return random.pick<Piece>([
    [relu, []],
    [relu, []],
    [relu, []],
    [abs, []],
    [(x) => clamp(x, low, high), [low, high]],
    [(x) => maximum(x, a), [a]],
    [(x) => minimum(x, a), [a]],
    [(x) => maximum(a, x), [a]],
    [(x) => minimum(a, x), [a]],
    [(x) => sub(x, a), [a]],
    [neg, []],
    [(x) => mul(x, 2), []],
    [(x) => leakyRelu(x, { slope: 0.5 }), []],
    [(x) => mul(x, relu(x)), []],
  ])
}

const chain = (pieces: readonly Piece[], x: Node): Node =>
  pieces.reduce((value, [apply]) => apply(value), x)

const policies = [
  {},
  { reluAtZero: 1 },
  { reluAtZero: 0.5 },
  { ties: 'split' },
  { ties: 'split', reluAtZero: 1 },
] as const

interface Net {
  readonly cost: Node
  readonly x: Node
  readonly q: Node
  readonly y: Node
}

type Entrywise = (at: (name: 'x' | 'q' | 'y') => number) => number

/** A factor: a bracket, 0 or 1. */
const factor = (random: Random, constants: readonly number[]): readonly [string, Entrywise] => {
  const name = random.pick(['x', 'q', 'q', 'q', 'y'] as const)
  const k = random.pick([0, 0, ...constants])
  const sign = random.pick(['>', '≥', '<', '≤', '≠', '='] as const)
  return random.pick<readonly [string, Entrywise]>([
    [`[${name}_i ${sign} ${k}]`, (at) => (relations[sign](at(name), k) ? 1 : 0)],
    [`[${name}_i ${sign} ${k}]`, (at) => (relations[sign](at(name), k) ? 1 : 0)],
    ['1', () => 1],
    ['0', () => 0],
    ["relu'(q_i)", (at) => slopeAt(at('q'), Number.NaN)],
  ])
}

/** Of relu; the policy is put in its place. */
const slopeAt = (q: number, atZero: number): number => (near(q, 0) ? atZero : q > 0 ? 1 : 0)

const drawNet = (random: Random) => {
  const before = Array.from({ length: 1 + random.below(3) }, () => piece(random))
  const after = piece(random)
  const policy = random.pick(policies)
  const build = (): Net => {
    const g = new Graph(policy)
    const x = g.input('x_i', [2])
    const q = chain(before, x).as('q_i')
    const y = after[0](q).as('y_i')
    return { cost: sum(mul(y, g.input('t_i', [2]))).as('C'), x, q, y }
  }
  const constants = [...before, after].flatMap((each) => each[1])
  return { build, constants, atZero: 'reluAtZero' in policy ? policy.reluAtZero : 0 }
}

/** At random points, the claims that look true there come first: they are the hostile ones. */
const likeliest = (random: Random, all: readonly Drawn[], near0: () => Leaves): Drawn => {
  const points = [near0(), near0(), near0()]
  const good = all.filter(({ holds }) => points.every((at) => holds(at) === true))
  return good.length > 0 && random.chance(0.75) ? random.pick(good) : random.pick(all)
}

const slopes = (random: Random): Drawn => {
  const { build, constants, atZero } = drawNet(random)
  const net = build()
  const candidates = Array.from({ length: 10 }, (): Drawn => {
    const [text, value] = factor(random, constants)
    const [left, slope] = random.pick<
      readonly [string, (leaves: Leaves) => readonly (readonly [number, number])[]]
    >([
      [
        `∂C/∂q_i = ${text} ∂C/∂y_i`,
        (leaves) => pairs(slopesOf(net.cost, net.q, leaves), leaves.t!),
      ],
      [
        `∂C/∂x_i = ${text} ∂C/∂q_i`,
        (leaves) => pairs(slopesOf(net.cost, net.x, leaves), slopesOf(net.cost, net.q, leaves)),
      ],
      [
        `∂C/∂x_i = ${text} ∂C/∂y_i`,
        (leaves) => pairs(slopesOf(net.cost, net.x, leaves), leaves.t!),
      ],
      [
        `∂y_i/∂q_i = ${text}`,
        (leaves) => {
          const ones = { ...leaves, t: leaves.t!.map(() => 1) }
          return pairs(slopesOf(net.cost, net.q, ones), ones.t)
        },
      ],
      [
        `relu'(q_i) = ${text}`,
        (leaves) => valuesOf(net.q, leaves).map((q) => [slopeAt(q, atZero), 1] as const),
      ],
    ])
    const holds = (leaves: Leaves): boolean => {
      const [x, q, y] = [leaves.x!, valuesOf(net.q, leaves), valuesOf(net.y, leaves)]
      return slope(leaves).every(([got, by], i) => {
        const at = value((name) => ({ x, q, y })[name][i]!)
        return near(got, (Number.isNaN(at) ? atZero : at) * by)
      })
    }
    return {
      text: left,
      cost: () => net.cost,
      leaves: { x: 2, t: 2 },
      constants,
      isGeneric: true,
      // Where a bracket is equal by chance, and the slope is the same on both sides.
      strictly: (leaves) => {
        const got = (x: readonly number[]) => slope({ ...leaves, x }).map(([each, by]) => each / by)
        const isSmooth = [1e-6, -1e-6].every((by) =>
          got(leaves.x!.map((each) => each + by)).every(
            (each, i) => Math.abs(each - got(leaves.x!)[i]!) < 1e-4,
          ),
        )
        return isSmooth && !text.includes("'") ? holds(leaves) : undefined
      },
      holds,
    }
  })
  return likeliest(random, candidates, () => ({ x: twoOf(random, 1.4), t: twoOf(random, 1.4) }))
}

const pairs = (a: readonly number[], b: readonly number[]) =>
  a.map((value, i) => [value, b[i]!] as const)

const twoOf = (random: Random, most: number): number[] =>
  [0, 0].map(() => ((random.below(4001) - 2000.5) / 2000) * most)

/** Two nodes, asked of `verifyEqual`. */
const equals = (random: Random): Drawn => {
  const g = new Graph()
  const x = g.input('x_i', [2])
  const [first, second, third] = [piece(random), piece(random), piece(random)]
  const a = chain([first, second], x)
  const b = random.pick<() => Node>([
    () => chain([first], x),
    () => chain([second], x),
    () => chain([second, first], x),
    () => chain([first, third], x),
    () => chain([third, first, second], x),
    () => x,
  ])()
  const constants = [first, second, third].flatMap((each) => each[1])
  return {
    text: `verifyEqual of ${a.id} and ${b.id}: ${constants.join()}`,
    cost: () => sum(square(a)),
    leaves: { x: 2 },
    constants,
    ask: () => verifyEqual(a, b, { deadline: 3000 }),
    holds: (leaves) => {
      const [left, right] = [valuesOf(a, leaves), valuesOf(b, leaves)]
      return left.every((value, i) => near(value, right[i]!))
    },
  }
}

/** The largest of a few, which may win for a whole region: max over relus. */
const contests = (random: Random): Drawn => {
  const g = new Graph(random.pick([{}, { ties: 'split' as const }]))
  const x = g.input('x_i', [3])
  const inner = piece(random)
  const a = inner[0](x).as('a_i')
  const m = max(a, { axes: [0] }).as('m')
  const cost = (random.chance(0.5) ? square(m) : mul(m, 3)).as('C')
  const claims: readonly (readonly [string, (a: readonly number[], i: number) => number])[] = [
    ['∂m/∂a_i = [a_i = m]', (all, i) => (near(all[i]!, Math.max(...all)) ? 1 : 0)],
    ['∂m/∂a_i = [a_i ≥ m]', (all, i) => (near(all[i]!, Math.max(...all)) ? 1 : 0)],
    [
      '∂m/∂a_i = Π_j [a_i ≥ a_j]',
      (all, i) => (all.every((each) => all[i]! >= each || near(all[i]!, each)) ? 1 : 0),
    ],
    [
      '∂m/∂a_i = [a_i = m]/(Σ_j [a_j = m])',
      (all, i) => {
        const winners = all.filter((each) => near(each, Math.max(...all)))
        return near(all[i]!, Math.max(...all)) ? 1 / winners.length : 0
      },
    ],
  ]
  const [text, right] = random.pick(claims)
  return {
    text,
    cost: () => cost,
    leaves: { x: 3 },
    constants: inner[1],
    isGeneric: true,
    strictly: (leaves) => truth(leaves, true),
    holds: (leaves) => truth(leaves, false),
  }
  function truth(leaves: Leaves, isStrict: boolean): boolean | undefined {
    const [all, [value]] = [valuesOf(a, leaves), valuesOf(m, leaves)]
    const left = slopesOf(m, a, leaves)
    // Of equal winners no verdict speaks where a derivative passes them.
    const isTied = all.filter((each) => near(each, value!)).length > 1
    if (isTied && !isStrict) return undefined
    return left.every((each, i) => near(each, right(all, i)))
  }
}

export const bends = (random: Random): Drawn =>
  random.pick([slopes, slopes, slopes, equals, contests])(random)
