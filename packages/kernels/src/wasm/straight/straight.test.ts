// Straight-line code against the interpreter: every case of every op, whole networks one sample at
// a time and as batches, training, and which steps become such code.
import * as g from '@backprove/graph'
import { evaluate, type Node } from '@backprove/graph'
import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { type CompileOptions, compile } from '../../compile.ts'
import { relativeError } from '../../testing/backend/cases.ts'
import { cases } from '../../testing/cases/all.ts'
import { type OpName, prepare } from '../../testing/cases/case.ts'
import { branches, buildNet, type NetDescription } from '../../testing/nets.ts'
import { FLOAT64_TOLERANCE, float32Tolerance } from '../../testing/tolerance.ts'
import { numbers } from '../../testing/values.ts'

const kernelsOf = (nodes: readonly Node[], options: CompileOptions = {}): string[] =>
  compile(nodes, { backend: 'wasm', ...options })
    .explain()
    .steps.map(({ kernel }) => kernel)
const straight = 'straight-line code'
const overSamples = 'straight-line code over samples'

describe.each(Object.keys(cases) as OpName[])('%s', (name) => {
  test.each(['float64', 'float32'] as const)('equals the interpreter in %s', (dtype) => {
    for (const each of cases[name]) {
      const { node, feeds } = prepare(each)
      // One step alone is not worth a stretch of code.
      const nodes = [node, g.mul(node, 2)]
      const made = compile(nodes, { dtype, backend: 'wasm' }).run(feeds)
      const tolerance = dtype === 'float64' ? FLOAT64_TOLERANCE : float32Tolerance[name].relative
      const error = relativeError(node, made[0]!, evaluate(node, feeds))
      expect(error, `${name}, ${each.title}`).toBeLessThanOrEqual(tolerance)
    }
  })
})

const anyNet: fc.Arbitrary<NetDescription> = fc.record({
  activation: fc.constantFrom(
    'sigmoid',
    'tanh',
    'relu',
    'leakyRelu',
    'elu',
    'softplus',
    'identity',
  ),
  pooling: fc.constantFrom('maxPool2d', 'avgPool2d', 'l2Pool2d', 'medianPool2d'),
  branch: fc.constantFrom(...branches),
  cost: fc.constantFrom('squaredError', 'crossEntropy'),
  batch: fc.constantFrom(null, 1, 8, 9),
  stride: fc.constantFrom(1, 2),
  groups: fc.constantFrom(1 as const, 2 as const),
})

test('whole networks, first and second order', () => {
  const seen = new Set<string>()
  const property = fc.property(anyNet, fc.boolean(), (description, second) => {
    const { cost, gradients, hessianVector, feeds } = buildNet(description)
    const nodes = [cost, ...gradients, ...(second ? hessianVector : [])]
    const program = compile(nodes, { dtype: 'float64', backend: 'wasm' })
    for (const { kernel } of program.explain().steps) seen.add(kernel)
    const made = program.run(feeds)
    evaluate(nodes, feeds).forEach((wanted, k) => {
      const largest = wanted.reduce((most, value) => Math.max(most, Math.abs(value)), 1e-12)
      wanted.forEach((value, at) => {
        const error = Math.abs(value - made[k]![at]!) / largest
        expect(error, `output ${k} of ${JSON.stringify(description)}`).toBeLessThanOrEqual(1e-9)
      })
    })
  })
  fc.assert(property, { numRuns: 12, seed: 3 })
  expect([...seen]).toEqual(expect.arrayContaining([straight]))
})

interface Setting extends g.GraphOptions {
  readonly batch?: number
  readonly hidden?: (x: Node) => Node
  readonly output?: (x: Node) => Node
  readonly pool?: (x: Node) => Node
  readonly targets?: (t: Node, y: Node) => Node
  readonly image?: number
  readonly padding?: 'valid' | 'same'
}

/** A network like the book's: conv 3×3 into 3, activation, pooling, dense, activation, error. */
function record(setting: Setting = {}) {
  const { batch, hidden = g.sigmoid, output = g.sigmoid, image = 6, padding = 'valid' } = setting
  const { pool = (x: Node) => g.maxPool2d(x, { size: 2 }), targets = (t: Node) => t } = setting
  const { ties = 'first', reluAtZero = 0 } = setting
  const graph = new g.Graph({ ties, reluAtZero })
  const lead = batch === undefined ? [] : [batch]
  const x = graph.input('x', [...lead, 1, image, image])
  const w = graph.parameter('w', [3, 1, 3, 3])
  const b = graph.parameter('b', [3])
  const a = pool(hidden(g.conv2d(x, w, { bias: b, padding })))
  const v = graph.parameter('v', [3, ...a.shape.slice(-3)])
  const c = graph.parameter('c', [3])
  const y = output(g.dense(a, v, c))
  const cost = g.squaredError(y, targets(graph.input('t', [...lead, 3]), y))
  const parameters = [w, b, v, c]
  return { graph, cost, y, a, parameters, gradients: g.grad(cost, parameters) }
}

const feedsOf = ({ named }: g.Graph) =>
  Object.fromEntries(
    [...named.values()].map(({ name = '', shape }, k) => {
      // Small: 1 − tanh² keeps its digits.
      return [name, numbers(g.sizeOf(shape), k + 1).map((value) => Math.fround(0.3 * value))]
    }),
  )

const settings: [string, Setting][] = [
  ['one sample', {}],
  ['another pooling', { pool: (x) => g.avgPool2d(x, { size: 2 }) }],
  ['medians, ties split', { pool: (x) => g.medianPool2d(x, { size: 3 }), ties: 'split' }],
  ['ties split', { ties: 'split', hidden: g.relu }],
  ['another kink of relu', { hidden: g.relu, reluAtZero: 1 }],
  ['rows of five', { image: 7, pool: g.identity }],
  ['equal width', { padding: 'same' }],
  ['an overlapping pooling', { pool: (x) => g.maxPool2d(x, { size: 2, stride: 1 }) }],
  ['targets made from the output', { targets: (t, y) => g.mul(t, y) }],
]

describe.each([undefined, 8, 11])('a batch of %s', (batch) => {
  test.each(settings)('%s', (_, setting) => {
    const { graph, cost, y, a, gradients } = record({ ...setting, ...(batch ? { batch } : {}) })
    const nodes = [cost, ...gradients, y, a]
    const feeds = feedsOf(graph)
    const program = compile(nodes, { backend: 'wasm' })
    const expected = batch === undefined ? straight : overSamples
    expect(program.explain().steps.map(({ kernel }) => kernel)).toContain(expected)
    expect(program.explain().steps.every(({ backend }) => backend === 'wasm')).toBe(true)
    // Twice: the second run starts from what the first has left.
    program.run(feeds)
    const made = program.run(feeds)
    evaluate(nodes, feeds).forEach((wanted, k) => {
      const largest = wanted.reduce((most, value) => Math.max(most, Math.abs(value)), 0)
      wanted.forEach((value, at) => {
        expect(Math.abs(made[k]![at]! - value), `output ${k}`).toBeLessThanOrEqual(3e-6 * largest)
      })
    })
  })
})

test('an array read both as a batch and as a whole', () => {
  const graph = new g.Graph()
  const x = graph.input('x', [8, 3])
  const s = graph.input('s', [8])
  const shifted = g.sub(g.tanh(x), g.reshape(s, [8, 1]))
  const table = g.sub(g.reshape(s, [8, 1]), g.mul(2, s))
  const nodes = [g.sum(g.square(shifted)), g.sum(table, { axes: 0 }), g.max(table, { axes: 1 })]
  const feeds = feedsOf(graph)
  const made = compile(nodes, { dtype: 'float64', backend: 'wasm' }).run(feeds)
  evaluate(nodes, feeds).forEach((wanted, k) => {
    wanted.forEach((value, at) => {
      expect(made[k]![at]).toBeCloseTo(value, 12)
    })
  })
})

test('large steps keep their loops', () => {
  const { cost, gradients } = record({ image: 40 })
  expect(kernelsOf([cost, ...gradients])).toContain('add·sigmoid')
})

test('training with momentum, one sample at a time in one call, as run by run', () => {
  const { cost, parameters, gradients, graph } = record()
  const state = parameters.flatMap((p, k): [Node, Node][] => {
    const speed = graph.input(`s${k}`, p.shape)
    const next = g.sub(g.mul(0.9, speed), g.mul(0.05, gradients[k]!))
    return [
      [speed, next],
      [p, g.add(p, next)],
    ]
  })
  const x = numbers(8 * 36, 5)
  const t = numbers(8 * 3, 6, 'positive')
  const train = (backend: 'js' | 'wasm', inOneCall: boolean) => {
    const program = compile({ cost }, { backend, state })
    const start = state.map(([{ name = '', shape }], k) => [name, numbers(g.sizeOf(shape), k)])
    program.setState(Object.fromEntries(start))
    if (inOneCall) return [...program.runMany({ x, t }, 8).cost, ...program.getState().w!]
    const costs = Array.from({ length: 8 }, (_, k) => {
      const feeds = { x: x.slice(36 * k, 36 * (k + 1)), t: t.slice(3 * k, 3 * (k + 1)) }
      return program.run(feeds).cost[0]!
    })
    return [...costs, ...program.getState().w!]
  }
  const many = train('wasm', true)
  expect(many).toEqual(train('wasm', false))
  train('js', true).forEach((value, k) => {
    expect(many[k]).toBeCloseTo(value, 4)
  })
})

test('eight filters are no batch of eight: winners kept in loops are not read in a stretch', () => {
  const graph = new g.Graph()
  const x = graph.parameter('x', [3, 5, 5])
  const w = graph.parameter('w', [8, 3, 2, 2])
  const bias = graph.parameter('b', [8])
  const y = g.maxPool2d(g.relu(g.conv2d(x, w, { bias, padding: 'same' })), { size: 2 })
  const cost = g.sum(g.mul(y, y))
  const nodes = [y, cost, ...g.grad(cost, [x, w])]
  const feeds = { x: numbers(75, 1), w: numbers(96, 2), b: numbers(8, 3) }
  const wanted = g.evaluate(nodes, feeds)
  const made = compile(nodes, { backend: 'wasm', dtype: 'float64' }).run(feeds)
  made.forEach((values, k) => {
    values.forEach((value, at) => {
      expect(value).toBeCloseTo(wanted[k]![at]!, 9)
    })
  })
})
