// Random claims about masks, extremes and conditions, each with what is true of it at numbers,
// worked without the verifier.
import { Graph, mul, type Node, square, sum } from '../../../packages/graph/src/index.ts'
import { type Drawn, type Leaves, near, relations, type Sign, signs } from './draw/drawn.ts'
import { definitions, layers, windows } from './draw/kinds-of-networks.ts'
import type { Random } from './random.ts'

const constant = (random: Random): number =>
  random.pick([0, 1, -1, 2, 3, -7, 12, 100, -1000, 54_321])

/** y = 2x of four, t of three. */
const vectors = (): Node => {
  const g = new Graph()
  const y = mul(g.input('x_i', [4]), 2).as('y_i')
  return sum(mul(sum(square(y)), sum(square(g.input('t_j', [3]))))).as('C')
}
const vectorLeaves = { x: 4, t: 3 }

interface Affine {
  readonly text: string
  readonly at: (leaves: Leaves) => number
}

const times = (k: number, text: string): string => (k === 1 ? text : `${k} ${text}`)

/** k x_a + c. */
const affine = (random: Random): Affine & { readonly name: 'x' | 't'; readonly place: number } => {
  const name = random.pick(['x', 't'] as const)
  const place = 1 + random.below(3)
  const k = random.pick([1, 1, 1, 2, 3])
  const c = random.pick([0, 0, constant(random)])
  const plus = c === 0 ? '' : c > 0 ? ` + ${c}` : ` - ${-c}`
  return {
    name,
    place,
    text: `${times(k, `${name}_${place}`)}${plus}`,
    at: (leaves) => k * leaves[name]![place - 1]! + c,
  }
}

interface Mask extends Affine {
  readonly constants: readonly number[]
  readonly moved: (leaves: Leaves) => Leaves
}

/** [x_2 > 3 t_1 + 7] */
const mask = (random: Random): Mask => {
  const name = random.pick(['x', 't'] as const)
  const place = 1 + random.below(3)
  const c = constant(random)
  const other: Affine = random.chance(0.5) ? affine(random) : { text: `${c}`, at: () => c }
  const sign: Sign = random.pick(signs)
  return {
    text: `[${name}_${place} ${sign} ${other.text}]`,
    at: (leaves) => (relations[sign](leaves[name]![place - 1]!, other.at(leaves)) ? 1 : 0),
    constants: [c, c + 1, c - 1, 2 * c, -2 * c],
    moved: (leaves) => {
      const value = other.at(leaves) + { '=': 0, '≠': 1, '<': -1, '≤': -1, '>': 1, '≥': 1 }[sign]
      return { ...leaves, [name]: leaves[name]!.with(place - 1, value) }
    },
  }
}

const masks = (random: Random): Drawn => {
  const all = Array.from({ length: 1 + random.below(3) }, () => mask(random))
  const product = (leaves: Leaves) => all.reduce((value, { at }) => value * at(leaves), 1)
  const right = random.pick([0, 0, 1])
  const factor = random.chance(0.3) ? affine(random) : undefined
  const left = (leaves: Leaves) => product(leaves) * (factor ? factor.at(leaves) : 1)
  return {
    text: `${all.map(({ text }) => text).join(' ')}${factor ? ` (${factor.text})` : ''} = ${right}`,
    cost: vectors,
    leaves: vectorLeaves,
    constants: all.flatMap(({ constants }) => constants),
    holds: (leaves) => near(left(leaves), right),
    moved: (leaves) => all.reduce((at, each) => each.moved(at), leaves),
  }
}

const extremes = (random: Random): Drawn => {
  const by = random.pick(['max', 'min'] as const)
  const f = random.pick([
    ['x_i', (x: number) => x],
    ['|x_i|', Math.abs],
    ['(-x_i)', (x: number) => -x],
    ['relu(x_i)', (x: number) => Math.max(0, x)],
    ['(2 x_i + 1)', (x: number) => 2 * x + 1],
    ['x_i^2', (x: number) => x * x],
  ] as const)
  const found = (values: readonly number[]) => Math[by](...values)
  const other = random.pick<readonly [string, (x: readonly number[]) => number]>([
    ['x_1', (x) => x[0]!],
    ['max_k x_k', (x) => Math.max(...x)],
    ['min_k x_k', (x) => Math.min(...x)],
    ['-min_k (-x_k)', (x) => -Math.min(...x.map((each) => -each))],
    ['max_k |x_k|', (x) => Math.max(...x.map(Math.abs))],
    ['max(max_k x_k, 0)', (x) => Math.max(...x, 0)],
    ['2 max_k x_k + 1', (x) => 2 * Math.max(...x) + 1],
    ['max(x_1, x_2, x_3, x_4)', (x) => Math.max(...x)],
    ['(max_k y_k)/2', (x) => Math.max(...x)],
    ['(max_k x_k)^2', (x) => Math.max(...x) ** 2],
  ])
  return {
    text: `${by}_i ${f[0]} = ${other[0]}`,
    cost: vectors,
    leaves: vectorLeaves,
    constants: [0, 1, -1, 5],
    holds: ({ x }) => near(found(x!.map(f[1])), other[1](x!)),
  }
}

const conditions = (random: Random): Drawn => {
  const k = random.pick([2, 2, 3])
  const isOfValues = random.chance(0.5)
  const sign: Sign = random.pick(signs)
  const c = isOfValues ? constant(random) : random.below(7)
  const selects = relations[sign]
  const picked = (x: readonly number[]): readonly number[] =>
    x.flatMap((value, at) => (selects(isOfValues ? value : at + 1, c) ? [value] : []))
  return {
    text: `y_i = ${k} x_i ${random.pick(['if', 'for'])} ${isOfValues ? 'x_i' : 'i'} ${sign} ${c}`,
    cost: vectors,
    leaves: vectorLeaves,
    constants: [c, c + 1, c - 1],
    holds: ({ x }) => picked(x!).every((value) => near(2 * value, k * value)),
    isEmpty: !isOfValues && picked([1, 1, 1, 1]).length === 0,
    moved: ({ x, ...rest }, draw) => ({ ...rest, x: x!.with(draw.below(4), c) }),
  }
}

const makers = [masks, masks, extremes, conditions, layers, definitions, windows]

export const drawKind = (random: Random): Drawn & { readonly kind: string } => {
  const maker = random.pick(makers)
  return { ...maker(random), kind: maker.name }
}
