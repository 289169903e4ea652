// Layers that people of other libraries look for: values by hand, that they are saved, and that
// what others call an option is hinted at.
import { crossEntropy, evaluate, huber, squaredError } from '@backprove/graph'
import { expect, it, test } from 'vitest'
import { readNetwork, writeNetwork } from '../checkpoint/network-document.ts'
import * as nn from '../index.ts'

const only = (layer: nn.Layer, input: readonly number[]) =>
  nn.network({ input, layers: [layer], cost: squaredError })
const output = (layer: nn.Layer, input: readonly number[], x: readonly number[]) => {
  const model = only(layer, input)
  return [...evaluate(model.y, { ...model.values, x: Float64Array.from(x) })]
}

const E = Math.E
test.each<[string, nn.Layer, number[]]>([
  ['leakyRelu', nn.leakyRelu(), [-0.02, 0, 3]],
  ['leakyRelu of another slope', nn.leakyRelu({ slope: 0.5 }), [-1, 0, 3]],
  ['elu', nn.elu(), [E ** -2 - 1, 0, 3]],
  ['elu of another α', nn.elu({ alpha: 2 }), [2 * (E ** -2 - 1), 0, 3]],
  ['silu', nn.silu(), [-2 / (1 + E ** 2), 0, 3 / (1 + E ** -3)]],
  ['softplus', nn.softplus(), [Math.log(1 + E ** -2), Math.log(2), Math.log(1 + E ** 3)]],
])('%s of −2, 0, 3', (_, layer, expected) => {
  output(layer, [3], [-2, 0, 3]).forEach((value, k) => {
    expect(value).toBeCloseTo(expected[k]!, 12)
  })
})

test('globalMaxPool is the largest of each map', () => {
  expect(output(nn.globalMaxPool(), [2, 1, 2], [1, 5, -3, -4])).toEqual([5, -3])
})

test('rmsNorm: x/√(mean of x² + ε), of each place of a sequence by itself', () => {
  const [a, b, c, d] = output(nn.rmsNorm({ epsilon: 1e-30 }), [2, 2], [3, 4, 0, 2])
  const first = Math.sqrt(12.5)
  expect([a! * first, b! * first, c, d]).toEqual(
    [3, 4, 0, Math.SQRT2].map((v) => expect.closeTo(v)),
  )
  expect(only(nn.rmsNorm({ axes: 2 }), [2, 2]).parameters[0]!.shape).toEqual([2, 2])
  expect(() => only(nn.rmsNorm({ axes: 3 }), [2, 2])).toThrow('axes is 3, and a sample [2,2]')
})

test('layerNorm lets no place of a sequence see another, unless it is told to', () => {
  const before = (layer: nn.Layer, last: number) => output(layer, [2, 2], [1, 2, 3, last])[0]
  expect(before(nn.layerNorm(), 9)).toBe(before(nn.layerNorm(), -9))
  expect(before(nn.layerNorm({ axes: 2 }), 9)).not.toBe(before(nn.layerNorm({ axes: 2 }), -9))
  expect(only(nn.layerNorm(), [2, 3, 4]).parameters[0]!.shape).toEqual([2, 3, 4])
})

it('they are saved, and options of the cost with them', () => {
  const layers = [
    ...[nn.rmsNorm(), nn.gru({ units: 3 }), nn.leakyRelu({ slope: 0.2 }), nn.elu({ alpha: 2 })],
    ...[nn.silu(), nn.softplus(), nn.dense({ units: 2 }), nn.softmax()],
  ]
  const spec = { input: [2, 2], layers, cost: crossEntropy, costOptions: { labelSmoothing: 0.1 } }
  const [model, again] = [spec, readNetwork(JSON.parse(JSON.stringify(writeNetwork(spec))))].map(
    nn.network,
  )
  const feeds = { ...model!.values, x: Float64Array.of(1, 2, 3, 4), t: Float64Array.of(0, 1) }
  expect(evaluate(again!.cost, feeds)).toEqual(evaluate(model!.cost, feeds))
  expect(evaluate(nn.network({ ...spec, costOptions: {} }).cost, feeds)).not.toEqual(
    evaluate(model!.cost, feeds),
  )
})

it.each<[() => unknown, string]>([
  [() => nn.dense({ out_features: 3 } as never), 'is units meant?'],
  [() => nn.conv({ filters: 3, kernel_size: 3 } as never), 'is kernel meant?'],
  [() => nn.dropout({ p: 0.5 } as never), 'is rate meant?'],
  [() => nn.lstm({ hidden_size: 3 } as never), 'is units meant?'],
  [() => nn.attention({ num_heads: 2 } as never), 'is heads meant?'],
  [() => nn.maxPool({ kernel_size: 2 } as never), 'is size meant?'],
  [() => nn.adam({ lr: 0.1 } as never), 'is rate meant?'],
  [() => nn.leakyRelu({ negative_slope: 0.1 } as never), 'is slope meant?'],
  [() => nn.network({ loss: squaredError } as never), 'is cost meant?'],
  [
    () => nn.network({ input: [2], layers: [nn.relu()], cost: squaredError, costOptions: {} }),
    'squaredError takes no costOptions',
  ],
  [
    () =>
      nn.network({
        input: [2],
        layers: [nn.relu()],
        cost: huber,
        costOptions: { reduction: 'sum' },
      }),
    'costOptions has no reduction',
  ],
])('%s', (call, message) => {
  expect(call).toThrow(message)
})

test('f1 is 2pr/(p + r)', () => {
  const confusion = [
    [3, 1],
    [2, 4],
  ]
  const [p, r] = [nn.precision(confusion), nn.recall(confusion)]
  nn.f1(confusion).forEach((value, k) => {
    expect(value).toBeCloseTo((2 * p[k]! * r[k]!) / (p[k]! + r[k]!), 14)
  })
})

test('schedules.linear goes from the rate to its end, and stays there', () => {
  const schedule = nn.schedules.linear({ rate: 1, steps: 4, end: 0.2 })
  expect([0, 2, 4, 9].map(schedule)).toEqual([1, 0.6, 0.2, 0.2].map((v) => expect.closeTo(v)))
})

test('what is done otherwise here is said where it is asked for', () => {
  const said: [() => unknown, string][] = [
    [() => nn.lstm({ units: 3, go_backwards: true } as never), 'from its first place to its last'],
    [() => nn.gru({ units: 3, num_layers: 2 } as never), 'one layer behind another'],
    [
      () => nn.dense({ units: 3, activation: 'relu' } as never),
      'a layer of its own, such as relu()',
    ],
    [() => nn.conv({ filters: 3, kernel: 3, activation: 'relu' } as never), 'a layer of its own'],
    [() => nn.attention({ dropout: 0.1 } as never), 'dropout({ rate: 0.5 })'],
    [() => nn.embedding({ symbols: 3, units: 2, padding_idx: 0 } as never), 'stand for nothing'],
    [() => nn.softmax({ axis: 1 } as never), 'softmax: there is no option "axis"; it takes none'],
    [() => nn.flatten(1 as never), 'flatten: the options are 1; it takes none'],
    [() => nn.relu({ alpha: 0.1 } as never), 'it takes none'],
  ]
  for (const [make, words] of said) expect(make).toThrow(words)
})
