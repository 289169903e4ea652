// What the options of optimisers share: the learning rate, a number or a schedule, and the ranges.
import { add, mul, type Node, show } from '@backprove/graph'
import { NetworkError } from '../../layers/errors.ts'
import type { Schedule } from '../../schedules.ts'

/** The law that a fed number follows, of the step k from 0. */
export type ClosedForm =
  | { readonly kind: 'constant'; readonly value: number }
  /** 1/(1 − decay^{k+1}) */
  | { readonly kind: 'correction'; readonly decay: number }

/** A learning rate: a number, or a function from the step (from 0) to one. */
export type Rate = number | Schedule

const rateAt = (rate: Rate, step: number): number => (typeof rate === 'number' ? rate : rate(step))

/** A schedule is a function of any kind. */
const lawOf = (rate: Rate): Record<string, ClosedForm> =>
  typeof rate === 'number' ? { rate: { kind: 'constant', value: rate } } : {}

/** A schedule is a function and has no text; the step says where it is. */
const describeRate = (rate: Rate): Record<string, unknown> => ({
  rate: typeof rate === 'number' ? rate : 'schedule',
})

/** What others call the options of optimisers. */
export const RATE_SYNONYMS = {
  lr: 'rate',
  learningRate: 'rate',
  learning_rate: 'rate',
  eps: 'epsilon',
  weight_decay: 'weightDecay',
}

function checkRate(optimizer: string, rate: Rate): void {
  if (rate === undefined) {
    throw new NetworkError(
      `${optimizer}: rate is missing; it is a number or a schedule, such as 0.1`,
    )
  }
  if (typeof rate !== 'function') inRange(optimizer, 'rate', rate, Infinity)
}

/** λ for all parameters, or for each by its name: biases and gains are often left alone. */
export type WeightDecay = number | ((parameter: string) => number)

const checkDecay = (optimizer: string, weightDecay: WeightDecay): void => {
  if (typeof weightDecay !== 'function') inRange(optimizer, 'weightDecay', weightDecay, Infinity)
}

/** The λ of a parameter. @throws NetworkError where its function gives none */
function decayOf(optimizer: string, weightDecay: WeightDecay, parameter: string): number {
  if (typeof weightDecay !== 'function') return weightDecay
  const decay = weightDecay(parameter)
  inRange(optimizer, `weightDecay of ${parameter}`, decay, Infinity)
  return decay
}

/** As a checkpoint has it, which holds no function. */
const describeDecay = (weightDecay: WeightDecay): number | string =>
  typeof weightDecay === 'function' ? 'by parameter' : weightDecay

/** What every optimiser says of its rate and its weight decay. @throws NetworkError out of range */
export function ratesOf(name: string, rate: Rate, weightDecay: WeightDecay) {
  checkRate(name, rate)
  checkDecay(name, weightDecay)
  const decayIn = (w: Node): number => decayOf(name, weightDecay, w.name ?? '')
  return {
    description: (settings: Readonly<Record<string, unknown>>) => ({
      ...{ name, ...describeRate(rate), ...settings, weightDecay: describeDecay(weightDecay) },
    }),
    /** @throws NetworkError where a schedule gives no rate */
    feeds: (step: number) => {
      const value = rateAt(rate, step)
      inRange(name, `rate of step ${step}`, value, Infinity)
      return { rate: value }
    },
    laws: lawOf(rate),
    decayIn,
    /** ∂C/∂w + λ w. */
    withDecay: (w: Node, gradient: Node): Node => {
      const lambda = decayIn(w)
      return lambda === 0 ? gradient : add(gradient, mul(lambda, w))
    },
  }
}

/** Shares of what was before: from 0, below 1. */
export function checkFraction(optimizer: string, options: Readonly<Record<string, number>>): void {
  for (const [option, value] of Object.entries(options)) inRange(optimizer, option, value, 1)
}

export function checkPositive(optimizer: string, options: Readonly<Record<string, number>>): void {
  for (const [option, value] of Object.entries(options)) {
    if (typeof value === 'number' && value > 0 && value < Infinity) continue
    throw new NetworkError(`${optimizer}: ${option} is ${show(value)}; it must be above 0`)
  }
}

function inRange(optimizer: string, option: string, value: number, high: number): void {
  if (typeof value === 'number' && value >= 0 && value < high) return
  const top = high === Infinity ? 'a finite number' : `below ${high}`
  throw new NetworkError(`${optimizer}: ${option} is ${show(value)}; it must be 0 or more, ${top}`)
}
