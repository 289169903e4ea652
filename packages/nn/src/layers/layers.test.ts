// Each layer by itself: what it makes of numbers worked by hand, and the gradients of every array
// that it trains against central differences.
import {
  crossEntropy,
  evaluate,
  grad,
  type Node,
  sizeOf,
  squaredError,
  type TypedArray,
  topologicalOrder,
} from '@backprove/graph'
import { describe, expect, it } from 'vitest'
import {
  activate,
  avgPool,
  batchNorm,
  conv,
  dense,
  dropout,
  flatten,
  inception,
  type Layer,
  l2Pool,
  type Model,
  maxPool,
  medianPool,
  network,
  relu,
  residual,
  sigmoid,
  softmax,
  tanh,
} from '../index.ts'
import { generator } from '../random.ts'

type Feeds = Record<string, TypedArray>

const only = (layer: Layer, input: readonly number[], cost = squaredError): Model =>
  network({ input, layers: [layer], cost })
const output = (model: Model, feeds: Feeds): number[] =>
  Array.from(evaluate(model.y, { ...model.values, ...feeds }))

/** 1 … 16 as one 4×4 map. */
const COUNT = Float64Array.from({ length: 16 }, (_, k) => k + 1)

describe('values by hand', () => {
  it('conv: Σ w x + b', () => {
    const model = only(conv({ filters: 1, kernel: 2, tag: 'F' }), [1, 4, 4])
    // 1·x₁₁ + 2·x₁₂ + 3·x₂₁ + 4·x₂₂ + 10 at the first place: 1 + 4 + 15 + 24 + 10.
    const feeds = { x: COUNT, 'w^F': Float64Array.of(1, 2, 3, 4), 'b^F': Float64Array.of(10) }
    expect(output(model, feeds)[0]).toBe(54)
    expect(model.y.shape).toEqual([1, 3, 3])
  })

  it('conv: stride, padding, dilation and groups', () => {
    const shape = (options: object) =>
      only(conv({ filters: 4, kernel: 3, ...options }), [2, 8, 8]).y.shape
    expect(shape({ stride: 2 })).toEqual([4, 3, 3])
    expect(shape({ padding: 'same' })).toEqual([4, 8, 8])
    expect(shape({ padding: 'full' })).toEqual([4, 10, 10])
    expect(shape({ dilation: 2 })).toEqual([4, 4, 4])
    const grouped = only(conv({ filters: 4, kernel: 3, groups: 2, bias: false }), [2, 8, 8])
    expect(grouped.parameters.map((w) => w.shape)).toEqual([[4, 1, 3, 3]])
  })

  it('the poolings of 1 … 16 in windows of 2×2', () => {
    const pooled = (layer: Layer) => output(only(layer, [1, 4, 4]), { x: COUNT })
    expect(pooled(maxPool({ size: 2 }))).toEqual([6, 8, 14, 16])
    expect(pooled(avgPool({ size: 2 }))).toEqual([3.5, 5.5, 11.5, 13.5])
    expect(pooled(medianPool({ size: 2 }))).toEqual([3.5, 5.5, 11.5, 13.5])
    expect(pooled(l2Pool({ size: 2 }))[0]).toBeCloseTo(Math.sqrt(1 + 4 + 25 + 36), 12)
  })

  it('dense, flatten and activations', () => {
    const model = only(dense({ units: 2, tag: 'O' }), [3])
    const feeds = { x: Float64Array.of(1, 2, 3), 'b^O': Float64Array.of(10, 20) }
    const w = Float64Array.of(1, 1, 1, 0, -1, 2)
    expect(output(model, { ...feeds, 'w^O': w })).toEqual([16, 24])
    expect(only(flatten(), [2, 3, 3]).y.shape).toEqual([18])
    const at = (layer: Layer, ...x: number[]) =>
      output(only(layer, [x.length]), { x: Float64Array.from(x) })
    expect(at(relu(), -1, 0, 2)).toEqual([0, 0, 2])
    expect(at(sigmoid(), 0)).toEqual([0.5])
    expect(at(tanh(), 0.5)[0]).toBeCloseTo(0.46211715726, 10)
    expect(at(softmax(), 0, Math.log(3))[0]).toBeCloseTo(0.25, 12)
    expect(at(activate('swish', 'x / (1 + exp(-x))'), 0, 1)[1]).toBeCloseTo(0.73105857863, 10)
  })

  it('softmax under cross-entropy is recorded as one: the cost takes the logits', () => {
    const model = only(softmax(), [2], crossEntropy)
    const feeds = { x: Float64Array.of(0, Math.log(3)), t: Float64Array.of(1, 0) }
    expect(output(model, feeds)[1]).toBeCloseTo(0.75, 12)
    expect(evaluate(model.cost, feeds)[0]).toBeCloseTo(Math.log(4), 12)
  })

  it('residual adds, inception stacks', () => {
    const double = activate('double', 'x * 2')
    const triple = residual([double])
    expect(output(only(triple, [2]), { x: Float64Array.of(1, -2) })).toEqual([3, -6])
    const stacked = only(inception([[], [double]]), [1, 1, 2])
    expect(stacked.y.shape).toEqual([2, 1, 2])
    expect(output(stacked, { x: Float64Array.of(1, 5) })).toEqual([1, 5, 2, 10])
  })

  it('blocks that end together are recorded one inside the other', () => {
    const model = only(residual([residual([dense({ units: 2 })])]), [2])
    const w = { 'w^1': Float64Array.of(2, 0, 0, 2), 'b^1': Float64Array.of(0, 0) }
    // x + (x + 2x)
    expect(output(model, { ...w, x: Float64Array.of(1, -3) })).toEqual([4, -12])
  })

  it('every node knows the line of the call that recorded its network', () => {
    const model = only(inception([[residual([conv({ filters: 1, kernel: 1 })])]]), [1, 2, 2])
    for (const batch of [null, 3]) {
      const { cost, parameters } = model.at(batch)
      for (const node of topologicalOrder([cost, ...grad(cost, parameters)])) {
        expect(node.source).toMatch(/layers\.test\.ts:\d+:\d+$/)
      }
    }
  })

  it('batchNorm normalises by the batch in training, by running means in prediction', () => {
    const model = only(batchNorm({ epsilon: 1, momentum: 0.5 }), [1])
    const training = model.at(2, { training: true })
    const feeds = { ...model.values, x: Float64Array.of(1, 5) }
    // Mean 3, variance 4, ε 1: ±2/√5. The running ones go half way from 0 and 1.
    const [low, high] = evaluate(training.y, feeds)
    expect(low).toBeCloseTo(-2 / Math.sqrt(5), 12)
    expect(high).toBeCloseTo(2 / Math.sqrt(5), 12)
    const next = training.statistics.map(([, value]) => evaluate(value!, feeds)[0])
    expect(next).toEqual([1.5, 2.5])
    const ran = { 'μ^1': Float64Array.of(1), 'v^1': Float64Array.of(3) }
    expect(output(model.at(2), { ...feeds, ...ran })).toEqual([0, 2])
    expect(output(model, { ...model.values, x: Float64Array.of(5), ...ran })).toEqual([2])
  })

  it('dropout scales what a mask keeps in training, and does nothing in prediction', () => {
    const model = only(dropout({ rate: 0.75 }), [3])
    expect(output(model, { x: Float64Array.of(1, 2, 3) })).toEqual([1, 2, 3])
    const training = model.at(1, { training: true })
    const [mask] = training.masks
    expect(mask?.keep).toBe(0.25)
    const feeds = { x: Float64Array.of(1, 2, 3), [mask!.node.name!]: Float64Array.of(4, 0, 4) }
    expect(output(training, feeds)).toEqual([4, 0, 12])
  })
})

/** Nets that hold every layer, small and smooth where they are differenced. */
const NETS: Readonly<Record<string, readonly Layer[]>> = {
  'conv, sigmoid, maxPool, dense': [
    conv({ filters: 2, kernel: 3 }),
    sigmoid(),
    maxPool({ size: 2 }),
    dense({ units: 3 }),
  ],
  'strided and dilated conv, tanh, avgPool': [
    conv({ filters: 2, kernel: 2, stride: 2, padding: 1 }),
    tanh(),
    conv({ filters: 2, kernel: 2, dilation: 2, groups: 2 }),
    avgPool({ size: 2, stride: 1 }),
    flatten(),
    dense({ units: 3, bias: false }),
    sigmoid(),
  ],
  'relu, l2Pool': [
    conv({ filters: 2, kernel: 3 }),
    relu(),
    l2Pool({ size: 2 }),
    dense({ units: 3 }),
  ],
  'medianPool, own activation': [
    conv({ filters: 2, kernel: 3 }),
    activate('swish', 'x / (1 + exp(-x))'),
    medianPool({ size: 2 }),
    dense({ units: 3 }),
  ],
  'residual with a shortcut, inception, batchNorm': [
    residual(
      [conv({ filters: 2, kernel: 3, padding: 'same' }), batchNorm(), tanh()],
      [conv({ filters: 2, kernel: 1 })],
    ),
    inception([
      [conv({ filters: 1, kernel: 1 })],
      [conv({ filters: 2, kernel: 3, padding: 'same' }), sigmoid()],
      [maxPool({ size: 3, stride: 1, padding: 1 })],
    ]),
    dense({ units: 3 }),
  ],
}

describe.each(Object.entries(NETS))('gradients of %s', (_, layers) => {
  it.each([
    ['squaredError', squaredError, null],
    ['crossEntropy, a batch in training', crossEntropy, 3],
  ] as const)('against central differences under %s', (_, cost, batch) => {
    // Under cross-entropy the last activation is softmax, which the cost has in it.
    const isDouble = cost === crossEntropy && layers.at(-1)!.kind === 'sigmoid'
    const own = isDouble ? layers.slice(0, -1) : layers
    const model = network({ input: [1, 6, 6], layers: own, cost, seed: 5 }).at(batch, {
      training: batch !== null,
    })
    const random = generator(11)
    const draw = (node: Node) =>
      Float64Array.from({ length: sizeOf(node.shape) }, () => random.normal(0, 0.7))
    const feeds: Feeds = { x: draw(model.x), t: draw(model.t).map(Math.abs) }
    for (const [name, values] of Object.entries(model.values)) {
      feeds[name] = Float64Array.from(values)
    }
    const gradients = grad(model.cost, [...model.parameters, model.x])
    const STEP = 1e-6
    gradients.forEach((gradient, k) => {
      const wrt = [...model.parameters, model.x][k]!
      const values = feeds[wrt.name!]!
      const exact = evaluate(gradient, feeds)
      for (const at of [0, Math.floor(values.length / 2), values.length - 1]) {
        const nearby = (step: number): number => {
          const moved = values.slice()
          moved[at]! += step
          return evaluate(model.cost, { ...feeds, [wrt.name!]: moved })[0]!
        }
        const difference = (nearby(STEP) - nearby(-STEP)) / (2 * STEP)
        expect(exact[at]).toBeCloseTo(difference, 6)
      }
    })
  })
})

describe('refusals', () => {
  it('names the option and its value', () => {
    expect(() => conv({ filters: 0, kernel: 3 })).toThrow('filters is 0')
    expect(() => dense({ units: 1.5 })).toThrow('units is 1.5')
    expect(() => dropout({ rate: 1 })).toThrow('rate is 1')
    expect(() => batchNorm({ momentum: 0 })).toThrow('momentum is 0')
    expect(() => batchNorm({ epsilon: 0 })).toThrow('epsilon is 0')
    expect(() => residual([])).toThrow('at least one layer')
    expect(() => inception([])).toThrow('at least one branch')
    expect(() => only(residual([dense({ units: 2 })]), [3])).toThrow('x is [3] and f(x) is [2]')
    const uneven = inception([[conv({ filters: 1, kernel: 3 })], []])
    expect(() => only(uneven, [1, 6, 6])).toThrow('maps of 4×4 and 6×6')
    expect(() => only(conv({ filters: 2, kernel: 1, groups: 2 }), [3, 6, 6])).toThrow(
      '3 channels do not split into 2 groups',
    )
    const twice = [
      conv({ filters: 1, kernel: 1, tag: 'F' }),
      conv({ filters: 1, kernel: 1, tag: 'F' }),
    ]
    expect(() => network({ input: [1, 6, 6], layers: twice, cost: squaredError })).toThrow(
      'two layers have the tag "F"',
    )
  })
})
