// The batch of any step, from seed and position alone: training can go on from any step without
// replaying those before it.
import type { TypedArray } from '@backprove/graph'
import { type Augmentation, imageGenerator } from '../data/augment.ts'
import { batchOf, epochOrder, imageOf, oneHot, sizeOf } from '../data/dataset.ts'
import type { Batch, Dataset } from '../data/images.ts'
import { NetworkError } from '../layers/errors.ts'

export interface BatcherOptions {
  readonly seed: number
  readonly batchSize: number
  readonly augment: Augmentation | undefined
}

export interface Batches {
  /** How many samples the batch of a step has, from 0. */
  sizeAt(step: number): number
  /** The batch; its images in the array that is given, if one is. */
  at(step: number, images?: TypedArray): Batch
}

/**
 * Batch `index` of an epoch, from 0: samples index·B … of the epoch's order, each image augmented
 * as `augment.apply` would. Batches of one size share their arrays: each is valid until the next
 * one.
 */
export function batcher(data: Dataset, { seed, batchSize, augment }: BatcherOptions): Batches {
  const samples = data.labels.length
  const perEpoch = Math.ceil(samples / batchSize)
  let current: { epoch: number; order: Uint32Array } = { epoch: -1, order: new Uint32Array(0) }
  const bySize = new Map<number, Batch>()
  const copy = copier(data)
  return {
    sizeAt: (step) => Math.min(batchSize, samples - (step % perEpoch) * batchSize),
    at: (step, images) => {
      const [epoch, from] = [Math.floor(step / perEpoch), (step % perEpoch) * batchSize]
      if (current.epoch !== epoch) current = { epoch, order: epochOrder(samples, seed, epoch) }
      const indices = current.order.subarray(from, from + batchSize)
      const known = bySize.get(indices.length) ?? batchOf(data, indices.slice())
      const isThere = !images || images === known.images
      const batch = isThere ? known : { ...known, images: images as Float32Array }
      bySize.set(indices.length, batch)
      refill(batch, data, indices)
      if (augment) augmentBatch(batch, data, augment, imageGenerator(seed, epoch))
      else copy(indices, batch.images)
      return batch
    },
  }
}

/** A view costs more than so many numbers. */
const FEW = 64

/** Copies the images of some samples, one after another. */
type Copy = (indices: Uint32Array, to: Float32Array) => void

function copier(data: Dataset): Copy {
  const size = sizeOf(data.shape)
  if (size > FEW) {
    return (indices, to) => {
      for (let k = 0; k < indices.length; k++) {
        const from = indices[k]! * size
        to.set(data.images.subarray(from, from + size), k * size)
      }
    }
  }
  // Two finite numbers read as one of 64 bits are no NaN, whose bits might change.
  const isPaired = size % 2 === 0 && data.images.byteOffset % 8 === 0
  const pairs = (array: Float32Array) =>
    new Float64Array(array.buffer, array.byteOffset, array.length / 2)
  const known = new WeakMap<Float32Array, ReturnType<typeof arraysFor>>()
  const arraysFor = (to: Float32Array) =>
    isPaired && to.byteOffset % 8 === 0
      ? { source: pairs(data.images), target: pairs(to), length: size / 2 }
      : { source: data.images, target: to, length: size }
  return (indices, to) => {
    const arrays = known.get(to) ?? arraysFor(to)
    known.set(to, arrays)
    const { source, target, length } = arrays
    for (let k = 0, at = 0; k < indices.length; k++) {
      const from = indices[k]! * length
      for (let j = 0; j < length; j++) target[at++] = source[from + j]!
    }
  }
}

/** The targets and labels of other samples, as `batchOf` would have made them. */
function refill(batch: Batch, data: Dataset, indices: Uint32Array): void {
  const { targets, labels } = batch
  const width = data.targets ? data.targets.length / data.labels.length : 0
  for (let k = 0; k < indices.length; k++) {
    const sample = indices[k]!
    if (data.targets) {
      labels[k] = data.labels[sample]!
      for (let at = 0; at < width; at++)
        targets[k * width + at] = data.targets[sample * width + at]!
    } else {
      targets[k * data.classes + labels[k]!] = 0
      labels[k] = data.labels[sample]!
      // Says which label it is.
      if (!(labels[k]! < data.classes)) oneHot(labels, data.classes)
      targets[k * data.classes + labels[k]!] = 1
    }
  }
  batch.indices.set(indices)
}

function augmentBatch(
  { images, indices }: Batch,
  data: Dataset,
  augment: Augmentation,
  generatorOf: ReturnType<typeof imageGenerator>,
): void {
  indices.forEach((sample, k) => {
    const { shape, data: changed } = augment(imageOf(data, sample), generatorOf(sample))
    if (shape.join() !== data.shape.join()) {
      throw new NetworkError(
        `train: augment made [${shape}] of [${data.shape}]; the shape must stay`,
      )
    }
    images.set(changed, k * sizeOf(shape))
  })
}
