// What reading a line of the notation carries.

import * as notation from '@backprove/graph/notation'
import { constantValue, type Polynomial } from '../../arithmetic/polynomial.ts'
import { type Rational, rational } from '../../arithmetic/rational.ts'
import type { Letter, Source } from '../core.ts'
import { exactRational } from '../exact.ts'

export type Expression = notation.Expression
export type Shape = readonly Polynomial[]

export interface Operand {
  readonly from: Source
  readonly shape: Shape
}

export interface LineReading {
  readonly line: notation.Line
  /** Of the result. */
  readonly shape: Shape
  /** By letter; an operand that is absent reads 0. */
  readonly operands: ReadonlyMap<string, Operand>
  /** Sizes and parameters of the line that are integers. */
  readonly symbols: ReadonlyMap<string, Polynomial>
  /** Other parameters. */
  readonly numbers: ReadonlyMap<string, Rational>
}

export interface Context extends LineReading {
  readonly letters: ReadonlyMap<string, Letter>
  /** Begins the names of the letters that `…` stands for: `…2`, `…1`, from the right. */
  readonly pack: string
}

export const isPack = (e: Expression): boolean => e.kind === 'symbol' && e.name === notation.PACK

export const isOne = (length: Polynomial): boolean => constantValue(length) === 1n

export const withLetters = (context: Context, letters: readonly Letter[]): Context => ({
  ...context,
  letters: new Map([...context.letters, ...letters.map((each) => [each.name, each] as const)]),
})

export type Of<K extends Expression['kind']> = Extract<Expression, { kind: K }>

/** The decimal that a line writes; ±1/0 is ±∞, a bound that no number reaches. */
export const exact = (value: number): Rational => {
  if (Math.abs(value) === Number.POSITIVE_INFINITY)
    return { numerator: value > 0 ? 1n : -1n, denominator: 0n }
  const { numerator, denominator } = exactRational(value)
  return rational(numerator, denominator)
}
