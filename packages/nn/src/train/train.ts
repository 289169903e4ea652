// Training as note 002's eleven steps: per batch the gradients of the samples are summed, then the
// parameters are updated; the last, smaller batch of an epoch is used like any other.
import { readOptions, show, type TypedArray } from '@backprove/graph'
import { requireCount, requireDataset, requireFit, requireModel } from '../check.ts'
import type { Augmentation } from '../data/augment.ts'
import type { Batch, Dataset } from '../data/images.ts'
import { NetworkError, NothingToTrainError } from '../layers/errors.ts'
import type { Model } from '../model.ts'
import { batcher } from './batcher.ts'
import {
  type Checkpoint,
  checkpointOf,
  checkResume,
  isCheckpoint,
  type Plan,
} from './checkpoint.ts'
import { TRAINING_ELSEWHERE } from './elsewhere.ts'
import { accuracy, costOf, type RunOptions, requireRun } from './evaluate.ts'
import { type LayerHealth, watch as watchUnits } from './health.ts'
import { nonFinite, whatIsBad } from './non-finite.ts'
import { type Optimizer, requireOptimizer } from './optimizers/optimizers.ts'
import { answerable, labelOf } from './outputs.ts'
import { progressOf } from './progress.ts'
import { hintAtScale } from './scale.ts'
import type { State } from './step.ts'

/** Options of `train`. */
export interface TrainOptions extends RunOptions {
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
  /**
   * The batch's mean cost per sample before the update, and its share of right answers; NaN
   * where the targets are numbers.
   */
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
const withoutSleep = globalThis.setImmediate ?? setTimeout

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
  'threads',
  'precision',
] as const

/** What others call them. */
export const TRAIN_SYNONYMS = {
  ...TRAINING_ELSEWHERE,
  batch_size: 'batchSize',
  optimiser: 'optimizer',
  numEpochs: 'epochs',
  ...{ resume: 'from', checkpoint: 'from' },
  validationData: 'validation',
  validation_data: 'validation',
}

/**
 * Trains the model in place, one event per update.
 * @throws NetworkError for options that do not suit the model, the data or the checkpoint;
 *   NonFiniteError (onNaN 'throw') where a step makes a NaN or an infinity
 */
export function train(
  model: Model,
  data: Dataset,
  options: TrainOptions,
): AsyncGenerator<TrainEvent, void, undefined> {
  const value = () => {
    throw new NetworkError(
      'train: steps come one by one: for await (const event of train(…)), or await fit(…)',
    )
  }
  // `await train(…)` would go on with an untrained model.
  const steps = Object.defineProperty(events(model, data, options), 'then', { value })
  return Object.defineProperty(steps, Symbol.iterator, { value })
}

async function* events(
  model: Model,
  given: Dataset,
  options: TrainOptions,
): AsyncGenerator<TrainEvent, void, undefined> {
  requireModel('train', model)
  requireDataset('train', given)
  requireRun('train', readOptions('train', options, TRAIN_OPTIONS, TRAIN_SYNONYMS))
  requireOptimizer('train', options?.optimizer)
  const { optimizer, epochs, seed = 1, augment, validation, signal, from } = options
  const { onNaN = 'throw', batchSize: asked = 16, threads = 1, precision = 'strict' } = options
  if (onNaN !== 'throw' && onNaN !== 'continue') {
    throw new NetworkError(`train: onNaN is ${show(onNaN)}; it may be 'throw' or 'continue'`)
  }
  if (!Number.isSafeInteger(seed)) {
    throw new NetworkError(`train: seed is ${show(seed)}; it must be a whole number`)
  }
  if (signal !== undefined && typeof signal?.aborted !== 'boolean') {
    const hint = 'signal' in Object(signal) ? '; is its .signal meant?' : ''
    throw new NetworkError(`train: signal is ${show(signal)}; it must be an AbortSignal${hint}`)
  }
  if (augment !== undefined && typeof augment !== 'function') {
    const one = 'one augmentation, such as augment.flip(), or a function of an image'
    throw new NetworkError(`train: augment is ${show(augment)}; it must be ${one}`)
  }
  if (validation !== undefined) {
    requireDataset('train: validation', validation)
    requireFit('train: validation', model, validation.shape)
    answerable('train: validation', model, validation)
  }
  checkOptions(model, given, options.epochs)
  const data = answerable('train', model, given)
  hintAtScale(model, data)
  const samples = data.labels.length
  const batchSize = Math.min(requireCount('train', 'batchSize', asked), samples)
  const plan: Plan = { batchSize, samples, seed, optimizer: optimizer.description }
  if (from !== undefined) {
    if (!isCheckpoint(from)) {
      throw new NetworkError(`train: from is ${show(from)}, not a checkpoint, as load(path) gives`)
    }
    checkResume(from, plan, model)
  }
  const perEpoch = Math.ceil(samples / batchSize)
  const steps = epochs * perEpoch
  const progress = progressOf(model, optimizer, {
    ...{ seed, from: from?.state ?? {}, step: from?.step ?? 0, mayReturn: onNaN === 'throw' },
    running: { threads, precision },
    batches: batcher(data, { seed, batchSize, augment }),
  })
  publish(model, progress.state)
  if (progress.step >= steps) {
    const at = `the checkpoint is at step ${progress.step}, of ${steps} in ${epochs} epochs`
    throw new NothingToTrainError(`train: nothing is left to train: ${at}; give more epochs`)
  }
  let breath = performance.now()
  while (progress.step < steps) {
    if (signal?.aborted) return
    const { batch, cost, outputs } = progress.advance()
    const step = progress.step
    const epoch = Math.ceil(step / perEpoch)
    if (onNaN === 'throw' && !(Number.isFinite(cost) && progress.isFinite)) {
      const what = whatIsBad(cost, progress.state)
      throw nonFinite(progress.takeBack(), what, { epoch, step })
    }
    publish(model, progress.state)
    const ended = step % perEpoch === 0
    yield {
      epoch,
      step,
      steps,
      epochEnds: ended,
      samples: batch.labels.length,
      cost: cost / batch.labels.length,
      accuracy: given.targets ? Number.NaN : shareRight(model, outputs, batch),
      ...(ended && validation ? { validation: measure(model, validation, onNaN) } : {}),
      ...(ended && options.watch ? { health: watchUnits(model, data) } : {}),
      checkpoint: () => {
        if (progress.step === step) return checkpointOf(model, progress.state, { step, plan })
        throw new NetworkError(
          `checkpoint: of step ${step}, while training stands at ${progress.step}; ask for it ` +
            'before the next event',
        )
      },
    }
    if (performance.now() - breath > BREATH) {
      await new Promise((resolve) => withoutSleep(resolve))
      breath = performance.now()
    }
  }
}

function checkOptions(model: Model, data: Dataset, epochs: number): void {
  requireFit('train', model, data.shape)
  if (data.labels.length === 0) throw new NetworkError('train: there are no samples')
  requireCount('train', 'epochs', epochs)
}

function publish({ values }: Model, state: State): void {
  for (const name in values) {
    const trained = state[name]
    if (trained) values[name]!.set(trained as Float32Array)
  }
}

function shareRight(model: Model, outputs: TypedArray, { labels }: Batch): number {
  const classes = outputs.length / labels.length
  let right = 0
  if (classes === 1) {
    labels.forEach((label, k) => {
      if (labelOf(model, outputs.subarray(k, k + 1)) === label) right++
    })
    return right / labels.length
  }
  for (let k = 0; k < labels.length; k++) {
    let best = k * classes
    const end = best + classes
    for (let at = best + 1; at < end; at++) if (outputs[at]! > outputs[best]!) best = at
    if (best - k * classes === labels[k]) right++
  }
  return right / labels.length
}

/** Where training is to go on whatever happens, a model without a cost has none: NaN. */
function measure(model: Model, data: Dataset, onNaN: 'throw' | 'continue') {
  try {
    const right = data.targets ? Number.NaN : accuracy(model, data)
    return { cost: costOf(model, data), accuracy: right }
  } catch (error) {
    if (onNaN === 'throw' || !(error instanceof NetworkError)) throw error
    return { cost: Number.NaN, accuracy: Number.NaN }
  }
}
