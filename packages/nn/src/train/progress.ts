// Where training stands. The state lives in the program that makes the steps and is not copied
// after each; now and then it is kept: the state before a bad step is made again from there.
import type { TypedArray } from '@backprove/graph'
import type { Diagnosis } from '@backprove/kernels'
import type { Batch } from '../data/images.ts'
import type { Model } from '../model.ts'
import type { Batches } from './batcher.ts'
import type { RunOptions } from './evaluate.ts'
import type { Optimizer } from './optimizers/optimizers.ts'
import type { State } from './step.ts'
import { type Trainer, trainerOf } from './trainer.ts'

/**
 * The averages that optimisers remember of dead units shrink to the smallest numbers there are, and
 * stay: arithmetic with those is slow. So often, counted from the first step, they become 0.
 */
const SETTLING = 64

/** Steps that are made again at most, and milliseconds. */
const MOST_AGAIN = 64
const LONGEST_AGAIN = 1000

export interface ProgressOptions {
  readonly seed: number
  /** The state and the number of steps made, where training goes on. */
  readonly from: State
  readonly step: number
  readonly batches: Batches
  /** How the steps are computed. */
  readonly running: RunOptions
  /** Whether to keep what `takeBack` needs. */
  readonly mayReturn: boolean
}

export interface Progress {
  /** Steps made. */
  readonly step: number
  /** The numbers as they stand: valid until the next step. */
  readonly state: State
  /** Whether all of them are finite. */
  readonly isFinite: boolean
  /** The next step. */
  advance(): { batch: Batch; cost: number; outputs: TypedArray }
  /** Takes the last step back and says where its first NaN or infinity came from. */
  takeBack(): Diagnosis | undefined
}

export function progressOf(
  model: Model,
  optimizer: Optimizer,
  { seed, from, step: first, running, batches, mayReturn }: ProgressOptions,
): Progress {
  /** One program for each size of batch: that of the last, smaller one differs. */
  const bySize = new Map<number, Trainer>()
  let current: Trainer | undefined
  let step = first
  let kept: { step: number; time: number; state: Record<string, TypedArray> } | undefined

  const trainerAt = (step: number): Trainer => {
    const size = batches.sizeAt(step)
    const trainer = bySize.get(size) ?? trainerOf(model, optimizer, size, seed, running)
    bySize.set(size, trainer)
    if (trainer !== current) trainer.start(current?.state() ?? from, model.values, step)
    current = trainer
    return trainer
  }
  const keep = (trainer: Trainer): void => {
    const time = performance.now()
    const isFresh = kept && step - kept.step < MOST_AGAIN && time - kept.time < LONGEST_AGAIN
    if (isFresh) return
    const now = trainer.state()
    const state = kept?.state ?? {}
    for (const name in now) {
      if (state[name]) state[name].set(now[name]!)
      else state[name] = now[name]!.slice()
    }
    kept = { step, time, state }
  }
  const advance = () => {
    const trainer = trainerAt(step)
    const batch = batches.at(step, trainer.images())
    if (step > 0 && step % SETTLING === 0) trainer.settle()
    if (mayReturn) keep(trainer)
    const { cost, outputs } = trainer.step(batch, step)
    step += 1
    return { batch, cost, outputs }
  }
  return {
    get step() {
      return step
    },
    get state() {
      return current?.state() ?? from
    },
    get isFinite() {
      return current?.isFinite() ?? true
    },
    advance,
    takeBack() {
      const bad = step - 1
      step = kept!.step
      current!.start(kept!.state, model.values, step)
      while (step < bad) advance()
      const trainer = trainerAt(bad)
      return trainer.diagnose(batches.at(bad, trainer.images()), bad)
    },
  }
}
