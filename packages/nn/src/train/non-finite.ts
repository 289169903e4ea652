// What training and prediction say of a NaN or an infinity: which number it is, and where it arose.
import type { Diagnosis } from '@backprove/kernels'
import { NetworkError } from '../layers/errors.ts'
import type { Model } from '../model.ts'
import type { State } from './step.ts'

/** A step of training that made a NaN or an infinity; the model is as it was before the step. */
export class NonFiniteError extends NetworkError {
  /** From 1. */
  readonly epoch: number
  /** From 1: the update that was not made. */
  readonly step: number
  /** The node that made it, its formula, inputs and line. */
  declare readonly diagnosis: Diagnosis | undefined

  constructor(sentence: string, at: { epoch: number; step: number }, diagnosis?: Diagnosis) {
    super(sentence)
    this.epoch = at.epoch
    this.step = at.step
    // Not among what a console prints of an error: the message says it, without a whole graph.
    Object.defineProperty(this, 'diagnosis', { value: diagnosis })
  }
}

type Numbers = ArrayLike<number>

/** The first entry that is NaN or infinite; −1 where there is none. */
function firstBad(values: Numbers): number {
  // A difference of a number with itself is 0, of NaN and infinities NaN: a sum tells at once.
  let sum = 0
  for (let k = 0; k < values.length; k++) sum += values[k]! - values[k]!
  if (sum === 0) return -1
  for (let k = 0; k < values.length; k++) if (!Number.isFinite(values[k])) return k
  return -1
}

/** What of a bad step is NaN or infinite, in words. */
export function whatIsBad(cost: number, next: State): string {
  if (!Number.isFinite(cost)) return `the cost is ${shown(cost)}`
  const name = Object.keys(next).find((each) => firstBad(next[each]!) >= 0)!
  return `the next ${name} holds ${shown(next[name]![firstBad(next[name]!)]!)}`
}

export function nonFinite(
  diagnosis: Diagnosis | undefined,
  what: string,
  at: { readonly epoch: number; readonly step: number },
): NonFiniteError {
  const first = diagnosis ? `. It begins at ${diagnosis.message}` : ''
  return new NonFiniteError(
    `train: step ${at.step} (epoch ${at.epoch}): ${what}${first}`,
    at,
    diagnosis,
  )
}

const shown = (value: number): string =>
  Number.isNaN(value) ? 'NaN' : value > 0 ? 'an infinity' : 'a negative infinity'

/** @throws NetworkError where a number of the model is NaN or infinite */
export function requireFiniteModel(what: string, { values }: Model): void {
  for (const [name, array] of Object.entries(values)) {
    const at = firstBad(array)
    if (at < 0) continue
    throw new NetworkError(
      `${what}: ${name} of the model holds ${shown(array[at]!)} (entry ${at + 1} of ` +
        `${array.length}); train it again, or load an earlier checkpoint`,
    )
  }
}

/** @throws NetworkError where an output is NaN: no class is the largest then */
export function requireNumbers(what: string, sample: number, outputs: Numbers): void {
  for (let k = 0; k < outputs.length; k++) {
    if (!Number.isNaN(outputs[k])) continue
    throw new NetworkError(
      `${what}: output ${k + 1} of sample ${sample} is NaN, so no class is the largest; look for ` +
        'a NaN or an infinity in the image, or for numbers too large in the model',
    )
  }
}
