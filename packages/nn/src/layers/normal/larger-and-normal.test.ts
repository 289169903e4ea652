// Layers that enlarge and normalise, and the costs of regression: by hand, by central differences,
// saved and loaded, trained.
import {
  binaryCrossEntropy,
  evaluate,
  grad,
  huber,
  meanAbsoluteError,
  meanSquaredError,
  sizeOf,
  squaredError,
} from '@backprove/graph'
import { describe, expect, it } from 'vitest'
import { readNetwork, writeNetwork } from '../../checkpoint/network-document.ts'
import {
  conv,
  convTranspose,
  costOf,
  type Dataset,
  dense,
  fit,
  globalAvgPool,
  groupNorm,
  type Layer,
  layerNorm,
  network,
  sgd,
  sigmoid,
  tanh,
  upsample,
} from '../../index.ts'
import { generator } from '../../random.ts'

const only = (layer: Layer, input: readonly number[]) =>
  network({ input, layers: [layer], cost: squaredError })
const output = (layer: Layer, input: readonly number[], feeds: Record<string, number[]>) => {
  const model = only(layer, input)
  return [...evaluate(model.y, { ...model.values, ...feeds })]
}

describe('values by hand', () => {
  it('globalAvgPool and upsample', () => {
    const x = [1, 2, 3, 4, 10, 20, 30, 40]
    expect(output(globalAvgPool(), [2, 2, 2], { x })).toEqual([2.5, 25])
    expect(output(upsample({ size: [1, 2] }), [1, 2, 2], { x: [1, 2, 3, 4] })).toEqual([
      ...[1, 1, 2, 2],
      ...[3, 3, 4, 4],
    ])
  })

  it('layerNorm: (x − μ)/√(v + ε), then γ and β entry by entry', () => {
    // μ = 3, v = 5, √(5 + 4) = 3.
    const feeds = { x: [0, 3, 3, 6], 'γ^1': [1, 1, 2, 2], 'β^1': [0, 1, 2, 3] }
    const model = only(layerNorm({ epsilon: 4.5 }), [1, 2, 2])
    expect([...evaluate(model.y, feeds)]).toEqual([-1, 1, 2, 5])
  })

  it('groupNorm: each group of channels by itself, γ and β per channel', () => {
    // Two groups of two channels: [0, 2 | 4, 6] and [0, 0 | 0, 12], means 3, variances 5 and 27.
    const x = [0, 2, 4, 6, 0, 0, 0, 12]
    const feeds = { x, 'γ^1': [1, 2, 3, 4], 'β^1': [0, 0, 1, 1] }
    const model = only(groupNorm({ groups: 2, epsilon: 9 }), [4, 1, 2])
    const [a, b] = [Math.sqrt(14), 6]
    const expected = [-3 / a, -1 / a, 2 / a, 6 / a, -9 / b + 1, -9 / b + 1, -12 / b + 1, 36 / b + 1]
    evaluate(model.y, feeds).forEach((value, k) => {
      expect(value).toBeCloseTo(expected[k]!, 12)
    })
  })

  it('convTranspose: two pixels stamp their filter, with a bias', () => {
    const layer = convTranspose({ filters: 1, kernel: [1, 2], stride: [1, 2], tag: 'T' })
    const feeds = { x: [1, 2], 'w^T': [3, 4], 'b^T': [10] }
    expect(output(layer, [1, 1, 2], feeds)).toEqual([13, 14, 16, 18])
  })
})

const LAYERS: readonly Layer[] = [
  conv({ filters: 4, kernel: 2, stride: 2 }),
  groupNorm({ groups: 2 }),
  tanh(),
  convTranspose({ filters: 2, kernel: 3, stride: 2, padding: 1, outputPadding: 1, groups: 2 }),
  layerNorm(),
  upsample({ size: 2 }),
  convTranspose({ filters: 3, kernel: 2, bias: false }),
  globalAvgPool(),
]

describe('all together', () => {
  it.each([null, 3])('gradients against central differences, batch %j', (batch) => {
    const spec = { input: [1, 4, 4], layers: LAYERS, cost: squaredError, seed: 5 }
    const model = network(spec).at(batch, { training: batch !== null })
    const random = generator(11)
    const draw = (size: number) => Float64Array.from({ length: size }, () => random.normal(0, 0.7))
    const feeds: Record<string, Float64Array> = {
      ...{ x: draw(sizeOf(model.x.shape)), t: draw(sizeOf(model.t.shape)) },
    }
    for (const [name, values] of Object.entries(model.values)) feeds[name] = draw(values.length)
    const leaves = [...model.parameters, model.x]
    grad(model.cost, leaves).forEach((gradient, k) => {
      const name = leaves[k]!.name!
      const exact = evaluate(gradient, feeds)
      for (const at of [0, exact.length - 1]) {
        const nearby = (step: number): number => {
          const moved = feeds[name]!.slice()
          moved[at]! += step
          return evaluate(model.cost, { ...feeds, [name]: moved })[0]!
        }
        expect(exact[at]).toBeCloseTo((nearby(1e-5) - nearby(-1e-5)) / 2e-5, 6)
      }
    })
  })

  it('a sample costs the same alone as in a batch', () => {
    const model = network({ input: [1, 4, 4], layers: LAYERS, cost: meanSquaredError })
    const random = generator(2)
    const draw = (size: number) => Float64Array.from({ length: size }, () => random.normal(0, 1))
    const [x, t] = [draw(32), draw(6)]
    const both = evaluate(model.at(2).cost, { ...model.values, x, t })[0]!
    const alone = [0, 1].map((k) => {
      const sample = { x: x.slice(16 * k, 16 * (k + 1)), t: t.slice(3 * k, 3 * (k + 1)) }
      return evaluate(model.cost, { ...model.values, ...sample })[0]!
    })
    expect(both).toBeCloseTo(alone[0]! + alone[1]!, 12)
  })

  it('is saved and read back as the same network, under every cost', () => {
    for (const cost of [meanSquaredError, meanAbsoluteError, huber, binaryCrossEntropy]) {
      const spec = { input: [1, 4, 4], layers: LAYERS, cost, seed: 3 }
      const document = writeNetwork(spec)
      const again = readNetwork(JSON.parse(JSON.stringify(document)))
      expect(again.cost).toBe(cost)
      expect(network(again).values).toEqual(network(spec).values)
    }
  })

  it('has a summary: sizes, parameters, and what each output sees', () => {
    const { rows } = network({ input: [1, 4, 4], layers: LAYERS, cost: squaredError }).summary()
    expect(rows.map(({ layer, output, parameters }) => [layer, output.join(), parameters])).toEqual(
      [
        ['conv', '4,2,2', 20],
        ['groupNorm', '4,2,2', 8],
        ['tanh', '4,2,2', 0],
        ['convTranspose', '2,4,4', 38],
        ['layerNorm', '2,4,4', 64],
        ['upsample', '2,8,8', 0],
        ['convTranspose', '3,9,9', 24],
        ['globalAvgPool', '3', 0],
      ],
    )
    const larger = [conv({ filters: 1, kernel: 3 }), upsample({ size: 2 })]
    const seen = network({
      ...{ input: [1, 9, 9], cost: squaredError },
      layers: [...larger, conv({ filters: 1, kernel: 3 })],
    }).summary().rows
    // Three cells of half a pixel each: one pixel more than the 3×3 before, or two at a seam.
    expect(seen.map(({ receptiveField }) => receptiveField[0])).toEqual([3, 3, 4])
  })
})

describe('costs', () => {
  it('binaryCrossEntropy under a sigmoid takes the logits; the output is the probability', () => {
    const model = network({
      input: [1],
      layers: [dense({ units: 1 }), sigmoid()],
      cost: binaryCrossEntropy,
    })
    const feeds = { 'w^1': [1], 'b^1': [0], x: [Math.log(3)], t: [1] }
    expect(evaluate(model.y, feeds)[0]).toBeCloseTo(0.75, 12)
    expect(evaluate(model.cost, feeds)[0]).toBeCloseTo(-Math.log(0.75), 12)
  })

  it('the mean squared error of a run is per sample, whatever the batch', async () => {
    const data: Dataset = {
      ...{ images: Float32Array.of(1, 2, 3), labels: new Uint16Array(3) },
      ...{ shape: [1, 1, 1], classes: 1 },
    }
    const model = network({ input: [1], layers: [dense({ units: 1 })], cost: meanSquaredError })
    model.values['w^1']!.fill(0)
    model.values['b^1']!.fill(0)
    // y = 0 against t = 1.
    expect(costOf(model, data)).toBe(1)
    const { history } = await fit(model, data, {
      ...{ optimizer: sgd({ rate: 1e-9 }), epochs: 1, batchSize: 2 },
    })
    expect(history[0]!.cost).toBeCloseTo(1, 6)
  })
})

it('refusals name the layer and the value', () => {
  expect(() => convTranspose({ filters: 3, kernel: 2, groups: 2 })).toThrow(
    'convTranspose: 3 filters do not split into 2 groups',
  )
  expect(() => convTranspose({ filters: 3 } as never)).toThrow('convTranspose: kernel is missing')
  for (const stride of [null, [2], 'two', 0]) {
    const layer = () => convTranspose({ filters: 1, kernel: 2, stride } as never)
    expect(layer).toThrow('convTranspose: stride is')
  }
  expect(() => layerNorm({ epsilon: 0 })).toThrow('layerNorm: epsilon is 0')
  expect(() => only(groupNorm({ groups: 2 }), [3, 2, 2])).toThrow('3 channels do not split into 2')
  expect(() => upsample({ size: 0 })).toThrow('upsample: size is 0; it must be a whole number')
  expect(() => only(upsample({ size: 2 }), [3])).toThrow('it takes maps [C,H,W], not a sample [3]')
  expect(() => only(globalAvgPool(), [3])).toThrow('globalAvgPool: it takes maps')
})
