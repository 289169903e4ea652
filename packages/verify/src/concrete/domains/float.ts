// float64 as a domain: what a computer would find.
import { erf } from '@backprove/graph/notation'
import { PoleError } from '../../core/errors.ts'
import type { Accumulator } from './accumulator.ts'
import { type Domain, type ElementaryFunction, NearTieError } from './domain.ts'

const values: Readonly<Record<ElementaryFunction, (a: number, b: number) => number>> = {
  exp: Math.exp,
  log: Math.log,
  tanh: Math.tanh,
  sqrt: Math.sqrt,
  sigmoid: (a) => 1 / (1 + Math.exp(-a)),
  sin: Math.sin,
  cos: Math.cos,
  erf,
  pi: (a) => Math.PI * a,
  // As conditions have it: a power with an exponent that varies is of what is positive.
  power: (a, b) => (a > 0 ? a ** b : Number.NaN),
}

/** The real value of an elementary function. @throws PoleError where it has none */
export const realCall = (name: ElementaryFunction, [a, b = 0]: readonly number[]): number => {
  const value = values[name](a!, b)
  const isPole = a === 0 && Math.abs(value) === Number.POSITIVE_INFINITY
  if (Number.isNaN(value) || isPole) throw new PoleError(`${name} of ${a}`)
  return value
}

const nearness = 1e-9

/** −1, 0, 1. @throws NearTieError where the numbers differ by no more than rounding might do */
export const compareReals = (a: number, b: number): number => {
  if (a === b) return 0
  const difference = a - b
  if (Number.isNaN(difference)) throw new PoleError('a comparison without numbers')
  if (Math.abs(difference) === Number.POSITIVE_INFINITY) return difference < 0 ? -1 : 1
  if (Math.abs(difference) <= nearness * Math.max(Math.abs(a), Math.abs(b), 1e-3))
    throw new NearTieError(`${a} and ${b} are too near to compare`)
  return difference < 0 ? -1 : 1
}

const accumulator = (): Accumulator<number> => {
  let sum = 0
  let isEmpty = true
  return {
    term: (value) => {
      sum += value
      isEmpty = false
    },
    products: (a, b, count) => {
      const [x, y] = [a.data, b.data]
      for (let k = 0, i = a.from, j = b.from; k < count; k++, i += a.step, j += b.step)
        sum += x[i]! * y[j]!
      isEmpty = false
    },
    total: () => {
      const found = isEmpty ? null : sum
      sum = 0
      isEmpty = true
      return found
    },
  }
}

/** Values that float64 does not tell from those of other arguments: σ(40) from 1. */
const isSaturated = (name: ElementaryFunction, value: number): boolean =>
  (name === 'exp' && (value === 0 || !Number.isFinite(value))) ||
  (name === 'sigmoid' && (value === 0 || value === 1)) ||
  ((name === 'tanh' || name === 'erf') && Math.abs(value) === 1)

/** (x + 10^20) − 10^20 has lost what x was. */
const large = 1e6

export const floatDomain = (): Domain<number> => {
  const seen: Domain<number>['seen'] = { ties: false, kinks: false, saturated: false }
  return {
    zero: 0,
    one: 1,
    infinity: Number.POSITIVE_INFINITY,
    fromRational: ({ numerator, denominator }) => Number(numerator) / Number(denominator),
    add: (a, b) => {
      const sum = a + b
      if (Math.abs(a) > large && Math.abs(sum) < Math.abs(a) / large) seen.saturated = true
      return sum
    },
    multiply: (a, b) => a * b,
    negate: (a) => -a,
    divide: (a, b) => {
      if (b === 0) throw new PoleError('a division by 0')
      return a / b
    },
    call: (name, operands) => {
      const value = realCall(name, operands)
      if (isSaturated(name, value)) seen.saturated = true
      return value
    },
    compare: compareReals,
    equal: (a, b) => compareReals(a, b) === 0,
    accumulator,
    real: (a) => a,
    seen,
    stable: true,
  }
}
