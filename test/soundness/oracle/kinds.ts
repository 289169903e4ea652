// Random claims about masks, extremes, conditions, layers and definitions, each with what is true
// of it at numbers, worked without the verifier.
import {
  dense,
  Graph,
  maxPool2d,
  mul,
  type Node,
  relu,
  sigmoid,
  square,
  squaredError,
  sub,
  sum,
  tanh,
} from '../../../packages/graph/src/index.ts'
import type { Random } from '../../../packages/verify/src/index-terms/fixtures/random.fixture.ts'

/** Values of the leaves, by name. */
export type Leaves = Readonly<Record<string, readonly number[]>>

export interface Drawn {
  readonly text: string
  readonly cost: () => Node
  /** How many numbers every leaf has. */
  readonly leaves: Readonly<Record<string, number>>
  /** Numbers at which something may happen. */
  readonly constants: readonly number[]
  /** Whether both sides are one number, for every value of the letters. */
  readonly holds: (leaves: Leaves) => boolean
  /** Nothing is claimed. */
  readonly isEmpty?: boolean
  /** Moves a point to where the claim says most. */
  readonly moved?: (leaves: Leaves, random: Random) => Leaves
}

const near = (a: number, b: number): boolean =>
  Math.abs(a - b) <= 1e-9 * Math.max(1, Math.abs(a), Math.abs(b))

const relations = {
  '=': near,
  '≠': (a: number, b: number) => !near(a, b),
  '<': (a: number, b: number) => a < b && !near(a, b),
  '≤': (a: number, b: number) => a < b || near(a, b),
  '>': (a: number, b: number) => a > b && !near(a, b),
  '≥': (a: number, b: number) => a > b || near(a, b),
} as const
const signs = ['=', '≠', '<', '≤', '>', '≥'] as const
type Sign = (typeof signs)[number]

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

const activations = { relu, tanh, σ: sigmoid } as const
const numbers = {
  relu: (x: number) => Math.max(0, x),
  tanh: Math.tanh,
  σ: (x: number) => 1 / (1 + Math.exp(-x)),
}
type Activation = keyof typeof activations
const words = ['relu', 'tanh', 'σ'] as const

const layers = (random: Random): Drawn => {
  const used: readonly Activation[] = Array.from({ length: 3 }, () => random.pick(words))
  const claimed = random.pick(words)
  const sign: Sign = random.pick(signs)
  const last = random.below(5)
  const chosen = [1, 2, 3].filter((layer) => relations[sign](layer, last))
  const cost = (): Node => {
    const g = new Graph()
    let a = g.input('a^0_i', [1])
    used.forEach((each, k) => {
      const z = dense(a, g.parameter(`w^${k + 1}_{ij}`, [1, 1])).as(`z^${k + 1}_i`)
      a = activations[each](z).as(`a^${k + 1}_i`)
    })
    return squaredError(a, g.input('t_i', [1])).as('C')
  }
  return {
    text: `a^l_i = ${claimed}(z^l_i) for l ${sign} ${last}`,
    cost,
    leaves: { 'a^0': 1, 'w^1': 1, 'w^2': 1, 'w^3': 1, t: 1 },
    constants: [],
    holds: (leaves) => {
      let a = leaves['a^0']![0]!
      return used.every((each, k) => {
        const z = a * leaves[`w^${k + 1}`]![0]!
        a = numbers[each](z)
        return !chosen.includes(k + 1) || near(a, numbers[claimed](z))
      })
    },
    isEmpty: chosen.length === 0,
  }
}

const definitions = (random: Random): Drawn => {
  const [k, m, n] = [0, 0, 0].map(() => random.pick([1, 2, 4])) as [number, number, number]
  const cost = (): Node => {
    const g = new Graph()
    const h = tanh(g.input('x_i', [3])).as('h_i')
    return sum(square(sub(h, g.input('t_i', [3])))).as('C')
  }
  const forms: readonly (readonly [text: string, left: number, right: number])[] = [
    [`∂C/∂h_i = ${k} Δ_i where Δ_i = ${m}(h_i - t_i)`, 2, k * m],
    [`E := ${k} C, ∂E/∂h_i = ${m}(h_i - t_i)`, 2 * k, m],
    [`∂E/∂h = ${m}(h - t) where E = ${k} C`, 2 * k, m],
    [`E := C/${k}, ∂E/∂t_i = ${m}(t_i - h_i)`, 2 / k, m],
    [`Δ = ${k}(h - t); ${n} ∂C/∂h = ${m} Δ`, 2 * n, m * k],
  ]
  const [text, left, right] = random.pick(forms)
  return { text, cost, leaves: { x: 3, t: 3 }, constants: [], holds: () => left === right }
}

/** Windows of a pooling, with a remainder where the height is odd. */
const windows = (random: Random): Drawn => {
  const [height, width] = [2 + random.below(4), 2 + random.below(3)]
  const cost = (): Node => {
    const g = new Graph()
    const p = maxPool2d(g.input('x_{ij}', [1, height, width]), { size: 2 }).as('p_{ij}')
    return sum(square(p)).as('C')
  }
  const [rows, columns] = [Math.floor(height / 2), Math.floor(width / 2)]
  const value = (x: readonly number[], i: number, j: number): number =>
    i < 1 || j < 1 || i > height || j > width ? 0 : x[(i - 1) * width + j - 1]!
  const pooled = (x: readonly number[], i: number, j: number): number =>
    Math.max(...[1, 2].flatMap((u) => [1, 2].map((v) => value(x, 2 * i + u - 2, 2 * j + v - 2))))
  const [a, b] = [random.pick([2, 2, 2, 1]), random.pick([2, 2, 2, 3])]
  const inside = [1, 2].flatMap((u) => [1, 2].map((v) => [u - a, v - b] as const))
  const index = (letter: string, shift: number): string =>
    `2${letter}${shift === 0 ? '' : shift > 0 ? `+${shift}` : shift}`
  const read = inside.map(([u, v]) => `x_{${index('i', u)},${index('j', v)}}`)
  const places = Array.from({ length: rows * columns }, (_, k) => [
    1 + Math.floor(k / columns),
    1 + (k % columns),
  ])
  return {
    text: `p_{ij} = max(${read.join(', ')})`,
    cost,
    leaves: { x: height * width },
    constants: [0, 1, -1],
    holds: ({ x }) =>
      places.every(([i, j]) => {
        const all = inside.map(([u, v]) => value(x!, 2 * i! + u, 2 * j! + v))
        return near(pooled(x!, i!, j!), Math.max(...all))
      }),
  }
}

const makers = [masks, masks, extremes, conditions, layers, definitions, windows]

export const drawKind = (random: Random): Drawn & { readonly kind: string } => {
  const maker = random.pick(makers)
  return { ...maker(random), kind: maker.name }
}
