// [x > k] and [x = k] for every number k, [x > 0] and [x = 0] among them.

import { formatRational, type Rational, rational } from '../../arithmetic/rational.ts'
import { positive, vanishing } from './elementary.ts'
import type { ScalarFunction } from './types.ts'

export interface Threshold {
  readonly relation: '>' | '='
  readonly at: Rational
}

const zero = rational(0)

/** Of every function that was made: an array of one is an array of its namesake, made before. */
const thresholds = new WeakMap<ScalarFunction, Threshold>([
  [positive, { relation: '>', at: zero }],
  [vanishing, { relation: '=', at: zero }],
])

/** Functions that are known by their threshold, made once for each. */
export const createThresholds = () => {
  const functions = new Map<string, ScalarFunction>([
    ['>0', positive],
    ['=0', vanishing],
  ])
  return {
    functionOf: (threshold: Threshold): ScalarFunction => {
      const key = `${threshold.relation}${formatRational(threshold.at)}`
      const known = functions.get(key)
      if (known) return known
      const { derivative, excludes } = threshold.relation === '>' ? positive : vanishing
      const made = { key, name: key, derivative, ...(excludes && { excludes }) }
      functions.set(key, made)
      thresholds.set(made, threshold)
      return made
    },
    thresholdOf: (f: ScalarFunction | undefined): Threshold | undefined => f && thresholds.get(f),
  }
}

const isBelow = (a: Rational, b: Rational): boolean =>
  a.numerator * b.denominator < b.numerator * a.denominator

/** What two brackets of one number are together: one of them; undefined where they exclude it. */
export const both = (a: Threshold, b: Threshold): Threshold | undefined => {
  if (a.relation === '>' && b.relation === '>') return isBelow(a.at, b.at) ? b : a
  if (a.relation === '>') return both(b, a)
  const isMet =
    b.relation === '>' ? isBelow(b.at, a.at) : !isBelow(a.at, b.at) && !isBelow(b.at, a.at)
  return isMet ? a : undefined
}
