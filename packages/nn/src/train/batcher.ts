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
  return (epoch, index) => {
    if (current.epoch !== epoch) {
      current = { epoch, order: epochOrder(data.labels.length, seed, epoch) }
    }
    const indices = current.order.subarray(index * batchSize, (index + 1) * batchSize)
    const known = bySize.get(indices.length)
    const batch = known ? refill(known, data, indices) : batchOf(data, indices.slice())
    bySize.set(indices.length, batch)
    if (augment) augmentBatch(batch, data, augment, imageGenerator(seed, epoch))
    return batch
  }
}

/** A view costs more than so many numbers. */
const FEW = 64

/** Other samples in the arrays of a batch: what `batchOf` would have made. */
function refill(batch: Batch, data: Dataset, indices: Uint32Array): Batch {
  const { images, targets, labels } = batch
  const size = sizeOf(data.shape)
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
    const from = sample * size
    if (size > FEW) images.set(data.images.subarray(from, from + size), k * size)
    else for (let at = 0; at < size; at++) images[k * size + at] = data.images[from + at]!
  }
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
