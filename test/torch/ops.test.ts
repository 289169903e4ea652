// Ops, costs and layers one by one against PyTorch in float64: values and gradients of first and
// second order; and the parameters of a small network after ten steps of every optimiser.
import * as g from '@backprove/graph'
import { compile } from '@backprove/kernels'
import * as nn from '@backprove/nn'
import { describe, test } from 'vitest'
import { agree, ask, numbersOf, python } from './ask.ts'

type Nodes = readonly g.Node[]
type Case = readonly [shapes: readonly g.Shape[], record: (...args: Nodes) => g.Node]

const one: readonly g.Shape[] = [[3, 4]]
const two: readonly g.Shape[] = [
  [3, 4],
  [3, 4],
]
const eightTimes =
  (op: (x: g.Node) => g.Node) =>
  (x?: g.Node): g.Node =>
    op(g.mul(8, x!))
const entrywise: Readonly<Record<string, Case>> = {
  relu6: [one, eightTimes(g.relu6)],
  hardTanh: [one, eightTimes(g.hardTanh)],
  hardSigmoid: [one, eightTimes(g.hardSigmoid)],
  hardSwish: [one, eightTimes(g.hardSwish)],
  selu: [one, eightTimes(g.selu)],
  mish: [one, eightTimes(g.mish)],
  softsign: [one, eightTimes(g.softsign)],
  logSigmoid: [one, eightTimes(g.logSigmoid)],
}
/** By the names that ops.py has too. */
const CASES: Readonly<Record<string, Case>> = {
  sin: [one, (x) => g.sin(g.mul(5, x!))],
  cos: [one, (x) => g.cos(g.mul(5, x!))],
  erf: [one, (x) => g.erf(g.mul(2, x!))],
  gelu: [one, (x) => g.gelu(g.mul(3, x!))],
  geluTanh: [one, (x) => g.gelu(g.mul(3, x!), { approximate: 'tanh' })],
  silu: [one, (x) => g.silu(x!)],
  logSumExp: [one, (x) => g.logSumExp(g.mul(4, x!), { axes: 1 })],
  logSumExpAll: [one, (x) => g.logSumExp(x!)],
  cumsum: [one, (x) => g.cumsum(g.square(x!), { axis: 0 })],
  cumsumReverse: [one, (x) => g.cumsum(g.square(x!), { reverse: true })],
  gather: [one, (x) => g.gather(g.square(x!), x!.graph.constant([2, 0, 2, 1]))],
  gatherAxis: [
    one,
    (x) =>
      g.gather(
        g.square(x!),
        x!.graph.constant([
          [3, 1],
          [0, 3],
        ]),
        { axis: 1 },
      ),
  ],
  min: [one, (x) => g.min(g.square(x!), { axes: 1 })],
  norm: [one, (x) => g.norm(x!, { axes: 0 })],
  variance: [one, (x) => g.variance(x!, { axes: 1, correction: 1 })],
  ...entrywise,
  hinge: [two, (y, t) => g.hinge(y!, t!)],
  klDivergence: [two, (y, t) => g.klDivergence(y!, g.softmax(t!))],
  cosineSimilarity: [two, (a, b) => g.cosineSimilarity(a!, b!, { axes: 0 })],
  conv1d: [
    [
      [2, 4, 7],
      [6, 2, 3],
    ],
    (x, w) => g.conv1d(x!, w!, { stride: 2, padding: 1, dilation: 2, groups: 2 }),
  ],
  bilinear: [[[2, 3, 4]], (x) => g.bilinear(g.square(x!), { size: [5, 6] })],
  bilinearDown: [[[2, 6, 4]], (x) => g.bilinear(g.square(x!), { size: [4, 3] })],
  meanSquaredError: [two, (y, t) => g.meanSquaredError(y!, t!)],
  meanAbsoluteError: [two, (y, t) => g.meanAbsoluteError(y!, t!)],
  huber: [two, (y, t) => g.huber(g.mul(3, y!), t!, { delta: 0.8 })],
  binaryCrossEntropy: [two, (y, t) => g.binaryCrossEntropy(g.mul(3, y!), g.sigmoid(t!))],
  positiveWeight: [two, (y, t) => g.binaryCrossEntropy(y!, g.sigmoid(t!), { positiveWeight: 3 })],
  smoothed: [
    two,
    (y, t) =>
      g.crossEntropy(y!, g.softmax(t!), {
        ...{ labelSmoothing: 0.2, weights: [1, 2, 0.5, 3] },
      }),
  ],
  convTranspose2d: [
    [
      [2, 2, 3, 4],
      [2, 3, 2, 3],
    ],
    (x, w) => g.convTranspose2d(x!, w!, { stride: 2, padding: 1, outputPadding: 1 }),
  ],
}

test.skipIf(!python)('values, gradients and second derivatives', () => {
  const question = Object.entries(CASES).map(([name, [shapes, record]], k) => {
    const draw = numbersOf(k + 1)
    const graph = new g.Graph()
    const args = shapes.map((shape, at) => graph.input(`x${at}`, shape))
    const y = record(...args)
    const weights = draw(g.sizeOf(y.shape))
    const directions = shapes.map((shape) => draw(g.sizeOf(shape)))
    return {
      name,
      shapes,
      args: shapes.map((s) => draw(g.sizeOf(s))),
      weights,
      directions,
      y,
      leaves: args,
    }
  })
  const asked = question.map(({ y: _y, leaves: _leaves, ...rest }) => rest)
  const answers = ask('ops.py', { ops: asked }) as number[][][]
  question.forEach(({ name, args, weights, directions, y, leaves }, k) => {
    const cost = g.sum(g.mul(y, y.graph.constant(weights, y.shape)))
    const along = directions.map((values, at) => y.graph.constant(values, leaves[at]!.shape))
    const outputs = [y, ...g.grad(cost, leaves), ...g.hvp(cost, [...leaves], along)]
    const feeds = Object.fromEntries(args.map((values, at) => [`x${at}`, values]))
    const engines = {
      interpreter: g.evaluate(outputs, feeds),
      js: compile(outputs, { dtype: 'float64', backend: 'js' }).run(feeds),
      wasm: compile(outputs, { dtype: 'float64', backend: 'wasm' }).run(feeds),
    }
    for (const [engine, got] of Object.entries(engines)) {
      got.forEach((values, n) => {
        agree(values, answers[k]![n]!, 1e-11, `${name}, ${engine}, ${n}`)
      })
    }
  })
})

const OPTIMIZERS: Readonly<Record<string, () => nn.Optimizer>> = {
  sgd: () => nn.sgd({ rate: 0.05, momentum: 0.9, nesterov: true, weightDecay: 0.01 }),
  adam: () => nn.adam({ rate: 0.01 }),
  adamw: () => nn.adamw({ rate: 0.01, weightDecay: 0.1 }),
  rmsprop: () => nn.rmsprop({ rate: 0.005, momentum: 0.5, centered: true }),
  adagrad: () => nn.adagrad({ rate: 0.05, weightDecay: 0.01 }),
  clipped: () => nn.clipByGlobalNorm(nn.sgd({ rate: 0.05 }), 0.5),
}

describe('parameters after ten steps', () => {
  test.skipIf(!python).each(Object.keys(OPTIMIZERS))('%s', async (name) => {
    const model = nn.network({
      input: [3, 4],
      layers: [
        nn.layerNorm(),
        nn.attention({ heads: 2, causal: true }),
        nn.flatten(),
        nn.dense({ units: 5 }),
        nn.gelu(),
        nn.dense({ units: 2 }),
      ],
      cost: g.squaredError,
      seed: 4,
    })
    const draw = numbersOf(9)
    const data = nn.numbers({
      inputs: Float32Array.from(draw(6 * 12)),
      targets: Float32Array.from(draw(12)),
      shape: [1, 3, 4],
    })
    const start = Object.fromEntries(
      model.parameters.map(({ name: key, shape }) => [
        key!,
        { shape, data: [...model.values[key!]!] },
      ]),
    )
    const recorded = nn.recordStep(model, OPTIMIZERS[name]!(), 6)
    const program = compile({ cost: recorded.cost }, { dtype: 'float64', state: recorded.state })
    program.setState(
      Object.fromEntries(
        recorded.state.map(([leaf]) => [
          leaf.name!,
          model.values[leaf.name!] ?? new Float64Array(g.sizeOf(leaf.shape)),
        ]),
      ),
    )
    const { images, targets } = data
    for (let step = 0; step < 10; step++) {
      const fed = Object.fromEntries(
        Object.entries(recorded.feeds(step)).map(([key, value]) => [key, [value]]),
      )
      program.run({ x: images, t: targets!, ...fed })
    }
    const after = program.getState()
    const question = { start, x: [...images], t: [...targets!], optimizer: name }
    const answer = ask('ops.py', { training: question }) as Record<string, number[]>
    // PyTorch divides by the norm + 1e-6 where it clips.
    const most = name === 'clipped' ? 1e-6 : 1e-9
    for (const [key, values] of Object.entries(answer)) agree(after[key]!, values, most, key)
  })
})
