// Numbers of several kinds behind one interface, so that a claim and a graph are evaluated by the
// same code in float64, modulo a prime, and as exact expressions.

import { ConcreteError } from '../../core/errors.ts'
import { exactRational } from '../../core/exact.ts'
import type { Rational } from '../../language/syntax.ts'
import type { Accumulator } from './accumulator.ts'

/** `pi` is π times its operand, which is 1 wherever it is asked for. */
export type ElementaryFunction =
  | ('exp' | 'log' | 'tanh' | 'sqrt' | 'sigmoid' | 'power')
  | ('sin' | 'cos' | 'erf' | 'pi')

export interface Domain<T> {
  readonly zero: T
  readonly one: T
  readonly fromRational: (value: Rational) => T
  /** Larger than every number: what a bound may be. Absent where nothing can stand for it. */
  readonly infinity?: T
  readonly add: (a: T, b: T) => T
  readonly multiply: (a: T, b: T) => T
  readonly negate: (a: T) => T
  /** @throws PoleError where b is 0 */
  readonly divide: (a: T, b: T) => T
  /** Of one operand; `power` has two. */
  readonly call: (name: ElementaryFunction, operands: readonly T[]) => T
  /** A derivative that is kept as such; without it σ′ = σ(1 − σ), tanh′ = 1 − tanh². */
  readonly derivative?: (name: 'sigmoid' | 'tanh', order: number, x: T) => T
  /**
   * −1, 0 or 1 by the real numbers that the values stand for: a sampled point decides every mask,
   * so that both sides of a claim see the same winners.
   * @throws NearTieError where rounding hides which it is
   */
  readonly compare: (a: T, b: T) => number
  /** Whether two values are one, almost everywhere. @throws NearTieError likewise */
  readonly equal: (a: T, b: T) => boolean
  /** A real number that the value stands for. */
  readonly real: (a: T) => number
  /** For sums of products; without it they are added term by term. */
  readonly accumulator?: () => Accumulator<T>
  /**
   * What happened since it was last reset: where formulas with masks are not to be judged.
   * `saturated`: a function had a value that other arguments have too, though only when rounded.
   */
  readonly seen: { ties: boolean; kinks: boolean; saturated?: boolean }
  /**
   * How equals compare where only a policy says so, from now on: as the graph does (0), or as if
   * the left were larger (1) or smaller (−1). What is the same in all three needs no policy.
   */
  lean?: -1 | 0 | 1
  /** Where overflow is possible, lines are read in the form that avoids it. */
  readonly stable: boolean
}

/** Two numbers too near to compare: the point is not to be used. */
export class NearTieError extends Error {
  override readonly name = 'NearTieError'
}
/** Row-major. */
export interface Tensor<T> {
  readonly shape: readonly number[]
  readonly data: readonly T[]
}

/** A constant of the graph. @throws ConcreteError at ∞ where the domain has none; PoleError at NaN */
export const constantIn = <T>(domain: Domain<T>, value: number): T => {
  if (Math.abs(value) !== Number.POSITIVE_INFINITY) return domain.fromRational(exactRational(value))
  if (domain.infinity === undefined) throw new ConcreteError('an infinite constant')
  return value > 0 ? domain.infinity : domain.negate(domain.infinity)
}

/** base^n for a whole n ≥ 0, by squaring. */
const wholePower = <T>(domain: Domain<T>, base: T, n: number): T => {
  let result = domain.one
  let square = base
  for (let left = n; left > 0; left = Math.floor(left / 2)) {
    if (left % 2 === 1) result = domain.multiply(result, square)
    if (left > 1) square = domain.multiply(square, square)
  }
  return result
}

/** base to a constant rational exponent; halves are roots. */
export const rationalPower = <T>(domain: Domain<T>, base: T, exponent: Rational): T => {
  const { numerator, denominator } = exponent
  if (numerator < 0n)
    return domain.divide(
      domain.one,
      rationalPower(domain, base, { numerator: -numerator, denominator }),
    )
  if (denominator === 1n) return wholePower(domain, base, Number(numerator))
  if (denominator === 2n) return wholePower(domain, domain.call('sqrt', [base]), Number(numerator))
  return domain.call('power', [base, domain.fromRational(exponent)])
}
