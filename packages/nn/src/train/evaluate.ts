// A model at work: predictions, cost, accuracy and confusion over a set of images.
import { type Node, show, sizeOf, type TypedArray } from '@backprove/graph'
import { compile, type Program } from '@backprove/kernels'
import { requireDataset, requireFit, requireModel } from '../check.ts'
import { batchOf, type Dataset, type Image } from '../data/dataset.ts'
import { NetworkError } from '../layers/errors.ts'
import type { Model } from '../model.ts'
import { requireFiniteModel, requireNumbers } from './non-finite.ts'

/** Samples per run: enough to be fast, few enough to stay small. */
const CHUNK = 256

/** What the network says of one sample. */
export interface Prediction {
  /** The class of the largest output, from 0. */
  readonly label: number
  /** The network's outputs, one for each class. */
  readonly outputs: Float32Array
}

/** What the network says of each image: a dataset, images, or one flat array of them. */
export function predict(
  model: Model,
  images: Dataset | readonly Image[] | TypedArray,
): Prediction[] {
  requireModel('predict', model)
  requireFiniteModel('predict', model)
  const flat = flatImages(model, images)
  const size = model.spec.input.reduce((a, b) => a * b, 1)
  if (flat.length % size !== 0) {
    throw new NetworkError(
      `predict: ${flat.length} values are no whole number of images [${model.spec.input}]`,
    )
  }
  const predictions: Prediction[] = []
  for (let from = 0; from < flat.length; from += CHUNK * size) {
    const chunk = flat.subarray(from, Math.min(from + CHUNK * size, flat.length)) as Float32Array
    const count = chunk.length / size
    const recorded = model.at(count)
    const outputs = compute(recorded, recorded.y, { x: chunk })
    const units = outputs.length / count
    for (let k = 0; k < count; k++) {
      const own = outputs.slice(k * units, (k + 1) * units)
      requireNumbers('predict', from / size + k, own)
      predictions.push({ label: argmax(own), outputs: own })
    }
  }
  return predictions
}

function flatImages(model: Model, images: Dataset | readonly Image[] | TypedArray): TypedArray {
  if (ArrayBuffer.isView(images)) return images
  if (!Array.isArray(images)) {
    requireDataset('predict', images)
    requireFit('predict', model, images.shape)
    return images.images
  }
  const size = sizeOf(model.spec.input)
  const flat = new Float32Array(size * images.length)
  images.forEach((image: Image, k) => {
    if (!ArrayBuffer.isView(image?.data) || !Array.isArray(image.shape)) {
      throw new NetworkError(`predict: image ${k} is ${show(image)}, not { shape, data }`)
    }
    requireFit(`predict: image ${k}`, model, image.shape)
    flat.set(image.data, k * size)
  })
  return flat
}

/** The share of samples whose largest output is their label. */
export function accuracy(model: Model, data: Dataset): number {
  requireDataset('accuracy', data)
  requireFiniteModel('accuracy', model)
  const right = predict(model, data).filter(({ label }, k) => label === data.labels[k]).length
  return right / data.labels.length
}

/** The mean cost per sample. */
export function costOf(model: Model, data: Dataset): number {
  requireFiniteModel('costOf', model)
  const samples = data.labels.length
  let total = 0
  for (let from = 0; from < samples; from += CHUNK) {
    const count = Math.min(CHUNK, samples - from)
    const batch = batchOf(
      data,
      Uint32Array.from({ length: count }, (_, k) => from + k),
    )
    const recorded = model.at(count)
    total += compute(recorded, recorded.cost, { x: batch.images, t: batch.targets })[0]!
  }
  return total / samples
}

/** counts[actual][predicted]. */
export function confusionMatrix(model: Model, data: Dataset): number[][] {
  requireDataset('confusionMatrix', data)
  requireFiniteModel('confusionMatrix', model)
  const { classes } = data
  const counts = Array.from({ length: classes }, () => new Array<number>(classes).fill(0))
  predict(model, data).forEach(({ label }, k) => {
    counts[data.labels[k]!]![label]!++
  })
  return counts
}

/** The position of the largest; the first of equals. */
export function argmax(values: TypedArray): number {
  let best = 0
  for (let k = 1; k < values.length; k++) if (values[k]! > values[best]!) best = k
  return best
}

const programs = new WeakMap<Node, Program<readonly [Node]>>()

/** The value of one node of a recording, whose program is compiled once. */
export function compute(
  { values }: Model,
  node: Node,
  feeds: Record<string, TypedArray>,
): Float32Array {
  const known = programs.get(node)
  const program = known ?? compile([node])
  if (!known) programs.set(node, program)
  return program.run({ ...values, ...feeds })[0] as Float32Array
}
