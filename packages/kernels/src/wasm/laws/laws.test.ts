// The laws of max-pooling: each where it applies, against the interpreter of what was recorded, and
// each not where it does not.
import * as g from '@backprove/graph'
import { Graph, type Node } from '@backprove/graph'
import { describe, expect, test } from 'vitest'
import { compile } from '../../compile.ts'
import { numbers } from '../../testing/values.ts'
import { wasmLaws } from './index.ts'
import { poolingLaws } from './pooling.ts'
import { winnerLaws } from './winners.ts'

const own = [...poolingLaws, ...winnerLaws]
const statement = (part: string): string =>
  own.find((law) => law.statement.includes(part))!.statement

interface Setting {
  readonly batch: number | null
  readonly channels: number
  readonly filters: number
  readonly image: readonly [number, number]
  readonly kernel: number
  readonly padding: 'same' | 'valid'
  readonly activation: (x: Node) => Node
  readonly bias: 'of conv' | 'added' | 'none'
}
const base: Setting = {
  batch: 3,
  channels: 2,
  filters: 5,
  image: [9, 8],
  kernel: 3,
  padding: 'same',
  activation: g.relu,
  bias: 'of conv',
}

/** Two convolutions, each with an activation and a pooling, and every gradient of a cost. */
function record(setting: Setting) {
  const { batch, channels, filters, image, kernel, padding, activation } = setting
  const graph = new Graph()
  const shape = [...(batch === null ? [] : [batch]), channels, ...image]
  const x = graph.input('x', shape)
  const parameters: Node[] = []
  const parameter = (name: string, size: readonly number[]): Node => {
    parameters.push(graph.parameter(name, size))
    return parameters.at(-1)!
  }
  const block = (h: Node, name: string, from: number, to: number): Node => {
    const w = parameter(`w${name}`, [to, from, kernel, kernel])
    if (setting.bias === 'none') return pooled(g.conv2d(h, w, { padding }))
    const b = parameter(`b${name}`, [to])
    if (setting.bias === 'of conv') return pooled(g.conv2d(h, w, { bias: b, padding }))
    return pooled(g.add(g.conv2d(h, w, { padding }), g.reshape(b, [to, 1, 1])))
  }
  const pooled = (z: Node): Node => g.maxPool2d(activation(z), { size: 2 })
  const first = block(x, '1', channels, filters)
  const second = block(first, '2', filters, 9)
  const cost = g.sum(g.mul(second, graph.input('t', second.shape)))
  return { graph, cost, first, second, gradients: g.grad(cost, [...parameters, x]) }
}

function compared(outputs: Node[], dtype: 'float32' | 'float64', laws = wasmLaws): string[] {
  const { graph } = outputs[0]!
  const feeds = Object.fromEntries(
    [...graph.named.values()].map(({ name = '', shape }, k) => [name, numbers(g.sizeOf(shape), k)]),
  )
  const program = compile(outputs, { dtype, backend: 'wasm', laws, poison: true })
  const made = program.run(feeds)
  const tolerance = dtype === 'float64' ? 1e-12 : 5e-6
  g.evaluate(outputs, feeds).forEach((wanted, k) => {
    const largest = wanted.reduce((most, value) => Math.max(most, Math.abs(value)), 1)
    wanted.forEach((value, at) => {
      expect(Math.abs(made[k]![at]! - value), `output ${k}`).toBeLessThanOrEqual(
        tolerance * largest,
      )
    })
  })
  return program.explain().laws.map(({ law }) => law)
}

describe.each(['float64', 'float32'] as const)('%s', (dtype) => {
  const settings: [string, Partial<Setting>][] = [
    ['relu', {}],
    ['sigmoid, bias added', { activation: g.sigmoid, bias: 'added' }],
    ['tanh, narrow', { activation: g.tanh, padding: 'valid', image: [12, 14] }],
    ['one sample', { batch: null, activation: g.sigmoid }],
    ['no bias, many filters', { bias: 'none', filters: 11 }],
    ['one channel, large kernel', { channels: 1, kernel: 5 }],
    ['softplus', { activation: g.softplus }],
  ]
  test.each(settings)('%s', (_, setting) => {
    const { cost, gradients } = record({ ...base, ...setting })
    const used = compared([cost, ...gradients], dtype)
    expect(used).toContain(statement('keeps its winners'))
    expect(used.filter((law) => law === statement('∂/∂w'))).toHaveLength(2)
    expect(used.filter((law) => law === statement('∂/∂x'))).toHaveLength(2)
  })
})

test('each law of the backend is used somewhere, and can be left out', () => {
  const nets = [{}, { activation: g.sigmoid }, { activation: g.identity }].map((setting) => {
    const { cost, gradients } = record({ ...base, ...setting })
    return [cost, ...gradients]
  })
  const used = new Set(nets.flatMap((outputs) => compared(outputs, 'float64')))
  for (const law of own) {
    expect(used, law.statement).toContain(law.statement)
    const without = wasmLaws.filter((other) => other !== law)
    for (const outputs of nets) {
      expect(compared(outputs, 'float64', without)).not.toContain(law.statement)
    }
  }
})

test('not where others read what would be skipped', () => {
  const { graph, first } = record(base)
  const conv = g.conv2d(graph.node('x'), graph.node('w1'), {
    bias: graph.node('b1'),
    padding: 'same',
  })
  const used = compared([first, g.relu(conv)], 'float64')
  expect(used.filter((law) => own.some((each) => each.statement === law))).toEqual([])
})

test('ties: the first winner takes all, in every order of laws', () => {
  const graph = new Graph()
  const x = graph.input('x', [1, 5, 5])
  const w = graph.parameter('w', [2, 1, 2, 2])
  const y = g.maxPool2d(g.relu(g.conv2d(x, w)), { size: 2 })
  const outputs = [y, ...g.grad(g.sum(g.mul(y, y)), [x, w])]
  const feeds = { x: numbers(25, 3, 'tied'), w: numbers(8, 4, 'tied') }
  const wanted = g.evaluate(outputs, feeds)
  for (const laws of [wasmLaws, []]) {
    const made = compile(outputs, { backend: 'wasm', laws }).run(feeds)
    expect(made.map((array) => [...array])).toEqual(wanted.map((array) => [...array]))
  }
})

test('a pooling behind a pooling, and a bias: laws meet ops of fewer operands', () => {
  const graph = new Graph()
  const [x, b] = [graph.input('x', [1, 6, 6]), graph.input('b', [3])]
  const w = graph.input('w', [3, 1, 3, 3])
  const once = g.maxPool2d(g.conv2d(x, w, { bias: b, padding: 'same' }), { size: 2 })
  const cost = g.sum(g.maxPool2d(once, { size: 3, stride: 2, padding: 1 }))
  const nodes = g.grad(cost, [w, b])
  const feeds = { x: numbers(36, 1), b: numbers(3, 2), w: numbers(27, 3) }
  const [dw, db] = compile(nodes, { backend: 'wasm', dtype: 'float64' }).run(feeds)
  g.evaluate(nodes, feeds).forEach((values, k) => {
    values.forEach((value, at) => {
      expect((k === 0 ? dw : db)![at]).toBeCloseTo(value, 10)
    })
  })
})
