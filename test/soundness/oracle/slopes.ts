// Slopes of activations, and errors of a layer with squared error.
import type { Scalar } from './expressions.ts'
import type { Plan } from './plan.ts'
import {
  applied,
  type Equation,
  entry,
  equal,
  negative,
  number,
  plus,
  positive,
  times,
} from './scalars.ts'

/** φ′ by the value, of the layer z → a. */
export const slope = (activation: string, ...at: readonly string[]): Scalar => {
  const a = entry('a', ...at)
  if (activation === 'sigmoid') return times(a, plus(number(1), negative(a)))
  if (activation === 'tanh') return plus(number(1), negative(times(a, a)))
  if (activation === 'relu') return positive('z', ...at)
  return number(1)
}

export const errors = ({ activation }: Plan, at: readonly string[]): Equation[] => {
  if (activation === 'none') {
    return [equal(entry('δ', ...at), plus(entry('z', ...at), negative(entry('t', ...at))))]
  }
  const error = plus(entry('a', ...at), negative(entry('t', ...at)))
  const found = [
    equal(entry('∂C/∂a', ...at), error),
    equal(entry('δ', ...at), times(error, slope(activation, ...at))),
  ]
  if (activation === 'sigmoid') {
    found.push(
      equal(entry('a', ...at), applied('σ', 'z', ...at)),
      equal(entry('δ', ...at), times(entry('∂C/∂a', ...at), applied("σ'", 'z', ...at))),
    )
  }
  if (activation === 'tanh') found.push(equal(entry('a', ...at), applied('tanh', 'z', ...at)))
  return found
}

export type Truths = (plan: Plan) => readonly Equation[]
