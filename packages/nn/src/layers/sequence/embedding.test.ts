// An embedding learns, is saved and loaded, and refuses a symbol that it does not have.
import { crossEntropy } from '@backprove/graph'
import { expect, test } from 'vitest'
import { load, save } from '../../checkpoint/files.ts'
import { dataset } from '../../data/dataset.ts'
import { network } from '../../network.ts'
import { accuracy, predict } from '../../train/evaluate.ts'
import { fit } from '../../train/fit.ts'
import { adam } from '../../train/optimizers/optimizers.ts'
import { dense, embedding, flatten, gelu, softmax } from '../index.ts'

const make = () =>
  network({
    input: [2],
    layers: [
      embedding({ symbols: 4, units: 6 }),
      dense({ units: 8 }),
      gelu(),
      dense({ units: 4 }),
    ].concat(softmax()),
    cost: crossEntropy,
  })
/** The sum of two symbols, modulo 4. */
const pairs = Array.from({ length: 16 }, (_, k) => [k % 4, Math.floor(k / 4)] as const)
const data = dataset({
  images: Float32Array.from(pairs.flat()),
  labels: pairs.map(([a, b]) => (a + b) % 4),
  shape: [1, 1, 2],
  classes: 4,
})

test('it learns a table, and a file holds it', async () => {
  const model = make()
  expect(model.summary().toString()).toContain('V·d = 4·6')
  await fit(model, data, { optimizer: adam({ rate: 0.02 }), epochs: 80, batchSize: 8 })
  expect(accuracy(model, data)).toBe(1)
  const { model: again } = load(save(model))
  expect(predict(again, data)).toEqual(predict(model, data))
})

test('a sequence is flattened sample by sample', () => {
  const model = network({
    input: [2],
    layers: [embedding({ symbols: 4, units: 3 }), flatten(), dense({ units: 4 }), softmax()],
    cost: crossEntropy,
  })
  expect(model.at(5).y.shape).toEqual([5, 4])
  expect(model.at(null).y.shape).toEqual([4])
  const [alone] = predict(model, Float32Array.of(1, 3))
  const [, second] = predict(model, Float32Array.of(0, 0, 1, 3))
  second!.outputs.forEach((y, k) => {
    expect(y).toBeCloseTo(alone!.outputs[k]!, 6)
  })
})

test('a symbol out of range is named', () => {
  expect(() => predict(make(), Float32Array.of(1, 4))).toThrow(
    /IndexError|entry 1 of the places \[1, 2\] is 4; they count from 0 to 3/,
  )
})
