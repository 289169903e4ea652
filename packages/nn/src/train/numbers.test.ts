// Networks that answer with numbers: regression, two classes by one output, and the metrics.
import { binaryCrossEntropy, meanSquaredError, squaredError } from '@backprove/graph'
import { describe, expect, test } from 'vitest'
import { dataset } from '../data/dataset.ts'
import { numbers } from '../data/numbers.ts'
import { split } from '../data/split.ts'
import { dense, sigmoid, softmax, tanh } from '../layers/index.ts'
import { network } from '../network.ts'
import { accuracy, confusionMatrix, costOf, predict } from './evaluate.ts'
import { fit } from './fit.ts'
import { evaluate, precision, r2, recall, topK } from './metrics.ts'
import { adam, sgd } from './optimizers/optimizers.ts'

const xs = Array.from({ length: 64 }, (_, k) => k / 32 - 1)
const line = numbers({ inputs: xs.map((x) => [x, 1 - x]), targets: xs.map((x) => [3 * x - 1, x]) })
const linear = (units: number) =>
  network({ input: [2], layers: [dense({ units })], cost: meanSquaredError })

describe('regression', () => {
  test('a line is learnt, and r² says how well', async () => {
    const model = linear(2)
    const before = r2(model, line)
    const { history } = await fit(model, line, { optimizer: adam({ rate: 0.05 }), epochs: 60 })
    expect(before).toBeLessThan(0.5)
    expect(r2(model, line)).toBeGreaterThan(0.999)
    expect(history.at(-1)!.cost).toBeLessThan(1e-3)
    expect(history.at(-1)!.accuracy).toBeNaN()
    expect(evaluate(model, line)).toEqual({ cost: costOf(model, line), r2: r2(model, line) })
    const [{ outputs } = { outputs: [] }] = predict(model, [
      { shape: [1, 1, 2], data: Float32Array.of(0.5, 0.5) },
    ])
    expect(outputs[0]).toBeCloseTo(0.5, 1)
  })
  test('r² by hand: 1 − Σ (t − y)²/Σ (t − t̄)², of outputs that are all 0', () => {
    const model = linear(1)
    for (const values of Object.values(model.values)) values.fill(0)
    const data = numbers({
      inputs: [
        [1, 0],
        [0, 1],
        [1, 1],
      ],
      targets: [1, 2, 3],
    })
    expect(r2(model, data)).toBeCloseTo(1 - 14 / 2, 6)
    expect(costOf(model, data)).toBeCloseTo(14 / 3, 5)
  })
  test('parts keep their targets', () => {
    const { train, test: held } = split(line, { train: 0.5, dev: 0, test: 0.5 })
    for (const part of [train, held]) {
      part.labels.forEach((_, k) => {
        expect(part.targets![2 * k]).toBeCloseTo(3 * part.targets![2 * k + 1]! - 1, 5)
      })
    }
  })
  test.each([
    [{ inputs: [[1], [2]], targets: [1, 2, 3] }, 'targets'],
    [{ inputs: [[1], [2, 3]], targets: [1, 2] }, 'inputs'],
    [{ inputs: [[1], [2]], targets: [1, Number.NaN] }, 'targets'],
    [{ inputs: Float32Array.of(1, 2, 3), targets: [1, 2] }, 'inputs'],
  ])('%j is refused', (parts, field) => {
    expect(() => numbers(parts)).toThrow(field)
  })
  test('what does not fit is said', async () => {
    const wrong = fit(linear(3), line, { optimizer: sgd({ rate: 0.1 }), epochs: 1 })
    await expect(wrong).rejects.toThrow('train: 2 targets a sample for a network of 3 outputs')
    expect(() => accuracy(linear(2), line)).toThrow('r2 is of those')
    expect(() => confusionMatrix(linear(2), line)).toThrow('the targets are numbers')
    expect(() => topK(linear(2), line, 1)).toThrow('r2 is of those')
  })
})

const two = dataset({
  images: Float32Array.from(xs.flatMap((x) => [x, x * x])),
  labels: xs.map((x) => (x > 0.2 ? 1 : 0)),
  shape: [1, 1, 2],
  classes: 2,
})

test.each([
  [
    'probabilities',
    binaryCrossEntropy,
    [dense({ units: 4 }), tanh(), dense({ units: 1 }), sigmoid()],
  ],
  ['logits', binaryCrossEntropy, [dense({ units: 4 }), tanh(), dense({ units: 1 })]],
  ['squares', squaredError, [dense({ units: 4 }), tanh(), dense({ units: 1 }), sigmoid()]],
] as const)('one output tells two classes apart: %s', async (_, cost, layers) => {
  const model = network({ input: [2], layers: [...layers], cost })
  const { history } = await fit(model, two, { optimizer: adam({ rate: 0.05 }), epochs: 60 })
  expect(history.at(-1)!.accuracy).toBeGreaterThan(0.95)
  expect(accuracy(model, two)).toBeGreaterThan(0.95)
  expect(
    confusionMatrix(model, two)
      .flat()
      .reduce((a, b) => a + b),
  ).toBe(64)
  expect(evaluate(model, two).accuracy).toBe(accuracy(model, two))
})

test('precision and recall of a matrix by hand', () => {
  const counts = [
    [3, 1, 0],
    [2, 4, 0],
    [0, 0, 0],
  ]
  expect(precision(counts)).toEqual([3 / 5, 4 / 5, Number.NaN])
  expect(recall(counts)).toEqual([3 / 4, 4 / 6, Number.NaN])
})

test('topK: k of all classes is everything, 1 is the accuracy', () => {
  const model = network({
    input: [2],
    layers: [dense({ units: 2 }), softmax()],
    cost: squaredError,
  })
  expect(topK(model, two, 1)).toBe(accuracy(model, two))
  expect(topK(model, two, 2)).toBe(1)
  expect(() => topK(model, two, 0)).toThrow('topK: k is 0')
})

test('a weight decay for each parameter: biases are left alone', async () => {
  const decays = (weightDecay: number | ((name: string) => number)) =>
    sgd({ rate: 0.1, weightDecay })
  const flat = numbers({ inputs: [[0, 0]], targets: [0] })
  const [one, own] = [linear(1), linear(1)]
  for (const model of [one, own]) for (const values of Object.values(model.values)) values.fill(1)
  await fit(one, flat, { optimizer: decays(0.5), epochs: 1 })
  await fit(own, flat, { optimizer: decays((name) => (name.startsWith('w') ? 0.5 : 0)), epochs: 1 })
  const [w, b] = ['w^1', 'b^1']
  expect(one.values[w!]![0]).toBeCloseTo(0.95)
  expect(own.values[w!]![0]).toBeCloseTo(0.95)
  expect(own.values[b!]![0]! - one.values[b!]![0]!).toBeCloseTo(0.05)
  expect(() => decays(-1)).toThrow('weightDecay')
  await expect(fit(own, flat, { optimizer: decays(() => -1), epochs: 1 })).rejects.toThrow('w^1')
})

test('threads change no bit of training or of an answer', async () => {
  const run = async (threads: number) => {
    const model = linear(2)
    await fit(model, line, { optimizer: sgd({ rate: 0.1 }), epochs: 2, threads })
    return predict(model, line, { threads })
  }
  expect(await run(2)).toEqual(await run(1))
})
