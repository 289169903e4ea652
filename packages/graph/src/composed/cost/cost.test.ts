// Costs by entries: values worked by hand, derivatives at orders 1 and 2, tails, and refusals.
import { describe, expect, it } from 'vitest'
import { evaluate } from '../../evaluate.ts'
import { grad } from '../../grad.ts'
import {
  binaryCrossEntropy,
  crossEntropy,
  huber,
  logSoftmax,
  meanAbsoluteError,
  meanSquaredError,
  type Node,
  sigmoid,
} from '../../index.ts'
import { Graph } from '../../record/graph.ts'
import { checkDerivatives } from '../../testing/check-derivatives.ts'
import { drawFrom, separated } from '../../testing/draw.ts'

type Cost = (y: Node, t: Node, options?: { reduction?: 'sum' | 'mean' }) => Node

const COSTS: [string, Cost, number][] = [
  // y − t is 2, −0.5, 0, −3.
  ['meanSquaredError', meanSquaredError, 4 + 0.25 + 0 + 9],
  ['meanAbsoluteError', meanAbsoluteError, 2 + 0.5 + 0 + 3],
  ['huber', huber, 1.5 + 0.125 + 0 + 2.5],
]
const Y = [3, 1, 0, -2]
const T = [1, 1.5, 0, 1]

function recorded(cost: Cost, options?: object) {
  const graph = new Graph()
  const [y, t] = [graph.input('y', [2, 2]), graph.input('t', [2, 2])]
  return { y, t, c: cost(y, t, options) }
}

describe.each(COSTS)('%s', (_, cost, total) => {
  it('is the mean of what each entry costs, or the sum', () => {
    expect([...evaluate(recorded(cost).c, { y: Y, t: T })]).toEqual([total / 4])
    expect([...evaluate(recorded(cost, { reduction: 'sum' }).c, { y: Y, t: T })]).toEqual([total])
  })
})

describe.each<[string, Cost]>([
  ...COSTS.map(([name, cost]): [string, Cost] => [name, cost]),
  ['huber with δ = 0.7', (y, t, options) => huber(y, t, { delta: 0.7, ...options })],
  ['binaryCrossEntropy', binaryCrossEntropy],
])('%s', (name, cost) => {
  it('has its derivatives', () => {
    for (const reduction of ['sum', 'mean'] as const) {
      const { y, t, c } = recorded(cost, { reduction })
      const [a, b] = separated([y.shape, t.shape], drawFrom(9))
      checkDerivatives(c, [y, t], { y: a!, t: b! })
    }
  })
  it('refuses what does not fit', () => {
    const [own = ''] = name.split(' ')
    const graph = new Graph()
    const [y, t] = [graph.input('y', [2]), graph.input('t', [1, 2])]
    expect(() => cost(y, t)).toThrow(`${own}: y [2] and t [1, 2] differ in shape`)
    expect(() => cost(y, 1 as never)).toThrow(`${own}: 1 is not a node`)
    expect(() => cost(y, y, { reduction: 'none' as never })).toThrow(
      `${own}: reduction is "none"; it must be 'sum' or 'mean'`,
    )
    expect(() => cost(y, y, { reductoin: 'sum' } as never)).toThrow('is reduction meant?')
  })
})

describe('binaryCrossEntropy', () => {
  it('is that of the sigmoid', () => {
    const graph = new Graph()
    const [z, t] = [graph.constant([-1, 0.5, 2]), graph.constant([1, 0, 0.25])]
    const p = evaluate(sigmoid(z))
    const expected = [1, 0, 0.25].map(
      (t, k) => -t * Math.log(p[k]!) - (1 - t) * Math.log(1 - p[k]!),
    )
    const total = expected.reduce((a, b) => a + b)
    expect(evaluate(binaryCrossEntropy(z, t, { reduction: 'sum' }))[0]).toBeCloseTo(total, 14)
    expect(evaluate(binaryCrossEntropy(z, t))[0]).toBeCloseTo(total / 3, 14)
  })

  it('holds far out, where the sigmoid is 0 or 1: e^{−|z|} where right, |z| where wrong', () => {
    const { y, c } = recorded(binaryCrossEntropy, { reduction: 'sum' })
    const [g] = grad(c, [y])
    const right = { y: [60, -60, 60, 60], t: [1, 0, 1, 1] }
    expect(evaluate(c, right)[0]! / (4 * Math.exp(-60))).toBeCloseTo(1, 12)
    expect(evaluate(g!, right)[0]! / -Math.exp(-60)).toBeCloseTo(1, 12)
    const wrong = { y: [1e4, -1e4, 0, 0], t: [0, 1, 0.5, 0.5] }
    expect(evaluate(c, wrong)[0]).toBeCloseTo(2e4 + 2 * Math.LN2, 9)
    expect([...evaluate(g!, wrong)]).toEqual([1, -1, 0, 0])
    const certain = { y: [Infinity, -Infinity, -Infinity, 0], t: [1, 0, 0, 1] }
    expect(evaluate(c, certain)[0]).toBeCloseTo(Math.LN2, 14)
    expect([...evaluate(g!, certain)]).toEqual([0, 0, 0, -0.5].map((value) => value + 0))
  })
})

describe('crossEntropy with options', () => {
  const graph = new Graph()
  const z = graph.constant([
    [1, 2, 0.5],
    [0, -1, 3],
    [2, 2, 2],
  ])
  const classes = [1, 0, undefined]
  const t = graph.constant(classes.map((k) => [0, 1, 2].map((at) => (at === k ? 1 : 0))))
  const rows = evaluate(logSoftmax(z))
  const weights = [1, 2, 4]
  /** (1 − ε) w_y (−log p_y) + ε/K Σ_c w_c (−log p_c) of the rows that have a class. */
  const byHand = (smooth: number, w: readonly number[]): number =>
    classes.reduce<number>((total, y, row) => {
      if (y === undefined) return total
      const nll = (c: number) => -w[c]! * rows[3 * row + c]!
      return total + (1 - smooth) * nll(y) + (smooth / 3) * (nll(0) + nll(1) + nll(2))
    }, 0)

  it('smoothing, weights, the mean over weighted targets; a row of zeros is left out', () => {
    const value = (options: object): number => evaluate(crossEntropy(z, t, options))[0]!
    const ones = [1, 1, 1]
    expect(value({})).toBeCloseTo(byHand(0, ones), 13)
    expect(value({ labelSmoothing: 0.2 })).toBeCloseTo(byHand(0.2, ones), 13)
    expect(value({ weights })).toBeCloseTo(byHand(0, weights), 13)
    expect(value({ weights, labelSmoothing: 0.2 })).toBeCloseTo(byHand(0.2, weights), 13)
    const mean = value({ weights, labelSmoothing: 0.2, reduction: 'mean' })
    expect(mean).toBeCloseTo(byHand(0.2, weights) / (weights[1]! + weights[0]!), 13)
  })
  it.each([
    [{ weights: [1, 2] }, 'weights is [1,2]; it must be 3 numbers from 0'],
    [{ labelSmoothing: 2 }, 'labelSmoothing is 2; it must be from 0 to 1'],
    [{ reduction: 'none' }, "it must be 'sum' or 'mean'"],
    [{ label_smoothing: 0.1 }, 'is labelSmoothing meant?'],
  ])('%j is refused', (options, message) => {
    expect(() => crossEntropy(z, t, options as never)).toThrow(message)
  })
})

it('binaryCrossEntropy counts a yes positiveWeight times', () => {
  const graph = new Graph()
  const [z, t] = [graph.constant([-1, 0.5]), graph.constant([1, 0])]
  const total = evaluate(binaryCrossEntropy(z, t, { reduction: 'sum', positiveWeight: 3 }))[0]
  expect(total).toBeCloseTo(3 * Math.log(1 + Math.E) + Math.log(1 + Math.exp(0.5)), 13)
  expect(() => binaryCrossEntropy(z, t, { positiveWeight: 0 })).toThrow('positiveWeight is 0')
})

it('huber refuses a δ that is none', () => {
  const y = new Graph().input('y', [2])
  expect(() => huber(y, y, { delta: 0 })).toThrow('huber: delta is 0; it must be a finite number')
  expect(() => huber(y, y, { delta: Infinity })).toThrow('delta is Infinity')
})
