// Learning-rate schedules: pure functions from the step (0, 1, 2 …) to the rate of that step.
// A schedule holds no state, so that resuming at a step needs nothing but the step.
import { readOptions, show } from '@backprove/graph'

/** The learning rate at a step; the first step is 0. */
export type Schedule = (step: number) => number

/** A schedule's parameter that has no meaning, with the value that was given. */
export class ScheduleError extends RangeError {
  override readonly name = 'ScheduleError'
}

/** rate(k) = η. */
function constant(rate: number): Schedule {
  finite('constant', { rate })
  return () => rate
}

/** rate(k) = η γ^⌊k/n⌋: every n steps the rate is multiplied by γ. */
function step(options: StepOptions): Schedule {
  readOptions('schedules.step', options, ['rate', 'every', 'factor'])
  const { rate, every, factor = 0.1 } = options
  finite('step', { rate, factor })
  positive('step', 'every', every)
  return (k) => rate * factor ** Math.floor(k / every)
}

/** rate(k) = η γᵏ. */
function exponential(options: ExponentialOptions): Schedule {
  readOptions('schedules.exponential', options, ['rate', 'factor'])
  const { rate, factor } = options
  finite('exponential', { rate, factor })
  return (k) => rate * factor ** k
}

/**
 * rate(k) = η₀ + ½(η − η₀)(1 + cos(πk/n)) until step n, then η₀ (I. Loshchilov & F. Hutter, SGDR,
 * 2017, equation 5, without restarts).
 */
function cosine(options: CosineOptions): Schedule {
  readOptions('schedules.cosine', options, ['rate', 'steps', 'floor'])
  const { rate, steps, floor = 0 } = options
  finite('cosine', { rate, floor })
  positive('cosine', 'steps', steps)
  return (k) => floor + ((rate - floor) * (1 + Math.cos(Math.PI * Math.min(k / steps, 1)))) / 2
}

/** rate(k) = r(0)·(k+1)/n for the first n steps, r the schedule that follows; then r(k − n). */
function warmup(steps: number, schedule: Schedule): Schedule {
  positive('warmup', 'steps', steps)
  if (typeof schedule !== 'function') {
    throw new ScheduleError(`schedules.warmup: what follows is ${show(schedule)}, no schedule.`)
  }
  return (k) => (k < steps ? (schedule(0) * (k + 1)) / steps : schedule(k - steps))
}

/** rate(k) = η + (η₁ − η) k/n until step n, then η₁, which is 0 by default. */
function linear(options: LinearOptions): Schedule {
  readOptions('schedules.linear', options, ['rate', 'steps', 'end'])
  const { rate, steps, end = 0 } = options
  finite('linear', { rate, end })
  positive('linear', 'steps', steps)
  return (k) => rate + (end - rate) * Math.min(k / steps, 1)
}

/** Ready-made schedules; any function from the step to a rate is one too. */
export const schedules = { constant, step, exponential, cosine, linear, warmup }

/** Options of `schedules.step`. */
export interface StepOptions {
  readonly rate: number
  readonly every: number
  readonly factor?: number
}

/** Options of `schedules.exponential`. */
export interface ExponentialOptions {
  readonly rate: number
  readonly factor: number
}

/** Options of `schedules.cosine`. */
export interface CosineOptions {
  readonly rate: number
  readonly steps: number
  readonly floor?: number
}

/** Options of `schedules.linear`. */
export interface LinearOptions {
  readonly rate: number
  readonly steps: number
  readonly end?: number
}

function positive(schedule: string, option: string, value: number): void {
  if (Number.isFinite(value) && value > 0) return
  throw new ScheduleError(`schedules.${schedule} needs ${option} > 0, and got ${show(value)}.`)
}

function finite(schedule: string, options: Readonly<Record<string, unknown>>): void {
  for (const [option, value] of Object.entries(options)) {
    if (Number.isFinite(value)) continue
    throw new ScheduleError(
      `schedules.${schedule} needs a number ${option}, and got ${show(value)}.`,
    )
  }
}
