// Values and derivatives at the ends of the number range, by hand, the same in every engine:
// powers at their poles, masked classes, sums of squares beyond the format, medians beside a NaN.

import type { Feeds, Node } from '@backprove/graph'
import * as g from '@backprove/graph'
import { describe, expect, test } from 'vitest'
import { type Engine, enginesOf, engines as everyEngine, interpreter } from './engines.ts'

const { NaN: nan, POSITIVE_INFINITY: inf, NEGATIVE_INFINITY: minusInf } = Number

/** Entries to 4 digits, relatively; 0 and −0 are one number, and so are all NaN. */
function expectEntries(engine: Engine, nodes: Node[], feeds: Feeds, wanted: number[][]): void {
  const made = engine.compute(nodes, feeds)
  wanted.forEach((list, k) => {
    const found = Array.from(made[k]!)
    expect(found, engine.name).toHaveLength(list.length)
    list.forEach((value, at) => {
      const title = `${engine.name}, output ${k}, entry ${at}: ${found[at]}`
      const size = Math.abs(value)
      if (value === 0) expect(found[at]! + 0, title).toBe(0)
      else if (!Number.isFinite(value)) expect(found[at], title).toBe(value)
      else expect(Math.abs(found[at]! - value), title).toBeLessThanOrEqual(1e-5 * size)
    })
  })
}

const everywhere = (
  title: string,
  build: (graph: g.Graph) => { nodes: Node[]; feeds: Feeds; wanted: number[][] },
  engines: readonly Engine[] = everyEngine,
): void =>
  test(title, () => {
    const { nodes, feeds, wanted } = build(new g.Graph())
    for (const engine of engines) expectEntries(engine, nodes, feeds, wanted)
  })

/** y and its first `orders` derivatives by x, each summed. */
const derivatives = (y: Node, x: Node, orders: number): Node[] => {
  const made = [y]
  for (let k = 0; k < orders; k++) made.push(g.grad(g.sum(made.at(-1)!), x))
  return made
}

describe('powers', () => {
  everywhere('a^b at a = 0: b(b−1)… a^{b−k}', (graph) => {
    const [a, b] = [graph.input('a', [5]), graph.input('b', [5])]
    return {
      nodes: derivatives(g.pow(a, b), a, 4),
      feeds: { a: [0, 0, 0, 0, 0], b: [0, 1, 2, 3, 4] },
      wanted: [
        [1, 0, 0, 0, 0],
        [0, 1, 0, 0, 0],
        [0, 0, 2, 0, 0],
        [0, 0, 0, 6, 0],
        [0, 0, 0, 0, 24],
      ],
    }
  })
  everywhere('a^b at a = 0, b fractional: the pole is a pole', (graph) => {
    const [a, b] = [graph.input('a', [2]), graph.input('b', [1])]
    return {
      nodes: derivatives(g.pow(a, b), a, 2),
      feeds: { a: [0, 4], b: [0.5] },
      wanted: [
        [0, 2],
        [inf, 0.25],
        [minusInf, -1 / 32],
      ],
    }
  })
  everywhere('x^n with n = 0 as a document may have it', (graph) => {
    const x = graph.input('x', [2])
    const y = graph.record(g.ops.pow, [x], { n: 0 })
    return {
      nodes: derivatives(y, x, 1),
      feeds: { x: [0, 3] },
      wanted: [
        [1, 1],
        [0, 0],
      ],
    }
  })
  everywhere('by the exponent, at a base of 0', (graph) => {
    const [a, b] = [graph.input('a', [3]), graph.input('b', [3])]
    const y = g.pow(a, b)
    return {
      nodes: [g.grad(g.sum(y), b), g.grad(g.sum(g.grad(g.sum(y), a)), b)],
      feeds: { a: [0, 0, Math.E], b: [2, 3, 1] },
      wanted: [
        [0, 0, Math.E],
        [0, 0, 2],
      ],
    }
  })
  const bases = [minusInf, -0, 0, inf, -2, nan]
  everywhere('at infinity and −0', (graph) => {
    const x = graph.input('x', [6])
    const exponents = [0.5, 2.5, -0.5, -2.5, 3, -3, -1, 20, -61, 1101]
    return {
      nodes: exponents.flatMap((n) => [g.pow(x, n), g.pow(x, graph.constant(n, [6]))]),
      feeds: { x: bases },
      wanted: exponents.flatMap((n) => {
        const row = bases.map((x) => x ** n)
        return [row, row]
      }),
    }
  })
  everywhere(
    'of large and small numbers',
    (graph) => {
      const x = graph.input('x', [3])
      return {
        nodes: [g.pow(x, -2), g.pow(x, -1), g.pow(x, 1.5), g.pow(x, 12)],
        feeds: { x: [5.5e-20, 1e18, 2] },
        wanted: [
          [3.3057851e38, 1e-36, 0.25],
          [1 / 5.5e-20, 1e-18, 0.5],
          [5.5e-20 ** 1.5, 1e27, 2 ** 1.5],
          [0, inf, 4096],
        ],
      }
    },
    enginesOf('float32'),
  )
  everywhere('of many factors', (graph) => {
    const x = graph.input('x', [2])
    const feeds = { x: [1.0009765625, 0.9990234375] }
    const exponents = [100, 1000, -1000, 4000]
    return {
      nodes: exponents.map((n) => g.pow(x, n)),
      feeds,
      wanted: exponents.map((n) => feeds.x.map((value) => value ** n)),
    }
  })
})

describe('cross-entropy', () => {
  everywhere('a class of target 0 with a logit of −∞ adds nothing', (graph) => {
    const [z, t] = [graph.input('z', [3]), graph.input('t', [3])]
    const cost = g.crossEntropy(z, t)
    return {
      nodes: [cost, ...g.grad(cost, [z, t])],
      feeds: { z: [minusInf, 0, 0], t: [0, 1, 0] },
      wanted: [[Math.LN2], [0, -0.5, 0.5], [inf, Math.LN2, Math.LN2]],
    }
  })
  everywhere('over a batch', (graph) => {
    const [z, t] = [graph.input('z', [2, 2]), graph.input('t', [2, 2])]
    return {
      nodes: [g.crossEntropy(z, t)],
      feeds: { z: [minusInf, 3, 1e4, 0], t: [0, 1, 1, 0] },
      wanted: [[0]],
    }
  })
  everywhere('a class of target 1 with a logit of −∞ costs ∞', (graph) => {
    const [z, t] = [graph.input('z', [2]), graph.input('t', [2])]
    return {
      nodes: [g.crossEntropy(z, t)],
      feeds: { z: [minusInf, 0], t: [1, 0] },
      wanted: [[inf]],
    }
  })
})

describe('L2 pooling', () => {
  const ofTwo = (engines: readonly Engine[], pairs: number[][]) =>
    test.each(pairs)(`of %d and %d, ${engines[0]!.name} and others`, (a, b) => {
      for (const padding of [0, 1]) {
        const graph = new g.Graph()
        const x = graph.parameter('x', [3, 1, 2])
        // A row of padding above and below, or none.
        const size = [1 + 2 * padding, 2] as const
        const y = g.l2Pool2d(x, { size, padding: [padding, 0] })
        const length = 5 * (a! / 3)
        const wanted = [
          [length, length, length],
          [0.6, 0.8, 0.6, 0.8, 0.6, 0.8],
        ]
        const feeds = { x: [a!, b!, a!, b!, a!, b!] }
        const nodes = [y, g.grad(g.sum(y), x)]
        for (const engine of engines) expectEntries(engine, nodes, feeds, wanted)
      }
    })
  ofTwo(everyEngine, [
    [3, 4],
    [3e20, 4e20],
    [3e-24, 4e-24],
    [3e37, 4e37],
  ])
  ofTwo(
    [interpreter, ...enginesOf('float64')],
    [
      [3e200, 4e200],
      [3e-200, 4e-200],
      [3e307, 4e307],
    ],
  )
  everywhere('of zeros, infinities and NaN', (graph) => {
    const x = graph.parameter('x', [5, 1, 2])
    const y = g.l2Pool2d(x, { size: [1, 2] })
    return {
      nodes: [y],
      feeds: { x: [0, -0, minusInf, 1, nan, 1, nan, inf, 0, nan] },
      wanted: [[0, inf, nan, nan, nan]],
    }
  })
})

describe('medians', () => {
  everywhere('an odd window that holds a NaN has two middles', (graph) => {
    const x = graph.parameter('x', [2, 1, 3])
    const y = g.medianPool2d(x, { size: [1, 3] })
    const h = graph.input('h', [2, 1, 3])
    return {
      nodes: [y, g.grad(g.sum(y), x), g.jvp([y], [x], [h])[0]!],
      feeds: { x: [1, 2, nan, nan, nan, 3], h: [10, 20, 40, 1, 2, 4] },
      wanted: [
        [1.5, 3],
        [0.5, 0.5, 0, 0, 0, 1],
        [15, 4],
      ],
    }
  })
  everywhere('of numbers whose sum is too large', (graph) => {
    const x = graph.parameter('x', [1, 2])
    const most = 2 ** 127
    return {
      nodes: [g.medianPool2d(x, { size: [1, 2] })],
      feeds: { x: [most, most] },
      wanted: [[most]],
    }
  })
})

describe('exponentials', () => {
  everywhere('elu near 0', (graph) => {
    const x = graph.input('x', [3])
    return {
      nodes: [g.mul(1e8, g.elu(x)), g.mul(1e17, g.elu(x))],
      feeds: { x: [-1e-8, -1e-17, minusInf] },
      wanted: [
        [-0.999999995, -1e-9, -1e8],
        [-999999995, -1, -1e17],
      ],
    }
  })
  /** Below the normal numbers of float32 half a step of 2^−149 is all there is. */
  test('σ, σ′ and tanh′ far out', () => {
    const x = [-90, -100, -103, -120, minusInf, 90, inf, -745]
    const graph = new g.Graph()
    const leaf = graph.input('x', [x.length])
    const nodes = [g.sigmoid(leaf), g.sigmoidPrime(leaf), g.tanhPrime(g.mul(0.5, leaf))]
    const wanted = [
      x.map((value) => (value > 0 ? 1 / (1 + Math.exp(-value)) : Math.exp(value))),
      x.map((value) => Math.exp(-Math.abs(value))),
      x.map((value) => 4 * Math.exp(-Math.abs(value))),
    ]
    for (const engine of everyEngine) {
      const step = engine.name.includes('float32') ? 2 ** -149 : 5e-324
      nodes.forEach((node, k) => {
        // Each alone: beside σ its derivative is σ(1 − σ), which is right to 2^−23 absolutely.
        Array.from(engine.compute([node], { x })[0]!).forEach((value, at) => {
          const want = wanted[k]![at]!
          const error = Math.abs(value - want)
          const title = `${engine.name}, ${k} at ${x[at]}: ${value} for ${want}`
          // A few steps of the last place that the format has there.
          expect(error, title).toBeLessThanOrEqual(Math.max(1e-5 * want, 4 * step))
        })
      })
    }
  })
})

describe('means', () => {
  /** n x / n: dividing each term would round n times. */
  test('the interpreter divides once', () => {
    const graph = new g.Graph()
    const x = graph.input('x', [1, 7, 7])
    const nodes = [g.mean(x), g.avgPool2d(x, { size: 7 })]
    for (const made of interpreter.compute(nodes, { x: new Array(49).fill(0.1) })) {
      const sum = new Array(49).fill(0.1).reduce((a, b) => a + b)
      expect(made[0]).toBe(sum / 49)
    }
  })
})
