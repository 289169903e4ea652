// Training as note 002's eleven steps: per batch the gradients of the samples are summed, then the
// parameters are updated; the last, smaller batch of an epoch is used like any other.
import type { TypedArray } from '@backprove/graph'
import { type Batch, batchOf, type Dataset, epochOrder } from '../data/dataset.ts'
import { NetworkError } from '../layers/errors.ts'
import type { Model } from '../model.ts'
import { type Checkpoint, checkpointOf, checkResume } from './checkpoint.ts'
import { accuracy, argmax, costOf } from './evaluate.ts'
import type { Optimizer } from './optimizers.ts'
import { type Trainer, trainerOf } from './trainer.ts'

export interface TrainOptions {
  readonly optimizer: Optimizer
  /** Times through the data. */
  readonly epochs: number
  /** Samples per update; the whole set where it is larger. Default 32. */
  readonly batchSize?: number
  /** Seed of the order of samples and of dropout. Default 1. */
  readonly seed?: number
  /** Measured at the end of each epoch. */
  readonly validation?: Dataset
  /** Aborting ends the iteration after the step under way. */
  readonly signal?: AbortSignal
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
  /** The batch's mean cost per sample before the update, and its share of right answers. */
  readonly cost: number
  readonly accuracy: number
  /** At the end of an epoch, where a validation set was given. */
  readonly validation?: { readonly cost: number; readonly accuracy: number }
  /** Everything that resuming needs, copied. */
  checkpoint(): Checkpoint
}

/** Trains the model in place, one event per update. @throws NetworkError for bad options */
export async function* train(
  model: Model,
  data: Dataset,
  options: TrainOptions,
): AsyncGenerator<TrainEvent, void, undefined> {
  const { optimizer, epochs, seed = 1, validation, signal, from } = options
  const samples = data.labels.length
  const batchSize = Math.min(options.batchSize ?? 32, samples)
  checkOptions(model, data, epochs, batchSize)
  const perEpoch = Math.ceil(samples / batchSize)
  const steps = epochs * perEpoch
  const plan = { batchSize, samples, seed, optimizer: optimizer.description }
  if (from) checkResume(from, plan, model)
  const trainers = new Map<number, Trainer>()
  const trainerFor = (size: number): Trainer => {
    const known = trainers.get(size)
    if (known) return known
    const made = trainerOf(model, optimizer, size, seed)
    trainers.set(size, made)
    return made
  }
  const state: Record<string, TypedArray> = { ...from?.state }
  let current: Trainer | undefined
  for (let step = from?.step ?? 0; step < steps; step++) {
    if (signal?.aborted) return
    const epoch = Math.floor(step / perEpoch)
    const batch = batchAt(data, seed, epoch, step % perEpoch, batchSize)
    const trainer = trainerFor(batch.labels.length)
    if (trainer !== current) trainer.program.setState(startOf(trainer, state, model))
    current = trainer
    const { cost, outputs } = trainer.step(batch, step)
    Object.assign(state, trainer.program.getState())
    publish(model, state)
    const ended = (step + 1) % perEpoch === 0
    yield {
      epoch: epoch + 1,
      step: step + 1,
      steps,
      cost: cost / batch.labels.length,
      accuracy: shareRight(outputs, batch, data.classes),
      ...(ended && validation ? { validation: measure(model, validation) } : {}),
      checkpoint: () => checkpointOf(model, state, { ...plan, step: step + 1 }),
    }
    // Lets a terminal draw and an abort arrive, without a timer for every step.
    if (ended) await new Promise((resolve) => setTimeout(resolve, 0))
  }
}

function checkOptions(model: Model, data: Dataset, epochs: number, batchSize: number): void {
  const wanted = model.spec.input.join()
  const given = data.shape.join()
  const units = model.at(null).y.shape.join()
  if (given !== wanted && data.shape.reduce((a, b) => a * b, 1) !== Number(wanted)) {
    throw new NetworkError(`train: the images are [${given}], the network takes [${wanted}]`)
  }
  if (units !== String(data.classes)) {
    throw new NetworkError(`train: ${data.classes} classes for a network of output [${units}]`)
  }
  if (!Number.isSafeInteger(epochs) || epochs < 1) {
    throw new NetworkError(`train: epochs is ${epochs}; it must be a whole number from 1`)
  }
  if (!Number.isSafeInteger(batchSize) || batchSize < 1) {
    throw new NetworkError(`train: batchSize is ${batchSize}; it must be a whole number from 1`)
  }
}

/** The order of an epoch depends on seed and epoch alone, so that any step can be returned to. */
function batchAt(data: Dataset, seed: number, epoch: number, index: number, size: number): Batch {
  const order = epochOrder(data.labels.length, seed, epoch)
  return batchOf(data, order.slice(index * size, (index + 1) * size))
}

/** What the program starts from: what was trained so far, the model's values, or 0. */
function startOf(
  { state }: Trainer,
  trained: Record<string, TypedArray>,
  model: Model,
): Record<string, TypedArray> {
  return Object.fromEntries(
    state.flatMap((name) => {
      const value = trained[name] ?? model.values[name]
      return value ? [[name, value]] : []
    }),
  )
}

function publish(model: Model, state: Record<string, TypedArray>): void {
  for (const name of Object.keys(model.values)) {
    const trained = state[name]
    if (trained) model.values[name]!.set(trained as Float32Array)
  }
}

function shareRight(outputs: TypedArray, batch: Batch, classes: number): number {
  let right = 0
  batch.labels.forEach((label, k) => {
    if (argmax(outputs.subarray(k * classes, (k + 1) * classes)) === label) right++
  })
  return right / batch.labels.length
}

const measure = (model: Model, data: Dataset) => ({
  cost: costOf(model, data),
  accuracy: accuracy(model, data),
})
