// The batch of any step, from seed and position alone: training can go on from any step without
// replaying those before it.
import { type Augmentation, imageGenerator } from '../data/augment.ts'
import { type Batch, batchOf, type Dataset, epochOrder, imageOf, sizeOf } from '../data/dataset.ts'
import { NetworkError } from '../layers/errors.ts'

export interface BatcherOptions {
  readonly seed: number
  readonly batchSize: number
  readonly augment: Augmentation | undefined
}

/**
 * Batch `index` of `epoch`, both from 0: samples index·B … of the epoch's order, each image
 * augmented as `augment.apply` would.
 */
export function batcher(
  data: Dataset,
  { seed, batchSize, augment }: BatcherOptions,
): (epoch: number, index: number) => Batch {
  let current: { epoch: number; order: Uint32Array } = { epoch: -1, order: new Uint32Array(0) }
  return (epoch, index) => {
    if (current.epoch !== epoch) {
      current = { epoch, order: epochOrder(data.labels.length, seed, epoch) }
    }
    const batch = batchOf(data, current.order.slice(index * batchSize, (index + 1) * batchSize))
    if (augment) augmentBatch(batch, data, augment, imageGenerator(seed, epoch))
    return batch
  }
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
