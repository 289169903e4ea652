// What comes from elsewhere: a promise not awaited, a file of another kind, a cost's or a layer's
// name in another library. Each is told apart, and by a sentence that says what is written here.
import { inspect } from 'node:util'
import * as graph from '@backprove/graph'
import { expect, it } from 'vitest'
import { kindOf } from './data/formats/kind.ts'
import * as nn from './index.ts'

type Call = (...given: unknown[]) => unknown
const call = nn as unknown as Record<string, Call>

const data = nn.digits123()
const model = nn.bookCnn()
const run = { optimizer: nn.sgd({ rate: 0.1 }), epochs: 1 }
const units = nn.dense({ units: 3 })
const network = (layers: unknown[], more: object = {}) =>
  call.network!({ input: [4], layers, cost: graph.squaredError, ...more })
const { binaryCrossEntropy, conv2d, hinge } = graph

it.each<[string, () => unknown, string]>([
  ['a cost by name', () => network([units], { cost: 'mse' }), 'is meanSquaredError meant?'],
  ['a cost spelt otherwise', () => network([units], { cost: 'BCE loss' }), 'binaryCrossEntropy'],
  ['a cost misspelt', () => network([units], { cost: 'crossEntrpy' }), 'crossEntropy meant?'],
  ['what training has', () => network([units], { optimizer: 1 }), 'training has it: fit(model'],
  ['a layer by name', () => network(['relu']), 'layer 1 is "relu", no layer; is relu() meant?'],
  ['an op', () => network([conv2d]), 'is conv() meant?'],
  ['a list', () => network([[units]]), 'no layer; all layers stand in one list'],
  ['no formula', () => call.activate!('swish'), '"swish" has no formula, as in activate('],
  ['no node', () => network([units, nn.activate(() => 1 as never)]), 'makes 1 of a node, and no'],
  [
    'a layer of one’s own that returns nothing',
    () => network([{ kind: 'mine', record: () => undefined }]),
    'the layer mine records undefined, and no node',
  ],
  [
    'softmax before binary cross-entropy',
    () => network([units, nn.softmax()], { cost: binaryCrossEntropy }),
    '"a^1" is a softmax; it takes logits, any numbers, and sigmoid is in it',
  ],
  ['a path', () => call.predict!(model, 'cat.png'), 'an image is read first: predict(model, load'],
  ['a checkpoint', () => call.predict!(nn.load(nn.save(model)), data), 'no model; its .model is'],
  ['an address', () => nn.loadCsv('https://a.b/c.csv'), 'this is an address and no path'],
  ['a JPEG', () => nn.decodePng(Uint8Array.of(255, 216, 255)), 'It is a JPEG image; decodeJpeg'],
  ['a workbook', () => nn.decodeCsv(Uint8Array.of(80, 75, 3, 4)), 'It is a zip archive'],
  [
    'a model of Keras',
    () => nn.load(Uint8Array.of(0x89, 0x48, 0x44, 0x46, 13, 10, 26, 10, 0)),
    'It is an HDF5 file',
  ],
])('%s', (_, body, sentence) => {
  expect(body).toThrow(sentence)
})

it('promises are told from what they promise', async () => {
  const training = nn.fit(model, data, run) as unknown as { history: unknown; loss: unknown }
  expect(() => training.history).toThrow('fit.history: it answers with a promise: const result')
  expect(() => training.loss).toThrow('await fit')
  expect(await (training as unknown as Promise<nn.FitResult>)).toMatchObject({ ended: 'epochs' })
})

it('training that is awaited as one promise says so: nothing would be trained', async () => {
  const awaited = async () => await (nn.train(model, data, run) as unknown as Promise<unknown>)
  await expect(awaited()).rejects.toThrow('for await (const event of train(…)), or await fit(…)')
})

it('a hinge is met by −1 and 1, and no classes', async () => {
  const svm = nn.network({ input: [1, 6, 6], layers: [nn.flatten(), units], cost: hinge })
  await expect(nn.fit(svm, data, run)).rejects.toThrow('hinge takes targets of −1 and 1, no class')
  const signs = [[1, -1, -1]]
  const numbers = nn.numbers({ inputs: [Array(36).fill(1)], targets: signs, shape: [1, 6, 6] })
  expect((await nn.fit(svm, numbers, run)).ended).toBe('epochs')
})

it('a model says its cost by the name that was given', () => {
  const model = nn.network({ input: [4], layers: [units], cost: hinge })
  expect(inspect(model)).toContain('hinge, 15 parameters')
})

it('kinds are known by their first bytes alone', () => {
  expect(kindOf(new Uint8Array())).toBe(' It is empty.')
  expect(kindOf(Uint8Array.of(1, 2, 3))).toBe('')
  expect(kindOf(new TextEncoder().encode('<!doctype html>'))).toBe(' It is a web page.')
  expect(kindOf(new TextEncoder().encode('RIFF....WEBP'))).toContain('a WebP image')
})
