// What resuming needs, as plain data: parameters, what the optimiser remembers, and the position.
// The order of samples and the dropout masks follow from seed and step, so no generator is kept.
import type { TypedArray } from '@backprove/graph'
import { NetworkError } from '../layers/errors.ts'
import type { Model } from '../model.ts'

export interface Position {
  readonly batchSize: number
  readonly samples: number
  readonly seed: number
  readonly optimizer: Readonly<Record<string, unknown>>
  /** Updates made. */
  readonly step: number
}
export interface Checkpoint extends Position {
  readonly model: Model
  /** Parameters, running statistics and the optimiser's arrays, by name. */
  readonly state: Readonly<Record<string, Float32Array>>
}

export function checkpointOf(
  model: Model,
  state: Readonly<Record<string, TypedArray>>,
  position: Position,
): Checkpoint {
  const copies = Object.entries({ ...model.values, ...state }).map(
    ([name, values]) => [name, Float32Array.from(values)] as const,
  )
  return { ...position, model, state: Object.fromEntries(copies) }
}

/** Refuses to continue under other terms: the result would be neither run's. */
export function checkResume(from: Checkpoint, plan: Omit<Position, 'step'>, model: Model): void {
  const terms = ['batchSize', 'samples', 'seed', 'optimizer'] as const
  for (const term of terms) {
    const before = JSON.stringify(from[term])
    const now = JSON.stringify(plan[term])
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
