// The batch of any step, from seed and position alone: training can go on from any step without
// replaying those before it.
import { type Augmentation, imageGenerator } from '../data/augment.ts'
import {
  type Batch,
  batchOf,
  type Dataset,
  epochOrder,
  imageOf,
  oneHot,
  sizeOf,
} from '../data/dataset.ts'
import { NetworkError } from '../layers/errors.ts'

export interface BatcherOptions {
  readonly seed: number
  readonly batchSize: number
  readonly augment: Augmentation | undefined
}

/**
 * Batch `index` of `epoch`, both from 0: samples index·B … of the epoch's order, each image
 * augmented as `augment.apply` would. Batches of one size share their arrays: each is valid until
 * the next one.
 */
export function batcher(
  data: Dataset,
  { seed, batchSize, augment }: BatcherOptions,
): (epoch: number, index: number) => Batch {
  let current: { epoch: number; order: Uint32Array } = { epoch: -1, order: new Uint32Array(0) }
  const bySize = new Map<number, Batch>()
  const copy = copier(data)
  return (epoch, index) => {
    if (current.epoch !== epoch) {
      current = { epoch, order: epochOrder(data.labels.length, seed, epoch) }
    }
    const indices = current.order.subarray(index * batchSize, (index + 1) * batchSize)
    const known = bySize.get(indices.length)
    const batch = known ? refill(known, data, indices, copy) : batchOf(data, indices.slice())
    bySize.set(indices.length, batch)
    if (augment) augmentBatch(batch, data, augment, imageGenerator(seed, epoch))
    return batch
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
  const whole = (array: Float32Array) =>
    isPaired ? new Float64Array(array.buffer, array.byteOffset, array.length / 2) : array
  const source = whole(data.images)
  const length = isPaired ? size / 2 : size
  const known = new WeakMap<Float32Array, Float32Array | Float64Array>()
  return (indices, to) => {
    const target = known.get(to) ?? whole(to)
    known.set(to, target)
    for (let k = 0, at = 0; k < indices.length; k++) {
      const from = indices[k]! * length
      for (let j = 0; j < length; j++) target[at++] = source[from + j]!
    }
  }
}

/** Other samples in the arrays of a batch: what `batchOf` would have made. */
function refill(batch: Batch, data: Dataset, indices: Uint32Array, copy: Copy): Batch {
  const { images, targets, labels } = batch
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
  copy(indices, images)
  batch.indices.set(indices)
  return batch
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
