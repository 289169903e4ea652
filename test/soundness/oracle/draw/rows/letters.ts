// Letters that mean two things, and numbers as they are written in a network's text.
import {
  Graph,
  mul,
  type Node,
  pow,
  sigmoid,
  square,
  sum,
} from '../../../../../packages/graph/src/index.ts'
import { buildNetwork, readNetwork } from '../../../../../packages/verify/src/index.ts'
import { verify } from '../../../../../packages/verify/src/verify.ts'
import type { Random } from '../../random.ts'
import { type Drawn, type Leaves, near } from '../drawn.ts'
import { upTo } from './recorded.ts'

type Truth = boolean | undefined

/** y = 2x. */
export const vector = (n: number): Node => {
  const g = new Graph()
  const x = g.input('x_i', [n])
  return sum(square(mul(x, 2).as('y_i'))).as('C')
}

/** A letter that is an index and something else. */
export const letters = (random: Random): Drawn => {
  if (random.chance(0.5)) {
    const [n, k] = [random.pick(upTo(4)), random.pick(upTo(4))]
    const cost = vector(n)
    const [text, holds] = random.pick<readonly [string, (x: readonly number[]) => boolean]>([
      [`y_n = y_${k}`, (x) => near(x[n - 1]!, k <= n ? x[k - 1]! : 0)],
      [`y_n = 2 x_${k}`, (x) => near(x[n - 1]!, k <= n ? x[k - 1]! : 0)],
      [
        `Σ_{n=1}^{${k}} y_n = 2 Σ_n x_n`,
        (x) =>
          k >= n ||
          near(
            x.slice(k).reduce((a, b) => a + b, 0),
            0,
          ),
      ],
    ])
    return {
      text: `${text} (n is ${n})`,
      cost: () => cost,
      leaves: { x: n },
      constants: [],
      holds: ({ x }) => holds(x!),
      // n is free.
      readings: text.startsWith('y_n')
        ? [({ x }) => x!.every((each) => near(each, k <= n ? x![k - 1]! : 0))]
        : [],
      ask: () =>
        verify(cost, text, { sizes: [{ name: 'n', array: 'x', axis: 0 }], deadline: 3000 }),
    }
  }
  const g = new Graph()
  const [x, e] = [g.input('x_i', [2]), g.input('e', [])]
  const isPower = random.chance(0.5)
  const p = (isPower ? pow(e, x) : sigmoid(x)).as('p_i')
  const cost = sum(square(p)).as('C')
  const text = isPower
    ? 'p_i = e^{x_i}'
    : random.pick(['p_i = 1/(1 + e^{-x_i})', 'p_i (1 + e^{-x_i}) = 1'])
  const at =
    (base: (leaves: Leaves) => number) =>
    (leaves: Leaves): Truth => {
      const own = leaves.e![0]!
      if (own <= 0) return undefined
      return leaves.x!.every((each) => {
        const value = isPower ? own ** each : 1 / (1 + Math.exp(-each))
        return near(value, isPower ? base(leaves) ** each : 1 / (1 + base(leaves) ** -each))
      })
    }
  return {
    text,
    cost: () => cost,
    leaves: { x: 2, e: 1 },
    constants: [],
    holds: at(() => Math.E),
    readings: [at((leaves) => leaves.e![0]!)],
  }
}

/** Numbers as they are written, and what they are exactly. */
const numerals: readonly (readonly [text: string, exactly: string])[] = [
  ['1/3', '1/3'],
  ['2/6', '1/3'],
  ['0.3333333333333333', '0.3333333333333333'],
  ['0.1', '1/10'],
  ['1/10', '1/10'],
  ['0.10000000000000001', '0.10000000000000001'],
  ['0.5', '1/2'],
  ['5e-1', '1/2'],
  ['2.5', '5/2'],
  ['10/4', '5/2'],
  ['1e-3', '1/1000'],
  ['0.001', '1/1000'],
  ['1000000000000000000001', '1000000000000000000001'],
  ['1000000000000000000000', '1000000000000000000000'],
]
const ofClaims: typeof numerals = [
  ...numerals.filter(([text]) => !text.includes('e')),
  ['2½', '5/2'],
  ['½', '1/2'],
  ['⅓', '1/3'],
  ['10^{-3}', '1/1000'],
  ['10^{21}', '1000000000000000000000'],
]

export const literals = (random: Random): Drawn => {
  const [inNet, a] = random.pick(numerals)
  const near0 = ofClaims.filter(([, b]) => Math.abs(Number(b) - 1) > 2 || a.length === b.length)
  const [inClaim, b] = random.pick(
    random.chance(0.6) ? ofClaims.filter((each) => each[1] === a) : near0,
  )
  const text = `y_i = ${inClaim} x_i`
  const { cost, sizes } = buildNetwork(readNetwork(`x_i: input 2\ny_i = ${inNet}*x\nC = sum(y*y)`))
  return {
    text: `${text} of ${inNet}`,
    cost: () => cost,
    leaves: { x: 2 },
    constants: [],
    holds: ({ x }) => a === b || x!.every((each) => each === 0),
    ask: () => verify(cost, text, { ...(sizes && { sizes }), deadline: 3000 }),
  }
}
