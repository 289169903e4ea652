// Training for those who await it: the whole of a run as one promise, with its history by epoch.
import { readOptions, show, withoutProperties } from '@backprove/graph'
import { requireDataset, requireModel } from '../check.ts'
import type { Dataset } from '../data/images.ts'
import { NetworkError } from '../layers/errors.ts'
import type { Model } from '../model.ts'
import type { Checkpoint } from './checkpoint.ts'
import { requireRun } from './evaluate.ts'
import type { LayerHealth } from './health.ts'
import {
  TRAIN_OPTIONS,
  TRAIN_SYNONYMS,
  type TrainEvent,
  type TrainOptions,
  train,
} from './train.ts'

/** Options of `fit`: those of `train`, and when to stop early. */
export interface FitOptions extends TrainOptions {
  /**
   * Early stopping: training ends once so many epochs in a row have not lowered the validation
   * cost, and the model keeps the numbers of the epoch that had the lowest. Needs `validation`.
   */
  readonly patience?: number
  /** By how much the validation cost must fall to count as lower. Default 0. */
  readonly minDelta?: number
  /** Called after each epoch. */
  readonly onEpoch?: (epoch: EpochRecord) => void
}

/** One epoch of a run. */
export interface EpochRecord {
  /** From 1. */
  readonly epoch: number
  /** The mean over the samples, each taken before the update that it took part in. */
  readonly cost: number
  readonly accuracy: number
  /** After the epoch, where a validation set was given. */
  readonly validation?: { readonly cost: number; readonly accuracy: number }
  /** After the epoch, with `watch`. */
  readonly health?: readonly LayerHealth[]
}

/** What came of `fit`: the history, and why it ended. */
export interface FitResult {
  /** Epoch by epoch; the first may be a part, where training continued within one. */
  readonly history: readonly EpochRecord[]
  /** Why training ended. */
  readonly ended: 'epochs' | 'patience' | 'signal'
  /** The epoch whose validation cost was the lowest, from 1; without `patience`, the last. */
  readonly bestEpoch: number
  /** What `save` and `from` take: the best epoch under `patience`, else the end of the run. */
  readonly checkpoint: Checkpoint
}

const OPTIONS = [...TRAIN_OPTIONS, 'patience', 'minDelta', 'onEpoch'] as const

const SYNONYMS = {
  ...TRAIN_SYNONYMS,
  earlyStopping: 'patience',
  min_delta: 'minDelta',
  callback: 'onEpoch',
  callbacks: 'onEpoch',
  verbose: 'onEpoch',
  onEpochEnd: 'onEpoch',
}

/** What comes of training is not there before it has ended. */
const UNAWAITED = Object.fromEntries(
  ['history', 'ended', 'bestEpoch', 'checkpoint', 'cost', 'accuracy', 'loss', 'model'].map(
    (name) => [name, 'it answers with a promise: const result = await fit(…)'],
  ),
)

/**
 * Trains the model in place, as `train` does, and resolves when it has ended.
 * @throws (as a rejection) what `train` throws, and NetworkError for a patience without validation,
 *   or where there is nothing left to train
 */
export function fit(model: Model, data: Dataset, options: FitOptions): Promise<FitResult> {
  return withoutProperties(trained(model, data, options), 'fit', UNAWAITED)
}

async function trained(model: Model, data: Dataset, options: FitOptions): Promise<FitResult> {
  requireModel('fit', model)
  requireDataset('fit', data)
  requireRun('fit', readOptions('fit', options, OPTIONS, SYNONYMS))
  const { patience, minDelta = 0, onEpoch, ...training } = options ?? {}
  checkStopping(options ?? {})
  const history: EpochRecord[] = []
  let part: TrainEvent[] = []
  let last: TrainEvent | undefined
  let best: { epoch: number; cost: number; checkpoint: Checkpoint } | undefined
  let ended: FitResult['ended'] = 'epochs'
  for await (const event of train(model, data, training)) {
    last = event
    part.push(event)
    if (!event.epochEnds) continue
    const record = recordOf(part)
    part = []
    history.push(record)
    onEpoch?.(record)
    if (patience === undefined) continue
    const { cost } = record.validation!
    if (best === undefined ? Number.isFinite(cost) : cost < best.cost - minDelta) {
      best = { epoch: event.epoch, cost, checkpoint: event.checkpoint() }
    } else if (event.epoch - (best?.epoch ?? history[0]!.epoch - 1) >= patience) {
      ended = 'patience'
      break
    }
  }
  if (!last) throw new NetworkError('fit: the signal was aborted before the first step')
  if (ended === 'epochs' && last.step < last.steps) ended = 'signal'
  if (part.length > 0) history.push(recordOf(part))
  if (!best) return { history, ended, bestEpoch: last.epoch, checkpoint: last.checkpoint() }
  for (const [name, values] of Object.entries(model.values)) {
    values.set(best.checkpoint.state[name]! as Float32Array)
  }
  return { history, ended, bestEpoch: best.epoch, checkpoint: best.checkpoint }
}

/** Parts of an epoch as one, each batch by its number of samples. */
function recordOf(events: readonly TrainEvent[]): EpochRecord {
  const { epoch, validation, health } = events.at(-1)!
  const samples = events.reduce((total, event) => total + event.samples, 0)
  const meanOf = (of: 'cost' | 'accuracy'): number =>
    events.reduce((total, event) => total + event[of] * event.samples, 0) / samples
  const measured = { ...(validation && { validation }), ...(health && { health }) }
  return { epoch, cost: meanOf('cost'), accuracy: meanOf('accuracy'), ...measured }
}

function checkStopping({ patience, minDelta = 0, onEpoch, validation }: FitOptions): void {
  if (patience !== undefined && !(Number.isSafeInteger(patience) && patience >= 1)) {
    throw new NetworkError(`fit: patience is ${show(patience)}; it must be a whole number from 1`)
  }
  if (!(typeof minDelta === 'number' && minDelta >= 0 && minDelta < Infinity)) {
    throw new NetworkError(`fit: minDelta is ${show(minDelta)}; it must be 0 or more`)
  }
  if (onEpoch !== undefined && typeof onEpoch !== 'function') {
    throw new NetworkError(`fit: onEpoch is ${show(onEpoch)}; it must be a function of an epoch`)
  }
  if (patience !== undefined && validation === undefined) {
    throw new NetworkError('fit: patience waits for a lower validation cost; give a validation set')
  }
}
