// Saturated and dead units, counted where the answer is known.
import { squaredError } from '@backprove/graph'
import { expect, it } from 'vitest'
import {
  bookCnn,
  conv,
  type Dataset,
  dataset,
  dense,
  describeHealth,
  digits123,
  network,
  relu,
  residual,
  select,
  sgd,
  sigmoid,
  split,
  tanh,
  train,
  watch,
} from '../index.ts'

/** Four samples of two numbers. */
const POINTS: Dataset = dataset({
  images: Float32Array.of(1, 0, 0, 1, 2, 2, 0, 0),
  labels: [0, 1, 0, 1],
  shape: [2, 1, 1],
  classes: 2,
})

it('a sigmoid is saturated where its slope is below a hundredth of the largest', () => {
  const model = network({
    input: [2, 1, 1],
    layers: [dense({ units: 2, tag: 'O' }), sigmoid()],
    cost: squaredError,
  })
  // Unit 1 sees 6x₁: σ(6) has 4a(1−a) = 0.00986, σ(12) less, σ(0) = ½. Unit 2 is always at 5.
  model.values['w^O']!.set([6, 0, 0, 0])
  model.values['b^O']!.set([0, 5])
  expect(watch(model, POINTS)).toEqual([{ name: 'a^O', kind: 'sigmoid', saturated: 2 / 8 }])
})

it('tanh likewise; and a relu unit is dead where no sample wakes it', () => {
  const model = network({
    input: [2, 1, 1],
    layers: [dense({ units: 3 }), relu(), dense({ units: 2 }), tanh()],
    cost: squaredError,
  })
  model.values['w^1']!.set([1, 0, -1, -1, 0, 0])
  model.values['b^1']!.set([0, 0, -1])
  model.values['w^2']!.fill(0)
  model.values['b^2']!.set([0, 9])
  const [first, second] = watch(model, POINTS)
  expect(first).toEqual({ name: 'a^1', kind: 'relu', dead: 2, units: 3 })
  expect(second).toEqual({ name: 'a^2', kind: 'tanh', saturated: 0.5 })
  expect(describeHealth(first!)).toBe('relu a^1: 2 of 3 units dead')
  expect(describeHealth(second!)).toBe('tanh a^2: 50.0 % of the values saturated')
})

it('a filter is one unit, awake where any place of any sample wakes it; so in blocks', () => {
  const model = network({
    input: [1, 6, 6],
    layers: [
      residual(
        [conv({ filters: 2, kernel: 1, tag: 'F' }), relu()],
        [conv({ filters: 2, kernel: 1 })],
      ),
      dense({ units: 3 }),
    ],
    cost: squaredError,
  })
  model.values['w^F']!.set([1, -1])
  expect(watch(model, select(digits123(), [0, 1]))).toEqual([
    { name: 'a^F', kind: 'relu', dead: 1, units: 2 },
  ])
})

it('training reports both at the end of each epoch: a rate far too large saturates', async () => {
  const { train: data } = split(digits123(), { train: 0.2, dev: 0, test: 0.8 })
  const outputs = async (rate: number) => {
    const shares: number[] = []
    const options = { optimizer: sgd({ rate }), epochs: 3, watch: true }
    for await (const { health } of train(bookCnn(), data, options)) {
      if (health) shares.push(health.at(-1)!.saturated!)
    }
    return shares
  }
  const [calm, wild] = [await outputs(0.05), await outputs(50)]
  expect(calm).toHaveLength(3)
  expect(calm.at(-1)).toBe(0)
  expect(wild.at(-1)).toBeGreaterThan(0.9)
})
