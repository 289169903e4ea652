// Layers one by one, their options too, against PyTorch in float64: values, gradients of the input
// and of every parameter, and Hessian–vector products; by the interpreter and both kernels.
import * as g from '@backprove/graph'
import { compile } from '@backprove/kernels'
import * as nn from '@backprove/nn'
import { expect, test } from 'vitest'
import * as layers from '../../packages/nn/src/layers/index.ts'
import { agree, ask, numbersOf, python } from './ask.ts'

type Case = readonly [input: readonly number[], layer: nn.Layer]

const rows = [4, 3]
const maps = [4, 3, 5]
const recurrent = { units: 2 }
/** By the names that layers.py has too. */
const CASES: Readonly<Record<string, Case>> = {
  simpleRnn: [rows, nn.simpleRnn(recurrent)],
  simpleRnnAll: [rows, nn.simpleRnn({ ...recurrent, sequences: true })],
  lstm: [rows, nn.lstm(recurrent)],
  lstmAll: [[1, ...rows], nn.lstm({ ...recurrent, sequences: true })],
  gru: [rows, nn.gru(recurrent)],
  gruAll: [rows, nn.gru({ ...recurrent, sequences: true })],
  attention: [rows, nn.attention()],
  attentionHeads: [[5, 6], nn.attention({ heads: 3 })],
  attentionCausal: [[5, 6], nn.attention({ heads: 2, causal: true })],
  layerNorm: [maps, nn.layerNorm()],
  layerNormRows: [rows, nn.layerNorm({ epsilon: 0.01 })],
  layerNormAll: [rows, nn.layerNorm({ axes: 2 })],
  rmsNorm: [rows, nn.rmsNorm()],
  rmsNormAll: [maps, nn.rmsNorm({ axes: 3, epsilon: 0.01 })],
  groupNorm: [maps, nn.groupNorm({ groups: 2, epsilon: 0.01 })],
  instanceNorm: [maps, nn.groupNorm({ groups: 4 })],
  batchNorm: [maps, nn.batchNorm({ epsilon: 0.01 })],
  upsample: [maps, nn.upsample({ size: [2, 3] })],
  globalAvgPool: [maps, nn.globalAvgPool()],
  globalMaxPool: [maps, nn.globalMaxPool()],
  convTranspose: [maps, nn.convTranspose({ filters: 3, kernel: 2 })],
  convTransposeStride: [
    maps,
    nn.convTranspose({ filters: 2, kernel: [3, 2], stride: [2, 3], outputPadding: [1, 2] }),
  ],
  convTransposeGroups: [
    maps,
    nn.convTranspose({
      ...{ filters: 4, kernel: 3, groups: 2, stride: 2, padding: 1, outputPadding: 1 },
      ...{ dilation: 2, bias: false },
    }),
  ],
  conv: [maps, nn.conv({ filters: 4, kernel: [3, 2], groups: 2, stride: 2, padding: 1 })],
  dense: [rows, nn.dense({ units: 3 })],
  leakyRelu: [rows, nn.leakyRelu({ slope: 0.2 })],
  elu: [rows, nn.elu({ alpha: 0.7 })],
  silu: [rows, nn.silu()],
  softplus: [rows, nn.softplus()],
  gelu: [rows, nn.gelu()],
  geluTanh: [rows, nn.gelu({ approximate: 'tanh' })],
  relu6: [rows, nn.relu6()],
  selu: [rows, nn.selu()],
  mish: [rows, nn.mish()],
  hardSigmoid: [rows, nn.hardSigmoid()],
  hardSwish: [rows, nn.hardSwish()],
  hardTanh: [rows, nn.hardTanh()],
  softsign: [rows, nn.softsign()],
  logSigmoid: [rows, nn.logSigmoid()],
  prelu: [maps, nn.prelu()],
  reshape: [rows, nn.reshape({ shape: [2, 6] })],
  instanceNormAlone: [maps, nn.instanceNorm({ epsilon: 0.01 })],
  adaptiveAvgPool: [[3, 4, 6], nn.adaptiveAvgPool({ size: [2, 3] })],
  zeroPad: [maps, nn.zeroPad({ size: [1, 2] })],
  bilinear: [maps, nn.upsample({ size: [2, 3], mode: 'bilinear' })],
  positions: [[5, 6], nn.positions()],
  positionsTrained: [rows, nn.positions({ trained: true })],
  denseEach: [rows, nn.dense({ units: 2, axes: 1 })],
  conv1d: [
    [7, 4],
    nn.conv1d({ filters: 2, kernel: 3, stride: 2, padding: [2, 1], dilation: 2, groups: 2 }),
  ],
  conv1dCausal: [rows, nn.conv1d({ filters: 3, kernel: 2, padding: 'causal', bias: false })],
  rnnBothWays: [rows, nn.simpleRnn({ ...recurrent, bidirectional: true })],
  gruBothWays: [rows, nn.gru({ ...recurrent, bidirectional: true })],
  lstmBothWays: [rows, nn.lstm({ ...recurrent, bidirectional: true, sequences: true })],
  embedding: [[5], nn.embedding({ symbols: 4, units: 3 })],
}
const BATCH = 3

function questionOf([name, [input, layer]]: [string, Case], seed: number) {
  const spec = { input, layers: [layer], cost: (y: g.Node) => g.sum(y) }
  const model = nn.network(spec).at(BATCH, { training: true })
  const draw = numbersOf(seed + 1)
  const isTable = name === 'embedding'
  const count = g.sizeOf(model.x.shape)
  const x = isTable ? Array.from({ length: count }, (_, k) => (3 * k + 1) % 4) : draw(count)
  const leaves = [...(isTable ? [] : [model.x]), ...model.parameters]
  const parameters = model.parameters.map(({ shape }) => ({ shape, data: draw(g.sizeOf(shape)) }))
  const weights = draw(g.sizeOf(model.y.shape))
  const directions = leaves.map(({ shape }) => draw(g.sizeOf(shape)))
  const asked = { name, shape: model.x.shape, x, parameters, weights, directions }
  return { asked, model, leaves }
}

/** Compared within random networks (networks.test.ts), or nothing but where entries stand. */
const ELSEWHERE = [
  ...['activate', 'relu', 'sigmoid', 'tanh', 'softmax', 'flatten', 'dropout'],
  ...['maxPool', 'avgPool', 'l2Pool', 'medianPool', 'residual', 'inception'],
]

test('every layer is compared', () => {
  const compared = Object.values(CASES).map(([, { kind }]) => kind)
  const all = Object.entries(layers).filter(([name, value]) => {
    return typeof value === 'function' && name !== 'NetworkError'
  })
  const missing = all.filter(([name]) => ![...compared, ...ELSEWHERE].includes(name))
  expect(missing.map(([name]) => name)).toEqual([])
  expect(compared.length).toBeGreaterThan(30)
})

test.skipIf(!python)('layers: values, gradients and second derivatives', () => {
  const questions = Object.entries(CASES).map(questionOf)
  const answers = ask(
    'layers.py',
    questions.map(({ asked }) => asked),
  ) as number[][][]
  questions.forEach(({ asked, model, leaves }, k) => {
    const { y, graph } = model
    const cost = g.sum(g.mul(g.square(y), graph.constant(asked.weights, y.shape)))
    const along = asked.directions.map((data, n) => graph.constant(data, leaves[n]!.shape))
    const outputs = [y, ...g.grad(cost, leaves), ...g.hvp(cost, leaves, along)]
    const feeds: Record<string, readonly number[]> = { x: asked.x }
    model.parameters.forEach((leaf, n) => {
      feeds[leaf.name!] = asked.parameters[n]!.data
    })
    const engines = {
      interpreter: g.evaluate(outputs, feeds),
      js: compile(outputs, { dtype: 'float64', backend: 'js' }).run(feeds),
      wasm: compile(outputs, { dtype: 'float64', backend: 'wasm' }).run(feeds),
    }
    for (const [engine, found] of Object.entries(engines)) {
      found.forEach((values, n) => {
        agree(values, answers[k]![n]!, 1e-10, `${asked.name}, ${engine}, ${n}`)
      })
    }
  })
})
