// Training as note 002's eleven steps: per batch the gradients of the samples are summed, then the
// parameters are updated; the last, smaller batch of an epoch is used like any other.
import { readOptions, show, type TypedArray } from '@backprove/graph'
import { requireCount, requireDataset, requireFit, requireModel } from '../check.ts'
import type { Augmentation } from '../data/augment.ts'
import type { Batch, Dataset } from '../data/dataset.ts'
import { NetworkError } from '../layers/errors.ts'
import type { Model } from '../model.ts'
import { batcher } from './batcher.ts'
import {
  type Checkpoint,
  checkpointOf,
  checkResume,
  isCheckpoint,
  type Plan,
} from './checkpoint.ts'
import { accuracy, argmax, costOf } from './evaluate.ts'
import { type LayerHealth, watch as watchUnits } from './health.ts'
import { isFiniteStep, nonFinite } from './non-finite.ts'
import type { Optimizer } from './optimizers.ts'
import { type Trainer, trainerOf } from './trainer.ts'

/** Options of `train`. */
export interface TrainOptions {
  readonly optimizer: Optimizer
  /** Times through the data. */
  readonly epochs: number
  /** Samples per update; the whole set where it is larger. Default 16. */
  readonly batchSize?: number
  /** Seed of the order of samples, of augmentation and of dropout. Default 1. */
  readonly seed?: number
  /** Changes each image anew in every epoch; its shape must stay. */
  readonly augment?: Augmentation
  /** Measured at the end of each epoch. */
  readonly validation?: Dataset
  /** Whether to count saturated and dead units at the end of each epoch. Default false. */
  readonly watch?: boolean
  /** Aborting ends the iteration after the step under way. */
  readonly signal?: AbortSignal
  /**
   * What a cost, parameter or remembered number that is NaN or infinite does. 'throw' (default): a
   * NonFiniteError says which node made it, and the model keeps the numbers from before that step;
   * 'continue': training goes on.
   */
  readonly onNaN?: 'throw' | 'continue'
  /** Continues, bit for bit, where the checkpoint was made. */
  readonly from?: Checkpoint
}

/** After each update. */
export interface TrainEvent {
  /** From 1. */
  readonly epoch: number
  /** Updates made so far, and in all. */
  readonly step: number
  readonly steps: number
  /** Whether the update was the last of its epoch. */
  readonly epochEnds: boolean
  /** In the batch. */
  readonly samples: number
  /** The batch's mean cost per sample before the update, and its share of right answers. */
  readonly cost: number
  readonly accuracy: number
  /** At the end of an epoch, where a validation set was given. */
  readonly validation?: { readonly cost: number; readonly accuracy: number }
  /** At the end of an epoch, with `watch`: for each activation layer, over all training samples. */
  readonly health?: readonly LayerHealth[]
  /** Everything that resuming needs, copied. */
  checkpoint(): Checkpoint
}

/** Longer than this and a terminal seems stuck, or Ctrl-C unheard: milliseconds. */
const BREATH = 50

export const TRAIN_OPTIONS = [
  'optimizer',
  'epochs',
  'batchSize',
  'seed',
  'augment',
  'validation',
  'watch',
  'signal',
  'onNaN',
  'from',
] as const

/**
 * Trains the model in place, one event per update.
 * @throws NetworkError for options that do not suit the model, the data or the checkpoint;
 *   NonFiniteError (onNaN 'throw') where a step makes a NaN or an infinity
 */
export async function* train(
  model: Model,
  data: Dataset,
  options: TrainOptions,
): AsyncGenerator<TrainEvent, void, undefined> {
  readOptions('train', options, TRAIN_OPTIONS)
  if (typeof options?.optimizer?.update !== 'function') {
    throw new NetworkError('train: optimizer must be one, such as sgd({ rate: 0.2 })')
  }
  requireModel('train', model)
  requireDataset('train', data)
  const { optimizer, epochs, seed = 1, augment, validation, signal, from } = options
  const { onNaN = 'throw' } = options
  if (onNaN !== 'throw' && onNaN !== 'continue') {
    throw new NetworkError(`train: onNaN is ${show(onNaN)}; it may be 'throw' or 'continue'`)
  }
  if (!Number.isSafeInteger(seed)) {
    throw new NetworkError(`train: seed is ${show(seed)}; it must be a whole number`)
  }
  if (validation !== undefined) {
    requireDataset('train: validation', validation)
    requireFit('train: validation', model, validation.shape)
  }
  const samples = data.labels.length
  const batchSize = Math.min(requireCount('train', 'batchSize', options.batchSize ?? 16), samples)
  checkOptions(model, data, epochs)
  const plan: Plan = { batchSize, samples, seed, optimizer: optimizer.description }
  if (from !== undefined) {
    if (!isCheckpoint(from)) {
      throw new NetworkError(`train: from is ${show(from)}, not a checkpoint, as load(path) gives`)
    }
    checkResume(from, plan, model)
  }
  const perEpoch = Math.ceil(samples / batchSize)
  const steps = epochs * perEpoch
  const state: Record<string, TypedArray> = { ...from?.state }
  publish(model, state)
  const batchAt = batcher(data, { seed, batchSize, augment })
  const trainerFor = trainers(model, optimizer, seed)
  let current: Trainer | undefined
  let breath = performance.now()
  for (let step = from?.step ?? 0; step < steps; step++) {
    if (signal?.aborted) return
    const epoch = Math.floor(step / perEpoch)
    const batch = batchAt(epoch, step % perEpoch)
    const trainer = trainerFor(batch.labels.length)
    if (trainer !== current) trainer.start(state, model.values, step)
    current = trainer
    const { cost, outputs } = trainer.step(batch, step)
    const next = trainer.program.getState()
    if (onNaN === 'throw' && !isFiniteStep(cost, next)) {
      trainer.start(state, model.values, step)
      throw nonFinite(trainer.diagnose(batch, step), { cost, next, epoch, step })
    }
    Object.assign(state, next)
    publish(model, state)
    const ended = (step + 1) % perEpoch === 0
    yield {
      epoch: epoch + 1,
      step: step + 1,
      steps,
      epochEnds: ended,
      samples: batch.labels.length,
      cost: cost / batch.labels.length,
      accuracy: shareRight(outputs, batch, data.classes),
      ...(ended && validation ? { validation: measure(model, validation, onNaN) } : {}),
      ...(ended && options.watch ? { health: watchUnits(model, data) } : {}),
      checkpoint: () => checkpointOf(model, state, { step: step + 1, plan }),
    }
    if (ended || performance.now() - breath > BREATH) {
      await new Promise((resolve) => setTimeout(resolve, 0))
      breath = performance.now()
    }
  }
}

function checkOptions(model: Model, data: Dataset, epochs: number): void {
  const units = model.at(null).y.shape.join()
  requireFit('train', model, data.shape)
  if (units !== String(data.classes)) {
    throw new NetworkError(`train: ${data.classes} classes for a network of output [${units}]`)
  }
  if (data.labels.length === 0) throw new NetworkError('train: there are no samples')
  requireCount('train', 'epochs', epochs)
}

/** One program for each size of batch: that of the last, smaller one differs. */
function trainers(model: Model, optimizer: Optimizer, seed: number): (size: number) => Trainer {
  const bySize = new Map<number, Trainer>()
  return (size) => {
    const trainer = bySize.get(size) ?? trainerOf(model, optimizer, size, seed)
    bySize.set(size, trainer)
    return trainer
  }
}

function publish(model: Model, state: Record<string, TypedArray>): void {
  for (const [name, values] of Object.entries(model.values)) {
    const trained = state[name]
    if (trained) values.set(trained as Float32Array)
  }
}

function shareRight(outputs: TypedArray, batch: Batch, classes: number): number {
  let right = 0
  batch.labels.forEach((label, k) => {
    if (argmax(outputs.subarray(k * classes, (k + 1) * classes)) === label) right++
  })
  return right / batch.labels.length
}

/** Where training is to go on whatever happens, a model without a cost has none: NaN. */
function measure(model: Model, data: Dataset, onNaN: 'throw' | 'continue') {
  try {
    return { cost: costOf(model, data), accuracy: accuracy(model, data) }
  } catch (error) {
    if (onNaN === 'throw' || !(error instanceof NetworkError)) throw error
    return { cost: Number.NaN, accuracy: Number.NaN }
  }
}
