// Small networks recognised in a graph: their costs, outputs and gradients against the interpreter,
// training by any rule, and graphs that look alike and are not taken.
import * as g from '@backprove/graph'
import { Graph, type GraphOptions, type Node } from '@backprove/graph'
import { describe, expect, test } from 'vitest'
import { type CompileOptions, compile } from '../../compile.ts'
import { numbers } from '../../testing/values.ts'
import { smallNetPattern } from './small-net.ts'

interface Setting extends GraphOptions {
  readonly batch?: number
  readonly channels?: number
  readonly hidden?: (x: Node) => Node
  readonly output?: (x: Node) => Node
  readonly pooling?: typeof g.maxPool2d
  readonly biasAdded?: boolean
  readonly flattened?: boolean
  readonly padding?: 'valid' | 'same'
  readonly targets?: (t: Node, y: Node) => Node
}

function record(setting: Setting = {}) {
  const { batch, channels = 1, hidden = g.sigmoid, output = g.sigmoid } = setting
  const { pooling = g.maxPool2d, padding = 'valid', reluAtZero = 0 } = setting
  const { targets = (t: Node) => t } = setting
  const graph = new Graph({ reluAtZero })
  const lead = batch === undefined ? [] : [batch]
  const x = graph.input('x', [...lead, channels, 6, 6])
  const w = graph.parameter('w', [3, channels, 3, 3])
  const b = graph.parameter('b', setting.biasAdded ? [3, 1, 1] : [3])
  const z = setting.biasAdded
    ? g.add(g.conv2d(x, w, { padding }), b)
    : g.conv2d(x, w, { bias: b, padding })
  const a = pooling(hidden(z), { size: 2 })
  const [rows = 1, columns = 1] = a.shape.slice(-2)
  const v = graph.parameter(
    'v',
    setting.flattened ? [3, 3 * rows * columns] : [3, 3, rows, columns],
  )
  const c = graph.parameter('c', [3])
  const y = output(g.dense(setting.flattened ? g.flatten(a) : a, v, c))
  // Recorded last, and computed: neither is to matter.
  const t = targets(graph.input('t', [...lead, 3]), y)
  const cost = g.squaredError(y, t)
  const parameters = [w, b, v, c]
  return { graph, cost, y, a, parameters, gradients: g.grad(cost, parameters) }
}

function run(outputs: Node[], options: CompileOptions = {}) {
  const { graph } = outputs[0]!
  const leaves = [...graph.named.values()]
  const feeds = Object.fromEntries(
    leaves.map(({ name = '', shape }, k) => {
      // Small: 1 − tanh² keeps its digits.
      return [name, numbers(g.sizeOf(shape), k + 1).map((value) => Math.fround(0.3 * value))]
    }),
  )
  const program = compile(outputs, { backend: 'wasm', ...options })
  const made = program.run(feeds)
  g.evaluate(outputs, feeds).forEach((wanted, k) => {
    const largest = wanted.reduce((most, value) => Math.max(most, Math.abs(value)), 0)
    wanted.forEach((value, at) => {
      expect(Math.abs(made[k]![at]! - value), `output ${k}`).toBeLessThanOrEqual(3e-6 * largest)
    })
  })
  return program.explain().laws.some(({ law }) => law === smallNetPattern.statement)
}

describe('taken', () => {
  test.each<[string, Setting]>([
    ['one sample', {}],
    ['an even batch', { batch: 4 }],
    ['an odd batch', { batch: 5, hidden: g.tanh }],
    ['two channels, relu', { batch: 2, channels: 2, hidden: g.relu, output: g.tanh }],
    ['a bias that is added', { biasAdded: true, batch: 3 }],
    ['images flattened', { flattened: true, batch: 2 }],
    ['targets that are computed', { targets: (t) => g.mul(0.5, g.square(t)) }],
  ])('%s', (_, setting) => {
    const { cost, y, gradients } = record(setting)
    expect(run([cost, y, ...gradients])).toBe(true)
  })
  test('and what else is asked for is computed as ever', () => {
    const { cost, a, gradients } = record({ batch: 2 })
    expect(run([a, cost, ...gradients])).toBe(true)
  })
})

describe('not taken', () => {
  test.each<[string, Setting, CompileOptions?]>([
    ['another pooling', { pooling: g.avgPool2d as typeof g.maxPool2d }],
    ['another activation', { hidden: g.softplus }],
    ['another kink of relu', { hidden: g.relu, reluAtZero: 1 }],
    ['equal width', { padding: 'same' }],
    ['float64', {}, { dtype: 'float64' }],
    ['targets made from the output', { targets: (t, y) => g.mul(t, y) }],
  ])('%s', (_, setting, options) => {
    const { cost, gradients } = record({ batch: 2, ...setting })
    expect(run([cost, ...gradients], options)).toBe(false)
  })
  test('no gradients', () => expect(run([record().cost])).toBe(false))
  test('the gradient of another multiple of the cost', () => {
    const { cost, parameters } = record()
    expect(run([cost, ...g.grad(g.mul(3, cost), parameters)])).toBe(false)
  })
})

test('training with momentum, one sample at a time in one call, as run by run', () => {
  const { graph, cost, parameters, gradients } = record()
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
