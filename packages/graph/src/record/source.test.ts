// Every node that a call records knows the line of that call, however many layers lie between.
import { expect, it } from 'vitest'
import { activation } from '../activation/activation.ts'
import * as ops from '../index.ts'
import { type Node, topologicalOrder } from '../index.ts'
import { Graph } from './graph.ts'

const graph = new Graph()
const v = graph.input('v', [4])
const u = graph.input('u', [4])
const x = graph.input('x', [2, 5, 6])
const w = graph.parameter('w', [4, 2, 3, 3])
const b = graph.parameter('b', [4])
const known = new Set([v, u, x, w, b])

const CALLS: Record<string, () => Node> = {
  scalars: () => ops.div(ops.sub(1, ops.mul(2, v)), 3),
  pow: () => ops.pow(v, 3),
  clamp: () => ops.clamp(v, -1, 1),
  where: () => ops.where(ops.greater(v, 0), u, 2),
  leakyRelu: () => ops.leakyRelu(v, { slope: 0.1 }),
  elu: () => ops.elu(v, { alpha: 2 }),
  softmax: () => ops.softmax(v),
  logSoftmax: () => ops.logSoftmax(v),
  conv2d: () => ops.conv2d(x, w, { bias: b, padding: 'same' }),
  convolve2d: () => ops.convolve2d(x, w, { bias: b, stride: 2, padding: 1 }),
  maxPool2d: () => ops.maxPool2d(x, { size: 2 }),
  avgPool2d: () => ops.avgPool2d(x, { size: 2, padding: 1, countPadding: false }),
  l2Pool2d: () => ops.l2Pool2d(x, { size: 2 }),
  medianPool2d: () => ops.medianPool2d(x, { size: 2, ceil: true }),
  dense: () => ops.dense(x, graph.constant(0, [3, 60]), graph.constant(0, [3])),
  matmul: () => ops.matmul(x, ops.transpose(x, { axes: [0, 2, 1] })),
  shapes: () => ops.flatten(ops.rot180(ops.flip(ops.upsample(x, { size: 2 }), { axes: [0] }))),
  pad: () => ops.pad(x, { before: 1, after: [0, 1, 2], value: 3 }),
  slice: () => ops.slice(x, { start: [0, 1, 0], step: [1, 2, 3] }),
  concat: () => ops.concat([x, x, x]),
  mean: () => ops.mean(x, { axes: [-1], keepDims: true }),
  max: () => ops.max(x, { axes: [0] }),
  squaredError: () => ops.squaredError(v, u),
  crossEntropy: () => ops.crossEntropy(v, u),
  activation: () => activation('odd', 'x > 1 ? log(x ^ 2 / 3) : max(x, -x) * exp(x) + 2')(v),
  grad: () => ops.grad(ops.sum(ops.square(ops.softmax(v))), v),
  hvp: () => ops.hvp(ops.sum(ops.exp(ops.tanh(v))), [v], [u])[0]!,
  jvp: () => ops.jvp([ops.l2Pool2d(x, { size: 2 })], [x], [ops.mul(x, 2)])[0]!,
  simplify: () => ops.simplify(ops.grad(ops.sum(ops.neg(ops.neg(ops.square(v)))), v)),
}

it.each(Object.entries(CALLS))('%s', (_, record) => {
  const made = topologicalOrder([record()]).filter((node) => !known.has(node))
  expect(made.length).toBeGreaterThan(0)
  for (const node of made) {
    expect(node.source, node.op.name).toMatch(/graph\/src\/record\/source\.test\.ts:\d+:\d+$/)
  }
})

it('what is recorded for a node that shows no line is refused without one', () => {
  const silent = { ...v, trace: { stack: '' } } as Node
  const refused = (record: () => Node) => {
    try {
      return record()
    } catch (error) {
      return error
    }
  }
  const record = () => ops.add(v, x)
  expect(refused(() => graph.recordingFor(silent, record))).toMatchObject({
    name: 'ShapeError',
    source: undefined,
  })
  expect(refused(record)).toMatchObject({ source: expect.stringContaining('source.test.ts') })
})
