// Layers that people of other libraries look for: values by hand, gradients by central
// differences, saved and loaded, refused.
import { evaluate, grad, klDivergence, mul, sizeOf, squaredError, sum } from '@backprove/graph'
import { describe, expect, it, test } from 'vitest'
import { readNetwork, writeNetwork } from '../checkpoint/network-document.ts'
import * as nn from '../index.ts'
import { generator } from '../random.ts'

const only = (layer: nn.Layer, input: readonly number[]) =>
  nn.network({ input, layers: [layer], cost: squaredError })
const output = (layer: nn.Layer, input: readonly number[], feeds: Record<string, number[]>) => {
  const model = only(layer, input)
  return [...evaluate(model.y, { ...model.values, ...feeds })]
}
const close = (numbers: readonly number[]) => numbers.map((v) => expect.closeTo(v, 6))

const LAYERS: Readonly<Record<string, [layer: nn.Layer, input: number[], output: number[]]>> = {
  relu6: [nn.relu6(), [3], [3]],
  selu: [nn.selu(), [3], [3]],
  mish: [nn.mish(), [3], [3]],
  hardSigmoid: [nn.hardSigmoid(), [3], [3]],
  hardSwish: [nn.hardSwish(), [3], [3]],
  hardTanh: [nn.hardTanh(), [3], [3]],
  softsign: [nn.softsign(), [3], [3]],
  logSigmoid: [nn.logSigmoid(), [3], [3]],
  prelu: [nn.prelu(), [2, 2, 3], [2, 2, 3]],
  reshape: [nn.reshape({ shape: [3, 2] }), [2, 3], [3, 2]],
  instanceNorm: [nn.instanceNorm({ epsilon: 0.1 }), [2, 2, 3], [2, 2, 3]],
  adaptiveAvgPool: [nn.adaptiveAvgPool({ size: [1, 2] }), [2, 3, 4], [2, 1, 2]],
  zeroPad: [nn.zeroPad({ size: [1, 0] }), [1, 2, 3], [1, 4, 3]],
  bilinear: [nn.upsample({ size: [2, 3], mode: 'bilinear' }), [1, 2, 2], [1, 4, 6]],
  positions: [nn.positions(), [3, 4], [3, 4]],
  trainedPositions: [nn.positions({ trained: true }), [3, 4], [3, 4]],
  dense: [nn.dense({ units: 2, axes: 1 }), [3, 4], [3, 2]],
  denseMaps: [nn.dense({ units: 2, axes: 2, bias: false }), [3, 2, 2], [3, 2]],
  conv1d: [nn.conv1d({ filters: 2, kernel: 3, padding: 'causal', dilation: 2 }), [5, 4], [5, 2]],
  conv1dGroups: [nn.conv1d({ filters: 4, kernel: 2, stride: 2, groups: 2 }), [5, 4], [2, 4]],
  bothWays: [nn.gru({ units: 2, bidirectional: true }), [3, 2], [4]],
  bothWaysAll: [nn.lstm({ units: 2, bidirectional: true, sequences: true }), [3, 2], [3, 4]],
}

describe.each(Object.entries(LAYERS))('%s', (_, [layer, input, shape]) => {
  it.each([null, 2])('has its shape and its gradients, batch %j', (batch) => {
    const model = only(layer, input).at(batch)
    const { x, y, parameters } = model
    expect(y.shape).toEqual(batch === null ? shape : [batch, ...shape])
    const random = generator(4).fork('values')
    const draw = (size: number) => Float64Array.from({ length: size }, () => random.normal(0, 1))
    const weights = x.graph.constant(draw(sizeOf(y.shape)), y.shape)
    const cost = sum(mul(weights, y))
    const leaves = [x, ...parameters]
    const feeds = Object.fromEntries(leaves.map((leaf) => [leaf.name!, draw(sizeOf(leaf.shape))]))
    grad(cost, leaves).forEach((slope, k) => {
      const { name = '' } = leaves[k]!
      const exact = evaluate(slope, feeds)
      const direction = draw(exact.length)
      const at = (step: number): number => {
        const moved = feeds[name]!.map((value, n) => value + step * direction[n]!)
        return evaluate(cost, { ...feeds, [name]: moved })[0]!
      }
      const along = exact.reduce((total, value, n) => total + value * direction[n]!, 0)
      expect((at(1e-5) - at(-1e-5)) / 2e-5).toBeCloseTo(along, 6)
    })
  })

  it('is saved as what it is', () => {
    const spec = { input, layers: [layer], cost: squaredError }
    const again = readNetwork(JSON.parse(JSON.stringify(writeNetwork({ ...spec, seed: 1 }))))
    expect(again.layers[0]!.options).toEqual(layer.options)
    expect(nn.network(again).y.shape).toEqual(shape)
  })

  it('has a row in the summary', () => {
    expect(
      only(layer, input)
        .summary()
        .rows.map((row) => row.layer),
    ).toEqual([layer.kind])
  })
})

describe('values by hand', () => {
  test('prelu: α of each channel, 1/4 at first', () => {
    const x = [-4, 4, -8, 8]
    expect(output(nn.prelu(), [2, 1, 2], { x })).toEqual([-1, 4, -2, 8])
    expect(output(nn.prelu(), [2, 1, 2], { x, 'α^0': [0.5, -1] })).toEqual([-2, 4, 8, 8])
  })
  test('instanceNorm is groupNorm of as many groups as channels', () => {
    const x = [0, 6, 10, 30]
    const of = (layer: nn.Layer) => output(layer, [2, 1, 2], { x })
    expect(of(nn.instanceNorm())).toEqual(of(nn.groupNorm({ groups: 2 })))
    expect(of(nn.instanceNorm({ epsilon: 1e-9 }))).toEqual(close([-1, 1, -1, 1]))
  })
  test('adaptiveAvgPool and zeroPad', () => {
    const x = [1, 2, 3, 4, 5, 6, 7, 8]
    expect(output(nn.adaptiveAvgPool({ size: [1, 2] }), [1, 2, 4], { x })).toEqual([3.5, 5.5])
    const around = output(nn.zeroPad({ size: 1 }), [1, 1, 1], { x: [7] })
    expect(around).toEqual([0, 0, 0, 0, 7, 0, 0, 0, 0])
  })
  test('positions: sines and cosines, of wavelengths that grow', () => {
    const expected = [0, 1, 0, 1, Math.sin(1), Math.cos(1), Math.sin(0.01), Math.cos(0.01)]
    const x = [0, 0, 0, 0, 0, 0, 0, 0]
    expect(output(nn.positions(), [2, 4], { x })).toEqual(close(expected))
    expect(output(nn.positions({ trained: true }), [2, 4], { x: expected })).toEqual(expected)
  })
  test('dense of the last axis: each place by the same weights', () => {
    const feeds = { x: [1, 2, 3, 4], 'w^1': [1, 10], 'b^1': [0.5] }
    expect(output(nn.dense({ units: 1, axes: 1 }), [2, 2], feeds)).toEqual([21.5, 43.5])
  })
  test('conv1d: causal sees nothing behind its place', () => {
    const layer = nn.conv1d({ filters: 1, kernel: 2, padding: 'causal' })
    const feeds = { x: [1, 2, 3], 'w^1': [10, 1], 'b^1': [0] }
    expect(output(layer, [3, 1], feeds)).toEqual([1, 12, 23])
  })
  test('both ways: beside each other stand the last and the first place', () => {
    const layer = (more: object) => nn.simpleRnn({ units: 1, bidirectional: true, ...more })
    const only1 = {
      'w^1': [1],
      'u^1': [0],
      'b^1': [0],
      'w^{1B}': [2],
      'u^{1B}': [0],
      'b^{1B}': [0],
    }
    const feeds = { x: [0.1, 0.2, 0.3], ...only1 }
    const t = Math.tanh
    expect(output(layer({}), [3, 1], feeds)).toEqual(close([t(0.3), t(0.2)]))
    expect(output(layer({ sequences: true }), [3, 1], feeds)).toEqual(
      close([t(0.1), t(0.2), t(0.2), t(0.4), t(0.3), t(0.6)]),
    )
    const model = only(layer({}), [3, 1])
    expect(model.graph.node('h^{1B,1}')).toBeDefined()
  })
})

test('a softmax under klDivergence is recorded as one, from the logits', () => {
  const layers = [nn.dense({ units: 2 }), nn.softmax()]
  const model = nn.network({ input: [2], layers, cost: klDivergence })
  const feeds = { 'w^1': [1, 0, 0, 1], 'b^1': [0, 0], x: [0, 1000], t: [1, 0] }
  expect(evaluate(model.cost, feeds)[0]).toBe(1000)
})

it.each<[() => unknown, string]>([
  [() => only(nn.adaptiveAvgPool({ size: 2 }), [1, 3, 4]), 'maps of 3×4 are not 2×2 windows'],
  [() => nn.adaptiveAvgPool({ output_size: 2 } as never), 'is size meant?'],
  [() => nn.zeroPad({ size: -1 }), 'zeroPad: size is -1; it must be a whole number from 0'],
  [() => nn.zeroPad({ padding: 1 } as never), 'is size meant?'],
  [() => nn.upsample({ size: 2, mode: 'bicubic' } as never), "it must be 'nearest' or 'bilinear'"],
  [() => only(nn.reshape({ shape: [4] }), [2, 3]), '6 values do not fill [4]'],
  [() => nn.reshape({ shape: [-1] }), 'reshape: shape is [-1]'],
  [() => only(nn.positions(), [4]), 'it takes a sequence [T,d]'],
  [() => nn.positions({ learned: true } as never), 'is trained meant?'],
  [() => only(nn.conv1d({ filters: 1, kernel: 2 }), [1, 2, 3]), 'it takes a sequence [T,d]'],
  [() => nn.conv1d({ filters: 1 } as never), 'conv1d: kernel is missing'],
  [() => only(nn.dense({ units: 1, axes: 3 }), [2, 2]), 'axes is 3, and a sample [2,2] has fewer'],
  [() => nn.lstm({ units: 1, bidirectional: 'yes' } as never), 'bidirectional is "yes"'],
  [() => nn.prelu({ init: 0.1 } as never), 'prelu: there is no option "init"'],
])('%s', (call, message) => {
  expect(call).toThrow(message)
})
