// Towers of powers, whose values no machine writes out, and claims of a stack of layers with a
// condition on the layer's letter or a case for each layer.
import {
  dense,
  Graph,
  mul,
  type Node,
  relu,
  sigmoid,
  square,
  squaredError,
  sum,
  tanh,
} from '../../../../../packages/graph/src/index.ts'
import type { Random } from '../../random.ts'
import { type Drawn, type Leaves, near, relations, type Sign } from '../drawn.ts'
import { slopesOf, upTo, valuesOf } from './recorded.ts'

// ---- towers

/** base^exponent, the exponent an integer of any size. */
interface Power {
  readonly text: string
  readonly base: number
  readonly exponent: bigint
}

const mostDigits = 2n ** 200n

const towerOf = (random: Random, base: number): Power => {
  const exponents = Array.from({ length: 1 + random.below(4) }, () =>
    BigInt(random.pick([0, 1, 2, 2, 3, 3, 9, 99])),
  )
  const inner = base < 0 ? `(${base})` : `${base}`
  const [first, ...others] = exponents as [bigint, ...bigint[]]
  if (random.chance(0.5)) {
    const text = others.reduce((all, each) => `(${all})^${each}`, `${inner}^${first}`)
    return { text, base, exponent: exponents.reduce((a, b) => a * b) }
  }
  // b^{e^{f^g}}, as far as an exponent can be written out here.
  let exponent = 1n
  const used: bigint[] = []
  for (const each of exponents.toReversed()) {
    if (exponent > 400n) break
    const next = each ** exponent
    if (next > mostDigits) break
    exponent = next
    used.unshift(each)
  }
  const nested = used.reduceRight((all, each) => (all ? `${each}^{${all}}` : `${each}`), '')
  return { text: `${inner}^{${nested || 1}}`, base, exponent }
}

/** 8 is 2³: two powers are equal where their smallest bases and exponents are. */
const simple = ({ base, exponent }: Power): string => {
  if (exponent === 0n) return '1'
  if (base === 0 || base === 1) return `${base}`
  const isNegative = base < 0 && exponent % 2n === 1n
  const size = Math.abs(base)
  if (size === 1) return isNegative ? '-1' : '1'
  const root = [2, 3, 10].find((b) => [1, 2, 3].some((k) => b ** k === size))
  const k = root === undefined ? 1n : BigInt([1, 2, 3].find((n) => root ** n === size)!)
  return `${isNegative ? '-' : ''}${root ?? size}^${exponent * k}`
}

const towers = (random: Random): Drawn => {
  const base = random.pick([0, 1, -1, 2, 2, 3, 4, 8, 9, 10, -2, -3, 7])
  const left = towerOf(random, base)
  const { exponent } = left
  const written: readonly Power[] = [
    { text: `${base < 0 ? `(${base})` : base}^{${exponent}}`, base, exponent },
    { text: `${base < 0 ? `(${base})` : base}^{${exponent + 1n}}`, base, exponent: exponent + 1n },
    { text: '1', base: 1, exponent: 1n },
    { text: '(-1)', base: -1, exponent: 1n },
    ...(base === 4 ? [{ text: `2^{${2n * exponent}}`, base: 2, exponent: 2n * exponent }] : []),
    ...(base === 8 ? [{ text: `2^{${3n * exponent}}`, base: 2, exponent: 3n * exponent }] : []),
    ...(exponent > 0n
      ? [{ text: `(${-base})^{${exponent}}`, base: -base, exponent }]
      : [{ text: '0', base: 0, exponent: 1n }]),
  ]
  const right = random.chance(0.4) ? written[0]! : random.pick(written)
  const isSame = simple(left) === simple(right)
  const texts = random.chance(0.5) ? [left.text, right.text] : [right.text, left.text]
  const k = random.pick([1, 2])
  return {
    text: `${texts[0]} y_i = ${texts[1]} ${k === 2 ? '2 x_i' : 'y_i'}`,
    cost: () => {
      const g = new Graph()
      return sum(square(mul(g.input('x_i', [2]), 2).as('y_i'))).as('C')
    },
    leaves: { x: 2 },
    constants: [],
    holds: ({ x }) => isSame || x!.every((each) => each === 0),
  }
}

// ---- layers

const activations = { relu, tanh, σ: sigmoid } as const
type Word = keyof typeof activations
const words = ['relu', 'tanh', 'σ'] as const
const values: Readonly<Record<Word, (z: number) => number>> = {
  relu: (z) => Math.max(0, z),
  tanh: Math.tanh,
  σ: (z) => 1 / (1 + Math.exp(-z)),
}
const slopes: Readonly<Record<Word, (z: number) => number>> = {
  relu: (z) => (z > 0 ? 1 : 0),
  tanh: (z) => 1 - Math.tanh(z) ** 2,
  σ: (z) => values.σ(z) * (1 - values.σ(z)),
}

interface Stack {
  readonly used: readonly Word[]
  /** Layers whose value has a name. */
  readonly named: readonly boolean[]
}

const width = 2

const stacked = ({ used, named }: Stack) => {
  const g = new Graph()
  let a = g.input('a^0_i', [width])
  const zs: Node[] = []
  const all = [a]
  used.forEach((each, k) => {
    const z = dense(a, g.parameter(`w^${k + 1}_{ij}`, [width, width])).as(`z^${k + 1}_i`)
    a = activations[each](z)
    if (named[k]) a = a.as(`a^${k + 1}_i`)
    zs.push(z)
    all.push(a)
  })
  return { cost: squaredError(a, g.input('t_i', [width])).as('C'), zs, all }
}

type Layer = (
  at: ReturnType<typeof stacked>,
  leaves: Leaves,
  k: number,
) => readonly (readonly [number, number])[]

const pairs = (left: readonly number[], right: (i: number) => number) =>
  left.map((each, i) => [each, right(i)] as const)

/** Behind activations that are saturated slopes are too small to be told apart from 0 here. */
const isBlurred = ([a, b]: readonly [number, number]): boolean => {
  const most = Math.max(Math.abs(a), Math.abs(b))
  return most < 1e-6 && Math.abs(a - b) > 1e-6 * most
}

const conditionsOf = (random: Random, count: number) => {
  const sign: Sign = random.pick(['=', '=', '≠', '<', '≤', '>', '≥'])
  const last = random.below(count + 2)
  return random.pick<readonly [string, (l: number) => boolean]>([
    [` for l ${sign} ${last}`, (l) => relations[sign](l, last)],
    [` for l ${sign} ${last}`, (l) => relations[sign](l, last)],
    [' for l = L', (l) => l === count],
    [' for l < L', (l) => l < count],
    [' for l = 1, 2', (l) => l <= 2],
    ['', () => true],
  ])
}

const layered = (random: Random): Drawn => {
  const count = random.pick([2, 3])
  const used = Array.from({ length: count }, () => random.pick(words))
  const named = used.map(() => random.chance(0.8))
  const stack: Stack = { used, named }
  const net = stacked(stack)
  const [condition, chosen] = conditionsOf(random, count)
  const claimed = random.chance(0.5) ? random.pick(used) : random.pick(words)
  const isLast = random.chance(0.7)
  const cases = used.map((each) => (random.chance(0.8) ? each : random.pick(words)))
  const value = (words: (k: number) => Word): Layer => {
    return ({ zs, all }, leaves, k) => {
      const z = valuesOf(zs[k]!, leaves)
      return pairs(valuesOf(all[k + 1]!, leaves), (i) => values[words(k)](z[i]!))
    }
  }
  const written = cases.map((each, k) => `${each}(z^l_i) & l = ${k + 1}`)
  /** Which instances it speaks of: all names in it are there. */
  const isNamed = (k: number) => named[k]!
  const [text, layer, speaks] = random.pick<readonly [string, Layer, (k: number) => boolean]>([
    [`a^l_i = ${claimed}(z^l_i)${condition}`, value(() => claimed), isNamed],
    [
      `a^l_i = \\begin{cases} ${written.join(' \\\\ ')} \\end{cases}`,
      value((k) => cases[k]!),
      isNamed,
    ],
    [
      `z^l_i = Σ_j w^l_{${isLast ? 'ij' : 'ji'}} a^{l-1}_j${condition}`,
      ({ zs, all }, leaves, k) => {
        const [below, w] = [valuesOf(all[k]!, leaves), leaves[`w^${k + 1}`]!]
        return pairs(valuesOf(zs[k]!, leaves), (i) =>
          below.reduce((s, a, j) => s + a * w[isLast ? i * width + j : j * width + i]!, 0),
        )
      },
      (k) => k === 0 || named[k - 1]!,
    ],
    [
      `δ^l_j = ${claimed}'(z^l_j) Σ_i w^{l+1}_{ij} δ^{l+1}_i${condition || ' for l < L'}`,
      ({ cost, zs }, leaves, k) => {
        const [z, w] = [valuesOf(zs[k]!, leaves), leaves[`w^${k + 2}`]!]
        const above = slopesOf(cost, zs[k + 1]!, leaves)
        return pairs(
          slopesOf(cost, zs[k]!, leaves),
          (j) => slopes[claimed](z[j]!) * above.reduce((s, d, i) => s + d * w[i * width + j]!, 0),
        )
      },
      (k) => k + 1 < count,
    ],
  ])
  const isCases = text.includes('cases')
  const layers = upTo(count).filter((l) => (isCases || chosen(l)) && speaks(l - 1))
  return {
    text,
    cost: () => net.cost,
    leaves: {
      'a^0': width,
      ...Object.fromEntries(used.map((_, k) => [`w^${k + 1}`, width * width])),
      t: width,
    },
    constants: [],
    largest: 3,
    isGeneric: text.includes("'"),
    holds: (leaves) => {
      const all = layers.flatMap((l) => layer(net, leaves, l - 1))
      if (!all.every(([a, b]) => near(a, b))) return false
      return all.some(isBlurred) ? undefined : true
    },
    isEmpty: layers.length === 0,
  }
}

export const stacks = (random: Random): Drawn => random.pick([towers, layered, layered])(random)
