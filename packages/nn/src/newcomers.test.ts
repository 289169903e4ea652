// What people type who know another library, or count from one: a sentence that says what is
// written here instead. What a number of wrong kind does is in misuse.test.ts.
import { squaredError } from '@backprove/graph'
import { expect, it } from 'vitest'
import * as nn from './index.ts'

type Call = (...given: unknown[]) => unknown
const call = nn as unknown as Record<string, Call>

const data = nn.digits123()
const model = nn.bookCnn()
const one = model as unknown as Record<string, Call>
const optimizer = nn.sgd({ rate: 0.1 })
const options = { optimizer, epochs: 1 }
const images = [[1], [2], [3]]
const pixels = new Float32Array(3 * 36)

it.each<[string, () => unknown, RegExp]>([
  ['fit of a model', () => one.fit!(data, options), /model\.fit: fit\(model, data, \{ opt/],
  ['predict of a model', () => one.predict!(data), /model\.predict: predict\(model, images\)/],
  ['weights of a model', () => one.get_weights!(), /model\.get_weights: model\.values holds/],
  ['a model moved', () => one.to!('cuda'), /model\.to: it runs as WebAssembly/],
  [
    'a comma too many',
    () => call.network!({ input: [2], layers: new Array(2), cost: squaredError }),
    /layer 1 is undefined, no layer/,
  ],
  ['no images', () => call.dataset!({ images: [], labels: [] }), /images: there are none/],
  [
    'one-hot rows',
    () => call.dataset!({ images, labels: [[1, 0], [0, 1], 1] }),
    /label \[1,0\] of image 0 is no whole number from 0; of a one-hot row, give the place/,
  ],
  [
    'labels between',
    () => call.dataset!({ images, labels: [0, 0.5, 1] }),
    /label 0\.5 of image 1 is no whole number from 0/,
  ],
  [
    'labels from one, of three',
    () => call.dataset!({ images, labels: [1, 2, 3], classes: 3 }),
    /label 3 of image 2 is not one of 0 … 2: they count from 0/,
  ],
  [
    'labels from one',
    () => call.costOf!(model, nn.dataset({ images: pixels, labels: [1, 2, 3], shape: [1, 6, 6] })),
    /4 classes for a network of output \[3\]; no label is 0, and labels count from 0/,
  ],
  [
    'a cost that is a promise',
    () => call.network!({ input: [2], layers: [nn.dense({ units: 2 })], cost: async () => 1 }),
    /the cost makes a Promise \(await it\) of y and t, and no node/,
  ],
  ['no classes', () => call.oneHot!([0, 1]), /oneHot: classes: undefined is no whole number/],
  [
    'a share that is text',
    () => call.split!(data, { train: '0.8', dev: 0.1, test: 0.1 }),
    /split: train: "0\.8" is not a fraction/,
  ],
  ['no rate', () => call.sgd!(), /sgd: rate is missing; it is a number or a schedule/],
  [
    'labels of other images',
    () => call.accuracy!(model, { ...data, labels: new Uint16Array(3) }),
    /accuracy: 3 labels, and 19512 values where as many images of shape \[1,6,6\] have 108/,
  ],
])('%s', (_, body, sentence) => {
  expect(body).toThrow(sentence)
})

it.each<[string, unknown[], RegExp]>([
  [
    'images and labels apart',
    [data.images, data.labels, options],
    /fit: a Float32Array is no data/,
  ],
  ['a share', [data, { ...options, validation: 0.1 }], /split\(data, \{ train: 0\.9, dev: 0\.1, /],
  [
    'another precision',
    [data, { ...options, precision: 'float64' }],
    /fit: precision is "float64"/,
  ],
  [
    'a list of augmentations',
    [data, { ...options, augment: [nn.augment.flip()] }],
    /augment is \[.*\]; it must be one augmentation/,
  ],
  ['no thread', [data, { ...options, threads: 0 }], /fit: threads is 0/],
  ['a signal that is text', [data, { ...options, signal: 'stop' }], /signal is "stop"; it must/],
])('fit with %s', async (_, given, sentence) => {
  await expect(call.fit!(nn.bookCnn(), ...given)).rejects.toThrow(sentence)
})

it('a model has no such methods in sight, and of no images there are no answers', () => {
  expect(Object.keys(model)).not.toContain('fit')
  expect(JSON.stringify(model)).not.toContain('predict(')
  expect(nn.predict(model, [])).toEqual([])
})
