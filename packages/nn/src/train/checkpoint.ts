// What resuming needs, as plain data: the numbers, what the optimiser remembers, and the position.
// The order of samples, augmentation and dropout follow from seed and step: no stream is kept.
import type { TypedArray } from '@backprove/graph'
import { NetworkError } from '../layers/errors.ts'
import type { Model } from '../model.ts'

/** The terms of a training run; resuming under others would give neither run's result. */
export interface Plan {
  readonly batchSize: number
  readonly samples: number
  readonly seed: number
  readonly optimizer: Readonly<Record<string, unknown>>
}

/** A point of a training run. Of a model that was not in training, step 0 and no plan. */
export interface Checkpoint {
  readonly model: Model
  /** Parameters, running statistics and the optimiser's arrays, by name. */
  readonly state: Readonly<Record<string, Float32Array>>
  /** Updates made. */
  readonly step: number
  readonly plan?: Plan
}

export const isCheckpoint = (value: unknown): value is Checkpoint =>
  typeof value === 'object' && value !== null && 'state' in value && 'model' in value

export function checkpointOf(
  model: Model,
  state: Readonly<Record<string, TypedArray>> = {},
  position: { readonly step: number; readonly plan?: Plan } = { step: 0 },
): Checkpoint {
  const copies = Object.entries({ ...model.values, ...state }).map(
    ([name, values]) => [name, Float32Array.from(values)] as const,
  )
  return { ...position, model, state: Object.fromEntries(copies) }
}

/** Refuses to continue another network, or under other terms. */
export function checkResume(from: Checkpoint, plan: Plan, model: Model): void {
  for (const term of ['batchSize', 'samples', 'seed', 'optimizer'] as const) {
    if (!from.plan) break
    const [before, now] = [JSON.stringify(from.plan[term]), JSON.stringify(plan[term])]
    if (before !== now) {
      throw new NetworkError(`train: the checkpoint was made with ${term} ${before}, not ${now}`)
    }
  }
  for (const [name, values] of Object.entries(model.values)) {
    const kept = from.state[name]
    if (kept?.length !== values.length) {
      throw new NetworkError(
        `train: the checkpoint has ${kept?.length ?? 'no'} values for ${name}, ` +
          `which takes ${values.length}`,
      )
    }
  }
}
