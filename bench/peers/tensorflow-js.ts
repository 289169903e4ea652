// TensorFlow.js on its CPU and its WebAssembly backend. Layout inside is NHWC, as it prefers.

import * as tf from '@tensorflow/tfjs'
import '@tensorflow/tfjs-backend-wasm'
import type { Candidate, Candidates, Job } from '../candidate.ts'
import { bookCnn, layer, leNetSized, type Tensor, type Training } from '../workloads.ts'

type Backend = 'cpu' | 'wasm'
type Parameters = Record<string, tf.Variable>
type Forward = (x: tf.Tensor4D, p: Parameters) => tf.Tensor2D
type Cost = (output: tf.Tensor2D, labels: tf.Tensor2D) => tf.Scalar

export const candidates: Candidates = [candidate('cpu'), candidate('wasm')]

function candidate(backend: Backend): Candidate {
  const on = (make: () => Job) => async () => {
    await tf.setBackend(backend)
    await tf.ready()
    return make()
  }
  return {
    name: `TensorFlow.js ${backend}`,
    version: tf.version.tfjs,
    workloads: {
      w1a: on(() => training(bookCnn(), 1, bookForward, squaredError)),
      w1b: on(() => training(bookCnn(), 96, bookForward, squaredError)),
      w2: on(() => training(leNetSized(), 64, leNetForward, crossEntropy)),
      w2Forward: on(() => forwardOnly(leNetSized())),
      ...layers(on),
    },
  }
}

const bookForward: Forward = (x, { w, b, v, c }) => {
  const z = tf.add(conv(x, w as tf.Tensor4D, 'valid', false), b as tf.Tensor)
  const a = tf.maxPool(tf.sigmoid(z as tf.Tensor4D), 2, 2, 'valid')
  return tf.sigmoid(dense(a, v as tf.Tensor2D, c as tf.Tensor))
}

const leNetForward: Forward = (x, { w, b, u, d, v, c }) => {
  const first = tf.add(conv(x, w as tf.Tensor4D, 'same', false), b as tf.Tensor)
  const pooled = tf.maxPool(tf.relu(first as tf.Tensor4D), 2, 2, 'valid')
  const second = tf.add(conv(pooled, u as tf.Tensor4D, 'same'), d as tf.Tensor)
  const a = tf.maxPool(tf.relu(second as tf.Tensor4D), 2, 2, 'valid')
  return dense(a, v as tf.Tensor2D, c as tf.Tensor)
}

function dense(x: tf.Tensor4D, w: tf.Tensor2D, b: tf.Tensor): tf.Tensor2D {
  return tf.add(tf.matMul(tf.reshape(x, [-1, w.shape[1]]), w, false, true), b)
}

const squaredError: Cost = (y, t) => tf.mul(tf.sum(tf.square(tf.sub(t, y))), 0.5)
const crossEntropy: Cost = (z, t) => tf.neg(tf.sum(tf.mul(t, tf.logSoftmax(z))))

function training(net: Training, size: number, forward: Forward, of: Cost): Job {
  const p = parameters(net)
  const rate = size === 1 ? net.rate.sample : net.rate.batch
  const batches = batchesOf(net, size)
  let next = 0
  let latest = tf.scalar(0)
  return {
    samplesPerRun: size,
    run() {
      const { x, t } = batches[next++ % batches.length] as Batch
      const { value, grads } = tf.variableGrads(() => of(forward(x, p), t))
      tf.tidy(() => {
        for (const [name, g] of Object.entries(grads))
          p[name]?.assign(tf.sub(p[name], tf.mul(g, rate)))
      })
      tf.dispose([grads, latest])
      latest = value
    },
    cost: () => latest.dataSync()[0] ?? Number.NaN,
  }
}

function forwardOnly(net: Training): Job {
  const p = parameters(net)
  const [{ x }] = batchesOf(net, 64) as [Batch]
  return {
    samplesPerRun: 64,
    run: () => tf.tidy(() => leNetForward(x, p)).dispose(),
  }
}

function layers(on: (make: () => Job) => () => Promise<Job>) {
  const { x, g, w, w1, a, b } = layer()
  const job = (work: () => () => tf.Tensor, samplesPerRun = 8) =>
    on(() => {
      const compute = work()
      return { samplesPerRun, run: () => tf.tidy(compute).dispose() }
    })
  return {
    w3Forward: job(() => {
      const [image, kernel] = [nhwc(x), filter(w)]
      return () => tf.conv2d(image, kernel, 1, 'same')
    }),
    w3Input: job(() => {
      const [cotangent, kernel] = [nhwc(g), filter(w)]
      return () => tf.conv2dTranspose(cotangent, kernel, [8, 32, 32, 64], 1, 'same')
    }),
    w3Filter: job(() => {
      const [image, cotangent] = [nhwc(x), nhwc(g)]
      return () => filterGradient(image, cotangent, [3, 3, 64, 64], 'same')
    }),
    w3Pointwise: job(() => {
      const [image, kernel] = [nhwc(x), filter(w1)]
      return () => tf.conv2d(image, kernel, 1, 'same')
    }),
    w3Matmul: job(() => {
      const [left, right] = [tf.tensor2d(a.data, [512, 512]), tf.tensor2d(b.data, [512, 512])]
      return () => tf.matMul(left, right)
    }, 1),
  }
}

/** conv2d with a filter gradient of our own: wasm has none, and cpu's is a hundred times slower. */
function conv(
  x: tf.Tensor4D,
  w: tf.Tensor4D,
  pad: 'same' | 'valid',
  needsInput = true,
): tf.Tensor4D {
  const withGradient = tf.customGrad((...operands) => {
    const save = operands.at(-1) as tf.GradSaveFunc
    const [filters, image = x] = operands.slice(0, -1) as [tf.Tensor4D, tf.Tensor4D?]
    save([filters, image])
    return {
      value: tf.conv2d(image, filters, 1, pad),
      gradFunc(g, saved) {
        const [w, x] = saved as [tf.Tensor4D, tf.Tensor4D]
        const dy = g as tf.Tensor4D
        const dw = filterGradient(x, dy, w.shape, pad)
        return needsInput ? [dw, tf.conv2dTranspose(dy, w, x.shape, 1, pad)] : [dw]
      },
    }
  })
  return (needsInput ? withGradient(w, x) : withGradient(w)) as tf.Tensor4D
}

/** ∂/∂w of a convolution is a convolution itself: of x with g, batch and channels exchanged. */
function filterGradient(
  x: tf.Tensor4D,
  g: tf.Tensor4D,
  shape: [number, number, number, number],
  pad: 'same' | 'valid',
): tf.Tensor4D {
  const margin = pad === 'same' ? (shape[0] - 1) / 2 : 0
  const border: [number, number] = [margin, margin]
  const image = tf.transpose(tf.pad4d(x, [[0, 0], border, border, [0, 0]]), [3, 1, 2, 0])
  const kernel = tf.transpose(g, [1, 2, 0, 3])
  return tf.transpose(tf.conv2d(image, kernel, 1, 'valid'), [1, 2, 0, 3])
}

interface Batch {
  x: tf.Tensor4D
  t: tf.Tensor2D
}

function batchesOf({ images, labels }: Training, size: number): Batch[] {
  const count = images.shape[0] ?? 0
  const side = images.shape[2] ?? 0
  const x = tf.tensor4d(images.data, [count, side, side, 1])
  const t = tf.tensor2d(labels.data, labels.shape as [number, number])
  return Array.from({ length: count / size }, (_, i) => ({
    x: tf.slice(x, i * size, size),
    t: tf.slice(t, i * size, size),
  }))
}

function parameters({ parameters: initial }: Training): Parameters {
  tf.disposeVariables()
  const transposed = Object.entries(initial).map(([name, tensor]) => {
    const value = tensor.shape.length === 4 ? filter(tensor) : denseWeight(tensor)
    return [name, tf.variable(value, true, name)] as const
  })
  return Object.fromEntries(transposed)
}

function nhwc({ data, shape }: Tensor): tf.Tensor4D {
  return tf.transpose(tf.tensor4d(data, shape as tf.Tensor4D['shape']), [0, 2, 3, 1])
}

/** [F,C,h,w] → [h,w,C,F]. */
function filter({ data, shape }: Tensor): tf.Tensor4D {
  return tf.transpose(tf.tensor4d(data, shape as tf.Tensor4D['shape']), [2, 3, 1, 0])
}

/** Weights over a flattened [C,h,w] become weights over a flattened [h,w,C]; biases stay. */
function denseWeight({ data, shape }: Tensor): tf.Tensor {
  const [units = 0, inputs] = shape
  if (inputs === undefined) return tf.tensor1d(data)
  const channels = inputs === 12 ? 3 : 16
  const side = Math.sqrt(inputs / channels)
  const blocks = tf.tensor4d(data, [units, channels, side, side])
  return tf.reshape(tf.transpose(blocks, [0, 2, 3, 1]), [units, inputs])
}
