// Learning-rate schedules: pure functions from the step (0, 1, 2 …) to the rate of that step.
// A schedule holds no state, so that resuming at a step needs nothing but the step.

/** The learning rate at a step; the first step is 0. */
export type Schedule = (step: number) => number

/** A schedule's parameter that has no meaning, with the value that was given. */
export class ScheduleError extends RangeError {
  override readonly name = 'ScheduleError'
}

/** rate(k) = η. */
function constant(rate: number): Schedule {
  return () => rate
}

/** rate(k) = η γ^⌊k/n⌋: every n steps the rate is multiplied by γ. */
function step({ rate, every, factor = 0.1 }: StepOptions): Schedule {
  positive('step', 'every', every)
  return (k) => rate * factor ** Math.floor(k / every)
}

/** rate(k) = η γᵏ. */
function exponential({ rate, factor }: { rate: number; factor: number }): Schedule {
  return (k) => rate * factor ** k
}

/**
 * rate(k) = η₀ + ½(η − η₀)(1 + cos(πk/n)) until step n, then η₀ (I. Loshchilov & F. Hutter, SGDR,
 * 2017, equation 5, without restarts).
 */
function cosine({ rate, steps, floor = 0 }: CosineOptions): Schedule {
  positive('cosine', 'steps', steps)
  return (k) => floor + ((rate - floor) * (1 + Math.cos(Math.PI * Math.min(k / steps, 1)))) / 2
}

/** rate(k) = r(0)·(k+1)/n for the first n steps, r the schedule that follows; then r(k − n). */
function warmup(steps: number, schedule: Schedule): Schedule {
  positive('warmup', 'steps', steps)
  return (k) => (k < steps ? (schedule(0) * (k + 1)) / steps : schedule(k - steps))
}

/** Ready-made schedules; any function from the step to a rate is one too. */
export const schedules = { constant, step, exponential, cosine, warmup }

/** Options of `schedules.step`. */
export interface StepOptions {
  readonly rate: number
  readonly every: number
  readonly factor?: number
}

/** Options of `schedules.cosine`. */
export interface CosineOptions {
  readonly rate: number
  readonly steps: number
  readonly floor?: number
}

function positive(schedule: string, option: string, value: number): void {
  if (value > 0) return
  throw new ScheduleError(`schedules.${schedule} needs ${option} > 0, and got ${value}.`)
}
