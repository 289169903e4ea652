// Every misuse of networks, training and data is a typed error that says what was given.
import { crossEntropy, OptionError, squaredError } from '@backprove/graph'
import { expect, it } from 'vitest'
import * as nn from './index.ts'

type Call = (...given: unknown[]) => unknown
const call = nn as unknown as Record<string, Call>
const augment = nn.augment as unknown as Record<string, Call>
const schedules = nn.schedules as unknown as Record<string, Call>

const data = nn.digits123()
const model = nn.bookCnn()
const optimizer = nn.sgd({ rate: 0.1 })
/** Nine images of 8×8 have as many values as sixteen of 6×6. */
const eights = nn.dataset({
  images: new Float32Array(9 * 64),
  labels: new Uint16Array(9),
  shape: [1, 8, 8],
  classes: 3,
})

const unknownOptions: [string, () => unknown][] = [
  ['split', () => call.split!(data, { trian: 0.8 })],
  ['leNet5', () => call.leNet5!({ sed: 1 })],
  ['miniResNet', () => call.miniResNet!({ class: 3 })],
  ['miniInception', () => call.miniInception!({ sed: 1 })],
  ['load', () => call.load!('x', { net: 1 })],
  ['loadCsv', () => nn.decodeCsv(new Uint8Array(), { divide: 16 } as never)],
  ['loadIdx', () => call.loadIdx!('x', { label: 1 })],
  ...['crop', 'rotate', 'flip', 'noise', 'colourJitter'].map((name): [string, () => unknown] => [
    `augment.${name}`,
    () => augment[name]!({ sized: 1 }),
  ]),
  ...['costOf', 'accuracy', 'confusionMatrix', 'evaluate', 'r2'].map((name) => {
    return [name, () => call[name]!(model, data, { batchsize: 1 })] as [string, () => unknown]
  }),
  ['topK', () => call.topK!(model, data, 1, { batchsize: 1 })],
  ['augment.apply', () => augment.apply!(data, nn.augment.flip(), { sed: 1 })],
  ...['step', 'exponential', 'cosine'].map((name): [string, () => unknown] => [
    `schedules.${name}`,
    () => schedules[name]!({ rat: 1 }),
  ]),
]

it.each(unknownOptions)('%s refuses an option it does not know', (_, body) => {
  expect(body).toThrow(OptionError)
  expect(body).toThrow(/there is no option "\w+"/)
})

it.each<[string, () => unknown, RegExp]>([
  ['labels that are a number', () => call.oneHot!(5, 3), /5 is no list of labels/],
  [
    'no set',
    () => call.batchOf!(1, []),
    /batchOf: data: 1 is no dataset; dataset\(\{ … \}\) makes/,
  ],
  ['no places', () => call.select!(data, 3), /select: indices: 3 is no list of places/],
  ['no image', () => call.imageOf!(data), /imageOf: index: there is no image undefined among 542/],
  ['no parts', () => call.dataset!(), /dataset: parts: none are given/],
  ['no samples', () => call.numbers!(), /numbers: parts: none are given/],
  ['a column', () => call.decodeCsv!('1', { labels: 1 }), /^decodeCsv: .* no option/],
  ['no heads', () => call.attention!({ heads: null }), /^attention: heads is null; it must be/],
  ['a promised path', () => call.loadCsv!(Promise.resolve('a')), /^a Promise \(await it\): path/],
  ['a path for bytes', () => call.decodeIdx!('a.idx'), /"a.idx" is not a file's bytes/],
  ['no seed', () => call.generator!('a'), /generator: the seed is "a"; it must be a whole number/],
  ['gelu', () => call.gelu!('tanh'), /gelu: the options are "tanh"; .* \{ approximate: "tanh" \}/],
  ['no health', () => call.describeHealth!(3), /describeHealth: 3 is no layer's health; watch/],
  ['no rows', () => call.similarity!(1, 2), /similarity: 1 and 2 are no lists of rows/],
  ['no model', () => call.valuesAt!('a^F', model), /valuesAt: "a\^F" is no model/],
  ['text', () => (model as unknown as { at: Call }).at('16'), /at: batch is "16"; it must be/],
  ['steps', () => [...(nn.train(model, data, { optimizer, epochs: 1 }) as never)], /or await fit/],
  ['no bits', () => call.halfOf!('a'), /halfOf: bits is "a"; it must be a whole number from 0/],
  ['no counts', () => call.precision!(model), /precision: an object .* is no confusion matrix/],
  ['no image', () => call.encodePng!({ width: 3 }), /\{"width":3\} is no image \{ shape/],
  ['no map', () => call.encodeSafetensors!({ a: [1] }), /tensors: \{"a":\[1\]\} is no Map/],
  ['no tensor', () => call.encodeSafetensors!(new Map([['a', 1]])), /a: 1 is no tensor/],
  ['no optimiser', () => call.recordStep!(model, nn.sgd), /is sgd\(\{ … \}\) meant\?/],
  ['no batch', () => call.recordStep!(model, optimizer), /recordStep: batch is missing/],
  ['a model to load', () => call.load!('x', model), /load\(path, \{ network: model.spec \}\)/],
  ['a promise', () => call.load!(Promise.resolve('x')), /a Promise \(await it\)/],
  ['no folder', () => nn.save(model, '/no/such/x'), /: there is no folder \/no\/such; it is as/],
  ['no file', () => nn.load('/no/such/x'), /\/no\/such\/x: there is no such file or folder/],
  ['a model and data', () => call.accuracy!(data, model), /a dataset stands where the model does/],
  [
    'no cost',
    () => nn.network({ input: [4], layers: [nn.relu()] } as never),
    /cost is missing; it/,
  ],
  ['text for a cost', () => built([nn.relu()], 'crossEntropy'), /is crossEntropy meant\?/],
  ['text for bytes', () => call.decodeSafetensors!('abc'), /"abc" is not a file's bytes/],
])('%s are refused', (_, body, message) => {
  expect(body).toThrow(message)
})

const trained =
  (...given: unknown[]) =>
  async () => {
    for await (const _ of call.train!(...given) as AsyncIterable<unknown>) return
  }

it.each<[string, () => Promise<void>, RegExp]>([
  ['no model', trained({}, data, { optimizer, epochs: 1 }), /train: \{\} is no model/],
  ['no data', trained(model, [1], { optimizer, epochs: 1 }), /train: \[1\] is no dataset/],
  ['no checkpoint', trained(model, data, { optimizer, epochs: 1, from: {} }), /not a checkpoint/],
  ['no batch', trained(model, data, { optimizer, epochs: 1, batchSize: null }), /Size is null/],
  ['no seed', trained(model, data, { optimizer, epochs: 1, seed: 'a' }), /seed is "a"; it must/],
  [
    'no validation set',
    trained(model, data, { optimizer, epochs: 1, validation: 3 }),
    /train: validation: 3 is no dataset/,
  ],
  [
    'a validation set of another shape',
    trained(model, data, { optimizer, epochs: 1, validation: eights }),
    /train: validation: the images are \[1,8,8\], the network takes \[1,6,6\]/,
  ],
  [
    'images of another shape',
    trained(model, eights, { optimizer, epochs: 1 }),
    /train: the images are \[1,8,8\], the network takes \[1,6,6\]/,
  ],
])('training on %s', async (_, body, sentence) => {
  await expect(body).rejects.toThrow(nn.NetworkError)
  await expect(body).rejects.toThrow(sentence)
})

it.each<[string, () => unknown, RegExp]>([
  ['another shape, as many values', () => nn.predict(model, eights), /are \[1,8,8\], the network/],
  ['the accuracy of it', () => nn.accuracy(model, eights), /are \[1,8,8\], the network takes/],
  ['an image of it', () => nn.predict(model, [nn.imageOf(eights, 0)]), /predict: image 0: the im/],
  ['lists', () => call.predict!(model, [[0, 1]]), /predict: image 0: the images are \[1,1,2\]/],
  ['no model', () => call.predict!({}, data), /predict: \{\} is no model/],
  ['no data', () => call.predict!(model, 3), /predict: 3 is no dataset/],
  ['saved', () => call.save!({}, 'x'), /save: \{\} is no model/],
])('predictions: %s', (_, body, sentence) => {
  expect(body).toThrow(nn.NetworkError)
  expect(body).toThrow(sentence)
})

it.each<[string, () => unknown, RegExp]>([
  ['split', () => call.split!([1, 2]), /split: data: \[1,2\] is no dataset/],
  ['crop', () => augment.crop!({}), /augment\.crop: height/],
  ['rotate', () => augment.rotate!({ degrees: 'a' }), /degrees: "a" is neither a number nor/],
  ['flip', () => augment.flip!({ direction: 'up' }), /direction: "up" is neither/],
  ['flip', () => augment.flip!({ probability: 2 }), /probability: 2 is not in 0 … 1/],
  ['noise', () => augment.noise!({ deviation: -1 }), /deviation: -1 is not 0 or more/],
  ['colourJitter', () => augment.colourJitter!({ hue: [1] }), /hue: \[1\] is neither/],
  ['apply', () => augment.apply!(data, 3), /and 3 are no dataset and augmentation/],
  ['step', () => schedules.step!({ rate: '1', every: 1 }), /needs a number rate, and got "1"/],
  ['cosine', () => schedules.cosine!({ rate: 1, steps: Infinity }), /steps > 0, and got Infinity/],
  ['warmup', () => schedules.warmup!(3, 0.1), /what follows is 0\.1, no schedule/],
  ['constant', () => schedules.constant!(), /needs a number rate, and got undefined/],
])('%s given what makes no sense', (_, body, sentence) => {
  expect(body).toThrow(sentence)
})

it('a network of a vector takes images of as many values', () => {
  const layers = [nn.dense({ units: 3 }), nn.sigmoid()]
  const flat = nn.network({ input: [36], layers, cost: squaredError })
  expect(nn.predict(flat, data)).toHaveLength(data.labels.length)
})

const conv = (options: object) => () => nn.conv(options as never)
const built = (layers: unknown, cost: unknown = squaredError) =>
  nn.network({ input: [1, 6, 6], layers: layers as never, cost: cost as never })

it.each<[string, () => unknown, RegExp]>([
  ['missing filters', conv({ kernel: 3 }), /conv: filters is missing; it is a whole number from 1/],
  ['filters as text', conv({ filters: '10', kernel: 3 }), /conv: filters is "10"; it must be/],
  ['a missing kernel', conv({ filters: 3 }), /conv: kernel is missing/],
  ['steps back', conv({ filters: 3, kernel: 3, stride: -1 }), /^conv: stride is -1; it must be/],
  ['no gap', conv({ filters: 3, kernel: 3, dilation: 0 }), /^conv: dilation is 0/],
  ['half a kernel', conv({ filters: 3, kernel: [3] }), /conv: kernel is \[3\]/],
  ['size for kernel', conv({ filters: 3, size: 3 }), /no option "size"; is kernel meant\?/],
  ['kernelSize', conv({ filters: 3, kernelSize: 3 }), /is kernel meant\?/],
  ['no groups', conv({ filters: 3, kernel: 3, groups: 0 }), /conv: groups is 0/],
  ['bias as text', conv({ filters: 3, kernel: 3, bias: 'no' }), /conv: bias is "no"; it must be/],
  ['a tag that is none', conv({ filters: 3, kernel: 3, tag: 3 }), /conv: tag is 3/],
  ['no options', () => call.conv!(), /conv: filters is missing/],
  ['missing units', () => call.dense!({}), /dense: units is missing/],
  ['units as text', () => call.dense!({ units: '10' }), /dense: units is "10"/],
  ['units alone', () => call.dense!(10), /dense: the options are 10; they are \{ units/],
  ['a pool of kernel', () => call.maxPool!({ kernel: 2 }), /no option "kernel"; is size meant\?/],
  ['a pool without size', () => call.avgPool!({}), /avgPool: size is missing/],
  ['a pool of nothing', () => call.maxPool!(), /maxPool: size is missing/],
  [
    'rate of text',
    () => nn.sgd({ rate: () => 'x' as never }).feeds(0),
    /sgd: rate of step 0 is "x"/,
  ],
  ['dropout of text', () => call.dropout!({ rate: '0.5' }), /dropout: rate is "0.5"/],
  ['batchNorm of text', () => call.batchNorm!({ momentum: '1' }), /momentum is "1"/],
  ['a layer not called', () => built([nn.relu]), /layer 1 is the function .*; is relu\(\) meant\?/],
  ['no layer', () => built([{}]), /network: layer 1 is \{\}, no layer/],
  ['no list', () => built(nn.relu()), /is no list of layers/],
  ['a branch that is none', () => call.inception!([nn.relu()]), /branch 1: .* no list of layers/],
  ['a block that is none', () => call.residual!(nn.relu()), /residual: .* no list of layers/],
  ['a seed as text', () => nn.bookCnn({ seed: '1' as never }), /network: seed is "1"/],
  ['median misspelt', () => nn.bookCnn({ pooling: 'medain' as never }), /max, avg, l2, median/],
  [
    'cross-entropy after sigmoid',
    () => built([nn.dense({ units: 3 }), nn.sigmoid()], crossEntropy),
    /crossEntropy: "a\^1" is a sigmoid; it takes logits.*leave the sigmoid out/,
  ],
  [
    'cross-entropy after relu',
    () => built([nn.dense({ units: 3 }), nn.relu()], crossEntropy),
    /is a relu; .*leave the relu out, or use squaredError/,
  ],
])('%s', (_, body, reason) => {
  expect(body).toThrow(reason)
})

it('another network is no continuation', async () => {
  const layers = (units: number) => [nn.dense({ units }), nn.sigmoid(), nn.dense({ units: 3 })]
  const from = nn.load(nn.save(built(layers(4))))
  const resumed = (other: nn.Model) =>
    expect(trained(other, data, { optimizer, epochs: 1, from })())
  await resumed(built(layers(5))).rejects.toThrow(
    /another network: its layer 1 is dense\(\{"units":4\}\), and now dense\(\{"units":5\}\)/,
  )
  await resumed(built(layers(4), crossEntropy)).rejects.toThrow(
    /its cost is squaredError, and now crossEntropy/,
  )
})

it('median pooling makes the book’s network too', () => {
  expect(nn.bookCnn({ pooling: 'median' }).parameters).toHaveLength(4)
})
