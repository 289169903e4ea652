// Each law on numbers: the program that uses it against the interpreter of what was recorded.
import * as g from '@backprove/graph'
import { Graph, type Node } from '@backprove/graph'
import { expect, test } from 'vitest'
import { compile } from '../../compile.ts'
import { numbers } from '../../testing/values.ts'
import { laws } from './laws.ts'

type Build = (x: Node, y: Node) => Node[]

const ones = (x: Node): Node => g.broadcastTo(x.graph.constant(1), x.shape)
const zeros = (x: Node): Node => g.broadcastTo(x.graph.constant(0), x.shape)
const record = (name: keyof typeof g.ops, ...args: Node[]): Node =>
  args[0]!.graph.record(g.ops[name], args, {})

/** For each law, what it is there for. */
const uses: Readonly<Record<string, Build>> = {
  'x · 1 = x': (x) => [record('mul', x, ones(x))],
  '1 · x = x': (x) => [record('mul', ones(x), x)],
  'x / 1 = x': (x) => [record('div', x, ones(x))],
  'x + 0 = x': (x) => [record('add', x, zeros(x))],
  '0 + x = x': (x) => [record('add', zeros(x), x)],
  'x − 0 = x': (x) => [record('sub', x, zeros(x))],
  'identity(x) = x': (x) => [g.exp(g.identity(x))],
  'sg(x) = x': (x) => [g.stopGradient(x)],
  'tril(x) = [j ≤ i + k] x': (x) => [g.tril(x), g.tril(x, { diagonal: -1 })],
  'triu(x) = [j ≥ i + k] x': (x) => [g.triu(x), g.triu(x, { diagonal: 2 })],
  '−−x = x': (x) => [record('neg', g.neg(x))],
  'σ′(x) = σ(x)(1 − σ(x))': (x) => [g.sigmoid(x), g.sigmoidPrime(x)],
  'tanh′(x) = 1 − tanh(x)²': (x) => [g.tanh(x), g.tanhPrime(x)],
  'softmax(x) = e^{log softmax(x)}': (x) => [g.logSoftmax(x), g.softmax(x)],
  '[x > 0] = [relu(x) > 0]': (x) => [g.relu(x), g.greater(x, 0)],
  'convolve2d(x, w) = conv2d(x, rot180(w))': (x) => [
    g.convolve2d(g.reshape(x, [1, 4, 6]), g.slice(g.reshape(x, [1, 1, 4, 6]), corner), {
      padding: 1,
      stride: 2,
    }),
  ],
  'mean(x) = Σ x / n': (x) => [g.mean(x), g.mean(x, { axes: 0, keepDims: true })],
  'log Σ e^x = m + log Σ e^{x − m}, m the largest': (x) => [
    g.logSumExp(x),
    g.logSumExp(x, { axes: 0, keepDims: true }),
  ],
  'softmax(x) = e^{x − m} / Σ e^{x − m}, m the largest': (x) => [
    g.softmax(x),
    g.softmax(x, { axis: 0 }),
  ],
  'log softmax(x) = x − m − log Σ e^{x − m}, m the largest': (x) => [
    g.logSoftmax(x),
    g.logSoftmax(x, { axis: 0 }),
  ],
  'a norm is L2 pooling by a window that is all of it': (x) => [
    g.norm(x),
    g.norm(x, { axes: 0, keepDims: true }),
  ],
  'squaredError(y, t) = ½ Σ (t − y)²': (x, y) => [g.squaredError(x, y)],
  'crossEntropy(z, t) = −Σ t log softmax(z)': (x, y) => [g.crossEntropy(x, g.square(y))],
  'Σ (x − mean x) = 0': (x) => [g.sum(g.sub(x, g.mean(x, { axes: 0 })), { axes: 0 })],
  'Σ_i Σ_j x = Σ_{i,j} x': (x) => [
    g.sum(g.sum(x, { axes: 1 })),
    g.sum(g.sum(x, { axes: 0, keepDims: true }), { axes: 1, keepDims: true }),
  ],
  'Σ c x = c Σ x, c the same for every term': (x, y) => [
    g.sum(g.neg(g.div(g.mul(x, y), g.max(y, { axes: 1, keepDims: true }))), { axes: 1 }),
  ],
  'Σ (x + y) = Σ x + Σ y': (x, y) => [
    g.sum(x, { axes: 0 }),
    g.sum(g.sub(g.square(y), g.mul(x, g.max(y, { axes: 0 }))), { axes: 0 }),
  ],
}
const corner = { start: [0, 0, 0, 0], end: [1, 1, 2, 3] }

test('every law has a use here', () => {
  expect(Object.keys(uses).toSorted()).toEqual(laws.map((law) => law.statement).toSorted())
})

test.each(Object.keys(uses))('%s', (statement) => {
  const graph = new Graph()
  const x = graph.input('x', [4, 6])
  const y = graph.input('y', [4, 6])
  const outputs = uses[statement]!(x, y)
  const feeds = { x: numbers(24, 1), y: numbers(24, 2) }
  const program = compile(outputs, { dtype: 'float64' })
  expect(program.explain().laws.map(({ law }) => law)).toContain(statement)
  const made = program.run(feeds)
  g.evaluate(outputs, feeds).forEach((wanted, k) => {
    wanted.forEach((value, at) => {
      expect(made[k]![at]).toBeCloseTo(value, 12)
    })
  })
})
