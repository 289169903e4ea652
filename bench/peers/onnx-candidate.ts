// A candidate from ONNX Runtime, native or WebAssembly: they share one interface.

import type { InferenceSession, Tensor as OrtTensor } from 'onnxruntime-node'
import type { Candidate, Job } from '../candidate.ts'
import { bookCnn, layer, leNetSized, type Tensor, type Training } from '../workloads.ts'
import { bookCnnStep, layerModels, leNetOnly, leNetStep } from './onnx-models.ts'

/** What the two packages have in common. */
export interface Runtime {
  readonly InferenceSession: typeof InferenceSession
  readonly Tensor: typeof OrtTensor
}

type Feeds = Record<string, OrtTensor>

export function onnxCandidate(
  name: string,
  version: string,
  runtime: Runtime,
  options: InferenceSession.SessionOptions,
): Candidate {
  const create = (model: Uint8Array) => runtime.InferenceSession.create(model, options)
  const tensor = ({ data, shape }: Tensor) => new runtime.Tensor('float32', data, shape)
  const tensors = (values: Record<string, Tensor>): Feeds =>
    Object.fromEntries(Object.entries(values).map(([key, value]) => [key, tensor(value)]))

  async function training(model: Uint8Array, net: Training, size: number): Promise<Job> {
    const session = await create(model)
    const batches = batchesOf(net, size).map(tensors)
    let state = tensors(net.parameters)
    let next = 0
    let latest = 0
    return {
      samplesPerRun: size,
      async run() {
        const results = await session.run({ ...batches[next++ % batches.length], ...state })
        latest = Number(results.cost?.data[0])
        state = Object.fromEntries(
          Object.keys(state).map((key) => [key, results[`next ${key}`] as OrtTensor]),
        )
      },
      cost: () => latest,
    }
  }

  async function repeated(model: Uint8Array, feeds: Feeds, samplesPerRun: number): Promise<Job> {
    const session = await create(model)
    return { samplesPerRun, run: () => session.run(feeds) }
  }

  const layerJob = (key: keyof typeof layerModels, left: keyof Layer, right: keyof Layer) => () => {
    const tensorsOfLayer = layer()
    const feeds = tensors({ left: tensorsOfLayer[left], right: tensorsOfLayer[right] })
    return repeated(layerModels[key](), feeds, key === 'w3Matmul' ? 1 : 8)
  }

  return {
    name,
    version,
    workloads: {
      w1a: () => training(bookCnnStep(bookCnn(), 1), bookCnn(), 1),
      w1b: () => training(bookCnnStep(bookCnn(), 96), bookCnn(), 96),
      w2: () => training(leNetStep(leNetSized(), 64), leNetSized(), 64),
      w2Forward: () => {
        const net = leNetSized()
        const feeds = { x: tensor(net.images), ...tensors(net.parameters) }
        return repeated(leNetOnly(net, 64), feeds, 64)
      },
      w3Forward: layerJob('w3Forward', 'x', 'w'),
      w3Input: layerJob('w3Input', 'g', 'w'),
      w3Filter: layerJob('w3Filter', 'x', 'g'),
      w3Pointwise: layerJob('w3Pointwise', 'x', 'w1'),
      w3Matmul: layerJob('w3Matmul', 'a', 'b'),
    },
  }
}

type Layer = ReturnType<typeof layer>

function batchesOf({ images, labels }: Training, size: number): { x: Tensor; t: Tensor }[] {
  const [count = 0] = images.shape
  const part = ({ data, shape: [, ...rest] }: Tensor, i: number): Tensor => {
    const each = data.length / count
    return { shape: [size, ...rest], data: data.slice(i * size * each, (i + 1) * size * each) }
  }
  return Array.from({ length: count / size }, (_, i) => ({
    x: part(images, i),
    t: part(labels, i),
  }))
}
