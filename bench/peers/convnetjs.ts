// ConvNetJS: one sample at a time, by its own trainer. It pools and convolves on volumes [w,h,C].

import { readFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import type { Candidates, Job } from '../candidate.ts'
import { bookCnn, leNetSized, type Tensor, type Training } from '../workloads.ts'

const require = createRequire(import.meta.url)
const library = require('convnetjs')
const { version } = JSON.parse(readFileSync(require.resolve('convnetjs/package.json'), 'utf8'))

export const candidates: Candidates = [
  {
    name: 'ConvNetJS',
    version,
    workloads: {
      w1a: () => training(bookCnn(), bookLayers, 1),
      w1b: () => training(bookCnn(), bookLayers, 96),
      w2: () => training(leNetSized(), leNetLayers, 64),
      w2Forward: () => forwardOnly(leNetSized(), leNetLayers),
    },
  },
]

const bookLayers = [
  { type: 'input', out_sx: 6, out_sy: 6, out_depth: 1 },
  { type: 'conv', sx: 3, filters: 3, stride: 1, pad: 0, activation: 'sigmoid' },
  { type: 'pool', sx: 2, stride: 2 },
  { type: 'fc', num_neurons: 3, activation: 'sigmoid' },
  { type: 'regression', num_neurons: 3 },
]

const leNetLayers = [
  { type: 'input', out_sx: 28, out_sy: 28, out_depth: 1 },
  { type: 'conv', sx: 5, filters: 8, stride: 1, pad: 2, activation: 'relu' },
  { type: 'pool', sx: 2, stride: 2 },
  { type: 'conv', sx: 5, filters: 16, stride: 1, pad: 2, activation: 'relu' },
  { type: 'pool', sx: 2, stride: 2 },
  { type: 'softmax', num_classes: 10 },
]

function training(net: Training, layers: object[], size: number): Job {
  const { network, inputs, targets } = setUp(net, layers)
  const rate = size === 1 ? net.rate.sample : net.rate.batch
  const options = { method: 'sgd', learning_rate: rate * size, batch_size: size, momentum: 0 }
  const trainer = new library.Trainer(network, { ...options, l2_decay: 0 })
  // Its regression differentiates ½ Σ (t − y)² but reports 2 Σ (t − y)².
  const scale = network.layers.at(-1).layer_type === 'regression' ? 1 / 4 : 1
  let next = 0
  let latest = 0
  return {
    samplesPerRun: size,
    run() {
      latest = 0
      for (let i = 0; i < size; i++, next++) {
        const k = next % inputs.length
        latest += scale * trainer.train(inputs[k], targets[k]).loss
      }
    },
    cost: () => latest,
  }
}

function forwardOnly(net: Training, layers: object[]): Job {
  const { network, inputs } = setUp(net, layers)
  return {
    samplesPerRun: inputs.length,
    run() {
      for (const input of inputs) network.forward(input)
    },
  }
}

function setUp({ images, labels, parameters }: Training, layers: object[]) {
  const [count = 0, , side = 0] = images.shape
  const classes = labels.shape[1] ?? 0
  const network = new library.Net()
  network.makeLayers(layers)
  // Before a regression it inserts a dense layer that nobody asked for.
  if (network.layers.at(-1).layer_type === 'regression') network.layers.splice(-2, 1)
  initialise(network.layers, Object.values(parameters))
  const inputs = Array.from({ length: count }, (_, i) => {
    const volume = new library.Vol(side, side, 1, 0)
    volume.w.set(images.data.subarray(i * side * side, (i + 1) * side * side))
    return volume
  })
  const targets = Array.from({ length: count }, (_, i) => {
    const row = labels.data.subarray(i * classes, (i + 1) * classes)
    return classes === 3 ? Array.from(row) : row.indexOf(1)
  })
  return { network, inputs, targets }
}

/**
 * Our parameters come in pairs, weights [F,C,…] and biases [F]; its weights are volumes [h,w,C].
 */
function initialise(layers: readonly Layer[], parameters: readonly Tensor[]): void {
  const trained = layers.filter(({ filters }) => filters)
  let channels = 1
  trained.forEach(({ filters = [], biases }, i) => {
    const [weights, bias] = parameters.slice(2 * i) as [Tensor, Tensor]
    const size = weights.data.length / filters.length
    const pixels = size / channels
    filters.forEach(({ w }, f) => {
      for (let k = 0; k < size; k++) {
        const [pixel, channel] = [Math.floor(k / channels), k % channels]
        w[k] = weights.data[f * size + channel * pixels + pixel] ?? Number.NaN
      }
    })
    biases?.w.set(bias.data)
    channels = filters.length
  })
}

interface Layer {
  filters?: { w: Float64Array }[]
  biases?: { w: Float64Array }
}
