// What people of other libraries type where they train: it is told how it is done here.
import { crossEntropy } from '@backprove/graph'
import { expect, it, test, vi } from 'vitest'
import * as nn from '../index.ts'

const data = nn.digits123()
const model = () =>
  nn.network({
    input: [1, 6, 6],
    layers: [nn.flatten(), nn.dense({ units: 3 }), nn.softmax()],
    cost: crossEntropy,
  })
const fitted = (more: object) =>
  nn.fit(model(), data, { optimizer: nn.adam(), epochs: 1, ...more } as nn.FitOptions)

it.each<[object, string]>([
  [{ learningRate: 0.1 }, 'it is the optimiser’s: adam({ rate: 0.001 })'],
  [{ lr: 0.1 }, 'it is the optimiser’s'],
  [{ gradient_clip_val: 1 }, 'clipByGlobalNorm(adam'],
  [{ clipnorm: 1 }, 'clipByGlobalNorm(adam'],
  [{ scheduler: 1 }, 'schedules.cosine('],
  [{ gradient_accumulation_steps: 4 }, 'a larger batchSize has the same gradient'],
  [{ validation_split: 0.2 }, 'validation is a dataset: split(data'],
  [{ shuffle: true }, 'each epoch is in an order of its own'],
  [{ metrics: ['accuracy'] }, 'cost and accuracy are told'],
  [{ class_weight: {} }, 'costOptions: { weights: [1, 5] }'],
  [{ device: 'cuda' }, 'threads: 4 shares them'],
  [{ num_workers: 4 }, 'is threads meant?'],
  [{ max_epochs: 4 }, 'is epochs meant?'],
  [{ batch: 4 }, 'is batchSize meant?'],
  [{ initial_epoch: 4 }, 'is from meant?'],
  [{ verbose: 1 }, 'is onEpoch meant?'],
  [{ optimizer: 'adam' }, 'is adam({ … }) meant?'],
  [{ optimizer: 'Adam' }, 'is adam({ … }) meant?'],
])('fit with %j', async (more, words) => {
  await expect(fitted(more)).rejects.toThrow(words)
})

test('split: the part that is not given is what the others leave', () => {
  const sizes = (options: Parameters<typeof nn.split>[1]) =>
    Object.values(nn.split(data, options)).map(({ labels }) => labels.length)
  const count = data.labels.length
  expect(sizes({ train: 0.75, test: 0.25 })[1]).toBe(0)
  expect(sizes({ train: 1, dev: 0 })).toEqual([count, 0, 0])
  expect(sizes({ train: 0.5, dev: 0.25 })).toEqual(sizes({ train: 0.5, dev: 0.25, test: 0.25 }))
  expect(sizes({})).toEqual(sizes({ train: 0.8, dev: 0.1, test: 0.1 }))
  expect(() => sizes({ train: 0.8, test: 0.4 })).toThrow('0.8 + 0 + 0.4 is not 1')
  expect(() => sizes({ validation: 0.1 } as never)).toThrow('is dev meant?')
})

test('dataset of two lists says that it takes one object', () => {
  const two = nn.dataset as (images: unknown, labels: unknown) => nn.Dataset
  expect(() => two([[1, 2]], [0])).toThrow(/^dataset: the options are/)
})

test('images of 0 … 255 are trained with, and a hint is given once', async () => {
  const warn = vi.spyOn(console, 'warn').mockImplementation(() => {})
  const bytes = { ...data, images: data.images.map((value) => Math.round(value * 255)) }
  const options = { optimizer: nn.sgd({ rate: 1e-6 }), epochs: 1, batchSize: 600 }
  const { history } = await nn.fit(model(), bytes, options)
  await nn.fit(model(), bytes, options)
  expect(history).toHaveLength(1)
  expect(warn.mock.calls.map(([sentence]) => sentence)).toEqual([
    expect.stringContaining('values of 0 … 255, and networks learn better from 0 … 1'),
  ])
  await nn.fit(model(), data, options)
  const network = (layer: nn.Layer) =>
    nn.network({
      input: [1, 6, 6],
      layers: [layer, nn.flatten(), nn.dense({ units: 3 }), nn.softmax()],
      cost: crossEntropy,
    })
  await nn.fit(network(nn.batchNorm()), { ...bytes }, options)
  expect(warn).toHaveBeenCalledTimes(1)
  warn.mockRestore()
})
