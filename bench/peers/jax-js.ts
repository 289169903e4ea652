// jax-js on its WebAssembly backend: each step is one compiled function of the parameters.
// Its arrays are consumed by use; `.ref` keeps one for another use.

import { readFileSync } from 'node:fs'
import { defaultDevice, init, jit, lax, nn, numpy as np, valueAndGrad } from '@jax-js/jax'
import type { Candidates, Job } from '../candidate.ts'
import { bookCnn, layer, leNetSized, type Tensor, type Training } from '../workloads.ts'

type Parameters = Record<string, np.Array>
type Forward = (p: Parameters, x: np.Array) => np.Array
type Cost = (p: Parameters, x: np.Array, t: np.Array) => np.Array
type Pair = [np.Array, np.Array]

const manifest = new URL('node_modules/@jax-js/jax/package.json', import.meta.url)
const { version } = JSON.parse(readFileSync(manifest, 'utf8'))

await init('wasm')
defaultDevice('wasm')

const same = (margin: number): [number, number][] => [
  [margin, margin],
  [margin, margin],
]

const bookForward: Forward = (p, x) => {
  const a = nn.sigmoid(convolution(x, p.w, p.b, 0))
  return nn.sigmoid(dense(maxPool(a), p.v, p.c))
}

const leNetForward: Forward = (p, x) => {
  const first = maxPool(nn.relu(convolution(x, p.w, p.b, 2)))
  return dense(maxPool(nn.relu(convolution(first, p.u, p.d, 2))), p.v, p.c)
}

const squaredError: Cost = (p, x, t) =>
  np
    .square(t.sub(bookForward(p, x)))
    .sum()
    .mul(0.5)
const crossEntropy: Cost = (p, x, t) =>
  t
    .mul(nn.logSoftmax(leNetForward(p, x), -1))
    .sum()
    .neg()

function convolution(x: np.Array, w?: np.Array, b?: np.Array, margin = 0): np.Array {
  if (!w || !b) throw new Error('A parameter is missing.')
  return lax.conv(x, w, [1, 1], same(margin)).add(b.reshape([1, -1, 1, 1]))
}

function dense(x: np.Array, w?: np.Array, b?: np.Array): np.Array {
  if (!w || !b) throw new Error('A parameter is missing.')
  return np.matmul(x.reshape([x.shape[0] ?? 0, -1]), w.transpose()).add(b)
}

/** Windows of 2×2 that do not overlap are two axes of a reshaped image. */
function maxPool(x: np.Array): np.Array {
  const [n = 0, c = 0, h = 0, w = 0] = x.shape
  return np.max(x.reshape([n, c, h / 2, 2, w / 2, 2]), [3, 5])
}

function training(net: Training, cost: Cost, size: number): Job {
  const rate = size === 1 ? net.rate.sample : net.rate.batch
  const step = jit((p: Parameters, x: np.Array, t: np.Array) => {
    const kept = Object.fromEntries(Object.entries(p).map(([name, value]) => [name, value.ref]))
    const [value, gradients] = valueAndGrad(cost)(kept, x, t) as [np.Array, Parameters]
    const next = Object.entries(p).map(([name, old]) => {
      const g = gradients[name] as np.Array
      return [name, old.sub(g.mul(rate))] as const
    })
    return [value, Object.fromEntries(next)] as [np.Array, Parameters]
  })
  let p = Object.fromEntries(
    Object.entries(net.parameters).map(([name, value]) => [name, array(value)]),
  )
  const batches = batchesOf(net, size)
  let next = 0
  let latest = 0
  return {
    samplesPerRun: size,
    run() {
      const [x, t] = batches[next++ % batches.length] as Pair
      const [value, updated] = step(p, x.ref, t.ref)
      p = updated
      latest = Number(value.js())
    },
    cost: () => latest,
  }
}

function forwardOnly(net: Training): Job {
  const forward = jit(leNetForward)
  const p = Object.entries(net.parameters).map(([name, value]) => [name, array(value)] as const)
  const [[x]] = batchesOf(net, 64) as [Pair]
  const run = () =>
    forward(Object.fromEntries(p.map(([name, value]) => [name, value.ref])), x.ref).dataSync()
  return { samplesPerRun: 64, run }
}

type Layer = ReturnType<typeof layer>

function product(
  left: keyof Layer,
  right: keyof Layer,
  compute: (a: np.Array, b: np.Array) => np.Array,
  samplesPerRun = 8,
): () => Job {
  return () => {
    const tensors = layer()
    const [a, b] = [array(tensors[left]), array(tensors[right])]
    const compiled = jit(compute)
    return { samplesPerRun, run: () => compiled(a.ref, b.ref).dataSync() }
  }
}

const exchanged = (x: np.Array): np.Array => x.transpose([1, 0, 2, 3])

export const candidates: Candidates = [
  {
    name: 'jax-js',
    version,
    workloads: {
      w1a: () => training(bookCnn(), squaredError, 1),
      w1b: () => training(bookCnn(), squaredError, 96),
      w2: () => training(leNetSized(), crossEntropy, 64),
      w2Forward: () => forwardOnly(leNetSized()),
      w3Forward: product('x', 'w', (x, w) => lax.conv(x, w, [1, 1], same(1))),
      w3Input: product('g', 'w', (g, w) =>
        lax.convTranspose(g, w, [1, 1], same(1), { transposeKernel: true }),
      ),
      w3Filter: product('x', 'g', (x, g) =>
        exchanged(lax.conv(exchanged(x), exchanged(g), [1, 1], same(1))),
      ),
      w3Pointwise: product('x', 'w1', (x, w) => lax.conv(x, w, [1, 1], same(0))),
      w3Matmul: product('a', 'b', (a, b) => np.matmul(a, b), 1),
    },
  },
]

function array({ data, shape }: Tensor): np.Array {
  return np.array(Float32Array.from(data), { shape: [...shape] })
}

function batchesOf({ images, labels }: Training, size: number): Pair[] {
  const [count = 0] = images.shape
  const part = ({ data, shape: [, ...rest] }: Tensor, i: number): np.Array => {
    const each = data.length / count
    const slice = data.slice(i * size * each, (i + 1) * size * each)
    return array({ data: slice, shape: [size, ...rest] })
  }
  return Array.from({ length: count / size }, (_, i): Pair => [part(images, i), part(labels, i)])
}
