// What a sentence may mean: two usual readings, definitions that are dropped or doubled, selections
// of nothing; and what letters.ts has.
import { Graph, mul, type Node, square, sum } from '../../../../../packages/graph/src/index.ts'
import type { Random } from '../../random.ts'
import { type Drawn, type Leaves, near } from '../drawn.ts'
import { letters, literals, vector } from './letters.ts'
import { cell, placesOf, upTo } from './recorded.ts'

const three = (): Node => {
  const g = new Graph()
  const [x, s, t] = ['x_i', 's_i', 't_i'].map((name) => g.input(name, [2])) as [Node, Node, Node]
  return sum(mul(mul(square(x), s), t)).as('C')
}

type Truth = boolean | undefined
type Entry = readonly [x: number, s: number, t: number]

/** Of every entry; undefined where one of them has no value. */
const every =
  (left: (at: Entry) => number, right: (at: Entry) => number) =>
  ({ x, s, t }: Leaves): Truth => {
    const sides = x!.map((each, i): readonly [number, number] => {
      const at: Entry = [each, s![i]!, t![i]!]
      return [left(at), right(at)]
    })
    const isWhole = sides.every((pair) => pair.every(Number.isFinite))
    const isEqual = sides.every(
      ([a, b]) => !Number.isFinite(a) || !Number.isFinite(b) || near(a, b),
    )
    return isEqual ? (isWhole ? true : undefined) : false
  }

type Value = (at: Entry) => number

/** A text, how it may be read, and what it is compared with. */
const phrases: readonly (readonly [text: string, readings: readonly Value[]])[] = [
  ['x_i/s_i t_i', [([x, s, t]) => (x / s) * t, ([x, s, t]) => x / (s * t)]],
  ['1/(2 s_i) t_i', [([, s, t]) => t / (2 * s), ([, s, t]) => 1 / (2 * s * t)]],
  ['1/s_i (x_i - t_i)', [([x, s, t]) => (x - t) / s, ([x, s, t]) => 1 / (s * (x - t))]],
  ['x_i/2 t_i', [([x, , t]) => (x / 2) * t, ([x, , t]) => x / (2 * t)]],
  ['√(x_i)^2', [([x]) => Math.sqrt(x) ** 2, ([x]) => Math.abs(x)]],
  ['√x_i^2', [([x]) => Math.abs(x)]],
  ['log(x_i)^2', [([x]) => Math.log(x) ** 2]],
  ['σ(x_i)^2', [([x]) => (1 / (1 + Math.exp(-x))) ** 2]],
  ['-x_i^2', [([x]) => -(x * x)]],
  ['2 x_i^2', [([x]) => 2 * x * x]],
  ['x_i - s_i + t_i', [([x, s, t]) => x - s + t]],
  ['(x_i/s_i) t_i', [([x, s, t]) => (x / s) * t]],
  ['x_i/(s_i t_i)', [([x, s, t]) => x / (s * t)]],
]
const plain: readonly (readonly [text: string, Value])[] = [
  ['(x_i · t_i)/(s_i)', ([x, s, t]) => (x * t) / s],
  ['(x_i)/((s_i · t_i))', ([x, s, t]) => x / (s * t)],
  ['(t_i)/((2 · s_i))', ([, s, t]) => t / (2 * s)],
  ['(1)/((2 · s_i · t_i))', ([, s, t]) => 1 / (2 * s * t)],
  ['((x_i - t_i))/(s_i)', ([x, s, t]) => (x - t) / s],
  ['(x_i · t_i)/(2)', ([x, , t]) => (x * t) / 2],
  ['x_i', ([x]) => x],
  ['|x_i|', ([x]) => Math.abs(x)],
  ['log(x_i) · log(x_i)', ([x]) => Math.log(x) ** 2],
  ['2 · log(|x_i|)', ([x]) => 2 * Math.log(Math.abs(x))],
  ['-(x_i · x_i)', ([x]) => -(x * x)],
  ['x_i · x_i', ([x]) => x * x],
  ['(x_i + t_i) - s_i', ([x, s, t]) => x + t - s],
]

const readings = (random: Random): Drawn => {
  const [text, all] = random.pick(phrases)
  const likely = plain.filter(([, value]) =>
    all.some((each) => near(each([1.5, 0.7, 2.3]), value([1.5, 0.7, 2.3]))),
  )
  const [other, value] = random.pick(random.chance(0.8) && likely.length > 0 ? likely : plain)
  const [holds, ...more] = all.map((each) => every(each, value))
  const swapped = random.chance(0.5)
  return {
    text: swapped ? `${other} = ${text}` : `${text} = ${other}`,
    cost: three,
    leaves: { x: 2, s: 2, t: 2 },
    constants: [],
    holds: holds!,
    readings: more,
  }
}

/** Σ_{m,n ≤ 2}: both letters, or the second. */
const bounds = (random: Random): Drawn => {
  const [h, w] = [random.pick([1, 2, 3, 4]), random.pick([1, 2, 3, 4])]
  const k = random.pick([1, 2, 3])
  const cost = (): Node => {
    const g = new Graph()
    return sum(square(g.input('x_{mn}', [h, w]))).as('C')
  }
  const total = (rows: number, columns: number) => (leaves: Leaves) =>
    placesOf(rows, columns).reduce((all, [m, n]) => all + cell(leaves.x!, h, w, m, n), 0)
  const [right, wanted] = random.pick<readonly [string, (leaves: Leaves) => number]>([
    [`Σ_{m=1}^{${k}} Σ_{n=1}^{${k}} x_{mn}`, total(k, k)],
    [`Σ_{m} Σ_{n=1}^{${k}} x_{mn}`, total(h, k)],
    ['Σ_m Σ_n x_{mn}', total(h, w)],
  ])
  const isBoth = random.chance(0.7)
  const text = isBoth ? `Σ_{m,n ≤ ${k}} x_{mn}` : `Σ_m Σ_{n ≤ ${k}} x_{mn}`
  const equals = (left: (leaves: Leaves) => number) => (leaves: Leaves) =>
    near(left(leaves), wanted(leaves))
  return {
    text: `${text} = ${right}`,
    cost,
    leaves: { x: h * w },
    constants: [],
    holds: equals(isBoth ? total(k, k) : total(h, k)),
    readings: isBoth ? [equals(total(h, k))] : [],
  }
}

const empties = (random: Random): Drawn => {
  const n = random.pick(upTo(4))
  const beyond = n + 1 + random.below(5)
  const c = random.pick([0, 2, 5])
  return {
    text: random.pick([
      `y_${beyond} = ${c} x_${beyond}`,
      `y_i = ${c} for i = ${beyond}`,
      `y_i = ${c} x_i for i ≥ ${beyond}`,
      `y_i = ${c} if 1 > 2`,
      `y_i = ${c} x_i if x_i^2 < 0`,
      `y_i = ${c} for i < 1`,
      `y_i = ${c} x_i for i > ${n}`,
      `y_i = ${c} for ${beyond} ≤ i`,
      `x_i = ${c} if x_i > x_i`,
      `y_i = ${c} for i = 1/2`,
      `Σ_{i=${beyond}}^{${beyond + 3}} y_i = ${c} Σ_{i=${beyond}}^{${beyond + 3}} x_i`,
      `Σ_{i=1}^{3} y_{i+${n}} = ${c} x_0`,
      `y_0 x_i = ${c} x_i x_0`,
      `y_i = g(x_i)`,
      `Σ_i y_i = ${c} Σ_i x_i where i = 1`,
      `y_i = ${c} Δ_i where Δ = 2x, Δ = x`,
      `y_i = ${c} Δ_i where Δ_i = Δ_i`,
    ]),
    cost: () => vector(n),
    leaves: { x: n },
    constants: [],
    holds: () => undefined,
    isEmpty: true,
  }
}

export const words = (random: Random): Drawn =>
  random.pick([readings, readings, bounds, empties, letters, literals])(random)
