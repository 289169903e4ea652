// What resuming needs, as plain data: the numbers, what the optimiser remembers, and the position.
// The order of samples, augmentation and dropout follow from seed and step: no stream is kept.
import type { TypedArray } from '@backprove/graph'
import { NetworkError } from '../layers/errors.ts'
import type { Layer } from '../layers/layer.ts'
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
  const difference = differenceOf(from.model, model)
  if (difference) {
    throw new NetworkError(`train: the checkpoint is of another network: ${difference}`)
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

/** What first tells two networks apart, if anything does. */
function differenceOf({ spec: before }: Model, { spec: now }: Model): string | undefined {
  const its = (what: string, a: string, b: string) => `its ${what} is ${a}, and now ${b}`
  if (String(before.input) !== String(now.input)) {
    return its('input', `[${before.input}]`, `[${now.input}]`)
  }
  if (before.cost !== now.cost) return its('cost', before.cost.name, now.cost.name)
  const [mine, theirs] = [before, now].map(({ layers }) => layers.map(describe))
  const place = mine!.findIndex((layer, k) => layer !== theirs![k])
  if (place >= 0) return its(`layer ${place + 1}`, mine![place]!, theirs![place] ?? 'absent')
  const more = theirs![mine!.length]
  return more && its(`layer ${mine!.length + 1}`, 'absent', more)
}

/** `conv({"filters":3,"kernel":3})`, with the layers inside a block. */
const describe = ({ kind, options, branches = [] }: Layer): string => {
  const given = Object.keys(options ?? {}).length > 0 ? JSON.stringify(options) : ''
  const inside = branches.map((branch) => `[${branch.map(describe).join(', ')}]`)
  return `${kind}(${[given, ...inside].filter(Boolean).join(', ')})`
}
