// What a claim states: at lengths that are numbers its sides, and at others equations of scalars,
// for all values of their letters; and what is assumed.

import type { Node } from '@backprove/graph'
import type { Polynomial } from '../arithmetic/polynomial.ts'
import type { Rational } from '../arithmetic/rational.ts'
import type { Guard, Letter, Scalar, Table } from './core.ts'

/** Points at which a claim is not judged: equal winners, corners of functions, divisions by 0. */
export type Excluded = 'ties' | 'kinks' | 'poles'

/** How a bare star is read; one for each bare star of the claim, in the order of writing. */
export interface StarReading {
  readonly mode: 'valid' | 'same' | 'full'
  readonly star: 'correlation' | 'convolution'
  readonly kernel: 'left' | 'right'
}

export interface Interval {
  readonly low: number
  readonly high: number
}

/** A free letter and what it runs through. */
export interface FreeLetter {
  readonly name: string
  readonly letter: Letter
  readonly range: Interval
}

/** A claim at lengths that are numbers: all sides are equal, entry by entry. */
export interface Statement {
  readonly free: readonly FreeLetter[]
  readonly sides: readonly (Scalar | Table)[]
}

/** 1 ≤ letter ≤ length, and no more than any of `within`. */
export interface Bounded {
  readonly letter: Letter
  readonly length: Polynomial
  readonly within: readonly Polynomial[]
}

/** left = right for all values of the letters. */
export interface Equation {
  readonly letters: readonly Bounded[]
  readonly left: Scalar
  readonly right: Scalar
}

/** What holds besides. */
export interface Assumed {
  /** Of sizes: M ≥ m, H = 2h. */
  readonly sizes: readonly Guard[]
  /** Of every entry. */
  readonly positive: readonly Node[]
  /** A scalar that is a number other than 0: Σ_i t_i = 1. */
  readonly numbers: readonly { readonly scalar: Scalar; readonly value: Rational }[]
}
