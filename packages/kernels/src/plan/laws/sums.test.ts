// What the laws of sums are there for, the derivative of batch normalisation, and what they must
// leave alone.
import * as g from '@backprove/graph'
import { Graph, type Node } from '@backprove/graph'
import { describe, expect, test } from 'vitest'
import { compile } from '../../compile.ts'
import { numbers } from '../../testing/values.ts'
import { sumLaws } from './sums.ts'

const spread = (v: Node): Node => g.reshape(v, [v.shape[0]!, 1, 1])

/** relu(batch norm(x)), its mean and variance, and the gradient of a cost of it. */
function normalised(batch = 6, channels = 5) {
  const graph = new Graph()
  const x = graph.input('x', [batch, channels, 7, 6])
  const gamma = graph.parameter('gamma', [channels])
  const beta = graph.parameter('beta', [channels])
  const axes = [0, 2, 3]
  const mu = g.mean(x, { axes })
  const centred = g.sub(x, spread(mu))
  const variance = g.mean(g.square(centred), { axes })
  const scaled = g.div(centred, spread(g.sqrt(g.add(variance, 1e-5))))
  const y = g.relu(g.add(g.mul(scaled, spread(gamma)), spread(beta)))
  const cost = g.sum(g.mul(y, graph.input('t', y.shape)))
  const outputs = [y, mu, variance, ...g.grad(cost, [x, gamma, beta])]
  const size = g.sizeOf(x.shape)
  const feeds = {
    x: numbers(size, 1),
    t: numbers(size, 2),
    gamma: numbers(channels, 3, 'positive'),
    beta: numbers(channels, 4),
  }
  return { outputs, feeds }
}

const statements = new Set(sumLaws.map(({ statement }) => statement))

describe.each(['js', 'wasm'] as const)('batch normalisation, %s', (backend) => {
  test.each(['float64', 'float32'] as const)('%s: its derivative', (dtype) => {
    const { outputs, feeds } = normalised()
    const made = compile(outputs, { dtype, backend, poison: true }).run(feeds)
    const tolerance = dtype === 'float64' ? 1e-12 : 4e-6
    g.evaluate(outputs, feeds).forEach((wanted, k) => {
      const largest = Math.max(...wanted.map(Math.abs))
      wanted.forEach((value, at) => {
        expect(Math.abs(made[k]![at]! - value), `${k}`).toBeLessThanOrEqual(tolerance * largest)
      })
    })
  })

  test('reads the pixels in two sums forward and two backward', () => {
    const { outputs } = normalised()
    const { steps, laws } = compile(outputs, { backend, poison: true }).explain()
    const used = new Set(laws.map(({ law }) => law))
    for (const statement of statements) expect(used).toContain(statement)
    const image = g.sizeOf(outputs[0]!.shape) * 4
    const sums = steps.filter(({ ops, bytes }) => ops.at(-1) === 'sum' && bytes > image)
    expect(sums).toHaveLength(4)
  })

  test('what is not finite stays so', () => {
    const { outputs, feeds } = normalised()
    feeds.x.set([Number.NaN], 10)
    const made = compile(outputs, { backend }).run(feeds)
    g.evaluate(outputs, feeds).forEach((wanted, k) => {
      wanted.forEach((value, at) => {
        expect(Number.isFinite(made[k]![at]), `${k}, ${at}`).toBe(Number.isFinite(value))
      })
    })
  })
})

test('what is no mean of the array along the axes of the sum is subtracted', () => {
  const graph = new Graph()
  const [x, y] = [graph.input('x', [4, 4]), graph.input('y', [4, 4])]
  const centred = [
    g.sum(g.sub(x, g.mean(y, { axes: 0 })), { axes: 0 }),
    g.sum(g.sub(x, g.mean(x, { axes: 0 })), { axes: 1 }),
    g.sum(g.sub(x, g.mean(x, { axes: 1, keepDims: true })), { axes: 0 }),
    g.sum(g.sub(x, g.mean(x, { axes: 1 })), { axes: 1 }),
    g.sum(g.sub(x, g.div(g.sum(x, { axes: 0 }), 3)), { axes: 0 }),
    g.sum(g.sub(g.mean(x, { axes: 0 }), y), { axes: 0 }),
    g.sum(g.sub(x, g.mean(x)), { axes: 0 }),
  ]
  const feeds = { x: numbers(16, 1), y: numbers(16, 2) }
  for (const node of centred) {
    const program = compile([node], { dtype: 'float64' })
    const used = program.explain().laws.map(({ law }) => law)
    expect(used).not.toContain('Σ (x − mean x) = 0')
    const wanted = g.evaluate([node], feeds)[0]!
    wanted.forEach((value, at) => {
      expect(program.run(feeds)[0]![at]).toBeCloseTo(value, 12)
    })
  }
})

test('one number for all terms is no reason to take a sum apart', () => {
  const graph = new Graph()
  const x = graph.input('x', [4, 4])
  const outputs = [g.sum(g.mul(2, x)), g.sum(g.neg(x), { axes: 0 })]
  const used = compile(outputs, { dtype: 'float64' }).explain().laws
  expect(used.filter(({ law }) => statements.has(law))).toEqual([])
})

test('a sum of sums is one, unless somebody asks for what is inside', () => {
  const graph = new Graph()
  const x = graph.input('x', [3, 4, 5])
  const feeds = { x: numbers(60, 1) }
  const inner = g.sum(x, { axes: 1 })
  const kept = g.sum(x, { axes: 0, keepDims: true })
  const reads = (outputs: Node[]): number[] => {
    const program = compile(outputs, { dtype: 'float64', poison: true })
    program.run(feeds).forEach((made, k) => {
      const wanted = g.evaluate(outputs, feeds)[k]!
      wanted.forEach((value, at) => {
        expect(made[at]).toBeCloseTo(value, 12)
      })
    })
    return program.explain().steps.map(({ shape }) => g.sizeOf(shape))
  }
  expect(reads([g.sum(inner, { axes: 1 })])).toEqual([3])
  expect(reads([g.sum(inner, { axes: 0, keepDims: true })])).toEqual([5])
  expect(reads([g.sum(kept, { axes: [0, 2], keepDims: true })])).toEqual([4])
  expect(reads([g.sum(kept, { axes: 2 }), g.sum(g.sum(kept))])).toEqual([5 * 4, 4, 1])
  expect(reads([g.sum(inner, { axes: 1 }), inner])).toEqual([15, 3])
})
