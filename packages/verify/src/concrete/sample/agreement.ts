// What a test at recorded shapes answers, and how far two lists of numbers agree.
import { BudgetExceeded } from '../../arithmetic/budget.ts'
import { ConcreteError, MeaninglessError, PoleError, ShapesError } from '../../core/errors.ts'
import type { ResolvedClaim } from '../../language/resolved.ts'
import { spellingOf } from '../../language/walk.ts'
import { NearTieError } from '../domains/domain.ts'
import { seedOf, uniform } from '../domains/random.ts'
import type { Exclusion } from './point.ts'

export type TestResult =
  | {
      readonly kind: 'agrees'
      readonly method: 'identity-test' | 'float64'
      /** That the claim is false all the same, over the choice of primes and points. */
      readonly errorBound?: number
      readonly digits: number
      readonly points: number
      /** Whether one of the points had neither ties nor kinks. */
      readonly untied: boolean
      /** Of functions with pieces: one number for each choice of them that the points met. */
      readonly pieces?: readonly number[]
      /** How many comparisons chose among them at one point. */
      readonly comparisons?: number
      readonly excluded: readonly Exclusion[]
      readonly why: string
    }
  | {
      readonly kind: 'differs'
      readonly link: number
      readonly entry: readonly number[]
      readonly left: number
      readonly right: number
      /** Every right over its left, where that is the same number for all entries. */
      readonly ratio?: number
      readonly why: string
    }
  /** `of` what, where it is not the sides. */
  | {
      readonly kind: 'shapes'
      readonly shapes: readonly [left: string, right: string]
      readonly of?: string
    }
  /** `hasValue`: the sides are numbers at the point that was met, and equal in float64. */
  | { readonly kind: 'unable'; readonly why: string; readonly hasValue?: true }
  /** Unable, whatever the point. */
  | { readonly kind: 'meaningless'; readonly why: string }

/** Why nothing is said of what policies decide. */
export const tiedEverywhere = 'random points meet ties or kinks there, where policies decide'

export const largestDigits = 15
export const enoughDigits = 9
export const tooFewDigits = 6

/** The default seed: from the claim, without the places where it is written. */
export const seedOfClaim = ({ ranges: _, ...claim }: ResolvedClaim): number =>
  seedOf(spellingOf(claim))

export interface Gap {
  readonly link: number
  readonly entry: readonly number[]
  readonly left: number
  readonly right: number
}

/** How two lists of numbers agree. */
export interface Agreement {
  readonly digits: number
  readonly worst: Gap | undefined
  readonly ratio: number | undefined
}

/**
 * Relative to the entry, or to a thousandth of the largest: sums of cancelling terms lose digits.
 * What is below `least` counts as so much: where all cancels, only rounding is left.
 */
export const agreement = (gaps: readonly Gap[], least = 1e-300): Agreement => {
  const scale = gaps.reduce((s, { left, right }) => Math.max(s, Math.abs(left), Math.abs(right)), 0)
  let error = 0
  let worst: Gap | undefined
  let ratio: number | undefined
  let isConstant = true
  for (const gap of gaps) {
    const { left, right } = gap
    if (!Number.isFinite(left) || !Number.isFinite(right)) throw new PoleError('no number')
    const size = Math.max(Math.abs(left), Math.abs(right), scale * 1e-3, least)
    const own = Math.abs(left - right) / size
    if (own > error) [error, worst] = [own, gap]
    if (Math.abs(left) < scale * 1e-6) isConstant &&= Math.abs(right) < scale * 1e-6
    else {
      ratio ??= right / left
      isConstant &&= Math.abs(right / left - ratio) < 1e-8 * Math.abs(ratio)
    }
  }
  const digits = error === 0 ? largestDigits : Math.min(largestDigits, -Math.log10(error))
  return { digits: Math.max(0, digits), worst, ratio: isConstant ? ratio : undefined }
}

/** Errors that are answers. @throws anything else */
export const answered = <R>(
  body: () => R,
): R | Extract<TestResult, { kind: 'shapes' | 'unable' | 'meaningless' }> => {
  try {
    return body()
  } catch (error) {
    if (error instanceof ShapesError) {
      const { shapes, what } = error
      return { kind: 'shapes', shapes, ...(what !== 'The sides' && { of: what }) }
    }
    if (error instanceof MeaninglessError) return { kind: 'meaningless', why: error.message }
    if (error instanceof ConcreteError) return { kind: 'unable', why: error.message }
    if (error instanceof PoleError || error instanceof NearTieError)
      return { kind: 'unable', why: `at the point that was tried, ${error.message}` }
    if (error instanceof BudgetExceeded) return { kind: 'unable', why: error.message }
    throw error
  }
}

/** A real number away from 0, of either sign. */
export const realOf = (random: () => number): number => {
  const size = uniform(random, 0.2, 1.4)
  return random() & 1 ? size : -size
}
