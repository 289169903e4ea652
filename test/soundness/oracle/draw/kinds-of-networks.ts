// Random claims about layers, definitions and windows, each with its truth.
import {
  dense,
  Graph,
  maxPool2d,
  type Node,
  relu,
  sigmoid,
  square,
  squaredError,
  sub,
  sum,
  tanh,
} from '../../../../packages/graph/src/index.ts'
import type { Random } from '../random.ts'
import { type Drawn, near, relations, type Sign, signs } from './drawn.ts'

const activations = { relu, tanh, σ: sigmoid } as const
const numbers = {
  relu: (x: number) => Math.max(0, x),
  tanh: Math.tanh,
  σ: (x: number) => 1 / (1 + Math.exp(-x)),
}
type Activation = keyof typeof activations
const words = ['relu', 'tanh', 'σ'] as const

export const layers = (random: Random): Drawn => {
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

export const definitions = (random: Random): Drawn => {
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
export const windows = (random: Random): Drawn => {
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
